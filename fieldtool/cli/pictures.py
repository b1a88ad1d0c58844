"""Codes on pictures, for the commands that read or draw them; their libraries are loaded when first asked for."""

from __future__ import annotations

import importlib
from pathlib import Path


def read_code(path: Path) -> str:
    """The text on a picture; see machine.card_images."""
    text: str = importlib.import_module("fieldtool.machine.card_images").read_code(path)
    return text


def code_if_picture(path: Path) -> str:
    """The text on a file that is a picture by its name; see machine.card_images."""
    text: str = importlib.import_module("fieldtool.machine.card_images").code_if_picture(path)
    return text


def code_picture(text: str) -> bytes | None:
    """A picture of a text; see reports.codes."""
    picture: bytes | None = importlib.import_module("fieldtool.reports.codes").code_picture(text)
    return picture
