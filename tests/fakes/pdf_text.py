"""The text of our own PDFs, read as a viewer reads it: through the fonts' ToUnicode tables. For tests only."""

from __future__ import annotations

import base64
import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj(.*?)endobj", re.S)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.S)
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def pages(content: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", content))


def fonts_inside(content: bytes) -> bool:
    return b"/FontFile2" in content


def text_of(content: bytes) -> str:
    objects = {int(number): body for number, body in _OBJECT.findall(content)}
    unicodes = {name: _table(objects, number) for name, number in _fonts(objects)}
    lines = []
    for body in objects.values():
        stream = _stream(body)
        if b" Tf" in stream:
            lines.append(_shown(stream, unicodes))
    return "\n".join(lines)


def _fonts(objects: dict[int, bytes]) -> list[tuple[bytes, int]]:
    return [
        (name, int(number))
        for body in objects.values()
        for name, number in re.findall(rb"/(F\d+(?:\+\d+)?) (\d+) 0 R", body)
    ]


def _table(objects: dict[int, bytes], font: int) -> dict[int, str]:
    found = re.search(rb"/ToUnicode (\d+) 0 R", objects[font])
    if found is None:
        return {}
    stream = _stream(objects[int(found.group(1))])
    table: dict[int, str] = {}
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", stream, re.S):
        for first, last, codes in re.findall(rb"<(\w+)>\s*<(\w+)>\s*\[(.*?)\]", block, re.S):
            texts = re.findall(rb"<(\w+)>", codes)
            table |= {int(first, 16) + place: _text(text) for place, text in enumerate(texts)}
            assert int(last, 16) - int(first, 16) + 1 == len(texts)
        for first, last, text in _RANGE.findall(block):
            start = int(text, 16)
            table |= {code: chr(start + code - int(first, 16)) for code in range(int(first, 16), int(last, 16) + 1)}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", stream, re.S):
        table |= {int(code, 16): _text(text) for code, text in _CHAR.findall(block)}
    return table


def _text(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be")


def _stream(body: bytes) -> bytes:
    found = _STREAM.search(body)
    if found is None:
        return b""
    data = found.group(1)
    if b"ASCII85Decode" in body:
        data = base64.a85decode(data.strip().removesuffix(b"~>"))
    return zlib.decompress(data) if b"FlateDecode" in body else data


def _shown(stream: bytes, unicodes: dict[bytes, dict[int, str]]) -> str:
    table: dict[int, str] = {}
    words = []
    for name, text in re.findall(rb"/(F\d+(?:\+\d+)?) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) Tj", stream, re.S):
        if name:
            table = unicodes.get(name, {})
        else:
            words.append("".join(table.get(byte, chr(byte)) for byte in _unescaped(text)))
    return "".join(words)


def _unescaped(text: bytes) -> bytes:
    def one(match: re.Match[bytes]) -> bytes:
        code = match.group(1)
        if code[:1].isdigit():
            return bytes([int(code, 8)])
        return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}.get(code, code)

    return re.sub(rb"\\([0-7]{1,3}|.)", one, text, flags=re.S)
