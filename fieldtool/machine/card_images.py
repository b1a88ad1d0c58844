<<<<<<< HEAD
"""The QR text of a card from a picture file. The picture is read into memory and let go: none is kept."""
=======
"""Reads the QR code on a picture of a card; the picture itself is never kept (domain.md 2.3: sensitive)."""
>>>>>>> main

from __future__ import annotations

from pathlib import Path

import zxingcpp
from PIL import Image, UnidentifiedImageError

<<<<<<< HEAD
from fieldtool.records.card_qr import read_card
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place

_MOST_BYTES = 40_000_000
_MOST_PIXELS = 60_000_000
_LONG_SIDE = 3000  # pixels; a larger picture is read in smaller copy first


def text_in_picture(path: Path) -> str:
    """The QR text in a picture, a card's before any other. NO_FILE, READ_FAILED or CARD_UNREADABLE otherwise."""
    place = Place(file=path.name)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise FieldtoolError(ErrorCode.CARD_UNREADABLE, place=place)
        with Image.open(path) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise FieldtoolError(ErrorCode.CARD_UNREADABLE, place=place)
            picture = opened.convert("L")
    except FileNotFoundError as error:
        raise FieldtoolError(ErrorCode.NO_FILE, place=place, values={"file": path.name}) from error
    except (UnidentifiedImageError, OSError, ValueError) as error:
        raise FieldtoolError(ErrorCode.CARD_UNREADABLE, place=place) from error
    small = picture.copy()
    small.thumbnail((_LONG_SIDE, _LONG_SIDE))
    for view in (small, picture):
        texts = [found.text for found in zxingcpp.read_barcodes(view) if found.text]
        texts.sort(key=lambda text: read_card(text) is None)
        if texts:
            return texts[0]
    raise FieldtoolError(ErrorCode.CARD_UNREADABLE, place=place)
=======
from fieldtool.records.errors import ErrorCode, FieldtoolError, Place

_LARGEST = 30_000_000  # bytes of a picture from a phone
_PIXELS = 60_000_000


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
>>>>>>> main
