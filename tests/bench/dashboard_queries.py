"""Every question that the pages of the dashboard ask of the published file, and how long it takes.

`python -m tests.bench.dashboard_queries` prints one JSON object; the dashboard's benchmark starts
it as a process of its own, with ATLAS_DATA and ATLAS_TODAY as its environment.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import time
from typing import Any

from dashboard.data import published
from dashboard.views import VIEWS
from tests.bench.large_warehouse import DAY, FIRST_DAY
from tests.dashboard_pages import open_view

ROUNDS = 5
_MIDDLE = (FIRST_DAY + (DAY - FIRST_DAY) / 2).isoformat()
# Further addresses by view: what narrows, searches, sorts or opens one thing.
FURTHER: dict[str, tuple[dict[str, str], ...]] = {
    "karte": ({"modul": "basis"}, {"gremium": "05315000"}),
    "gremien": ({"modul": "basis", "regierungsbezirk": "Arnsberg"}, {"gremium": "05315000"}),
    "angebote": (
        {"modul": "basis"},
        {"suche": "haushalt köln"},
        {"suche": "haushald"},
        {"sortierung": "-anbieter", "seite": "40"},
        {"regierungsbezirk": "Arnsberg", "modul": "basis"},
        {"angebot": hashlib.md5(b"12345").hexdigest()[:16]},
    ),
    "aenderungen": (
        {"zeitraum": "monat"},
        {"zeitraum": "alles"},
        {"ansicht": "vhs"},
        {"modul": "basis", "regierungsbezirk": "Arnsberg"},
    ),
    "datenlage": ({"quelle": "vhs-007"}, {"quelle": "vhs-008"}),
}


def asked_of(pages: list[tuple[str, dict[str, str]]]) -> dict[Any, str]:
    """The questions of these pages, each with the first page that asked it."""
    asked: dict[Any, str] = {}
    fetch = published._fetched
    page = ""

    def noted(file: Any, sql: str, parameters: Any) -> Any:
        asked.setdefault((file, sql, parameters), page)
        return fetch(file, sql, parameters)

    published._fetched = noted
    try:
        for path, query in pages:
            page = "?".join((path, "&".join(f"{name}={value}" for name, value in query.items())))
            app = open_view(path, **query)
            if app.exception or not app.get("html"):
                raise RuntimeError(f"{page}: {app.exception}")
    finally:
        published._fetched = fetch
    return asked


def milliseconds(question: Any) -> float:
    """The median of several answers, none of them kept."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        published._fetched(*question)
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def main() -> None:
    pages: list[tuple[str, dict[str, str]]] = []
    for view in VIEWS:
        addresses = ({}, *FURTHER.get(view.path, ()))
        pages += [(view.path, query) for query in addresses]
        pages += [(view.path, query | {"stand": _MIDDLE}) for query in addresses]
    timed = [
        {"page": page, "milliseconds": milliseconds(question), "sql": " ".join(question[1].split())}
        for question, page in asked_of(pages).items()
    ]
    print(json.dumps(timed))


if __name__ == "__main__":
    main()
