"""The overview of a series: the series with its modules, and the offers of many providers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from scrapers.fields.venues import read_delivery_mode
from scrapers.pages.base import AnyRecord, PageError
from scrapers.pages.blocks import Block, document_title, page_blocks
from scrapers.pages.document import DocumentPage
from scrapers.pages.lines import Line, page_lines
from scrapers.pages.module_columns import with_modules_as_rows
from scrapers.pages.offer_rows import with_first_row_as_header
from scrapers.pages.overview_course import OverviewDraft, overview_course
from scrapers.pages.overview_entries import is_entry_row, read_entries
from scrapers.pages.overview_prose import with_told_offers
from scrapers.pages.overview_series import SeriesText, read_series
from scrapers.pages.overview_splitting import split_line
from scrapers.pages.page_text import page_text
from scrapers.pages.positions import with_positions
from scrapers.pages.prose import whole_sentences
from scrapers.pages.run_columns import with_runs_as_rows
from scrapers.pages.stated_years import as_printed, with_stated_years
from scrapers.pages.unread_dates import unread_dates
from scrapers.records import DeliveryMode, Series

_NONE_AT_PRESENT = re.compile(
    r"\b(?:derzeit|aktuell|zurzeit|zur Zeit|momentan|im Moment|bislang|bisher|gegenwärtig)\b.{0,60}"
    r"\bkeine?\b.{0,60}\b(?:Termine?|Angebote?|Veranstaltung(?:en)?|Kurse?|Seminare?|Module?"
    r"|Qualifizierung(?:en|sangebote)?)\b"
    r"|\bkeine?\b.{0,40}\b(?:Termine?|Angebote?|Veranstaltung(?:en)?|Kurse?|Seminare?)\b.{0,40}"
    r"\b(?:geplant|verfügbar|vorhanden|bekannt|angeboten|derzeit|aktuell|zurzeit|vor)\b"
    r"|\b(?:Termine?|Angebote?)\b.{0,40}\b(?:noch nicht|folgen in Kürze|liegen (?:noch )?keine)",
    re.IGNORECASE,
)
_ABOUT_OFFERS = re.compile(
    r"seminar|veranstaltung|kurs|modul|qualifizierung|angebot|findet|finden", re.IGNORECASE
)


class OverviewPage(DocumentPage):
    """Yields one Series and one Course for each entry; only the Series when the page says in
    words that nothing is offered at present; PageError when it shows neither."""

    VERSION = 4

    def records(self) -> Sequence[AnyRecord]:
        return self._found

    def doubts(self) -> tuple[str, ...]:
        text, blocks = page_text(self.tree), page_blocks(self.tree)
        unread = unread_dates(text, self._found, self.context.today, blocks)
        return (*super().doubts(), *unread)

    @cached_property
    def _found(self) -> Sequence[AnyRecord]:
        dated = with_stated_years(page_blocks(self.tree))
        units = with_told_offers(_units(dated.blocks), self.context.today)
        if not units:
            raise PageError("no_results", "the overview has no text at all")
        lines = [unit if isinstance(unit, Line) else Line("", "row") for unit in units]
        fallback = document_title(self.tree) or self.context.provider_name or "Ohne Titel"
        described = read_series(lines, fallback, frozenset())
        entries, used = read_entries(units, described.module_lines)
        described = read_series(lines, fallback, used)
        text = [line for position, line in enumerate(lines) if position not in used]
        if not entries and not any(_NONE_AT_PRESENT.search(line.text) for line in lines):
            raise PageError(
                "markup_changed",
                "no offer was recognised in the overview, and no sentence says that there is none",
            )
        delivery = _stated_delivery(text)
        courses = [
            overview_course(OverviewDraft(entry, described, delivery), self) for entry in entries
        ]
        series = _series(described, self.url, has_entries=bool(entries))
        records: list[AnyRecord] = [*series, *with_positions(courses)]
        return as_printed(records, dated.written)


def _units(blocks: Sequence[Block]) -> list[Line | Block]:
    units: list[Line | Block] = []
    for block in with_runs_as_rows(with_modules_as_rows(with_first_row_as_header(blocks))):
        if is_entry_row(block):
            units.append(block)
        else:
            units.extend(part for line in page_lines([block]) for part in split_line(line))
    return units


def _series(described: SeriesText, url: str, *, has_entries: bool) -> list[Series]:
    if not (described.modules or described.total) and has_entries:
        return []
    return [
        Series(
            url=url,
            title=described.title,
            modules=described.modules,
            stated_council_total=described.total,
            stated_council_total_text=described.total_text,
        )
    ]


def _stated_delivery(lines: Sequence[Line]) -> tuple[DeliveryMode, str] | None:
    """How all offers take place, where a sentence of the page says so and none contradicts it."""
    found: dict[DeliveryMode, str] = {}
    for line in lines:
        for sentence in whole_sentences(line.text):
            if _ABOUT_OFFERS.search(sentence) and (mode := read_delivery_mode(sentence).value):
                found.setdefault(mode, sentence)
    return next(iter(found.items())) if len(found) == 1 else None
