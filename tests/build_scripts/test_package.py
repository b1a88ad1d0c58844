"""What goes into the built program: its papers, what is left out, the guide that cannot grow stale."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from fieldtool import __version__

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "build_scripts"


def load(name: str) -> ModuleType:
    """A build script as a module, able to import the others."""
    sys.path.insert(0, str(SCRIPTS))
    try:
        spec = importlib.util.spec_from_file_location(f"build_{name}", SCRIPTS / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(SCRIPTS))


papers, parts, guide = load("package_papers"), load("package_parts"), load("guide")
imports = load("windows_imports")


def test_the_version_is_one() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["project"]["version"] == __version__
    assert f"'{__version__}'" in papers.version_resource(__version__)


def test_the_bill_names_every_needed_package_with_hash_and_licence() -> None:
    pins = papers.pins_here()
    found = papers.needed(papers.project()["dependencies"])
    bill = papers.bill(found, pins, __version__)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    by_name = {item["name"]: item for item in bill["components"]}
    assert {"pyside6-essentials", "shiboken6", "sqlcipher3", "cryptography", "cffi", "CPython"} <= set(by_name)
    assert "pytest" not in by_name
    for item in bill["components"]:
        assert item["licenses"][0]["license"]["name"], item["name"]
        if item.get("purl"):
            assert len(item["hashes"]) >= 1
            assert item["version"] == pins[item["name"]].version
    assert json.dumps(bill) == json.dumps(papers.bill(found, pins, __version__))


def test_the_bill_names_what_is_compiled_into_a_package_and_not_what_stays_out() -> None:
    found = papers.needed(papers.roots())
    bill = papers.bill(found, papers.pins_here(), __version__)
    inner = {item["name"]: item.get("components", []) for item in bill["components"]}
    assert {item["name"] for item in inner["sqlcipher3"]} >= {"SQLCipher", "SQLite"}
    assert {item["name"] for item in inner["cryptography"]} >= {"OpenSSL"}
    assert {item["name"] for item in inner["pyside6-essentials"]} == {"Qt"}
    assert len(inner["pyrage"]) > 20
    assert all(item["version"] for name in ("sqlcipher3", "cryptography", "numpy", "pyrage") for item in inner[name])
    assert not {"pip", "setuptools", "altgraph", "charset-normalizer"} & set(inner)


def test_no_licence_text_hides_another_of_the_same_name(tmp_path: Path) -> None:
    found = papers.needed(["numpy", "sqlcipher3"])
    assert papers.copy_texts(found, tmp_path) == []
    whole = {path.read_bytes() for path in (tmp_path / "numpy").rglob("*") if path.is_file()}
    own = [file for file in found["numpy"].files or () if ".dist-info/licenses/" in file.as_posix()]
    assert len(own) > 5
    assert {Path(str(file.locate())).read_bytes() for file in own} <= whole


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt6Network.dll",
        "PySide6\\opengl32sw.dll",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/plugins/tls/qopensslbackend.dll",
        "PySide6/translations/qtbase_de.qm",
        "ucrtbase.dll",
        "icuuc.dll",
        "libcrypto-3.dll",
        "_hashlib.pyd",
        "sqlite3.dll",
        "bcryptprimitives.dll",
    ],
)
def test_what_is_never_opened_and_what_only_wine_needs_stays_out(name: str) -> None:
    assert parts.is_dropped(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt6Core.dll",
        "PySide6/Qt6Svg.dll",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/plugins/platforms/qoffscreen.dll",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "numpy.libs/libscipy_openblas64_-63c857.dll",
        "resources/translations/vi/fieldtool.mo",
        "docs/pictures/vi/desk.png",
        "PIL/_imaging.cp311-win_amd64.pyd",
    ],
)
def test_what_the_program_opens_stays_in(name: str) -> None:
    assert not parts.is_dropped(name)


def test_microsofts_runtime_lies_once_in_the_root_and_is_the_newest() -> None:
    versions = {"old": (14, 16), "new": (14, 44), "newer": (14, 51)}
    items = [
        ("VCRUNTIME140.dll", "old", "BINARY"),
        ("PySide6\\VCRUNTIME140.dll", "newer", "BINARY"),
        ("shiboken6/VCRUNTIME140.dll", "new", "BINARY"),
        ("shiboken6/VCRUNTIME140_1.dll", "new", "BINARY"),
        ("numpy.libs/msvcp140-a4c2.dll", "own", "BINARY"),
        ("PySide6/Qt6Core.dll", "qt", "BINARY"),
    ]
    assert sorted(parts.runtime_once(items, versions.__getitem__)) == [
        ("PySide6/Qt6Core.dll", "qt", "BINARY"),
        ("VCRUNTIME140.dll", "newer", "BINARY"),
        ("VCRUNTIME140_1.dll", "new", "BINARY"),
        ("msvcp140-a4c2.dll", "own", "BINARY"),
    ]


OBJDUMP = """
\tDLL Name: VCRUNTIME140_1.dll
\tvma:  Hint/Ord Member-Name Bound-To
\t3a7c4\t    0  __CxxFrameHandler4

\tDLL Name: KERNEL32.dll
\tvma:  Hint/Ord Member-Name Bound-To
\t3a7d8\t  725  GetModuleHandleW

[Ordinal/Name Pointer] Table
\t[   0] PyInit__it
"""


def test_a_library_that_a_bare_windows_would_not_find_is_told() -> None:
    asks = imports.parse(OBJDUMP)
    assert asks.imports == {"vcruntime140_1.dll": {"__CxxFrameHandler4"}, "kernel32.dll": {"GetModuleHandleW"}}
    assert asks.exports == {"PyInit__it"}
    gives = imports.Library({}, frozenset({"__CxxFrameHandler4"}))
    empty = imports.Library({}, frozenset())
    at = "numpy/_core/_it.pyd"
    assert imports.faults({at: asks, "VCRUNTIME140_1.dll": gives}) == []
    assert imports.faults({at: asks, "numpy.libs/VCRUNTIME140_1.dll": gives}) == []
    assert imports.faults({at: asks, "PySide6/VCRUNTIME140_1.dll": gives}) == [
        f"{at} asks for vcruntime140_1.dll, which it does not find"
    ]
    assert imports.faults({at: asks, "VCRUNTIME140_1.dll": empty}) == [
        f"{at} asks VCRUNTIME140_1.dll for __CxxFrameHandler4, which it has not"
    ]


@pytest.fixture(name="docs")
def _docs(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "docs", tmp_path / "docs"))


def test_the_guide_is_whole(docs: Path) -> None:
    assert guide.faults(guide.declared(), docs) == []


def test_a_new_page_without_its_part_is_found(docs: Path) -> None:
    found = guide.faults(guide.declared() | {"visits_to_come"}, docs)
    assert [fault for fault in found if "visits_to_come" in fault] == found
    assert len(found) == 2


def test_a_lost_picture_a_stale_one_and_a_long_card_are_found(docs: Path) -> None:
    (docs / "pictures" / "vi" / "desk.png").rename(docs / "pictures" / "vi" / "old_page.png")
    (docs / "cards" / "door.en.md").write_text("x\n" * 60, encoding="utf-8")
    found = "\n".join(guide.faults(guide.declared(), docs))
    for words in (
        "pictures/vi/desk.png, which is not there",
        "pictures/vi/old_page.png: drawn",
        "longer than one page",
    ):
        assert words in found
