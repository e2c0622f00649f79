"""The commands `atlas sources …`: check the register, look at a new site, freeze golden pages."""

from __future__ import annotations

import typer

from pipeline.options import JsonOption, RegisterOption, out, print_json
from pipeline.register import load_register
from pipeline.sources_check import check_sources

sources_app = typer.Typer(help="The register of sources.", no_args_is_help=True)


@sources_app.command("check")
def check(register: RegisterOption = None, as_json: JsonOption = False) -> None:
    """Check the register and list what is missing for whom."""
    report = check_sources(load_register(register))
    print_json(report.as_dict()) if as_json else report.print_to(out)
