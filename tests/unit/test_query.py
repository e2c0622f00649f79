"""Answers of `atlas sql` in the types that machines expect."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from pipeline.query import Format, QueryError, run_query
from tests.dashboard_fixture import normal_rows, publish
from warehouse.settings import Settings

QUERY = (
    "SELECT 12.50::DECIMAL(10, 2) AS price, true AS yes, false AS no, NULL::BOOLEAN AS maybe, "
    "DATE '2026-03-14' AS \"day\""
)


@pytest.mark.parametrize(
    ("output", "answer"),
    [
        (
            Format.JSON,
            '[\n {\n  "price": 12.5,\n  "yes": true,\n  "no": false,\n  "maybe": null,\n'
            '  "day": "2026-03-14"\n }\n]\n',
        ),
        (
            Format.CSV,
            "price,yes,no,maybe,day\n12.50,true,false,,2026-03-14\n",
        ),
    ],
)
def test_values_keep_their_types(tmp_path: Path, output: Format, answer: str) -> None:
    settings = Settings(tmp_path, "sample", None, contact="")
    publish(settings.published_dir, normal_rows())
    out = io.StringIO()
    run_query(settings, QUERY, output, out)
    assert out.getvalue() == answer


def test_json_keeps_columns_of_one_name_apart_and_knows_no_infinity(tmp_path: Path) -> None:
    settings = Settings(tmp_path, "sample", None, contact="")
    publish(settings.published_dir, normal_rows())
    out = io.StringIO()
    query = "SELECT 1 AS a, 2 AS a, 'nan'::DOUBLE AS b, [1.5, NULL] AS c, {'d': DATE '2026-03-14'}"
    run_query(settings, f"{query} AS e", Format.JSON, out)
    (row,) = json.loads(out.getvalue(), parse_constant=pytest.fail)
    assert row == {"a": 1, "a_1": 2, "b": None, "c": [1.5, None], "e": {"d": "2026-03-14"}}


@pytest.mark.parametrize("text", ["", "  ", "-- only a comment"])
def test_a_text_without_a_statement_is_refused(tmp_path: Path, text: str) -> None:
    settings = Settings(tmp_path, "sample", None, contact="")
    publish(settings.published_dir, normal_rows())
    with pytest.raises(QueryError, match="no SQL statement"):
        run_query(settings, text, Format.TABLE, io.StringIO())
