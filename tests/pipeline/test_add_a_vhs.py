"""A VHS of a known platform is added by one row: no code, no YAML, and its offers are there."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from tests.atlas import Atlas
from tests.conftest import SampleNight
from tests.loopback import site
from tests.pipeline.small_catalogue import AUFBAU, BASIS, catalogue

NEW = "vhs-neu"


def append(path: Path, **values: str) -> None:
    """One more line, with the columns of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, "", lineterminator="\n").writerow(values)


def lines(folder: Path) -> dict[str, list[str]]:
    return {
        str(path.relative_to(folder)): path.read_text("utf-8").splitlines()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_one_row_makes_a_vhs_a_source(sample_night: SampleNight, tmp_path: Path) -> None:
    before = sample_night.atlas.data_dir / "sample" / "register"
    register = Path(shutil.copytree(before, tmp_path / "register"))
    council = sample_night.atlas.sql(
        "SELECT ags FROM mart.council_coverage WHERE module = 'basis' AND state = 'not_configured' "
        "AND offer_count = 0 ORDER BY ags LIMIT 1"
    )[0]["ags"]
    atlas = Atlas(tmp_path / "data")
    with site(catalogue({"Integrationsrat": [BASIS, AUFBAU]})) as new_site:
        append(
            register / "providers.csv",
            provider_id=NEW,
            name="VHS Neu",
            kind="vhs",
            seat_ags=council,
            website=new_site.origin,
            platform="auto",
        )
        append(register / "service_areas.csv", provider_id=NEW, ags=council, reason="seat")
        done = atlas.run("run", "--register", str(register), "--source", NEW, "--json")

    old, new = lines(before), lines(register)
    assert {name: len(new[name]) - len(old[name]) for name in new if new[name] != old[name]} == {
        "providers.csv": 1,
        "service_areas.csv": 1,
    }
    assert done.code == 0, done.out + done.err
    (report,) = done.json["sources"]
    assert (report["state"], report["platform"], report["records"]) == ("complete", "kuferweb", 2)
    offers = atlas.sql(
        "SELECT module, title, course_number, start_date::VARCHAR AS start_date, is_free "
        f"FROM mart.offers WHERE provider_id = '{NEW}' ORDER BY course_number"
    )
    assert offers == [
        {
            "module": module,
            "title": title,
            "course_number": number,
            "start_date": "2026-04-18",
            "is_free": True,
        }
        for module, (number, title) in (("basis", BASIS), ("aufbau", AUFBAU))
    ]
    states = atlas.sql(
        "SELECT module, state FROM mart.council_coverage "
        f"WHERE ags = '{council}' AND module <> 'other' ORDER BY module"
    )
    assert states == [
        {"module": "aufbau", "state": "offered"},
        {"module": "basis", "state": "offered"},
    ]
