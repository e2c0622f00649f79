"""What an offer has and what it lacks always make 100 points."""

from __future__ import annotations

import json
from typing import Any

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.resolve.completeness import CRITERIA, advice_sql, gaps_sql, score_sql
from warehouse.store import model_sql

texts = st.sampled_from([None, "", "Basis", "Basismodul: Rechte und Aufgaben"])
sessions = st.lists(
    st.fixed_dictionaries(
        {"day": st.just("2026-03-14"), "starts": st.sampled_from([None, "18:00"])}
    ),
    max_size=2,
)
offers = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["Basis", "Basismodul"]),
        "description": texts,
        "topics": st.sampled_from([None, [], ["Rechte"]]),
        "course_number": texts,
        "start_date": st.sampled_from([None, "2026-03-14"]),
        "end_date": st.sampled_from([None, "2026-03-14"]),
        "session_count": st.sampled_from([None, 1]),
        "sessions": st.none() | sessions,
        "venue_street": texts,
        "venue_place": texts,
        "venue_ags": st.sampled_from([None, "05111000"]),
        "delivery_mode": st.sampled_from(["in_person", "online", "hybrid", "unknown"]),
        "places_planned": st.sampled_from([None, 0, 8]),
        "places_total": st.sampled_from([None, 0, 8]),
        "price_eur": st.sampled_from([None, 0, 15]),
        "is_free": st.sampled_from([None, False, True]),
    }
)


def warehouse_of(given_offers: list[dict[str, Any]]) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA core")
    connection.execute(model_sql("core", "offer_versions"))
    described = connection.execute("DESCRIBE core.offer_versions").fetchall()
    shape = json.dumps([{name: type_ for name, type_, *_ in described}])
    rows = [{"offer_id": str(number), **offer} for number, offer in enumerate(given_offers)]
    connection.execute(
        "INSERT INTO core.offer_versions BY NAME "
        f"SELECT unnest(from_json($1, '{shape}'), max_depth := 2)",
        [json.dumps(rows)],
    )
    connection.execute("CREATE SCHEMA mart")
    connection.execute("CREATE TABLE mart.offers AS SELECT offer_id FROM core.offer_versions")
    return connection


@settings(deadline=None)
@given(st.lists(offers, min_size=1, max_size=20))
def test_score_and_gaps_make_100_points_and_each_gap_is_told(
    given_offers: list[dict[str, Any]],
) -> None:
    with warehouse_of(given_offers) as connection:
        connection.execute(f"CREATE TABLE mart.offer_gaps AS {gaps_sql('core.offer_versions')}")
        scores = dict(
            connection.execute(
                f"SELECT offer_id, {score_sql()} FROM core.offer_versions"
            ).fetchall()
        )
        lacking = connection.execute("FROM mart.offer_gaps").fetchall()
        advice = {
            offer_id: (count, set(lines.split("\n")))
            for offer_id, count, lines in connection.execute(advice_sql()).fetchall()
        }
    points = {criterion.field: criterion.points for criterion in CRITERIA}
    assert len({(offer_id, field) for offer_id, field, *_ in lacking}) == len(lacking)
    for offer_id, score in scores.items():
        own = [gap for gap in lacking if gap[0] == offer_id]
        assert score + sum(gap[2] for gap in own) == 100
        assert all(points[gap[1]] == gap[2] for gap in own)
        told = (len(own), {f"- {gap[3]}" for gap in own}) if own else None
        assert advice.get(offer_id) == told
