"""The record for data portals: a catalogue with one data set after DCAT-AP.de 3.0, as JSON-LD.

Addresses of files are relative to the record, so the folder may be served from anywhere. The
contributor id that GovData assigns is not known here and not invented.
Specification: dcat-ap.de/def/dcatde/3.0.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from pipeline.datapackage import MEDIA_TYPES, PACKAGE_FILE, PublicationFacts
from pipeline.dataset_description import DatasetDescription, Licence
from pipeline.exports import WrittenFile

CATALOG_FILE = "catalog.jsonld"

_EU = "http://publications.europa.eu/resource/authority"
_CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_FILE_TYPES = {"csv": "CSV", "parquet": "PARQUET", "json": "JSON", "xlsx": "XLSX"}


def catalog(
    description: DatasetDescription,
    facts: PublicationFacts,
    files: Sequence[WrittenFile],
    *,
    database: tuple[str, int, str],
    first_day: date | None,
    contact: str,
) -> dict[str, Any]:
    """The content of `catalog.jsonld`.

    `database`: relative address, bytes and SHA-256 of the DuckDB file. `first_day`: since when the
    data say something. `contact`: a mail or web address, without one the record names none.
    """
    publisher = {"@id": "#herausgeber"}
    distributions = [
        _database(description, facts, database),
        *(_distribution(description, facts, file) for file in files),
    ]
    dataset = {
        "@id": "#datensatz",
        "@type": "dcat:Dataset",
        "dct:identifier": description.name,
        "dct:title": _german(facts.title(description)),
        "dct:description": _german(facts.description(description)),
        "dct:publisher": publisher,
        "dcatde:maintainer": publisher,
        "dcat:keyword": [_german(keyword) for keyword in description.keywords],
        "dcat:theme": [_iri(f"{_EU}/data-theme/{theme}") for theme in description.themes],
        "dct:language": _iri(f"{_EU}/language/DEU"),
        "dct:accrualPeriodicity": _iri(f"{_EU}/frequency/DAILY"),
        "dct:accessRights": _iri(f"{_EU}/access-right/PUBLIC"),
        "dcatap:availability": _iri(f"{_EU}/planned-availability/TEMPORARY"),
        "dcatde:politicalGeocodingLevelURI": _iri(
            "http://dcat-ap.de/def/politicalGeocoding/Level/state"
        ),
        "dcatde:politicalGeocodingURI": _iri(_state(description)),
        "dct:spatial": _spatial(description),
        "dct:temporal": _period(first_day, facts.data_day),
        "dct:issued": _moment(facts.published_at),
        "dct:modified": _moment(facts.published_at),
        "dcat:version": facts.data_day.isoformat(),
        "foaf:page": _iri(PACKAGE_FILE),
        "dct:provenance": {
            "@type": "dct:ProvenanceStatement",
            "http://www.w3.org/2000/01/rdf-schema#label": _german(
                " ".join(f"{source.title}." for source in description.sources)
            ),
        },
        "dcat:distribution": distributions,
    }
    if contact:
        dataset["dcat:contactPoint"] = _contact(description, contact)
    return {
        "@context": _CONTEXT,
        "@graph": [
            {
                "@id": "#katalog",
                "@type": "dcat:Catalog",
                "dct:title": _german(facts.title(description)),
                "dct:description": _german(facts.description(description)),
                "dct:publisher": publisher,
                "dct:language": _iri(f"{_EU}/language/DEU"),
                "dcat:themeTaxonomy": _iri(f"{_EU}/data-theme"),
                "dct:spatial": _iri(_state(description)),
                "dct:modified": _moment(facts.published_at),
                "dcat:dataset": {"@id": "#datensatz"},
            },
            dataset,
            {
                "@id": "#herausgeber",
                "@type": "foaf:Agent",
                "foaf:name": description.publisher.name,
                "foaf:homepage": _iri(description.publisher.website),
                "dct:type": _iri(description.publisher.type),
            },
        ],
    }


def catalog_text(record: dict[str, Any]) -> str:
    """The record as the text of its file."""
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _distribution(
    description: DatasetDescription, facts: PublicationFacts, file: WrittenFile
) -> dict[str, Any]:
    return {
        **_file(facts, file.path, file.bytes, file.sha256, MEDIA_TYPES[file.format]),
        **_licence(description.licence(file.table.name)),
        "dct:title": _german(f"{file.table.name} ({file.format.upper()})"),
        "dct:description": _german(file.table.description),
        "dct:format": _iri(f"{_EU}/file-type/{_FILE_TYPES[file.format]}"),
    }


def _database(
    description: DatasetDescription, facts: PublicationFacts, database: tuple[str, int, str]
) -> dict[str, Any]:
    path, size, digest = database
    return {
        **_file(facts, path, size, digest, "application/octet-stream"),
        **_licence(description.licence()),
        "dct:title": _german("Alle Tabellen in einer DuckDB-Datei"),
        "dct:format": _iri(f"{_EU}/file-type/BIN"),
    }


def _file(
    facts: PublicationFacts, path: str, size: int, digest: str, media_type: str
) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dcat:accessURL": _iri(path),
        "dcat:downloadURL": _iri(path),
        "dcat:mediaType": _iri(f"https://www.iana.org/assignments/media-types/{media_type}"),
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(size)},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": _iri("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"),
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": digest},
        },
        "dct:issued": _moment(facts.published_at),
        "dct:modified": _moment(facts.published_at),
        "adms:status": _iri("http://purl.org/adms/status/Completed"),
        "dcatap:availability": _iri(f"{_EU}/planned-availability/TEMPORARY"),
    }


def _licence(licence: Licence) -> dict[str, Any]:
    stated: dict[str, Any] = {"dct:license": _iri(licence.dcat)}
    if licence.attribution:
        stated["dcatde:licenseAttributionByText"] = _german(licence.attribution)
    return stated


def _state(description: DatasetDescription) -> str:
    return f"http://dcat-ap.de/def/politicalGeocoding/stateKey/{description.spatial.state_key}"


def _spatial(description: DatasetDescription) -> list[dict[str, Any]]:
    west, south, east, north = description.spatial.bbox
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    ring = ", ".join(f"{longitude} {latitude}" for longitude, latitude in corners)
    box = f"<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POLYGON(({ring}))"
    return [
        _iri(_state(description)),
        {"@type": "dct:Location", "dcat:bbox": {"@type": "geo:wktLiteral", "@value": box}},
    ]


def _period(first_day: date | None, data_day: date) -> dict[str, Any]:
    period: dict[str, Any] = {"@type": "dct:PeriodOfTime"}
    if first_day is not None:
        period["dcat:startDate"] = {"@type": "xsd:date", "@value": first_day.isoformat()}
    period["dcat:endDate"] = {"@type": "xsd:date", "@value": data_day.isoformat()}
    return period


def _contact(description: DatasetDescription, contact: str) -> dict[str, Any]:
    address = (
        {"vcard:hasURL": _iri(contact)}
        if contact.startswith(("http://", "https://"))
        else {"vcard:hasEmail": _iri(f"mailto:{contact.removeprefix('mailto:')}")}
    )
    return {"@type": "vcard:Organization", "vcard:fn": description.publisher.name, **address}


def _german(text: str) -> dict[str, str]:
    return {"@language": "de", "@value": text}


def _iri(address: str) -> dict[str, str]:
    return {"@id": address}


def _moment(moment: datetime) -> dict[str, str]:
    text = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"@type": "xsd:dateTime", "@value": text}
