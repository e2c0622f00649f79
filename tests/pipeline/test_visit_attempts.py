"""How often a source was visited in a night stands beside how the visit ended."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from scrapers.landing import seal
from tests.pipeline.landing_builder import DAY, World, course


def test_attempts_reach_the_mart(tmp_path: Path) -> None:
    world = World(tmp_path)
    landing = world.night(DAY, {"vhs-adorf": [course(course_number="1")], "uebersicht": []})
    manifest = json.loads((landing / "manifest.json").read_text("utf-8"))
    reports = [json.loads(line) for line in (landing / "reports.jsonl").read_text().splitlines()]
    reports[0]["attempts"] = 3
    text = "".join(json.dumps(report) + "\n" for report in reports)
    (landing / "reports.jsonl").write_text(text, encoding="utf-8")
    (landing / "manifest.json").unlink()
    seal(landing, datetime.fromisoformat(manifest["finished_at"]))
    world.load()
    for table in ("source_checks", "source_health"):
        assert world.rows(
            f"SELECT source_id, attempts FROM mart.{table} WHERE state IS NOT NULL ORDER BY ALL"
        ) == [("uebersicht", 1), ("vhs-adorf", 3)]
