"""What goes into the built program and what stays out: data folders, modules left out, libraries of Qt not used."""

from __future__ import annotations

import re

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
    | (^|/)(tcl86t|tk86t|ucrtbase|icuuc|bcryptprimitives|api-ms-win-[\w-]+|libssl-3)\.dll$
    | (^|/)_ssl\.pyd$                  # nothing here speaks to a network; libcrypto stays, for scrypt and pbkdf2
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
