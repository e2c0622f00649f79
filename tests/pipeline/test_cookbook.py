"""Every question of the cookbook, asked of the sample night: the answer must mean something."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.atlas import Atlas
from tests.conftest import SampleNight
from tests.pipeline.landing_builder import DAY, Outcome, World, course
from warehouse.cookbook import CookbookError, load_cookbook, query_text
from warehouse.settings import load_settings
from warehouse.store import open_published

Rows = list[dict[str, Any]]


class Answers:
    """Asks a connection, by kept question or by a statement of the test's own."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.asked: set[str] = set()

    def rows(self, sql: str) -> Rows:
        result = self.connection.execute(sql)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def kept(self, name: str) -> Rows:
        self.asked.add(name)
        return self.rows(query_text(name))


@pytest.fixture(scope="module")
def night(sample_night: SampleNight) -> Iterator[Answers]:
    settings = load_settings(sample_night.atlas.environment)
    with open_published(settings.published_dir) as connection:
        yield Answers(connection)


OFFERED = "relevance IN ('series', 'council') AND lifecycle <> 'past' AND status <> 'cancelled'"


def test_there_are_enough_questions_and_each_can_be_read() -> None:
    cookbook = load_cookbook()
    assert len(cookbook) >= 18
    for query in cookbook:
        assert query.question.endswith("?"), query.name
        assert len(query.reading) > 40, query.name
        assert max(map(len, query.sql.splitlines())) <= 110, query.name


@pytest.mark.parametrize("name", [query.name for query in load_cookbook()])
def test_every_question_can_be_asked(night: Answers, name: str) -> None:
    names = [column[0] for column in night.connection.execute(query_text(name)).description]
    assert len(set(names)) == len(names) > 1


def test_an_unknown_question_is_named_with_those_that_there_are() -> None:
    with pytest.raises(CookbookError, match=r"'nope' is neither .* prices"):
        query_text("nope")


def test_councils_without_a_basic_module(night: Answers) -> None:
    found = night.kept("councils_without_basis")
    councils = night.rows("SELECT ags, municipality FROM mart.councils WHERE counts_as_p27 = 'yes'")
    state = {
        row["ags"]: row["state"]
        for row in night.rows("SELECT ags, state FROM mart.council_coverage WHERE module = 'basis'")
    }
    wanted = {row["municipality"] for row in councils if state[row["ags"]] != "offered"}
    assert {row["municipality"] for row in found} == wanted
    assert {row["state"] for row in found} == {"none_found", "unknown", "not_configured"}
    assert all(row["reason"] for row in found)


def test_the_four_states_add_up_in_each_district(night: Answers) -> None:
    found = night.kept("coverage_by_district")
    assert len(found) == 5 * 3
    for row in found:
        parts = ("offered", "none_found", "unknown", "not_configured")
        assert sum(row[part] for part in parts) == row["councils"]
    basis = sum(row["councils"] for row in found if row["module"] == "basis")
    assert basis == night.rows("SELECT council_count AS n FROM mart.publication")[0]["n"]


def test_seats_per_member_are_seats_that_are_told(night: Answers) -> None:
    found = night.kept("seats_per_member_by_district")
    assert len(found) == 5
    for row in found:
        offers = night.rows(
            "SELECT DISTINCT offer_id, coalesce(places_total, places_planned) AS places "
            "FROM mart.offers JOIN mart.council_offers USING (offer_id) "
            "JOIN mart.councils USING (ags) "
            f"WHERE regierungsbezirk = '{row['regierungsbezirk']}' AND lifecycle <> 'past' "
            "AND lifecycle <> 'withdrawn' AND status NOT IN ('cancelled', 'finished')"
        )
        told = [offer["places"] for offer in offers if offer["places"] is not None]
        assert row["offers"] == len(offers)
        assert (row["places"] or 0) == sum(told)
        assert row["offers_without_places"] == len(offers) - len(told)
        if told:
            assert row["places_per_member"] == pytest.approx(sum(told) / row["members"], abs=0.001)
        else:
            assert row["places_per_member"] is None, "no told place is not zero places"


def test_everything_is_new_in_the_first_week(night: Answers) -> None:
    found = night.kept("changes_this_week")
    offers = night.rows("SELECT count(*) AS n FROM mart.offers")[0]["n"]
    assert [row["kind"] for row in found].count("appeared") == offers


def test_incomplete_providers_are_those_below_full_points_lowest_first(night: Answers) -> None:
    found = night.kept("incomplete_providers")
    scores = [row["completeness_score"] for row in found]
    assert scores and scores == sorted(scores) and scores[-1] < 100
    for row in found:
        assert row["missing_fields"], row["name"]


def test_nothing_is_said_about_lead_time_after_a_single_night(night: Answers) -> None:
    found = night.kept("lead_time")
    assert found
    for row in found:
        assert (row["offers"], row["median_days"]) == (0, None)
        assert row["seen_at_the_first_visit"] > 0 and row["at_least"] >= 0


