"""Re-save an open bundle with a real LibreOffice (.xlsx, .ods and back, .xls and back): each copy must verify."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "bundles")]

from exchange_homes import decide, fill, homes  # noqa: E402

from fieldtool.records.errors import FieldtoolError  # noqa: E402
from fieldtool.usecases.export_bundle import export_bundle  # noqa: E402
from fieldtool.usecases.unseal_bundle import unseal_bundle  # noqa: E402
from fieldtool.usecases.verify_bundle import verify_bundle  # noqa: E402

ODD = ["=1+1", "+84", "0001", "1E5", "01/02/1960", "#N/A", "'trích", "040077000123", "dòng\nhai", " outer ", "TRUE"]


def converted(path: Path, ending: str, folder: Path) -> Path:
    target = folder / ending
    target.mkdir(exist_ok=True)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise SystemExit("LibreOffice is not installed")
    profile = (folder / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", ending, "--outdir"]
    subprocess.run([*command, str(target), str(path)], check=True, capture_output=True, timeout=180)
    return target / f"{path.stem}.{ending}"


def main() -> int:
    failed = 0
    with tempfile.TemporaryDirectory(prefix="fieldtool-") as name, homes(Path(name)) as (office, laptop):
        folder = Path(name)
        fill(laptop, 90)
        for number, text in enumerate(ODD):
            decide(laptop, f"p{number:031x}", "name", text)
        decide(laptop, "p" + "0" * 31, "note", "dài " * 15_000)
        sent = export_bundle(laptop, "ct", folder / "stick")
        book = unseal_bundle(office, sent.file, folder / "goi.xlsx").file
        roads = {"xlsx": [], "ods": ["ods"], "xls": ["xls"]}
        for road, stops in roads.items():
            path = book
            work = folder / f"by-{road}"
            work.mkdir()
            for ending in [*stops, "xlsx"]:
                path = converted(path, ending, work)
            try:
                print(f"{road}: verifies, {verify_bundle(office, path).events} events")
            except FieldtoolError as error:
                failed += 1
                print(f"{road}: {error.code} {error.place} {error.values}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
