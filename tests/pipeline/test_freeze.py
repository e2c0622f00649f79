"""`atlas sources freeze`: a kept page becomes a golden file that a person has to look at."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.freeze import LIVE_DIR
from scrapers.freeze import load_case
from tests.conftest import SampleNight
from tests.golden.saved import read_again

SOURCE = "vhs-bonn"


def cases(folder: Path) -> dict[Path, dict[str, Any]]:
    return {path: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*/*.json"))}


@pytest.fixture
def frozen(sample_night: SampleNight, tmp_path: Path) -> Path:
    done = sample_night.atlas.run("sources", "freeze", SOURCE, "--out", str(tmp_path))
    assert done.code == 0, done.err
    assert "(to be reviewed)" in done.out
    return tmp_path


def test_pages_and_results_are_saved_for_review(sample_night: SampleNight, frozen: Path) -> None:
    saved = cases(frozen)
    assert saved
    titles = {record["title"] for case in saved.values() for record in case["result"]["records"]}
    offers = sample_night.atlas.sql(f"SELECT title FROM mart.offers WHERE provider_id = '{SOURCE}'")
    assert titles >= {offer["title"] for offer in offers}
    for path, case in saved.items():
        assert case["reviewed"] is False
        assert case["source_id"] == SOURCE
        assert not [name for name in case["headers"] if name.lower() == "set-cookie"]
        assert (path.parent / case["body"]).stat().st_size > 0
        read = load_case(path)
        assert read_again(read, path.parent) == read.result


def test_result_lists_are_saved_with_their_rows(frozen: Path) -> None:
    lists = [case for case in cases(frozen).values() if case["reader"].endswith("ListPage")]
    rows = [row for case in lists for row in case["result"]["entries"]]
    assert rows
    assert all(row["title"] and row["url"] for row in rows)
    assert all(case["result"]["stated_count"] is not None for case in lists)


def test_a_calendar_is_saved_beside_its_course(sample_night: SampleNight, tmp_path: Path) -> None:
    (pages,) = (sample_night.atlas.data_dir / "landing").glob("*/pages.jsonl")
    kept = map(json.loads, pages.read_text("utf-8").splitlines())
    source_id = next(page["source_id"] for page in kept if page["calendar_sha256"])
    done = sample_night.atlas.run("sources", "freeze", source_id, "--out", str(tmp_path))
    assert done.code == 0, done.err
    path = next(path for path, case in cases(tmp_path).items() if case["calendar"])
    case = load_case(path)
    assert read_again(case, path.parent) == case.result
    without = read_again(case.model_copy(update={"calendar": None}), path.parent)
    assert without != case.result


def test_a_review_lasts_until_page_or_result_change(
    sample_night: SampleNight, frozen: Path
) -> None:
    first, second, *_ = cases(frozen)
    for path in (first, second):
        path.write_text(path.read_text("utf-8").replace('"reviewed": false', '"reviewed": true'))
    body = first.parent / cases(frozen)[first]["body"]
    body.write_bytes(body.read_bytes() + b"<!-- another day -->")

    done = sample_night.atlas.run("sources", "freeze", SOURCE, "--out", str(frozen), "--json")
    state = {page["file"]: page["is_new"] for page in done.json["pages"]}
    assert state[f"{SOURCE}/{first.name}"] is True
    assert state[f"{SOURCE}/{second.name}"] is False
    after = cases(frozen)
    assert (after[first]["reviewed"], after[second]["reviewed"]) == (False, True)


def test_only_so_many_pages_as_wanted(sample_night: SampleNight, tmp_path: Path) -> None:
    done = sample_night.atlas.run(
        "sources", "freeze", SOURCE, "--out", str(tmp_path), "--pages", "1", "--json"
    )
    assert len(done.json["pages"]) == len(cases(tmp_path)) == 1
    assert done.json["pages"][0]["titles"], "a page with records goes before one without"


def test_what_cannot_be_frozen_is_a_sentence(sample_night: SampleNight, tmp_path: Path) -> None:
    for arguments, word in {
        ("nobody",): "has not been visited yet",
        (SOURCE, "--crawl", "x"): "no whole landing",
        (SOURCE, "--out", __file__): "is a file; name a folder",
    }.items():
        done = sample_night.atlas.run("sources", "freeze", "--out", str(tmp_path), *arguments)
        assert done.code == 2
        assert word in done.err
    assert not cases(tmp_path)


def test_check_counts_live_sources_without_golden_pages(sample_night: SampleNight) -> None:
    shipped = sample_night.atlas.run("sources", "check", "--json").json
    for source_id in shipped["without_golden_pages"]:
        assert not list((LIVE_DIR / source_id).glob("*.json"))
    told = sample_night.atlas.run("sources", "check").out
    assert f"{len(shipped['without_golden_pages'])} live sources have no golden pages" in told
    sample = str(sample_night.atlas.data_dir / "sample" / "register")
    checked = sample_night.atlas.run("sources", "check", "--register", sample, "--json")
    assert checked.json["without_golden_pages"] == []
