"""Answers of `atlas sql` in the types that machines expect."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from pipeline.query import Format, run_query
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