def test_a_day_before_the_first_visit_knows_of_no_offer_and_of_no_absence(night: Answers) -> None:
    found = {(row["module"], row["state"]): row for row in night.kept("coverage_on_a_day")}
    for (_, state), row in found.items():
        if state in ("offered", "none_found"):
            assert row["councils_earlier"] == 0
    today = night.rows(
        "SELECT module, state, count(*) AS n FROM mart.council_coverage "
        "JOIN mart.councils USING (ags) WHERE counts_as_p27 = 'yes' GROUP BY ALL"
    )
    assert {(r["module"], r["state"]): r["n"] for r in today} == {
        key: row["councils_today"] for key, row in found.items() if row["councils_today"]
    }


def test_offers_near_a_council_are_inside_the_circle_nearest_first(night: Answers) -> None:
    found = night.kept("offers_near_a_council")
    distances = [row["km"] for row in found]
    assert distances and distances == sorted(distances) and distances[-1] <= 50
    assert found[0]["venue_municipality"] == "Köln"
    assert not {row["status"] for row in found} & {"cancelled", "finished"}


def test_councils_whose_offers_are_all_taken(night: Answers) -> None:
    found = night.kept("councils_with_full_offers")
    assert any("ausgebucht" in row["reason"] for row in found)
    wanted = night.rows(
        "SELECT count(*) AS n FROM mart.council_coverage "
        "WHERE offer_count > 0 AND open_offer_count = 0"
    )
    assert len(found) == wanted[0]["n"]


def test_failing_sources_are_all_that_are_not_complete(night: Answers) -> None:
    found = night.kept("longest_failing_sources")
    wanted = night.rows("SELECT source_id FROM mart.source_health WHERE state <> 'complete'")
    assert {row["source_id"] for row in found} == {row["source_id"] for row in wanted} != set()
    assert {row["state"] for row in found} >= {"failed", "partial", "blocked"}
    assert all(row["failure_class"] and row["councils"] > 0 for row in found)


def test_stated_and_parsed_counts_stand_beside_each_other(night: Answers) -> None:
    found = night.kept("stated_and_parsed_counts")
    assert len({row["source_id"] for row in found}) == len(found) == 24
    for row in found:
        if row["state"] == "complete" and row["stated_count"] is not None:
            assert row["missing"] == 0, row["source_id"]
    assert any((row["stated_count"] or 0) > 0 for row in found)


def test_every_value_of_an_offer_has_its_origin(night: Answers) -> None:
    found = night.kept("provenance_of_an_offer")
    (offer_id,) = {row["offer_id"] for row in found}
    (offer,) = night.rows(f"SELECT * FROM mart.offers WHERE offer_id = '{offer_id}'")
    used = {row["field"]: row["value"] for row in found if row["is_used"]}
    assert used["title"] == offer["title"]
    assert used["start_date"] == offer["start_date"].isoformat()
    assert all(row["source_url"].startswith("http") and row["extractor"] for row in found)


def test_doubtful_pairs_are_those_that_were_not_merged(night: Answers) -> None:
    found = night.kept("duplicate_candidates")
    wanted = night.rows("SELECT count(*) AS n FROM mart.merge_decisions WHERE NOT is_merged")
    assert len(found) == wanted[0]["n"]
    assert all(row["reason"] for row in found)
    rules = night.kept("merging_rules")
    decisions = night.rows("SELECT count(*) AS n FROM mart.merge_decisions")[0]["n"]
    assert sum(row["decisions"] for row in rules) == decisions


def test_sessions_outside_working_hours(night: Answers) -> None:
    found = {row["module"]: row for row in night.kept("weekend_and_evening_share")}
    for module, row in found.items():
        sessions = night.rows(
            "SELECT session_date, starts_at FROM mart.offer_sessions JOIN mart.offers "
            f"USING (offer_id) WHERE module = '{module}' AND relevance <> 'adjacent'"
        )
        weekend = [s for s in sessions if s["session_date"].isoweekday() >= 6]
        others = [s for s in sessions if s["session_date"].isoweekday() < 6]
        evening = [s for s in others if s["starts_at"] and s["starts_at"].hour >= 17]
        unknown = [s for s in others if s["starts_at"] is None]
        counted = (row["sessions"], row["weekend"], row["evening"], row["time_unknown"])
        assert counted == (len(sessions), len(weekend), len(evening), len(unknown))
    assert found["basis"]["weekend"] > 0 and found["other"]["evening"] > 0


def test_free_priced_and_unknown_offers_add_up(night: Answers) -> None:
    found = night.kept("prices")
    for row in found:
        assert row["free"] + row["priced"] + row["unknown"] == row["offers"]
        assert row["median_price_eur"] is None or row["median_price_eur"] > 0
    assert sum(row["unknown"] for row in found) > 0, "an untold price is not free"


def test_offers_by_district_count_every_offer_once(night: Answers) -> None:
    found = night.kept("offers_by_district")
    counted = sum(row["basis"] + row["aufbau"] + row["other"] for row in found)
    wanted = night.rows(
        f"SELECT count(*) AS n FROM mart.offers WHERE {OFFERED} AND status <> 'finished' "
        "AND lifecycle <> 'withdrawn'"
    )
    assert counted == wanted[0]["n"]
    assert found[-1]["regierungsbezirk"] is None


