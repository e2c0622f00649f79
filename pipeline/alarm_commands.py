"""The command `atlas alarms`, and how alarms are told at the end of a night."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from pipeline.alarms import AlarmRound, raise_alarms, send_test_message
from pipeline.data_folder import usable_settings
from pipeline.exit_codes import ExitCode
from pipeline.night_settings import load_night_settings
from pipeline.options import JsonOption, err, out, print_json
from warehouse.settings import Settings


def alarms(
    test: Annotated[
        bool, typer.Option("--test", help="Send a test message on every channel.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Look for problems and tell of new ones, once each."""
    settings = usable_settings(for_writing=False)
    limits = load_night_settings()
    told = send_test_message(settings, limits) if test else raise_alarms(settings, limits)
    if as_json:
        print_json(asdict(told))
    else:
        say(told)
        if not told.sent and not told.failed:
            out.print("nothing new to tell")
    raise typer.Exit(int(ExitCode.INCOMPLETE if told.failed else ExitCode.ALL_WELL))


def tell_after_night(settings: Settings) -> None:
    """Raises alarms after a night. Whatever is wrong with them, the night has ended as it has."""
    say(raise_alarms(settings, load_night_settings()))


def say(told: AlarmRound) -> None:
    """Says on the terminal what was sent."""
    for subject in told.sent:
        err.print(f"alarm sent: {subject}", markup=False)
    for sentence in told.failed:
        err.print(f"alarm not sent, tried again next time: {sentence}", markup=False)
