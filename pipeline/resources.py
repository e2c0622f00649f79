"""What the assets need from outside: the settings, the register, the crawl process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import dagster as dg
import duckdb
from pydantic import PrivateAttr
from sqlalchemy.exc import SQLAlchemyError

from pipeline.continuing import seal_leftovers
from pipeline.crawling import require_day
from pipeline.data_folder import require_data_folder
from pipeline.lock import NightRunning, night_lock
from pipeline.night_settings import load_night_settings
from pipeline.register import Register, load_register
from pipeline.retention import clear_old, fail_killed_runs
from pipeline.sample import running_sample_web
from warehouse.nights import begin_night, note_refusal
from warehouse.settings import Settings, load_settings
from warehouse.store import open_work

NIGHT_JOB, LOAD_JOB = "night", "load"


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
    _job_name: str = PrivateAttr(default="")

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Atlas]:
        """Raises NightRunning, SettingsError, NoRoom and SealError."""
        settings = self.settings()
        self._job_name = context.run.job_name if context.run else ""
        keep = timedelta(days=load_night_settings().keep_days)
        with ExitStack() as held:
            try:
                self._begin(settings, context, held)
            except NightRunning:
                raise
            except Exception as error:
                # Without this resource Dagster calls no hook that could note it.
                if self._is_to_publish:
                    with suppress(OSError):
                        note_refusal(settings, str(error))
                raise
            yield self
            if context.instance is not None:
                self._clear(settings, context, keep)

    def _begin(self, settings: Settings, context: dg.InitResourceContext, held: ExitStack) -> None:
        """Everything that must be well before the first step; what is `held` ends with the run."""
        run = context.run
        require_data_folder(settings, for_writing=True)
        held.enter_context(night_lock(settings))
        if context.instance is not None:
            fail_killed_runs(context.instance, except_run=run.run_id if run else None)
        seal_leftovers(settings)
        if self._is_to_publish:
            require_day(settings)
        held.enter_context(self._register_in_force(settings))
        if self._is_to_publish:
            begin_night(settings)

    @contextmanager
    def _register_in_force(self, settings: Settings) -> Iterator[None]:
        if self.register_dir:
            self._effective_register_dir = Path(self.register_dir)
            yield
        elif settings.environment == "production":
            yield
        else:
            with running_sample_web(settings) as sample:
                self._effective_register_dir = sample.register_dir
                yield

    def _clear(self, settings: Settings, context: dg.InitResourceContext, keep: timedelta) -> None:
        """What is old and stays in the way never ends a night that has published."""
        assert context.instance is not None
        try:
            clear_old(settings, context.instance, keep)
        except (OSError, SQLAlchemyError) as error:
            if context.log is not None:
                context.log.warning(f"old runs and logs could not be removed: {error}")

    @property
    def _is_to_publish(self) -> bool:
        return self._job_name in (NIGHT_JOB, LOAD_JOB)

    @property
    def is_night(self) -> bool:
        """Whether this is a whole night, which continues one that was interrupted."""
        return self._job_name == NIGHT_JOB

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
