"""What goes into the built program and what stays out: data folders, modules left out, libraries of Qt not used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

# (folder or file of the tree, where it lies inside the program)
DATA = (
    ("resources", "resources"),
    *((f"docs/{name}", "docs") for name in ("guide.vi.md", "guide.en.md", "errors.md", "bundle-format.md")),
    *((f"docs/{name}", f"docs/{name}") for name in ("pictures", "cards")),  # docs/screens is for who builds the program
    ("LICENSE", "."),
    ("THIRD_PARTY.md", "."),
    ("pyproject.toml", "."),
)

EXCLUDED = (
    "tkinter",
    "_tkinter",
    "turtle",
    "unittest",
    "doctest",
    "pdb",
    "pydoc",
    "xmlrpc",
    "ftplib",
    "ssl",
    "_ssl",
    "_hashlib",  # OpenSSL's: Python has the same hashes of its own, cryptography has scrypt and PBKDF2 (5.2 MB)
    "sqlite3",  # plain SQLite: homes are opened by sqlcipher3 alone (1.6 MB)
    "_sqlite3",
    "asyncio",
    "numpy.testing",
    "numpy.polynomial",
    "numpy.fft",
    "pydoc_data",
    "lib2to3",
    "ensurepip",
    "idlelib",
    "pip",
    "setuptools",
    "pkg_resources",
    "wheel",
    "pytest",
    "_pytest",
    "pytestqt",
    "hypothesis",
    "mypy",
    "ruff",
    "importlinter",
    "grimp",
    "babel",
    "IPython",
    "matplotlib",
    "pandas",
    "scipy",
    "distributed",
    "dask",
    "yaml",
    "charset_normalizer",
    "numpy.f2py",
    "numpy.distutils",
    "PIL.ImageQt",
    "PIL.ImageTk",
    "PIL._avif",
    "PIL._webp",
    "PIL._imagingtk",
    "PIL._imagingcms",
    "PIL._imagingft",
    *(
        f"PySide6.Qt{name}"
        for name in ("Network", "Qml", "Quick", "QuickWidgets", "OpenGL", "OpenGLWidgets", "Sql", "Test", "UiTools")
    ),
    *(f"PySide6.Qt{name}" for name in ("Designer", "Help", "Xml", "Concurrent", "DBus", "QuickControls2", "QuickTest")),
)

_DROPPED = re.compile(
    r"""
    (^|/)(
        opengl32sw | d3dcompiler_\w+
        | (lib)?Qt6(Network|Qml\w*|Quick\w*|OpenGL\w*|Pdf|VirtualKeyboard|ShaderTools|Sql|Test)
    )(\.dll|\.so[.\d]*)$
    | /plugins/(tls|networkinformation|generic|sqldrivers|qmltooling|egldeviceintegrations|wayland[\w-]*|
                xcbglintegrations|platformthemes|printsupport)/
    | /plugins/platforms/(lib)?q(direct2d|eglfs|linuxfb|minimal|minimalegl|vnc|vkkhrdisplay|wayland[\w-]*)\.
    | /plugins/platforminputcontexts/(lib)?qtvirtualkeyboard
    | /plugins/imageformats/(lib)?q(tiff|webp|icns|tga|wbmp|gif|jpeg|pdf)\.
    | /translations/ .* \.qm$
    | (^|/)PySide6/(translations|qml|metatypes|typesystems|glue|include|scripts)/
    | /plugins/styles/
    | (^|/)(tcl86t|tk86t|ucrtbase|icuuc|bcryptprimitives|api-ms-win-[\w-]+)\.dll$
    | (^|/)(libssl|libcrypto|sqlite3)[-\w.]*\.dll$  # nothing here speaks to a network or opens a plain database
    | (^|/)_(ssl|hashlib|sqlite3|asyncio|overlapped)\.pyd$
    | (^|/)PIL/_(avif|webp|imagingtk|imagingcms|imagingft)\.
    | (^|/)(tzdata|pytz/zoneinfo)/
    | (^|/)reportlab/fonts/             # forms are set in the fonts of resources/
    | (^|/)rapidfuzz/.*_avx2\.          # the plain kernels stay: 2.4 MB for a faster one that old laptops cannot run
    | (^|/)charset_normalizer/
    | (^|/)numpy/_core/_\w+_tests\.
    | /translations/ .* \.po$
    | ^lib(cairo|pango|pangocairo|pangoft2|pixman|gdk_pixbuf|atk|gtk|gdk|graphite2|krb5|gssapi_krb5|k5crypto)[-\w.]*$
    """,
    re.VERBOSE,
)


def is_dropped(name: str) -> bool:
    """Whether a collected file is one of Qt's or Python's that this program never opens."""
    return bool(_DROPPED.search(name.replace("\\", "/")))


_RUNTIME = re.compile(r"(^|/)((?:msvcp|vcruntime)140(?:[_-]\w+)?\.dll)$", re.IGNORECASE)

Item = tuple[str, str, str]  # a collected file: its name in the program, where it comes from, its kind


def runtime_once(items: Iterable[Item], version: Callable[[str], tuple[int, ...]]) -> list[Item]:
    """Microsoft's runtime libraries once each, the newest, in the program's root, where all find them.

    Wheels carry them in folders that they alone look into, Qt's or numpy's: on a laptop without the redistributable
    numpy would not load unless a window had been opened before, nor rapidfuzz before numpy. `version` is a file's.
    """
    kept: list[Item] = []
    newest: dict[str, Item] = {}
    for item in items:
        found = _RUNTIME.search(item[0].replace("\\", "/"))
        if found is None:
            kept.append(item)
            continue
        name = found[2]
        known = newest.get(name.lower())
        if known is None or version(item[1]) > version(known[1]):
            newest[name.lower()] = (name, item[1], item[2])
    return kept + list(newest.values())
