"""What the commands of `atlas` share: their usual options, and where they speak."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)

RegisterOption = Annotated[
    Path | None,
    typer.Option("--register", help="Folder with a register that replaces the shipped one."),
]
SourceOption = Annotated[
    list[str] | None,
    typer.Option("--source", help="Only this source; may be given several times."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Machine-readable result on stdout.")]


def print_json(value: object) -> None:
    """The whole result of a command for machines."""
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))
