"""How the last night ended, for those who did not watch it.

A night that is held back leaves no publication, so nothing published can tell of it. Its end is
noted in `work/last_night.json`: whoever shows the data reads there that newer ones were not let
through, and why.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from warehouse.settings import Settings


@dataclass(frozen=True)
class LastNight:
    """The end of the last night that was to publish.

    `published` names the published file; None means that the night was held back or broke, and
    `problems` are the sentences that say why. `by_guards`: only guards held it back, so a person
    may let it pass with a reason. `finished_at` is in UTC.
    """

    finished_at: datetime
    published: str | None
    problems: tuple[str, ...]
    by_guards: bool


def last_night(settings: Settings) -> LastNight | None:
    """The note of the last night; None where there is none or it cannot be read."""
    try:
        noted = json.loads(_note(settings).read_text(encoding="utf-8"))
        return LastNight(
            finished_at=datetime.fromisoformat(noted["finished_at"]),
            published=noted["published"],
            problems=tuple(str(problem) for problem in noted["problems"]),
            by_guards=bool(noted["by_guards"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def note_night(settings: Settings, night: LastNight) -> None:
    """Writes the note in one move. Raises OSError."""
    note = _note(settings)
    note.parent.mkdir(parents=True, exist_ok=True)
    temporary = note.with_name(f"{note.name}.{os.getpid()}")
    text = json.dumps({**asdict(night), "finished_at": night.finished_at.isoformat()}, indent=1)
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(note)


def _note(settings: Settings) -> Path:
    return settings.data_dir / "work" / "last_night.json"
