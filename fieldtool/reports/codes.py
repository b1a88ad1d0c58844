"""A text as a picture of a QR code, to be shown on one screen and photographed or carried to another machine."""

from __future__ import annotations

import io

import segno


def code_picture(text: str) -> bytes | None:
    """A PNG of the code, squares of four points; None when the text is too long for one code (2,953 bytes)."""
    try:
        # Else a text of western letters alone ("xã A") would be written in Latin-1, which `read_code` does not read.
        code = segno.make(text, error="l", micro=False, boost_error=False, encoding="utf-8")
    except segno.DataOverflowError:
        return None
    buffer = io.BytesIO()
    code.save(buffer, kind="png", scale=4, border=4)
    return buffer.getvalue()
