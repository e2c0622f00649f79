"""`python -m tests.accuracy`: how much is read, how much of it is right; fails below the bar."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table

from tests.accuracy.measure import LEAST_DECOYS, LEAST_SCORE, Measured, measure
from tests.accuracy.score import Tally, by_field


def main() -> int:
    measured = measure()
    console = Console(width=None if sys.stdout.isatty() else 140)
    console.print(_table(measured))
    faults = faults_of(measured)
    for fault in faults:
        console.print(fault, style="red", highlight=False)
    verdict = "below the bar" if faults else "good"
    console.print(f"{measured.pages} pages, {measured.decoys} decoys: {verdict}")
    return 1 if faults else 0


def faults_of(measured: Measured) -> list[str]:
    """Why the readers are not good enough, in one sentence each; nothing when they are."""
    faults = []
    if measured.decoys < LEAST_DECOYS:
        faults.append(f"only {measured.decoys} decoys, {LEAST_DECOYS} are needed")
    relevance = measured.relevance
    if relevance.precision < 1 or relevance.recall < 1:
        faults.append(f"relevance is not always right: {'; '.join(relevance.examples)}")
    for name, tally in sorted(by_field(measured.fields).items()):
        if min(tally.precision, tally.recall, tally.score) < LEAST_SCORE:
            faults.append(f"{name} is below {LEAST_SCORE}: {'; '.join(tally.examples[:3])}")
        elif tally.invented:
            faults.append(f"{name} has a value where it should be NULL: {tally.examples[0]}")
    return faults


def _table(measured: Measured) -> Table:
    table = Table(title="What is read of pages whose truth is known")
    for name in ("platform", "field"):
        table.add_column(name)
    for name in ("right", "wrong", "where NULL", "missing", "precision", "recall", "score"):
        table.add_column(name, justify="right")
    rows: list[tuple[str, str, Tally]] = [("all", "relevance", measured.relevance)]
    rows += [(platform, name, tally) for (platform, name), tally in sorted(measured.fields.items())]
    rows += [("all", name, tally) for name, tally in sorted(by_field(measured.fields).items())]
    for platform, name, tally in rows:
        counts = (tally.right, tally.wrong, tally.invented, tally.missing)
        shares = (tally.precision, tally.recall, tally.score)
        table.add_row(platform, name, *map(str, counts), *(f"{share:.3f}" for share in shares))
    return table


if __name__ == "__main__":
    sys.exit(main())
