"""`atlas export`: what is written, and that nothing of anybody is overwritten."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipeline.export_tables import WORKBOOK, ExportError, export_tables
from pipeline.exports import Format
from pipeline.publish import publish
from pipeline.workbook import CELL_LIMIT, SHEET_NAME_LIMIT, TOO_LONG
from tests.pipeline.landing_builder import DAY, World, course
from warehouse.dictionary import load_dictionary
from warehouse.settings import Settings
from warehouse.store import StoreError, current_publication, open_work

FORMATS: list[Format] = ["csv", "parquet", "json", "xlsx"]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    world = World(tmp_path_factory.mktemp("export"))
    given = course(
        course_number="7",
        title="=HYPERLINK(1)",
        price_eur=Decimal("12.50"),
        start_date=DAY + timedelta(days=3),
        topics=["Rechte", "Pflichten"],
    )
    world.night(DAY, {"vhs-adorf": [given]})
    world.load()
    connection = open_work(world.settings.work_database)
    connection.execute("UPDATE mart.offers SET description = repeat('x', $1)", [CELL_LIMIT + 1])
    connection.close()
    publish(world.settings)
    return world.settings


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_all_tables_in_all_formats_stand_in_one_package(settings: Settings, tmp_path: Path) -> None:
    export_tables(settings, tmp_path / "new" / "folder", [], FORMATS)
    folder = tmp_path / "new" / "folder"
    package = json.loads((folder / "datapackage.json").read_text())
    assert {resource["path"] for resource in package["resources"]} | {"datapackage.json"} == set(
        tree(folder)
    )
    assert len(package["resources"]) == len(FORMATS) * len(load_dictionary().tables)


def test_json_holds_the_rows_in_their_types(settings: Settings, tmp_path: Path) -> None:
    export_tables(settings, tmp_path, ["offers"], ["json"])
    (offer,) = json.loads((tmp_path / "json" / "offers.json").read_text())
    assert offer["title"] == "=HYPERLINK(1)"
    assert offer["price_eur"] == 12.5
    assert offer["topics"] == ["Rechte", "Pflichten"]
    assert offer["places_free"] is None
    assert offer["start_date"] == (DAY + timedelta(days=3)).isoformat()
    assert datetime.fromisoformat(offer["first_seen_at"]).tzinfo is not None


def test_the_workbook_holds_texts_as_texts_and_dates_as_dates(
    settings: Settings, tmp_path: Path
) -> None:
    export_tables(settings, tmp_path, ["offers", "councils"], ["xlsx"])
    book = openpyxl.load_workbook(tmp_path / WORKBOOK)
    assert book.sheetnames == ["Lies mich", "councils", "offers"]
    header, row = book["offers"].iter_rows()
    cells = dict(zip([cell.value for cell in header], row, strict=True))
    assert cells["title"].value == "=HYPERLINK(1)" and cells["title"].data_type == "s"
    assert cells["start_date"].value == datetime.combine(
        DAY + timedelta(days=3), datetime.min.time()
    )
    assert cells["price_eur"].value == 12.5
    assert cells["places_free"].value is None
    assert cells["description"].value == TOO_LONG
    # Read at 01:30 UTC, which is half past two in Germany in March.
    assert cells["first_seen_at"].value.hour in (2, 3)
    explained = {row[1].value for row in book["Lies mich"].iter_rows()}
    assert {"completeness_score", "body_name"} <= explained


def test_a_sheet_can_carry_the_name_of_every_table() -> None:
    names = [table.name for table in load_dictionary().tables]
    assert [name for name in names if len(name) > SHEET_NAME_LIMIT] == []


def test_a_part_keeps_only_the_references_inside_it(settings: Settings, tmp_path: Path) -> None:
    export_tables(settings, tmp_path, ["mart.offers", "providers"], ["csv"])
    package = json.loads((tmp_path / "datapackage.json").read_text())
    schemas = {resource["name"]: resource["schema"] for resource in package["resources"]}
    assert set(schemas) == {"offers", "providers"}
    assert [key["fields"] for key in schemas["offers"]["foreignKeys"]] == [["provider_id"]]
    assert "foreignKeys" not in schemas["providers"]


def test_an_earlier_export_is_replaced_and_leaves_nothing(
    settings: Settings, tmp_path: Path
) -> None:
    export_tables(settings, tmp_path, [], ["parquet", "csv"])
    export_tables(settings, tmp_path, ["councils"], ["csv"])
    assert set(tree(tmp_path)) == {"csv/councils.csv", "datapackage.json"}
    assert not (tmp_path / "parquet").exists()
    with (tmp_path / "csv" / "councils.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 3


@pytest.mark.parametrize("name", ["notes.txt", "csv/mine.csv", "datapackage.json"])
def test_files_of_others_are_never_touched(settings: Settings, tmp_path: Path, name: str) -> None:
    if name == "csv/mine.csv":
        export_tables(settings, tmp_path, ["councils"], ["csv"])
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text('{"name": "mine", "resources": []}')
    before = tree(tmp_path)
    with pytest.raises(ExportError, match=f"no earlier export .{name}"):
        export_tables(settings, tmp_path, [], ["csv"])
    assert tree(tmp_path) == before


def test_a_file_is_no_folder_and_an_unknown_table_is_named(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ExportError, match="is a file; name a folder"):
        export_tables(settings, tmp_path / "file", [], ["csv"])
    with pytest.raises(ExportError, match=r"there is no table 'offer'; there are .*offers"):
        export_tables(settings, tmp_path / "out", ["offer"], ["csv"])
    assert not (tmp_path / "out").exists()


def test_without_a_publication_nothing_is_left(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "data", "sample", date(2026, 3, 14), contact="")
    with pytest.raises(StoreError, match="nothing has been published yet"):
        export_tables(settings, tmp_path / "a" / "b", [], ["csv"])
    assert not (tmp_path / "a").exists()


def test_the_last_export_stays_where_a_new_one_breaks(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_tables(settings, tmp_path, ["councils"], ["csv"])
    before = tree(tmp_path)

    def broken(*_: object) -> None:
        raise duckdb.IOException("no space left")

    monkeypatch.setattr("pipeline.export_tables.write_table", broken)
    with pytest.raises(OSError, match="no space left"):
        export_tables(settings, tmp_path, [], ["csv"])
    assert tree(tmp_path) == before


def test_a_publication_of_another_version_is_told(settings: Settings, tmp_path: Path) -> None:
    older = replace(settings, data_dir=tmp_path / "data")
    shutil.copytree(settings.published_dir, older.published_dir)
    path = current_publication(older.published_dir)
    assert path is not None
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP TABLE mart.provider_quality")
    with pytest.raises(ExportError, match=r"another version.*provider_quality.*atlas load"):
        export_tables(older, tmp_path / "out", [], ["csv"])
    assert not (tmp_path / "out").exists()
