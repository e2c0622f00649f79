"""What may go wrong before or beside a night: its sentence, its exit code, and who hears of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy.exc import SQLAlchemyError

from pipeline.alarm_commands import tell_after_night
from pipeline.asking import ScrapersBroke, ScrapersRefused
from pipeline.boundaries_archive import BoundaryError
from pipeline.boundaries_download import DownloadError
from pipeline.continuing import SealError
from pipeline.crawling import ClockError
from pipeline.data_folder import NoRoom
from pipeline.exit_codes import ExitCode
from pipeline.export_tables import ExportError
from pipeline.landing_reader import LandingError
from pipeline.load import LoadError
from pipeline.lock import NightRunning
from pipeline.mart import MartError
from pipeline.probe import ProbeRefused
from pipeline.query import QueryError
from pipeline.rebuild import RebuildError
from pipeline.register import RegisterError, UnknownSources
from pipeline.reparse import RereadError
from pipeline.sample import SampleWebError
from pipeline.serving import DashboardError, PortTaken
from pipeline.workbook import WorkbookError
from warehouse.nights import last_night, note_refusal
from warehouse.settings import Settings, SettingsError
from warehouse.store import StoreError

_WRONG_INPUT = (
    BoundaryError,
    SettingsError,
    RegisterError,
    LandingError,
    LoadError,
    MartError,
    QueryError,
    PortTaken,
    RereadError,
    ProbeRefused,
    ScrapersRefused,
    ExportError,
    RebuildError,
    WorkbookError,
)
_NOTHING_TO_BE_DONE = (
    ClockError,
    DashboardError,
    DownloadError,
    NightRunning,
    NoRoom,
    SampleWebError,
    ScrapersBroke,
    SealError,
    StoreError,
    SQLAlchemyError,
    OSError,
)
FORESEEABLE = (*_WRONG_INPUT, *_NOTHING_TO_BE_DONE)
"""Errors that become a sentence and an exit code, never a traceback."""


def exit_code_of(error: Exception) -> ExitCode:
    """What the command ends with after this foreseeable error."""
    is_wrong_use = isinstance(error, _WRONG_INPUT)
    return ExitCode.WRONG_USE if is_wrong_use else ExitCode.NOTHING_PUBLISHED


def sentence_of(error: Exception) -> str:
    """What is wrong and what to do, for a person."""
    if isinstance(error, SQLAlchemyError):
        return (
            f"Dagster's own database cannot be used ({error.__cause__ or error}); check free space "
            "and permissions of the folder dagster in ATLAS_DATA"
        )
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}"
    return str(error)


@contextmanager
def telling_refusals(settings: Settings) -> Iterator[None]:
    """A night that cannot begin is noted as the last one and told of, where nobody may be watching.

    Outside production somebody is, who reads the sentence: there wrong input changes nothing.
    Another night that is running tells of itself, and a mistyped source is told to who typed it.
    """
    if settings.environment != "production":
        yield
        return
    began = settings.now()
    try:
        yield
    except (NightRunning, UnknownSources):
        raise
    except Exception as error:
        night = last_night(settings)
        if night is None or night.finished_at < began:
            with suppress(OSError):
                note_refusal(settings, sentence_of(error))
        tell_after_night(settings)
        raise
