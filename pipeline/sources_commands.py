"""The commands `atlas sources …`: check the register, look at a new site, freeze golden pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.data_folder import usable_settings
from pipeline.freeze import freeze
from pipeline.options import JsonOption, RegisterOption, out, print_json
from pipeline.probe import probe
from pipeline.register import load_register
from pipeline.sources_check import check_sources

sources_app = typer.Typer(help="The register of sources.", no_args_is_help=True)


@sources_app.command("check")
def check(register: RegisterOption = None, as_json: JsonOption = False) -> None:
    """Check the register and list what is missing for whom."""
    report = check_sources(load_register(register))
    print_json(report.as_dict()) if as_json else report.print_to(out)


@sources_app.command("probe")
def probe_site(
    url: Annotated[str, typer.Argument(metavar="URL", help="The website of a VHS.")],
    register: RegisterOption = None,
    as_json: JsonOption = False,
) -> None:
    """Look politely at a new VHS and print what to add to the register for it."""
    looked = probe(usable_settings(for_writing=True), load_register(register), url)
    print_json(looked.as_dict()) if as_json else looked.print_to(out)
    raise typer.Exit(int(looked.exit_code))


@sources_app.command("freeze")
def freeze_source(
    source_id: Annotated[str, typer.Argument(metavar="ID", help="The source.")],
    crawl_id: Annotated[
        str | None, typer.Option("--crawl", help="This landing, not the newest visit.")
    ] = None,
    pages: Annotated[int, typer.Option("--pages", min=1, help="At most so many pages.")] = 5,
    folder: Annotated[
        Path | None, typer.Option("--out", help="Folder, default tests/golden/live.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Save kept pages of a source, and what is read from them, as golden files for review."""
    settings = usable_settings(for_writing=False)
    frozen = freeze(settings, source_id, crawl_id, folder, pages)
    print_json(frozen.as_dict()) if as_json else frozen.print_to(out)
