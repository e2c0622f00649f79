"""The command `atlas`. Each command is thin: it checks its input, calls its room, says the result.

Exit codes (DESIGN §4): 0 all well, 1 nothing published, 2 wrong use, 3 published but some sources
are not complete.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from pipeline.alarm_commands import alarms, tell_after_night
from pipeline.boundaries_commands import boundaries
from pipeline.crawling import (
    last_register_dir,
    remember_register,
    require_clock,
    require_contact,
    require_day,
    require_same_web,
)
from pipeline.data_folder import usable_settings
from pipeline.doctor import examine
from pipeline.exit_codes import ExitCode
from pipeline.export_commands import export
from pipeline.load import require_loadable
from pipeline.lock import night_lock
from pipeline.night import Outcome, Part, run_part
from pipeline.options import JsonOption, RegisterOption, SourceOption, err, out, print_json
from pipeline.query_commands import sql
from pipeline.rebuild import compare_with_landing, rebuild_from_landing
from pipeline.refusals import FORESEEABLE, exit_code_of, sentence_of, telling_refusals
from pipeline.register import Register, load_register
from pipeline.reparse import RereadError, reread_for_real, reread_shadow
from pipeline.sample import running_sample_web
from pipeline.serving import end_on_signals, require_free_port, running_dashboard
from pipeline.sources_commands import sources_app
from pipeline.status import read_status
from warehouse.settings import Settings

DEFAULT_PORT = 8501
LOCALHOST = "127.0.0.1"

app = typer.Typer(
    name="atlas",
    help="Reads the trainings for integration councils in NRW and publishes who is reached.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(sources_app, name="sources")
app.command()(alarms)
app.command()(export)
app.command()(boundaries)
# A statement may begin with a comment, which looks like an option.
app.command(context_settings={"ignore_unknown_options": True})(sql)

PortOption = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port of the dashboard.")]
HostOption = Annotated[str, typer.Option("--host", help="Address the dashboard listens on.")]
OverrideOption = Annotated[
    str,
    typer.Option(
        "--override-guards",
        metavar="REASON",
        help="Publish although a guard failed; the reason is recorded.",
    ),
]


def main() -> None:
    """Entry point: foreseeable errors become a sentence and an exit code, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot write "ü" shows a question mark.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app()
    except FORESEEABLE as error:
        _fail(sentence_of(error), exit_code_of(error))


def _fail(message: str, code: ExitCode) -> NoReturn:
    err.print(message, markup=False)
    sys.exit(int(code))


@app.command()
def run(
    source: SourceOption = None,
    register: RegisterOption = None,
    override_guards: OverrideOption = "",
    as_json: JsonOption = False,
) -> None:
    """One whole night: crawl, load, publish."""
    _run_and_exit("night", source, register, override_guards, as_json)


@app.command()
def crawl(
    source: SourceOption = None, register: RegisterOption = None, as_json: JsonOption = False
) -> None:
    """Only visit the sources and leave a landing."""
    _run_and_exit("crawl", source, register, "", as_json)


@app.command()
def load(
    register: RegisterOption = None,
    override_guards: OverrideOption = "",
    as_json: JsonOption = False,
) -> None:
    """Load all landings that are not loaded yet, and publish."""
    _run_and_exit("load", None, register, override_guards, as_json)


@app.command()
def reparse(
    shadow: Annotated[
        bool, typer.Option("--shadow", help="Only report what differs; change nothing.")
    ] = False,
    crawl_id: Annotated[
        str | None, typer.Option("--crawl", help="With --shadow: this landing.")
    ] = None,
    every_landing: Annotated[
        bool, typer.Option("--all", help="With --shadow: every landing.")
    ] = False,
    source: SourceOption = None,
    register: RegisterOption = None,
    override_guards: OverrideOption = "",
    as_json: JsonOption = False,
) -> None:
    """Read the archived pages of each source's newest visit again, load and publish."""
    settings = usable_settings(for_writing=not shadow)
    if shadow:
        compared = reread_shadow(settings, crawl_id, every_landing, source or [])
        print_json(compared.as_dict()) if as_json else compared.print_to(out)
        return
    if crawl_id or every_landing:
        raise RereadError(
            "--crawl and --all go with --shadow: for real, each source's newest visit is read "
            "again, because older pages must not displace newer ones"
        )
    _reparse_and_exit(settings, source or [], register, override_guards, as_json)


@app.command()
def rebuild(
    check: Annotated[
        bool, typer.Option("--check", help="Only compare with the database in use; keep it.")
    ] = False,
    register: RegisterOption = None,
    override_guards: OverrideOption = "",
    as_json: JsonOption = False,
) -> None:
    """Build the working database anew from the landings, and publish."""
    settings = usable_settings(for_writing=True)
    end_on_signals()
    with _register_in_force("load", settings, register) as directory:
        loaded = load_register(directory)
        if check:
            comparison = compare_with_landing(settings, loaded)
            print_json(comparison.as_dict()) if as_json else comparison.print_to(out)
            raise typer.Exit(int(comparison.exit_code))
        require_day(settings)
        landings = rebuild_from_landing(settings, loaded)
        if not as_json:
            out.print(f"{landings} landings read again into a new database")
        outcome = _run("load", settings, loaded, directory, [], override_guards, as_json)
    if as_json:
        print_json({"rebuilt_from": landings, **outcome.as_dict()})
    else:
        _say(outcome, as_json=False)
    raise typer.Exit(int(outcome.exit_code))


@app.command()
def serve(port: PortOption = DEFAULT_PORT, host: HostOption = LOCALHOST) -> None:
    """Show the dashboard until Ctrl+C."""
    usable_settings(for_writing=False)
    require_free_port(host, port)
    end_on_signals()
    _serve_until_interrupted(host, port)


@app.command()
def demo(port: PortOption = DEFAULT_PORT, host: HostOption = LOCALHOST) -> None:
    """Sample web, one night over it, dashboard, until Ctrl+C."""
    settings = usable_settings(for_writing=True)
    require_free_port(host, port)
    end_on_signals()
    try:
        with ExitStack() as running:
            with night_lock(settings):
                _require_loadable(settings)
                sample = running.enter_context(running_sample_web(settings))
                out.print(f"sample web: {len(sample.sites)} sites on this computer", markup=False)
                outcome = _run(
                    "night", settings, load_register(sample.register_dir), sample.register_dir, []
                )
            _say(outcome, as_json=False)
            if outcome.exit_code is ExitCode.NOTHING_PUBLISHED:
                raise typer.Exit(int(outcome.exit_code))
            _serve_until_interrupted(host, port)
    except KeyboardInterrupt:
        out.print("ended")


@app.command()
def status(as_json: JsonOption = False) -> None:
    """What is published, how old it is, and how the sources are."""
    report = read_status(usable_settings(for_writing=False))
    print_json(report.as_dict()) if as_json else report.print_to(out)
    raise typer.Exit(int(report.exit_code))


@app.command()
def doctor(as_json: JsonOption = False) -> None:
    """Look at the installation and say what is wrong and what to do."""
    examination = examine(usable_settings(for_writing=False))
    print_json(examination.as_dict()) if as_json else examination.print_to(out)
    raise typer.Exit(int(examination.exit_code))


def _require_loadable(settings: Settings) -> None:
    """Before a sample web writes its register: what is refused leaves every file as it was."""
    require_loadable(settings)
    require_day(settings)


def _run_and_exit(
    part: Part, source: list[str] | None, register_dir: Path | None, override: str, as_json: bool
) -> None:
    settings = usable_settings(for_writing=True)
    end_on_signals()
    is_to_publish = part != "crawl"
    with ExitStack() as running:
        if is_to_publish:
            running.enter_context(telling_refusals(settings))
            _require_loadable(settings)
        directory = running.enter_context(_register_in_force(part, settings, register_dir))
        register = load_register(directory)
        outcome = _run(part, settings, register, directory, source or [], override, as_json)
    _say(outcome, as_json)
    if is_to_publish:
        tell_after_night(settings)
    raise typer.Exit(int(outcome.exit_code))


def _reparse_and_exit(
    settings: Settings,
    sources: list[str],
    register_dir: Path | None,
    override: str,
    as_json: bool,
) -> None:
    end_on_signals()
    _require_loadable(settings)
    with _register_in_force("load", settings, register_dir) as directory:
        register = load_register(directory)
        require_clock(settings)
        reread = reread_for_real(settings, sources)
        outcome = None
        if reread.crawl_id is not None:
            outcome = _run("load", settings, register, directory, [], override, as_json)
    if as_json:
        print_json({**reread.as_dict(), "load": outcome.as_dict() if outcome else None})
    else:
        reread.print_to(out)
        if outcome:
            _say(outcome, as_json=False)
    raise typer.Exit(int(outcome.exit_code) if outcome else 0)


@contextmanager
def _register_in_force(
    part: Part, settings: Settings, register_dir: Path | None
) -> Iterator[Path | None]:
    """The register folder given, else the shipped one in production, else the sample web's.

    A load visits nobody: it takes the register of the last crawl, if that is still there.
    """
    if register_dir is not None or settings.environment == "production":
        yield register_dir
        return
    if part == "load" and (last := last_register_dir(settings)) is not None:
        yield last
        return
    # Locked from here on: another sample web would put other addresses into the same register.
    with night_lock(settings), running_sample_web(settings) as sample:
        err.print("no live crawl outside production: the sample web is read instead")
        yield sample.register_dir


def _run(
    part: Part,
    settings: Settings,
    register: Register,
    register_dir: Path | None,
    sources: list[str],
    override: str = "",
    as_json: bool = False,
) -> Outcome:
    selected = register.select(sources)
    if part != "load":
        require_contact(settings, selected)
        require_clock(settings)
        require_same_web(settings, register)
        remember_register(settings, register_dir)
    console = err if as_json else out
    return run_part(part, settings, register, register_dir, sources, console, override)


def _say(outcome: Outcome, as_json: bool) -> None:
    if as_json:
        print_json(outcome.as_dict())
        return
    for warning in outcome.warnings:
        err.print(f"warning: {warning}", markup=False)
    for problem in outcome.problems:
        err.print(problem, markup=False)
    if outcome.reports:
        complete = sum(report.state == "complete" for report in outcome.reports)
        out.print(f"{complete} of {len(outcome.reports)} sources complete", markup=False)
    if outcome.published:
        out.print(f"published: {outcome.published}", markup=False)
    elif outcome.part != "crawl":
        err.print("nothing was published; the last good publication stays", markup=False)


def _serve_until_interrupted(host: str, port: int) -> None:
    try:
        with running_dashboard(host, port) as process:
            shown_host = "localhost" if host == LOCALHOST else host
            out.print(f"dashboard: http://{shown_host}:{port} (Ctrl+C ends everything)")
            process.wait()
    except KeyboardInterrupt:
        out.print("ended")
