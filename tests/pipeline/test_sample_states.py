"""On the sample web every council ends in the state that its site deserves: all of them listed."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from tests.conftest import REPOSITORY, SampleNight

# basis, aufbau, other; every council that is not named here is not configured. Why a site deserves
# its state stands in scrapers/sample_web/sites.py.
DESERVED = {
    "Brühl": ("offered", "offered", "offered"),
    "Hürth": ("offered", "offered", "offered"),
    "Pulheim": ("offered", "offered", "offered"),
    "Wesseling": ("offered", "offered", "offered"),
    "Rheine": ("offered", "none_found", "offered"),
    "Recklinghausen": ("offered", "offered", "none_found"),
    "Bonn": ("offered", "none_found", "offered"),
    "Wesel": ("none_found", "none_found", "offered"),
    "Paderborn": ("none_found", "none_found", "offered"),
    "Hamm": ("offered", "none_found", "none_found"),
    "Hagen": ("none_found", "offered", "offered"),
    "Bochum": ("offered", "none_found", "offered"),
    "Bottrop": ("none_found", "offered", "none_found"),
    "Bielefeld": ("none_found", "none_found", "none_found"),
    "Alsdorf": ("offered", "none_found", "none_found"),
    "Baesweiler": ("offered", "none_found", "none_found"),
    "Herzogenrath": ("offered", "none_found", "none_found"),
    "Würselen": ("offered", "none_found", "none_found"),
    "Köln": ("none_found", "offered", "none_found"),
    "Soest": ("none_found", "none_found", "offered"),
    "Lünen": ("offered", "unknown", "unknown"),
    "Dinslaken": ("unknown", "unknown", "unknown"),
    "Voerde (Niederrhein)": ("unknown", "unknown", "unknown"),
    "Herne": ("unknown", "unknown", "unknown"),
    "Minden": ("unknown", "unknown", "unknown"),
    "Bad Oeynhausen": ("unknown", "unknown", "unknown"),
}
NOT_CONFIGURED = ("not_configured",) * 3


@pytest.fixture(scope="module")
def coverage(sample_night: SampleNight) -> dict[str, dict[str, str]]:
    rows = sample_night.atlas.sql(
        """SELECT municipality, module, state
        FROM mart.council_coverage JOIN mart.councils USING (ags)"""
    )
    states: dict[str, dict[str, str]] = {}
    for row in rows:
        states.setdefault(row["municipality"], {})[row["module"]] = row["state"]
    return states


def test_every_council_has_the_state_its_site_deserves(
    coverage: dict[str, dict[str, str]],
) -> None:
    found = {name: (s["basis"], s["aufbau"], s["other"]) for name, s in coverage.items()}
    expected = {name: DESERVED.get(name, NOT_CONFIGURED) for name in found}
    assert found == expected
    assert set(DESERVED) <= set(found)


def test_all_councils_of_the_register_that_count_or_are_presumed_are_there(
    coverage: dict[str, dict[str, str]],
) -> None:
    with (REPOSITORY / "warehouse/reference/councils.csv").open(encoding="utf-8") as file:
        wanted = {r["municipality"] for r in csv.DictReader(file) if r["counts_as_p27"] != "no"}
    assert set(coverage) == wanted


def test_broken_sites_are_never_none_found(sample_night: SampleNight) -> None:
    """Asserted from the sources' reports, not from names: whoever is served by a source that is
    not completely read must not be called none_found."""
    rows = sample_night.atlas.sql(
        """SELECT DISTINCT coverage.state FROM mart.council_coverage AS coverage
        JOIN mart.council_sources AS assigned USING (ags)
        JOIN mart.source_health AS health USING (source_id)
        WHERE health.state <> 'complete'"""
    )
    assert {row["state"] for row in rows} == {"unknown", "offered"}


def test_sources_end_as_their_sites_behave(sample_night: SampleNight) -> None:
    reports = sample_night.finished.json["sources"]
    ends = Counter((report["state"], report["failure_class"]) for report in reports)
    assert ends == {
        ("complete", None): len(reports) - 4,
        ("failed", "http_5xx"): 1,
        ("failed", "refused"): 1,
        ("blocked", "blocked_robots"): 1,
        ("partial", "no_results"): 1,
    }
    assert sample_night.finished.code == 3


def test_an_overview_entry_and_its_course_page_are_one_offer(sample_night: SampleNight) -> None:
    rows = sample_night.atlas.sql(
        """SELECT course_number, count(*) AS offers, any_value(places_planned) AS planned
        FROM mart.offers WHERE course_number IN ('252-1031', '252-1032', '2500001001')
        GROUP BY ALL ORDER BY ALL"""
    )
    assert [(r["course_number"], r["offers"], r["planned"]) for r in rows] == [
        ("2500001001", 1, 10),
        ("252-1031", 1, 8),
        ("252-1032", 1, 8),
    ]


def test_two_overview_entries_that_differ_in_nothing_stay_two(sample_night: SampleNight) -> None:
    rows = sample_night.atlas.sql(
        """SELECT offer_id, provider_id FROM mart.offers
        WHERE registration_email = 'fb4@vhs-wesel.de' AND places_planned = 20"""
    )
    assert len({row["offer_id"] for row in rows}) == 2
    assert {row["provider_id"] for row in rows} == {"vhs-wesel-hamminkeln-schermbeck"}


def test_every_value_says_where_it_comes_from(sample_night: SampleNight) -> None:
    rows = sample_night.atlas.sql(
        """SELECT offers.offer_id FROM mart.offers LEFT JOIN mart.provenance AS origin
        ON origin.offer_id = offers.offer_id AND origin.field = 'start_date' AND origin.is_used
        WHERE offers.start_date IS NOT NULL
        AND (origin.value IS DISTINCT FROM offers.start_date::VARCHAR
             OR origin.original_text IS NULL OR length(origin.content_sha256) <> 64)"""
    )
    assert rows == []


def test_the_second_night_changes_nothing_and_says_so(sample_night: SampleNight) -> None:
    before = sample_night.atlas.sql("SELECT * EXCLUDE (last_seen_at) FROM mart.offers ORDER BY ALL")
    again = sample_night.atlas.run("load", "--json")
    assert again.code == 3
    after = sample_night.atlas.sql("SELECT * EXCLUDE (last_seen_at) FROM mart.offers ORDER BY ALL")
    assert after == before
