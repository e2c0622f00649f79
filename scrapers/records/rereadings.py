"""The archive read again: to compare, to correct, and to save pages as golden files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field, JsonValue

from scrapers.records.base import Contract, FailureClass


class RereadOrder(Contract):
    """Which visits are to be read again: source ids by crawl.

    `later` names the later crawls of a source: pages that these fetched as well are left out.
    `rereadings` names the landings, oldest first, in which pages of a crawl were read again before:
    what they say is what is compared with. `write_as` is the id of the landing that takes what is
    read, begun at `started_at` on the day `today`; None for a shadow run, which writes nothing.
    """

    visits: dict[str, tuple[str, ...]]
    later: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    rereadings: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    today: date
    started_at: datetime
    write_as: str | None = None


class RereadDifference(Contract):
    """What today's code reads otherwise on one page. `changed`: one field of a record; `found` and
    `lost`: a whole record, whose title stands in `after` or `before`."""

    source_id: str
    page_url: str
    kind: Literal["changed", "found", "lost"]
    title: str
    field: str
    before: JsonValue = None
    after: JsonValue = None


class RereadSource(Contract):
    """One visit read again. `failures`: pages that their readers cannot read today, or doubt, with
    the reason: what is known of these stays as it is; `unknown_readers`: pages by reader that this
    version does not have; `missing_pages`: bodies that the archive does not hold, or damaged."""

    crawl_id: str
    source_id: str
    pages: int = 0
    records_before: int = 0
    records_after: int = 0
    failures: tuple[str, ...] = ()
    unknown_readers: dict[str, int] = Field(default_factory=dict)
    missing_pages: int = 0


class RereadResult(Contract):
    """What reading again gave. `written`: whether there is a new landing; there is none where
    every record is the same and bears the same extractor."""

    sources: tuple[RereadSource, ...]
    differences: tuple[RereadDifference, ...]
    written: bool


class FrozenPage(Contract):
    """A page saved as golden file: what was read from it, and whether the file is new or another
    than before, so that a person has to look at it."""

    url: str
    file: str
    titles: tuple[str, ...]
    failure_class: FailureClass | None = None
    is_new: bool


class FreezeResult(Contract):
    """All pages that were saved of one source."""

    pages: tuple[FrozenPage, ...]
