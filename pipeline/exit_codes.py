"""The exit codes of the command `atlas` (DESIGN §4)."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """`INCOMPLETE`: published, but some sources are not complete."""

    ALL_WELL = 0
    NOTHING_PUBLISHED = 1
    WRONG_USE = 2
    INCOMPLETE = 3
