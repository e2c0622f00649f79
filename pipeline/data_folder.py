"""Whether the data folder can be used, asked before anything else so that the answer is clear."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from pipeline.night_settings import load_night_settings
from warehouse.settings import Settings, SettingsError, load_settings

NEEDED_BYTES = 50_000_000
"""Less free space than this and a night cannot even note how it ends."""

_PARTS = ("landing", "archive", "work", "published", "warehouse", "logs", "dagster", "sample")


class NoRoom(Exception):
    """There is not enough free space to begin; the message says where."""


def usable_settings(*, for_writing: bool) -> Settings:
    """The settings, with a data folder that a command can use. Raises SettingsError and NoRoom."""
    settings = load_settings()
    if for_writing:
        load_night_settings()
    require_data_folder(settings, for_writing=for_writing)
    return settings


def require_data_folder(settings: Settings, *, for_writing: bool) -> None:
    """Raises SettingsError where ATLAS_DATA names no folder and none can be made there, or where a
    file or a folder without permission stands in it where a folder is needed; NoRoom where it is to
    be written and the disk is full.

    A folder that is missing is made and taken away again, because nothing is to be left by a
    command that is refused later, and permissions alone do not tell: some file systems take no
    folders from anybody.
    """
    folder = settings.data_dir
    if folder.exists() and not folder.is_dir():
        raise _unusable(settings, "is a file, not a folder")
    try:
        _try_to_make(folder)
    except OSError as error:
        raise _unusable(settings, f"cannot be made ({error.strerror})") from None
    rights = os.R_OK | os.X_OK | (os.W_OK if for_writing else 0)
    if folder.exists() and not os.access(folder, rights):
        raise _unusable(settings, f"cannot be {'written' if for_writing else 'read'}")
    for part in (folder / name for name in _PARTS):
        if part.exists() and not part.is_dir():
            raise SettingsError(f"{part} is a file, not a folder; move it away")
        if part.exists() and not os.access(part, rights):
            words = "written" if for_writing else "read"
            raise SettingsError(f"{part} cannot be {words}; correct its permissions")
    if for_writing:
        _require_room(folder)


def _require_room(folder: Path) -> None:
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    if free < NEEDED_BYTES:
        raise NoRoom(
            f"{existing}: only {free / 1e6:.0f} MB are free and at least {NEEDED_BYTES / 1e6:.0f} "
            "MB are needed; make room, then start again. What is published stays"
        )


def _try_to_make(folder: Path) -> None:
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    if missing:
        with suppress(FileExistsError):
            missing[-1].mkdir()
            with suppress(OSError):
                missing[-1].rmdir()


def _unusable(settings: Settings, what: str) -> SettingsError:
    return SettingsError(
        f"environment variable ATLAS_DATA: {settings.data_dir} {what}; "
        "name a folder that you may write, or unset it"
    )