def test_councils_without_a_readable_source_are_offered_nothing_or_by_others(
    night: Answers,
) -> None:
    found = night.kept("councils_without_provider")
    assert found[0]["providers"] == 0 and found[0]["not_readable"] is None
    assert found[-1]["providers"] > 0 and found[-1]["not_readable"]
    states = night.rows(
        "SELECT ags FROM mart.council_coverage GROUP BY ags "
        "HAVING bool_or(state = 'not_configured')"
    )
    assert {row["ags"] for row in states} <= {row["ags"] for row in found}
    searched = night.rows(
        "SELECT ags FROM mart.council_coverage WHERE state IN ('none_found', 'unknown')"
    )
    assert not {row["ags"] for row in searched} & {row["ags"] for row in found}


def test_the_next_thirty_days(night: Answers) -> None:
    found = night.kept("next_30_days")
    day = night.rows("SELECT data_day FROM mart.publication")[0]["data_day"]
    assert found
    assert all(day <= row["start_date"] <= day + timedelta(days=30) for row in found)
    assert not {row["status"] for row in found} & {"cancelled", "finished"}


def test_distances_count_the_councils_without_a_basic_module(night: Answers) -> None:
    found = night.kept("distance_to_basis")
    assert sum(row["councils"] for row in found) == len(night.kept("councils_without_basis"))
    limits = [row["farthest_km"] for row in found if row["farthest_km"] is not None]
    assert limits == sorted(limits)


def test_the_published_totals_beside_the_register(night: Answers) -> None:
    found = night.kept("stated_totals")
    assert (found[0]["is_denominator"], found[0]["total"]) == (True, 111)
    assert [row["is_denominator"] for row in found].count(True) == 1
    assert all(row["total"] - row["named"] == row["not_named"] for row in found)


def test_the_cost_of_a_night_is_every_request(night: Answers) -> None:
    found = night.kept("cost_of_a_night")
    wanted = night.rows("SELECT sum(requests) AS n FROM mart.source_checks")
    assert sum(row["requests"] for row in found) == wanted[0]["n"]


# ---------------------------------------------------------------- what needs more than one night


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answers]:
    """Four nights: an offer is announced on the second, full on the third, gone on the fourth."""
    world = World(tmp_path_factory.mktemp("cookbook"))
    old = course(course_number="1", title="Alt", start_date=DAY + timedelta(days=40))
    new = course(course_number="2", title="Neu", start_date=DAY + timedelta(days=30), status="open")
    full = new.model_copy(update={"status": "full"})
    nights: list[Any] = [[old], [old, new], [old, full], Outcome("failed", "timeout")]
    for back, outcome in zip((9, 6, 2, 0), nights, strict=True):
        world.today = DAY - timedelta(days=back)
        world.night(world.today, {"vhs-adorf": outcome})
        world.load()
    with duckdb.connect(str(world.settings.work_database), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield Answers(connection)


def test_lead_time_leaves_out_what_was_there_at_the_first_visit(history: Answers) -> None:
    (row,) = history.kept("lead_time")
    assert (row["offers"], row["median_days"]) == (1, 36)
    assert (row["seen_at_the_first_visit"], row["at_least"]) == (1, 49)


def test_the_days_until_an_offer_was_full(history: Answers) -> None:
    (row,) = history.kept("days_until_full")
    assert (row["offers"], row["filled_up"], row["median_days"]) == (2, 1, 4)
    assert row["full_at_first_sight"] == 0


def test_changes_older_than_a_week_are_left_out(history: Answers) -> None:
    found = history.kept("changes_this_week")
    assert [(row["title"], row["kind"], row["field"]) for row in found] == [
        ("Neu", "changed", "status"),
        ("Neu", "appeared", "lifecycle"),
    ]


# ---------------------------------------------------------------- the command


def test_the_command_asks_kept_questions_files_and_statements_with_comments(
    sample_night: SampleNight, tmp_path: Path
) -> None:
    atlas: Atlas = sample_night.atlas
    kept = atlas.run("sql", "--file", "stated_totals", "--format", "json")
    assert kept.code == 0 and kept.json[0]["total"] == 111
    path = tmp_path / "own.sql"
    path.write_text("-- eigene Frage\nSELECT count(*) AS n FROM coverage_on('2026-03-14')")
    own = atlas.run("sql", "--file", str(path), "--format", "csv")
    assert own.out == "n\n336\n"
    spoken = atlas.run("sql", "-- Bemerkung\nSELECT repeat('x', 300) AS long_text")
    assert spoken.code == 0 and "x" * 300 in spoken.out, "in a pipe nothing is cut off"
    listed = atlas.run("sql", "--list")
    assert "next_30_days: Was beginnt in den nächsten 30 Tagen?" in listed.out
    for wrong in (["sql"], ["sql", "SELECT 1", "--file", "prices"], ["sql", "--file", "nope"]):
        refused = atlas.run(*wrong)
        assert refused.code == 2 and "Traceback" not in refused.err, wrong
