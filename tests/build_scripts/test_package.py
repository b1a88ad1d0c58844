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
        "libcrypto-3.dll",
    ],
)
def test_what_the_program_opens_stays_in(name: str) -> None:
    assert not parts.is_dropped(name)


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
