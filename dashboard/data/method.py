"""What the page Methode tells: the stated totals, the evidence, and what the register lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.data.published import PublishedFile


@dataclass(frozen=True, slots=True)
class CouncilTotal:
    """One published number of councils; `is_denominator` marks the one that is counted with."""

    as_of: date
    total: int
    integrationsraete: int | None
    integrationsausschuesse: int | None
    meaning: str
    source_url: str
    is_denominator: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """How many councils are known from one kind of evidence."""

    level: str
    presumed: bool
    councils: int


@dataclass(frozen=True, slots=True)
class Register:
    """What the register knows and lacks. Councils are the evidenced ones."""

    councils: int
    without_source: int
    without_members: int
    providers: int
    providers_without_website: int
    sources: int


_TOTALS = """
SELECT as_of, total, integrationsraete, integrationsausschuesse, meaning, source_url,
       is_denominator
FROM mart.council_totals ORDER BY is_denominator DESC, as_of DESC, source_url"""

_EVIDENCE = """
SELECT evidence_level, counts_as_p27 = 'presumed', count(*)
FROM mart.councils GROUP BY ALL ORDER BY count(*) DESC, evidence_level"""

_REGISTER = """
SELECT
    (SELECT count(*) FROM mart.councils WHERE counts_as_p27 = 'yes'),
    (SELECT count(*) FROM mart.councils c WHERE counts_as_p27 = 'yes' AND NOT EXISTS (
        FROM mart.council_sources s WHERE s.ags = c.ags AND NOT s.is_statewide)),
    (SELECT count(*) FROM mart.councils WHERE counts_as_p27 = 'yes' AND members_total IS NULL),
    (SELECT count(*) FROM mart.providers),
    (SELECT count(*) FROM mart.providers WHERE website IS NULL),
    (SELECT count(*) FROM mart.source_health)"""


def council_totals(file: PublishedFile) -> tuple[CouncilTotal, ...]:
    """The one that counts first, then the newest."""
    return file.rows(CouncilTotal, _TOTALS)


def evidence(file: PublishedFile) -> tuple[Evidence, ...]:
    """The kinds of evidence, the most frequent first."""
    return file.rows(Evidence, _EVIDENCE)


def register(file: PublishedFile) -> Register:
    """The register in numbers."""
    return file.rows(Register, _REGISTER)[0]
