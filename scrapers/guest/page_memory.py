"""What is remembered of a page from one night to the next, so that it is not sent again unchanged.

A small SQLite file beside the page archive. It can be thrown away: then every page is asked for in
full once. Whatever is wrong with it has the same effect and never ends a visit.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

TRUSTED_FOR = timedelta(days=7)
"""After that a page is asked for in full: a site whose validators do not follow its content must
not hide a change for longer."""

_SCHEMA = """CREATE TABLE IF NOT EXISTS pages (
    asked_url TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    fetched_at TEXT NOT NULL
)"""


@dataclass(frozen=True)
class RememberedPage:
    """A page as it was last sent in full. `asked_url` is the address asked for, `url` the one that
    answered, after redirects."""

    asked_url: str
    url: str
    status: int
    headers: dict[str, str]
    content_sha256: str
    fetched_at: datetime

    def conditions(self) -> dict[str, str]:
        """Headers that ask for the page only if it is another one by now; empty where the site
        gave nothing to tell by."""
        named = {name.lower(): value for name, value in self.headers.items()}
        conditions = {
            "If-None-Match": named.get("etag", ""),
            "If-Modified-Since": named.get("last-modified", ""),
        }
        return {name: value for name, value in conditions.items() if value}


class PageMemory:
    """The file of remembered pages."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def recall(self, asked_url: str, now: datetime) -> RememberedPage | None:
        """What is known of a page that was sent in full within the last days."""
        query = "SELECT * FROM pages WHERE asked_url = ?"
        row = self._run(lambda database: database.execute(query, (asked_url,)).fetchone())
        if row is None:
            return None
        asked, url, status, headers, content_sha256, fetched_at = row
        page = RememberedPage(
            asked,
            url,
            status,
            json.loads(headers),
            content_sha256,
            datetime.fromisoformat(fetched_at),
        )
        return page if abs(now - page.fetched_at) <= TRUSTED_FOR else None

    def remember(self, pages: Iterable[RememberedPage]) -> None:
        """Notes pages that were sent in full."""
        rows = [
            (
                page.asked_url,
                page.url,
                page.status,
                json.dumps(page.headers, ensure_ascii=False),
                page.content_sha256,
                page.fetched_at.isoformat(),
            )
            for page in pages
        ]
        statement = "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?)"
        if rows:
            self._run(lambda database: database.executemany(statement, rows))

    def _run(self, action: Callable[[sqlite3.Connection], Any]) -> Any:
        """Does something with the file in one transaction. None where the file is out of order."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._file, timeout=10)) as database, database:
                database.execute(_SCHEMA)
                return action(database)
        except (sqlite3.OperationalError, OSError) as error:
            logger.warning("%s cannot be used, pages are sent in full: %s", self._file, error)
        except sqlite3.DatabaseError as error:
            logger.warning("%s is damaged and begun anew: %s", self._file, error)
            self._file.unlink(missing_ok=True)
        return None
