"""What the assets need from outside: the settings, the register, the crawl process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import duckdb
from pydantic import PrivateAttr

from pipeline.lock import night_lock
from pipeline.register import Register, load_register
from pipeline.sample import running_sample_web
from warehouse.settings import Settings, load_settings
from warehouse.store import open_work


class Atlas(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The installation: settings from the environment and the register that is in force.

    `register_dir` replaces the shipped register. Without it, production reads the shipped one, and
    everywhere else the sample web is started for the time of the run: a fresh checkout can never
    read the live web. The night lock is held as long as the run lasts. `override_reason` lets a
    publication pass although a guard failed, and is recorded.
    """

    register_dir: str = ""
    override_reason: str = ""

    _effective_register_dir: Path | None = PrivateAttr(default=None)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Atlas]:
        settings = self.settings()
        with night_lock(settings):
            if self.register_dir:
                self._effective_register_dir = Path(self.register_dir)
                yield self
            elif settings.environment == "production":
                yield self
            else:
                with running_sample_web(settings) as sample:
                    self._effective_register_dir = sample.register_dir
                    yield self

    def settings(self) -> Settings:
        return load_settings()

    def register(self) -> Register:
        """Raises RegisterError with a sentence for each mistake."""
        return load_register(self._effective_register_dir)

    @contextmanager
    def work_database(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The working database, closed again at the end of the step. Raises StoreError."""
        connection = open_work(self.settings().work_database)
        try:
            yield connection
        finally:
            connection.close()
