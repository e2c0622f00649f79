"""What the records beside a publication say about the data as a whole: `warehouse/dataset.yaml`."""

from __future__ import annotations

from functools import cache

import yaml
from pydantic import BaseModel, ConfigDict

from warehouse.settings import WAREHOUSE_DIR

DESCRIPTION_FILE = WAREHOUSE_DIR / "dataset.yaml"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Publisher(_Part):
    """Who decides that others get the data; `type` is a concept of the ADMS publisher types."""

    name: str
    website: str
    type: str


class Spatial(_Part):
    """The land the data are about; `bbox` is west, south, east, north in degrees (WGS 84)."""

    name: str
    state_key: str
    bbox: tuple[float, float, float, float]


class Licence(_Part):
    """A licence by name and address, and as a concept of DCAT-AP.de's list (`dcat`)."""

    name: str
    title: str
    path: str
    dcat: str
    attribution: str | None = None


class Source(_Part):
    """Where data come from."""

    title: str
    path: str | None = None


class DatasetDescription(_Part):
    """The whole file. `tables` gives the licence of a table; others have the first one."""

    name: str
    title: str
    description: str
    publisher: Publisher
    keywords: tuple[str, ...]
    themes: tuple[str, ...]
    spatial: Spatial
    licences: dict[str, Licence]
    tables: dict[str, str]
    sources: tuple[Source, ...]

    def licence(self, table: str | None = None) -> Licence:
        """The licence of a table, or of everything that has none of its own."""
        return self.licences[self.tables.get(table or "", next(iter(self.licences)))]


@cache
def load_description() -> DatasetDescription:
    """The shipped description. Raises pydantic's ValidationError when the file is wrong."""
    return DatasetDescription.model_validate(
        yaml.safe_load(DESCRIPTION_FILE.read_text(encoding="utf-8"))
    )
