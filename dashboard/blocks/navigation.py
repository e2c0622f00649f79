"""The top of every page: the name, the way to all views, the day that is shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from dashboard import address
from dashboard.blocks import inputs
from dashboard.escaping import plain

LONGEST_HISTORY = 3 * 366


def navigation(views: Iterable[tuple[str, str]], current: str) -> str:
    """Links to the views, given as (path, title); the current one is marked for eyes and ears."""
    marked = ' aria-current="page"'
    links = "".join(
        f'<li><a href="{plain(address.href(path), 2000)}" target="_self"'
        f"{marked if path == current else ''}>{plain(title)}</a></li>"
        for path, title in views
    )
    return f'<nav class="qa-nav" aria-label="Ansichten"><ul role="list">{links}</ul></nav>'


def asked_day(first: date | None, newest: date) -> date | None:
    """The past day in the address, if the file knows it; None for the newest day."""
    asked = address.STAND.read()
    if asked is None or first is None or not first <= asked < newest:
        return None
    return asked


def day_chooser(first: date | None, newest: date) -> None:
    """Chooses the day for which everything on the page holds."""
    oldest = max(first or newest, newest - timedelta(days=LONGEST_HISTORY))
    days = [newest - timedelta(days=back) for back in range((newest - oldest).days + 1)]
    inputs.day("Stand vom", address.STAND, days, "neuester")
