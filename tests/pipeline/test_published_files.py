"""The files beside a publication: each holds what the table holds, and the records say so."""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.dataset_description import load_description
from pipeline.exports import FORMULA_MARK, quoted
from pipeline.publish import publish
from tests.pipeline.landing_builder import DAY, World, course
from warehouse.dictionary import Column, Table, load_dictionary
from warehouse.store import open_work

HOSTILE = [
    *(f"{start}1+1" for start in "=+-@\t\r\n'"),
    "''x",
    "a,b",
    'say "x"',
    "two\nlines",
    "",
    "ü€",
]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication with texts that mean harm, lists, times and unknown values."""
    world = World(tmp_path_factory.mktemp("published files"))
    courses = [
        course(
            course_number=str(number),
            title=text or "leer",
            description=text or None,
            topics=["Rechte", 'mit "Zeichen", Komma'],
            price_eur=Decimal("12.50"),
            start_date=DAY + timedelta(days=number),
        )
        for number, text in enumerate(HOSTILE)
    ]
    world.night(DAY, {"vhs-adorf": courses})
    world.load()
    connection = open_work(world.settings.work_database)
    for number, text in enumerate(HOSTILE):
        connection.execute(
            "UPDATE mart.offers SET subtitle = $1 WHERE course_number = $2", [text, str(number)]
        )
    connection.close()
    return publish(world.settings)


def files_of(published: Path) -> Path:
    return published.with_name(f"{published.stem}-files")


def package_of(published: Path) -> dict[str, Any]:
    package: dict[str, Any] = json.loads((files_of(published) / "datapackage.json").read_text())
    return package


def read_csv_sql(table: Table, path: Path) -> str:
    """A query that gives back the rows of a table from its CSV, in the described types."""
    names = ", ".join(f"{quoted(column.name)}: 'VARCHAR'" for column in table.columns)
    values = ", ".join(f'{_csv_read(column)} AS "{column.name}"' for column in table.columns)
    return (
        f"SELECT {values} FROM read_csv({quoted(str(path))}, header = true, auto_detect = false, "
        "delim = ',', quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = false, "
        f"columns = {{{names}}})"
    )


def _csv_read(column: Column) -> str:
    name = f'"{column.name}"'
    if column.type == "VARCHAR":
        mark = quoted(FORMULA_MARK)
        return f"CASE WHEN starts_with({name}, {mark}) THEN substr({name}, 2) ELSE {name} END"
    if column.type.endswith("[]"):
        element = column.type.removesuffix("[]")
        return f"from_json({name}, '[\"{element}\"]')"
    return f"CAST({name} AS {column.type})"


def test_each_csv_gives_back_the_rows_of_its_table(published: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"ATTACH '{published}' AS atlas (READ_ONLY)")
        for table in load_dictionary().tables:
            path = files_of(published) / "csv" / f"{table.name}.csv"
            wanted = connection.execute(f"SELECT * FROM atlas.{table.full_name}").fetchall()
            found = connection.execute(read_csv_sql(table, path)).fetchall()
            assert found == wanted, table.name
        subtitles = connection.execute("SELECT subtitle FROM atlas.mart.offers").fetchall()
    assert {text for (text,) in subtitles} == set(HOSTILE)


def test_no_cell_of_a_csv_begins_a_formula(published: Path) -> None:

    path = files_of(published) / "csv" / "offers.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(HOSTILE)
    cells = [cell for row in rows for cell in row.values() if cell]
    # The point of this table stands east of Greenwich, so no number in it is negative.
    assert [cell for cell in cells if cell[0] in "=+-@\t\r\n"] == []
    assert "'=1+1" in cells
    assert json.loads(rows[0]["topics"]) == ["Rechte", 'mit "Zeichen", Komma']


def test_each_parquet_gives_back_the_rows_of_its_table(published: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"ATTACH '{published}' AS atlas (READ_ONLY)")
        for table in load_dictionary().tables:
            path = files_of(published) / "parquet" / f"{table.name}.parquet"
            wanted = connection.execute(f"SELECT * FROM atlas.{table.full_name}").fetchall()
            assert connection.execute(f"SELECT * FROM '{path}'").fetchall() == wanted, table.name


def test_the_data_package_names_every_file_with_its_size_hash_and_rows(published: Path) -> None:
    folder, package = files_of(published), package_of(published)
    described = {resource["path"] for resource in package["resources"]}
    present = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.parent != folder
    }
    assert described == present
    assert len(described) == 2 * len(load_dictionary().tables)
    with duckdb.connect(str(published), read_only=True) as connection:
        for resource in package["resources"]:
            path = folder / resource["path"]
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            assert resource["hash"] == f"sha256:{digest}", resource["name"]
            assert resource["bytes"] == path.stat().st_size
            count = connection.execute(f"SELECT count(*) FROM mart.{resource['title']}").fetchone()
            assert (resource["rowCount"],) == count, resource["name"]


def test_the_schemas_of_the_package_are_the_dictionary(published: Path) -> None:
    resources = {resource["name"]: resource for resource in package_of(published)["resources"]}
    names = list(resources)
    assert len(set(names)) == len(names)
    for table in load_dictionary().tables:
        schema = resources[table.name]["schema"]
        assert [field["name"] for field in schema["fields"]] == list(table.column_names)
        assert schema["primaryKey"] == list(table.key)
        wanted = {
            column.name: tuple(column.references.split(".")[1:])
            for column in table.columns
            if column.references
        }
        stated = {
            key["fields"][0]: (key["reference"]["resource"], key["reference"]["fields"][0])
            for key in schema.get("foreignKeys", [])
        }
        assert stated == wanted, table.name
        for name, (target, target_field) in stated.items():
            fields = {field["name"] for field in resources[target]["schema"]["fields"]}
            assert target_field in fields, f"{table.name}.{name}"
    offers = {field["name"]: field for field in resources["offers"]["schema"]["fields"]}
    assert offers["price_eur"]["type"] == "number"
    assert offers["topics"]["type"] == "array"
    assert offers["first_seen_at"]["type"] == "datetime"
    assert offers["completeness_score"]["constraints"] == {"minimum": 0, "maximum": 100}
    assert offers["module"]["constraints"] == {
        "required": True,
        "enum": ["basis", "aufbau", "other"],
    }


def test_the_values_of_the_csv_keep_the_constraints_of_the_package(published: Path) -> None:
    """As a validator would read them: the text of each cell against type, enum and range."""

    for resource in package_of(published)["resources"]:
        if resource["format"] != "csv":
            continue
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        path = files_of(published) / resource["path"]
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for name, cell in row.items():
                    _check_cell(fields[name], cell)


def _check_cell(field: dict[str, Any], cell: str) -> None:
    constraints = field.get("constraints", {})
    if cell == "":
        assert "required" not in constraints, field["name"]
        return
    assert cell in constraints.get("enum", [cell]), field["name"]
    match field["type"]:
        case "integer" | "number":
            assert constraints.get("minimum", float("-inf")) <= float(cell), field["name"]
            assert float(cell) <= constraints.get("maximum", float("inf")), field["name"]
        case "boolean":
            assert cell in ("true", "false")
        case "array":
            assert isinstance(json.loads(cell), list)
        case "object":
            assert isinstance(json.loads(cell), dict)
        case "datetime":
            assert cell[10] == "T"


def test_sample_data_say_so_in_both_records(published: Path) -> None:
    package = package_of(published)
    assert package["isSample"] is True
    assert "Beispieldaten" in package["title"]
    assert package["description"].startswith("Beispieldaten:")
    dataset = dataset_of(published)
    assert "Beispieldaten" in dataset["dct:title"]["@value"]


def dataset_of(published: Path) -> dict[str, Any]:
    graph = json.loads((files_of(published) / "catalog.jsonld").read_text())["@graph"]
    (dataset,) = [node for node in graph if node["@type"] == "dcat:Dataset"]
    found: dict[str, Any] = dataset
    return found


def test_the_catalogue_record_has_what_dcat_ap_de_demands(published: Path) -> None:
    record = json.loads((files_of(published) / "catalog.jsonld").read_text())
    nodes = {node["@id"]: node for node in record["@graph"]}
    (catalogue,) = [node for node in nodes.values() if node["@type"] == "dcat:Catalog"]
    dataset = nodes[catalogue["dcat:dataset"]["@id"]]
    for node in (catalogue, dataset):
        assert node["dct:title"]["@language"] == "de"
        assert node["dct:description"]["@language"] == "de"
        agent = nodes[node["dct:publisher"]["@id"]]
        assert agent["@type"] == "foaf:Agent" and agent["foaf:name"]
    assert dataset["dcatde:politicalGeocodingURI"]["@id"].endswith("/stateKey/05")
    assert dataset["dct:temporal"]["dcat:endDate"]["@value"] == DAY.isoformat()
    assert "dcat:contactPoint" not in dataset, "no contact is set, so none may be named"
    prefixes = set(record["@context"])
    for key in _keys(record["@graph"]):
        assert key.startswith(("@", "http")) or key.split(":")[0] in prefixes, key


def test_every_distribution_of_the_record_is_a_file_with_licence_and_check_sum(
    published: Path,
) -> None:
    distributions = dataset_of(published)["dcat:distribution"]
    assert len(distributions) == 1 + 2 * len(load_dictionary().tables)
    for distribution in distributions:
        address = distribution["dcat:accessURL"]["@id"]
        path = (files_of(published) / address).resolve()
        assert path.is_relative_to(published.parent.resolve())
        checksum = distribution["spdx:checksum"]["spdx:checksumValue"]["@value"]
        assert checksum == hashlib.sha256(path.read_bytes()).hexdigest(), address
        assert distribution["dcat:byteSize"]["@value"] == str(path.stat().st_size)
        assert distribution["dct:license"]["@id"].startswith("http://dcat-ap.de/def/licenses/")
    named = {d["dct:title"]["@value"]: d for d in distributions}
    census = named["municipalities (CSV)"]
    assert "Zensus 2022" in census["dcatde:licenseAttributionByText"]["@value"]


def test_licences_are_only_given_to_tables_that_exist() -> None:
    description = load_description()
    tables = {table.name for table in load_dictionary().tables}
    assert set(description.tables) <= tables
    assert set(description.tables.values()) <= set(description.licences)


def _keys(value: Any) -> set[str]:
    if isinstance(value, list):
        return {key for part in value for key in _keys(part)}
    if isinstance(value, dict):
        return set(value) | {key for part in value.values() for key in _keys(part)}
    return set()
