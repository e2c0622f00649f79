"""Days without a year below a heading that names it: "Termine 2026", then "Mo 13.04., Mi 15.04.".

The page says the year, but not beside the day, where all readers look for it. So it is written
there before they read, and taken out again of the words that they keep. A heading counts only where
it is about when something takes place and names one year. A weekday that does not fit that year
leaves the day unknown, as everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeVar

import attrs

from scrapers.fields.mentions import Mention, find_mentions
from scrapers.fields.text import fold, plain
from scrapers.pages.base import AnyRecord
from scrapers.pages.blocks import Block

RecordT = TypeVar("RecordT", bound=AnyRecord)

_YEAR: Final = re.compile(r"(?<![\d.])20\d\d(?![\d.])")
_TWO_YEARS: Final = re.compile(r"20\d\d ?[/–-] ?\d\d")
_MONTH_NAMES: Final = (
    *("januar", "februar", "maerz", "april", "mai", "juni", "juli", "august", "september"),
    *("oktober", "november", "dezember"),
)
# Folded: what a heading speaks of that says when; and what it must not speak of.
_SAYS_WHEN: Final = re.compile(
    r"termin|\bdaten\b|zeiten|kurs|schulung|seminar|fortbildung|weiterbildung|qualifizierung"
    r"|modul|workshop|angebot|veranstaltung|programm|halbjahr|semester|quartal|\bjahr|sommer|herbst"
    rf"|fruehling|{'|'.join(_MONTH_NAMES)}"
)
_SOMETHING_ELSE: Final = re.compile(
    r"rueckblick|archiv|vergangen|bisher|wahl|bericht|\bseit\b|\bab\b|beschluss|gruend|konzept"
    r"|foerder|protokoll|winter|haushalt|stand\b|anmeld|bis\b"
)
_HALVES: Final = {"1": range(1, 7), "2": range(7, 13), "i": range(1, 7), "ii": range(7, 13)}
_HALF: Final = re.compile(r"\b(1|2|i|ii)\.? ?halbjahr|\b(erst|zweit)es halbjahr")
_LONGEST_HEADING: Final = 100
_BELOW_HEADINGS: Final = 7
_FIRST_TIME: Final = re.compile(r"\d{1,2}\.")


@attrs.frozen
class StatedYear:
    """A year that a heading names, and the months of which it speaks."""

    year: int
    months: frozenset[int]


@attrs.frozen
class DatedBlocks:
    """The blocks with the years written beside their days. `written` are the days as they stand
    there now, each with what the page prints."""

    blocks: tuple[Block, ...]
    written: Mapping[str, str]


def with_stated_years(blocks: Sequence[Block]) -> DatedBlocks:
    """The blocks as readers shall see them: below a heading until the next one of its level, in a
    column whose header says it, after "Termine 2026:" in a line or above a list."""
    if not any(_YEAR.search(words) for block in blocks for words in _places_of_years(block)):
        return DatedBlocks(tuple(blocks), {})
    written: dict[str, str] = {}
    found: list[Block] = []
    above: list[tuple[int, StatedYear | None]] = []
    for block in blocks:
        is_lead = block.kind == "paragraph" and block.text.endswith(":")
        if block.kind == "heading" or (is_lead and _YEAR.search(block.text)):
            level = block.level if block.kind == "heading" else _BELOW_HEADINGS
            above = [one for one in above if one[0] < level]
            if _YEAR.search(block.text):
                above.append((level, stated_year(block.text)))
            found.append(block)
        else:
            found.append(_dated(block, above[-1][1] if above else None, written))
    printed = "\n".join(block.text for block in blocks)
    kept = {new: old for new, old in written.items() if new not in printed}
    return DatedBlocks(tuple(found), kept)


def stated_year(heading: str) -> StatedYear | None:
    """The year in which a heading says that something takes place; None where it does not."""
    years = set(_YEAR.findall(heading))
    words = fold(heading)
    if len(years) != 1 or len(heading) > _LONGEST_HEADING or _TWO_YEARS.search(heading):
        return None
    if not _SAYS_WHEN.search(words) or _SOMETHING_ELSE.search(words):
        return None
    if find_mentions(plain(heading)):
        return None
    months = {n for n, name in enumerate(_MONTH_NAMES, start=1) if name in words}
    if half := _HALF.search(words):
        months = set(_HALVES[half[1] or {"erst": "1", "zweit": "2"}[half[2]]])
    return StatedYear(int(years.pop()), frozenset(months or range(1, 13)))


def as_printed(records: Iterable[RecordT], written: Mapping[str, str]) -> list[RecordT]:
    """The records with the words that the page prints, where a year was written into them."""
    return [_as_printed(record, written) for record in records] if written else list(records)


def _as_printed(record: RecordT, written: Mapping[str, str]) -> RecordT:
    said = printed = record.model_dump_json()
    for new, old in written.items():
        printed = printed.replace(new, old)
    if printed == said:
        return record
    again: RecordT = type(record).model_validate_json(printed)  # type: ignore[assignment]
    return again


def _places_of_years(block: Block) -> tuple[str, ...]:
    """Where a block may name the year of other words than its own date."""
    if block.kind == "heading" or block.text.endswith(":"):
        return (block.text,)
    return (*block.headers, *(line.partition(":")[0] for line in block.text.split("\n")))


def _dated(block: Block, stated: StatedYear | None, written: dict[str, str]) -> Block:
    if not any(character.isdigit() for character in block.text):
        return block
    by_cell = [stated_year(header) if _YEAR.search(header) else stated for header in block.headers]
    by_cell = by_cell or [stated] * len(block.cells)
    if block.cells:
        cells = tuple(
            _with_year(cell, year, written) for cell, year in zip(block.cells, by_cell, strict=True)
        )
        if cells == block.cells:
            return block
        text = block.text
        for old, new in zip(block.cells, cells, strict=True):
            text = text.replace(old, new) if old else text
        return attrs.evolve(block, text=text, cells=cells)
    text = _with_year(block.text, stated, written)
    if text == block.text:
        return block
    links = tuple((_with_year(words, stated, written), href) for words, href in block.links)
    return attrs.evolve(block, text=text, links=links)


def _with_year(text: str, stated: StatedYear | None, written: dict[str, str]) -> str:
    return "\n".join(line_with_year(line, stated, written) for line in text.split("\n"))


def line_with_year(line: str, stated: StatedYear | None, written: dict[str, str]) -> str:
    """The line with the year beside each day that has none and is one of its months; `written`
    takes up the days as they stand there now, each with what is printed."""
    body = plain(line)
    mentions = find_mentions(body) if len(body) == len(line) else ()
    if not mentions:
        return line
    lead, colon, _ = line[: mentions[0].start].partition(":")
    if colon and _YEAR.search(lead):
        stated = stated_year(lead)
    if stated is None:
        return line
    for mention in reversed(mentions):
        if mention.year is None and not mention.excluded and mention.month in stated.months:
            printed = line[mention.start : mention.end]
            if not _is_day(printed, mention):
                continue
            glue = "" if printed[-1] == "." and printed[:-1].replace(".", "").isdigit() else " "
            new = f"{printed}{glue}{stated.year}"
            written[new] = printed
            after = line[mention.end :]
            line = line[: mention.start] + new + (" " if after[:1].isalnum() else "") + after
    return line


def _is_day(printed: str, mention: Mention) -> bool:
    """Whether it is a day with its month and no "1.2." of an enumeration."""
    if _FIRST_TIME.fullmatch(printed):
        return False
    return bool(mention.weekdays or re.search(r"[^\W\d_]|\d\d\. ?\d\d\.", printed))
