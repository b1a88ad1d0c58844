"""Reads the QR code on a picture of a card; the picture itself is never kept (domain.md 2.3: sensitive)."""

from __future__ import annotations

from pathlib import Path

import zxingcpp
from PIL import Image, UnidentifiedImageError

from fieldtool.records.errors import ErrorCode, FieldtoolError, Place

_LARGEST = 30_000_000  # bytes of a picture from a phone
_PIXELS = 60_000_000
PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".webp")


def code_if_picture(path: Path) -> str:
    """What the code on a picture says; "" for a file that is no picture by its name. Errors as `read_code`."""
    return read_code(path) if path.suffix.lower() in PICTURES else ""


def read_code(path: Path) -> str:
    """The text of the QR code on a picture: NO_FILE, READ_FAILED for what is no picture, NO_CODE_IN_IMAGE."""
    place = Place(path.name)
    if not path.is_file():
        raise FieldtoolError(ErrorCode.NO_FILE, place=place, values={"file": path.name})
    if path.stat().st_size > _LARGEST:
        raise FieldtoolError(ErrorCode.READ_FAILED, place=place, values={"detail": f"> {_LARGEST:,} B"})
    try:
        with Image.open(path, formats=("PNG", "JPEG", "BMP", "WEBP")) as picture:
            if picture.width * picture.height > _PIXELS:
                raise FieldtoolError(ErrorCode.READ_FAILED, place=place, values={"detail": f"> {_PIXELS:,} px"})
            found = zxingcpp.read_barcodes(picture.convert("L"))
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, Image.DecompressionBombError) as trouble:
        raise FieldtoolError(ErrorCode.READ_FAILED, place=place, values={"detail": str(trouble)}) from trouble
    texts = [code.bytes.decode("utf-8", errors="replace") for code in found if code.bytes]
    cards = [text for text in texts if text.count("|") >= 5]
    if not cards and not texts:
        raise FieldtoolError(ErrorCode.NO_CODE_IN_IMAGE, place=place, values={"file": path.name})
    return (cards or texts)[0]
