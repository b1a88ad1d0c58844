"""Commands are loaded when they are asked for: the table that says where each lies is whole, and the start is light."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys

from fieldtool import cli
from fieldtool.cli.main import WHERE


def test_every_command_is_found_where_the_table_says() -> None:
    rooms = {
        info.name: [
            item.name for item in getattr(importlib.import_module(f"fieldtool.cli.{info.name}"), "COMMANDS", ())
        ]
        for info in pkgutil.iter_modules(cli.__path__)
    }
    assert {room: names for room, names in rooms.items() if names} == {
        room: names.split() for room, names in WHERE.items()
    }


def test_what_few_commands_need_is_not_loaded_with_the_program() -> None:
    code = "import sys, fieldtool.app; print(*sorted({'numpy', 'psutil', 'PySide6', 'reportlab'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == []
