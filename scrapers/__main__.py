"""What scrapers do as processes of their own: `python -m scrapers crawl …`, and so on.

The pipeline starts them. Of a crawl it hears of each source through Dagster Pipes; without Dagster
it works the same and prints a line per source. The others answer on stdout as JSON; `reparse`
takes its order on stdin.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
from pathlib import Path

from dagster_pipes import DAGSTER_PIPES_CONTEXT_ENV_VAR, open_dagster_pipes

from scrapers.crawl import crawl
from scrapers.freeze import freeze
from scrapers.landing import seal, wait_for_writer
from scrapers.parent import end_with_parent
from scrapers.probe import probe
from scrapers.records import CrawlPlan, FreezeResult, RereadOrder, SourceReport
from scrapers.reparse import KeptFileError, reread

REFUSED = 2
"""Exit code where what was asked for cannot be had; a sentence on stderr says why."""

OUT_OF_TIME = 75
"""Exit code of a crawl that had to be ended because it did not end itself in time."""

GRACE_SECONDS = 300.0
"""How long a crawl may take to end in order, once its time is up."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m scrapers", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    crawl_command = commands.add_parser("crawl", help="visit the sources of a plan")
    crawl_command.add_argument("--plan", type=Path, required=True)
    crawl_command.add_argument("--landing", type=Path, required=True)
    crawl_command.add_argument("--archive", type=Path, required=True)
    crawl_command.add_argument("--log", type=Path, help="file for Scrapy's log (default: stderr)")
    crawl_command.add_argument("--parent-pid", type=int, help="end when this parent is gone")
    seal_command = commands.add_parser("seal", help="make a whole landing of an interrupted crawl")
    seal_command.add_argument("--folder", type=Path, required=True)
    reparse_command = commands.add_parser("reparse", help="read archived pages again")
    reparse_command.add_argument("--landing", type=Path, required=True)
    reparse_command.add_argument("--archive", type=Path, required=True)
    freeze_command = commands.add_parser("freeze", help="save kept pages as golden files")
    freeze_command.add_argument("--landing", type=Path, required=True, help="folder of one crawl")
    freeze_command.add_argument("--archive", type=Path, required=True)
    freeze_command.add_argument("--source", required=True)
    freeze_command.add_argument("--out", type=Path, required=True)
    freeze_command.add_argument("--pages", type=int, required=True)
    probe_command = commands.add_parser("probe", help="look at a site; the plan on stdin names it")
    probe_command.add_argument("--log", type=Path, required=True)
    arguments = parser.parse_args()

    if arguments.command == "seal":
        wait_for_writer(arguments.folder)
        seal(arguments.folder)
        return 0
    if arguments.command in ("reparse", "freeze"):
        try:
            print(_reread(arguments) if arguments.command == "reparse" else _freeze(arguments))
        except KeptFileError as error:
            print(error, file=sys.stderr)
            return REFUSED
        return 0
    if arguments.command == "probe":
        found = probe(CrawlPlan.model_validate_json(sys.stdin.read()), arguments.log)
        print(found.model_dump_json())
        return 0
    end_with_parent(arguments.parent_pid)
    plan = CrawlPlan.model_validate_json(arguments.plan.read_text(encoding="utf-8"))
    _end_at_the_latest(plan.most_seconds + GRACE_SECONDS)
    if DAGSTER_PIPES_CONTEXT_ENV_VAR in os.environ:
        with open_dagster_pipes() as pipes:
            crawl(
                plan,
                arguments.landing,
                arguments.archive,
                lambda report: pipes.log.info(_line(report)),
                log_file=arguments.log,
            )
    else:
        crawl(plan, arguments.landing, arguments.archive, _print_report, log_file=arguments.log)
    return 0


def _reread(arguments: argparse.Namespace) -> str:
    order = RereadOrder.model_validate_json(sys.stdin.read())
    return reread(order, arguments.landing, arguments.archive).model_dump_json()


def _freeze(arguments: argparse.Namespace) -> str:
    pages = freeze(
        arguments.landing, arguments.archive, arguments.source, arguments.out, arguments.pages
    )
    return FreezeResult(pages=tuple(pages)).model_dump_json()


def _end_at_the_latest(seconds: float) -> None:
    """Ends this process where it does not end itself, because a reader works without end. What was
    read whole until then stays."""
    timer = threading.Timer(seconds, os._exit, (OUT_OF_TIME,))
    timer.daemon = True
    timer.start()


def _line(report: SourceReport) -> str:
    return f"{report.source_id}: {report.state} {report.detail or ''}".rstrip()


def _print_report(report: SourceReport) -> None:
    print(_line(report), flush=True)


if __name__ == "__main__":
    sys.exit(main())
