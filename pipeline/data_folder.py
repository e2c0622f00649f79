"""Whether the data folder can be used, asked before anything else so that the answer is clear."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from warehouse.settings import Settings, SettingsError


def require_data_folder(settings: Settings, *, for_writing: bool) -> None:
    """Raises SettingsError where ATLAS_DATA names no folder and none can be made there.

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
