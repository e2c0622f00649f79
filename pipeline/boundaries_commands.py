"""The command `atlas boundaries`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.boundaries import load_boundaries
from pipeline.boundaries_kept import kept_file
from pipeline.data_folder import usable_settings
from pipeline.options import JsonOption, RegisterOption, out, print_json
from pipeline.register import load_register


def boundaries(
    url: Annotated[
        str, typer.Option("--url", help="Another address than ATLAS_BOUNDARIES_URL or DVG2's own.")
    ] = "",
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="ZIP", exists=True, dir_okay=False, help="A loaded zip."),
    ] = None,
    register: RegisterOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load the official municipality boundaries (DVG2 of Geobasis NRW) for the map."""
    if url and file is not None:
        raise typer.BadParameter("name either --url or --file")
    settings = usable_settings(for_writing=True)
    loaded = load_boundaries(settings, load_register(register), url=url, file=file)
    if as_json:
        print_json(
            {
                "municipalities": len(loaded.shapes),
                "as_of": loaded.as_of,
                "source": loaded.source,
                "archive_sha256": loaded.archive_sha256,
                "attribution": loaded.attribution,
                "file": str(kept_file(settings)),
            }
        )
        return
    state = f", state {loaded.as_of}" if loaded.as_of else ""
    out.print(f"{len(loaded.shapes)} municipalities{state}: {loaded.attribution}", markup=False)
    out.print("the map shows them after the next night, or after `atlas load`", markup=False)
