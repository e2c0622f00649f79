"""Counting what was read right, wrong, not at all, and where nothing should have been read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

WRONG_COUNTS = 10
"""A wrong value weighs as much as ten missing ones."""


@dataclass
class Tally:
    """Results for one field on one platform. `invented` are values where none was known."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    invented: int = 0
    examples: list[str] = field(default_factory=list)

    def count(self, expected: object, found: object, where: str) -> None:
        if expected is None and found is None:
            return
        if found == expected:
            self.right += 1
            return
        if found is None:
            self.missing += 1
        elif expected is None:
            self.invented += 1
        else:
            self.wrong += 1
        if len(self.examples) < 3:
            self.examples.append(f"{where}: {found!r} instead of {expected!r}")

    @property
    def precision(self) -> float:
        given = self.right + self.wrong + self.invented
        return self.right / given if given else 1.0

    @property
    def recall(self) -> float:
        known = self.right + self.wrong + self.missing
        return self.right / known if known else 1.0

    @property
    def score(self) -> float:
        """1 without faults; each wrong or invented value takes away ten times a missing one."""
        cells = self.right + self.wrong + self.missing + self.invented
        faults = self.missing + WRONG_COUNTS * (self.wrong + self.invented)
        return max(0.0, 1 - faults / cells) if cells else 1.0


Tallies = dict[tuple[str, str], Tally]


def count_fields(
    tallies: Tallies,
    platform: str,
    expected: Mapping[str, object],
    found: Mapping[str, object],
    where: str,
) -> None:
    """Compares every expected field; a field that is expected to be None must be None."""
    for name, value in expected.items():
        tally = tallies.setdefault((platform, name), Tally())
        tally.count(value, found.get(name), where)


def by_field(tallies: Tallies) -> dict[str, Tally]:
    """The tallies of all platforms together."""
    total: dict[str, Tally] = {}
    for (_, name), tally in tallies.items():
        summed = total.setdefault(name, Tally())
        summed.right += tally.right
        summed.wrong += tally.wrong
        summed.missing += tally.missing
        summed.invented += tally.invented
        summed.examples += tally.examples
    return total
