"""Planted strings: nothing that was written into a home, sealed or kept can be read from the disk."""

from __future__ import annotations

from pathlib import Path

from exchange_homes import decide, fill, homes

from fieldtool.usecases.carry_bundle import carry_bundles
from fieldtool.usecases.export_bundle import export_bundle
from fieldtool.usecases.keep_trust import revoke_device
from fieldtool.usecases.receive_bundle import receive_bundle

PLANTED = [f"Chuỗi gieo số {number:04d} xyzzy" for number in range(200)]


def test_planted_strings_are_nowhere_on_the_disk(tmp_path: Path) -> None:
    with homes(tmp_path, laptops=2) as (office, laptop, courier):
        fill(laptop, 2, odd="gieo trong giấy xyzzy")
        for number, text in enumerate(PLANTED):
            decide(laptop, f"p{number:031x}", "name", text)
        sealed = export_bundle(laptop, "ct", tmp_path / "stick")
        carry_bundles(courier, [sealed.file])
        receive_bundle(office, [sealed.file])
        revoke_device(office, laptop.card.device, after="1")
        decide(laptop, "p" + "f" * 31, "name", PLANTED[0])
        receive_bundle(office, [export_bundle(laptop, "ct", tmp_path / "stick").file])
        assert office.depot.quarantined()
        files = [file for file in tmp_path.rglob("*") if file.is_file()]
        assert len(files) > 5
        words = [text.encode(code) for text in (*PLANTED, "xyzzy") for code in ("utf-8", "utf-16-le")]
        hits = [(file.name, word) for file in files for word in words if word in file.read_bytes()]
        assert hits == []
