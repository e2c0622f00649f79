"""How complete the offers of each provider are, what the register lacks, how large tables are."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.data.published import PublishedFile

GAP_KINDS = ("gremium", "gebiet", "adresse", "vermutet")


@dataclass(frozen=True, slots=True)
class ProviderQuality:
    """The current offers of one provider; `score` is their mean completeness, 0 to 100."""

    provider_id: str
    name: str
    website: str | None
    offer_count: int
    score: int
    gap_count: int
    message: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the register does not know; `kind` is one of `GAP_KINDS`."""

    kind: str
    name: str
    place: str | None
    source_url: str | None


@dataclass(frozen=True, slots=True)
class TableSize:
    """Rows of a table now and in the publication before."""

    table_name: str
    row_count: int
    previous_row_count: int | None


_QUALITY = """
SELECT q.provider_id, p.name, p.website, q.offer_count, q.completeness_score, q.gap_count,
       q.message
FROM mart.provider_quality q JOIN mart.providers p USING (provider_id)
ORDER BY q.completeness_score, p.name"""

# gremium: an evidenced council that no provider serves; gebiet: a VHS without a municipality;
# adresse: a VHS without a website, so that no catalogue of it can be read.
_GAPS = """
SELECT 'gremium', municipality, kreis, source_url FROM mart.councils k
WHERE counts_as_p27 = 'yes' AND NOT EXISTS (FROM mart.service_areas a WHERE a.ags = k.ags)
UNION ALL
SELECT 'gebiet', p.name, m.name, p.source_url
FROM mart.providers p LEFT JOIN mart.municipalities m ON m.ags = p.seat_ags
WHERE p.kind = 'vhs'
  AND NOT EXISTS (FROM mart.service_areas a WHERE a.provider_id = p.provider_id)
UNION ALL
SELECT 'adresse', p.name, m.name, p.source_url
FROM mart.providers p LEFT JOIN mart.municipalities m ON m.ags = p.seat_ags
WHERE p.kind = 'vhs' AND p.website IS NULL
  AND NOT EXISTS (FROM mart.source_health h WHERE h.provider_id = p.provider_id)
UNION ALL
SELECT 'vermutet', municipality, kreis, source_url FROM mart.councils
WHERE counts_as_p27 = 'presumed'
ORDER BY 1, 2, 3"""

_SIZES = "SELECT table_name, row_count, previous_row_count FROM mart.row_counts ORDER BY 1"

_EVIDENCED = "SELECT count(*) FROM mart.councils WHERE counts_as_p27 = 'yes'"


def provider_quality(file: PublishedFile) -> tuple[ProviderQuality, ...]:
    """The providers with current offers, the least complete first."""
    return file.rows(ProviderQuality, _QUALITY)


def register_gaps(file: PublishedFile) -> tuple[Gap, ...]:
    """What the register lacks, by kind and name."""
    return file.rows(Gap, _GAPS)


def evidenced_councils(file: PublishedFile) -> int:
    """How many councils the register can prove."""
    return int(file.value(_EVIDENCED))


def table_sizes(file: PublishedFile) -> tuple[TableSize, ...]:
    """The tables by name."""
    return file.rows(TableSize, _SIZES)
