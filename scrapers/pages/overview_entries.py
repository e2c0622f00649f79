"""The offers in an overview: which lines and cells belong to one and the same entry.

Entries stand in lines, cards or table rows. In lines their border is seldom marked: an entry
begins with the kind of fact that the first entry began with, and wherever a fact comes a second
time. A provider or a module named in a heading speaks for all entries in its section.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from scrapers.fields.contacts import read_emails
from scrapers.fields.course_numbers import clean_course_number
from scrapers.fields.labels import Label, canonical_label
from scrapers.fields.nothing import says_none
from scrapers.fields.relevance import modules_in
from scrapers.pages.blocks import Block
from scrapers.pages.date_words import HEADER_OF_OTHER_DAYS
from scrapers.pages.label_pairs import label_alone
from scrapers.pages.lines import Line
from scrapers.pages.overview_facts import (
    ENTRY_LABELS,
    PLACES_LABELS,
    WHEN_LABELS,
    Fact,
)
from scrapers.pages.overview_lines import facts_of, is_whole
from scrapers.pages.overview_prose import ToldOffer
from scrapers.pages.overview_series import is_heading_like, module_word
from scrapers.pages.tables import Path
from scrapers.records import Module


@attrs.define
class OverviewEntry:
    """The facts of one offer; `provider` and `module` (with its words) also from the headings it
    stands under. `is_headed`: it begins with a heading of its own; `is_whole`: with a line
    that tells an offer by itself."""

    facts: list[Fact] = attrs.Factory(list)
    provider: str | None = None
    module: Module | None = None
    module_words: str = ""
    is_row: bool = False
    is_headed: bool = False
    is_whole: bool = False
    follows_rows: bool = False

    def has(self, *labels: Label) -> bool:
        return any(fact.label in labels for fact in self.facts)

    def tells(self, *labels: Label) -> bool:
        """Whether it says more of one of these than that there is none yet."""
        return any(not says_none(fact.value) for fact in self.values(*labels))

    def values(self, *labels: Label) -> list[Fact]:
        return [fact for fact in self.facts if fact.label in labels]

    @property
    def is_appendix(self) -> bool:
        """What stands below rows that are whole offers and names none of its own."""
        own = {*WHEN_LABELS, *PLACES_LABELS, Label.NUMBER, Label.MODULE, Label.PROVIDER}
        return self.follows_rows and not self.is_row and not self.has(*own)

    @property
    def is_offer(self) -> bool:
        if self.is_appendix:
            return False
        if self.tells(Label.REGISTRATION, *PLACES_LABELS):
            return True
        is_dated = self.tells(*WHEN_LABELS)
        if self.is_row and self.provider and is_dated:
            return True
        told = [self.provider is not None, is_dated, self.tells(Label.NUMBER)]
        names_module = any(module_word(fact.value) for fact in self.values(Label.TITLE))
        has_module = self.module is not None or self.has(Label.MODULE) or names_module
        told += [self.tells(Label.PLACE), has_module]
        return (is_dated or self.tells(Label.NUMBER)) and sum(told) >= 3


@attrs.define
class _Section:
    """The entries below a heading that names a module."""

    module: Module
    words: str
    level: int
    path: Path
    is_near: bool = True
    has_entries: bool = False


@attrs.frozen
class _Provider:
    name: str
    path: Path


_GROUPS = {Label.START: Label.DATE, Label.OCCUPANCY: Label.PLANNED_PLACES}
_BEGINS_WHEN_REPEATED = frozenset(
    {
        Label.PLANNED_PLACES, Label.MAX_PLACES, Label.REGISTRATION, Label.NUMBER, Label.TITLE,
        Label.DATE, Label.PROVIDER, Label.MODULE,
    }
)  # fmt: skip
_NAME = re.compile(r"[^\W\d_]{4}")
_LONGEST_SHORT_LINE = 160
_HOURS = re.compile(
    r"(?:jeweils |von )?\d{1,2}(?:[:.]\d\d)?(?: Uhr)? ?(?:-|–|bis) ?\d{1,2}(?:[:.]\d\d)? Uhr"
)


class _Grouping:
    """One pass over the units of a page, gathering facts into entries."""

    def __init__(self, starter: Label | None, module_lines: frozenset[int]) -> None:
        self.entries: list[OverviewEntry] = []
        self.used: set[int] = set()
        self._starter = starter
        self._module_lines = module_lines
        self._section: _Section | None = None
        self._of_section: list[tuple[OverviewEntry, _Section]] = []
        self._provider: _Provider | None = None
        self._pending: Label | None = None
        self._last: Label | None = None
        self._must_begin = True

    def take_line(self, position: int, line: Line, facts: list[Fact]) -> None:
        if self._pending and not facts and not is_heading_like(line):
            facts = [Fact(self._pending, line.text, line.text, "label")]
        self._pending = None
        if not facts and self._last is Label.DATE and _HOURS.fullmatch(line.text):
            facts = [Fact(Label.TIME, line.text, line.text)]
        module = module_word(line.text)
        if position in self._module_lines or (module and line.kind == "heading"):
            if module:
                self._section = _Section(module, line.text, line.level, line.path)
                self._must_begin = True
            return
        if module and not facts:
            facts = [Fact(Label.MODULE, line.text, line.text)]
        if not facts:
            self._take_other(position, line)
            return
        self.used.add(position)
        if is_whole(facts):
            self._must_begin = True
        for fact in facts:
            self._add(fact, line, is_alone=len(facts) == 1)
        if is_whole(facts):
            self.entries[-1].is_whole = True
        named = modules_in(line.text)
        entry = self.entries[-1] if self.entries else None
        if entry and entry.module is None and len(named) == 1 and _is_about_offer(facts):
            (entry.module,), entry.module_words = named, line.text

    def take_row(self, position: int, unit: Line | Block, facts: list[Fact]) -> None:
        self.used.add(position)
        self._pending = None
        entry = self._new_entry(unit.path)
        entry.is_row = True
        entry.facts = facts
        providers = entry.values(Label.PROVIDER)
        entry.provider = providers[0].value if providers else entry.provider
        self._must_begin = True

    def finish(self) -> list[OverviewEntry]:
        sections = {id(section): section for _, section in self._of_section}
        for entry, section in self._of_section:
            # A module that is only described last speaks for no entry below its description.
            if entry.module is None and (section.is_near or len(sections) > 1):
                entry.module, entry.module_words = section.module, section.words
        for position, entry in enumerate(self.entries):
            if entry.is_appendix:
                _share(entry, self.entries[:position])
        return [entry for entry in self.entries if entry.is_offer]

    def _take_other(self, position: int, line: Line) -> None:
        self._pending = self._label_above(line)
        if self._pending:
            self.used.add(position)
            return
        is_below = self._section and line.kind == "heading" and 0 < self._section.level < line.level
        if is_below:
            pass
        elif self._section and not self._section.has_entries:
            if is_heading_like(line):
                self._section = None
            else:
                self._section.is_near = False
        elif self._section and line.kind == "heading":
            self._section = None
        if len(line.text) > _LONGEST_SHORT_LINE or line.kind == "heading":
            self._last = None
            self._provider = self._provider if line.kind != "heading" else None

    def _label_above(self, line: Line) -> Label | None:
        """A label that stands over its value. Before the first entry only a heading or a colon
        makes one: elsewhere "Standort" may be a topic."""
        is_marked = line.kind == "heading" or line.text.endswith(":")
        if not is_marked and (self._must_begin or self._last is None):
            return None
        return label_alone(line.text, ENTRY_LABELS)

    def _add(self, fact: Fact, line: Line, *, is_alone: bool) -> None:
        if fact.label is Label.CONTACT and (self._must_begin or self._last is None):
            return
        opens_provider = fact.label is Label.PROVIDER and line.kind == "heading"
        follows_offer = bool(self.entries) and self.entries[-1].is_offer
        if self._must_begin or self._begins(fact) or (opens_provider and follows_offer):
            self._new_entry(line.path)
            self.entries[-1].is_headed = line.kind == "heading"
        entry = self.entries[-1]
        entry.facts.append(fact)
        if fact.label is Label.PROVIDER:
            entry.provider = fact.value
            is_above = line.kind == "heading" or (is_alone and len(entry.facts) == 1)
            self._provider = _Provider(fact.value, line.path[:-1]) if is_above else None
        elif fact.label in {Label.MODULE, Label.TITLE} and entry.module is None:
            entry.module, entry.module_words = module_word(fact.value), fact.printed
        self._last = _group(fact.label)

    def _begins(self, fact: Fact) -> bool:
        entry, group = self.entries[-1], _group(fact.label)
        groups = {_group(known.label) for known in entry.facts}
        if group not in groups:
            return group is self._starter and not entry.is_headed
        if group not in _BEGINS_WHEN_REPEATED and group is not self._starter:
            return False
        if group is Label.DATE and self._last is Label.DATE and not entry.is_whole:
            return False
        if group is Label.REGISTRATION:
            kinds = {bool(read_emails(known.value)) for known in entry.values(Label.REGISTRATION)}
            return bool(read_emails(fact.value)) in kinds
        return True

    def _new_entry(self, path: Path) -> OverviewEntry:
        entry = OverviewEntry(follows_rows=bool(self.entries) and self.entries[-1].is_row)
        if self._provider and path[: len(self._provider.path)] == self._provider.path:
            entry.provider = self._provider.name
        section = self._section
        if section and path[: len(section.path) - 1] == section.path[:-1]:
            section.has_entries = True
            self._of_section.append((entry, section))
        self.entries.append(entry)
        self._must_begin = False
        return entry


def _share(appendix: OverviewEntry, before: Sequence[OverviewEntry]) -> None:
    """How to register below the rows of one provider is meant for all of these."""
    for entry in reversed(before):
        if not entry.is_row or entry.provider is None or entry.provider != appendix.provider:
            return
        if not entry.has(Label.REGISTRATION):
            entry.facts += appendix.values(Label.REGISTRATION)


def read_entries(
    units: Sequence[Line | Block], module_lines: frozenset[int]
) -> tuple[list[OverviewEntry], frozenset[int]]:
    """The entries of an overview, and which of its units belong to them.

    `units` are lines, and blocks for table rows that are entries of their own."""
    facts = [_facts_of_row(u) if isinstance(u, Block) else facts_of(u) for u in units]
    grouping = _Grouping(_starter(units, facts), module_lines)
    for position, (unit, found) in enumerate(zip(units, facts, strict=True)):
        if isinstance(unit, Block) or (
            is_whole(found)
            and any(
                map(
                    is_whole,
                    [*facts[max(position - 1, 0) : position], *facts[position + 1 : position + 2]],
                )
            )
        ):
            grouping.take_row(position, unit, found)
        else:
            grouping.take_line(position, unit, found)
    return grouping.finish(), frozenset(grouping.used)


def is_entry_row(block: Block) -> bool:
    """True for a table row that is an entry: its columns are named as facts, or it has several
    cells of which one is a registration, a provider or a date."""
    if block.kind != "row":
        return False
    known = {canonical_label(header) for header in block.headers} - {None}
    if len(known) >= 2:
        return True
    if len(block.cells) < 3 or sum(bool(canonical_label(cell)) for cell in block.cells) >= 2:
        return False
    return any(
        fact.label in {Label.REGISTRATION, Label.DATE, Label.PLANNED_PLACES}
        for fact in _facts_of_row(block)
    )


def _starter(units: Sequence[Line | Block], facts: Sequence[list[Fact]]) -> Label | None:
    """The kind of fact with which the first entry begins."""
    anchors = {Label.REGISTRATION, *PLACES_LABELS}
    first = next(
        (
            position
            for position, (unit, found) in enumerate(zip(units, facts, strict=True))
            if isinstance(unit, Line) and any(fact.label in anchors for fact in found)
        ),
        None,
    )
    if first is None:
        return next((_group(found[0].label) for found in facts if found), None)
    begin = first
    while begin > 0 and first - begin < 8:
        # One line that says nothing known, such as a venue's name, may stand within an entry.
        step = 1 if facts[begin - 1] else 2
        if step == 2 and not (begin > 1 and facts[begin - 2] and _is_short(units[begin - 1])):
            break
        begin -= step
    return _group(facts[begin][0].label)


def _is_short(unit: Line | Block) -> bool:
    is_sentence = unit.text[-1:] in (".", ":", "!", "?")
    return unit.kind != "heading" and len(unit.text) <= 60 and not is_sentence


def _facts_of_row(block: Block) -> list[Fact]:
    found: list[Fact] = []
    for index, cell in enumerate(block.cells):
        label = canonical_label(block.headers[index]) if block.headers else None
        if label is Label.NUMBER and _NAME.search(cell) and clean_course_number(cell) is None:
            label = Label.TITLE  # "Kurs" names a number or the course itself
        if block.headers and HEADER_OF_OTHER_DAYS.fullmatch(block.headers[index].strip()):
            continue
        links = tuple(link for link in block.links if link[0] in cell or not link[0])
        if label in ENTRY_LABELS and cell:
            value = cell.replace("\n", ", ")
            if label is Label.REGISTRATION:
                value = _target(value, links)
            if isinstance(block, ToldOffer):
                found.append(Fact(label, value, block.text, "prose"))
            else:
                found.append(Fact(label, value, f"{block.headers[index]}: {cell}", "label"))
            continue
        for text in cell.split("\n"):
            own = tuple(link for link in links if link[0] in text or not link[0])
            line = Line(text, "row", 0, own, block.path)
            found.extend(facts_of(line))
            if module_word(text) and not any(fact.label is Label.MODULE for fact in found):
                found.append(Fact(Label.MODULE, text, text))
    return found


def _is_about_offer(facts: Sequence[Fact]) -> bool:
    return any(fact.label in (Label.DATE, Label.START, Label.PROVIDER) for fact in facts)


def _target(value: str, links: Sequence[tuple[str, str]]) -> str:
    if read_emails(value) or not links or value.startswith("http"):
        return value
    return links[0][1]


def _group(label: Label) -> Label:
    return _GROUPS.get(label, label)
