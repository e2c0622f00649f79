"""The command `atlas sql`: a question of one's own, or one of the cookbook in warehouse/queries."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.data_folder import usable_settings
from pipeline.options import out
from pipeline.query import Format, QueryError, run_query
from warehouse.cookbook import CookbookError, load_cookbook, query_text


def sql(
    query: Annotated[
        str | None, typer.Argument(help="One SQL statement on the published warehouse.")
    ] = None,
    file: Annotated[
        str | None,
        typer.Option("--file", metavar="FILE", help="A file, or the name of a kept question."),
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="Name the kept questions.")] = False,
    output: Annotated[Format, typer.Option("--format")] = Format.TABLE,
) -> None:
    """Ask the published warehouse."""
    if listing:
        for kept in load_cookbook():
            out.print(f"{kept.name}: {kept.question}", markup=False)
        return
    if (query is None) == (file is None):
        raise QueryError("name either one SQL statement or --file; --list names kept questions")
    statement = query if query is not None else _read(str(file))
    run_query(usable_settings(for_writing=False), statement, output, sys.stdout)


def _read(name: str) -> str:
    path = Path(name)
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else query_text(name)
    except (CookbookError, UnicodeDecodeError) as error:
        raise QueryError(f"--file: {error}") from None
