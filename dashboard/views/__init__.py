"""The views, in the order of the navigation. A new view is one module and one line here.

A view's module has a function `show(context: PageContext) -> None`. It

- declares its parameters with `dashboard.address` and draws inputs with `blocks.inputs`;
- reads everything it needs first, and only then draws: a file that cannot be read must not leave
  half a page (`UnreadablePublication` may pass through);
- writes exactly one `h1` (`blocks.heading.page_head`, which also says the Stand), then `h2`, `h3`;
- shows tables with `blocks.table`, figures with `blocks.figure`, downloads with
  `blocks.downloads`, and says with `blocks.empty` why there is nothing and what to do;
- puts no foreign word on the page except through `dashboard.escaping`.

Everything registered here is tested by itself: without an exception on an empty, a normal, a
hostile and a broken file, in light and dark by axe, at 320 px (`tests/unit/test_dashboard_views`,
`tests/browser/test_views_in_browser`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.page import PageContext
from dashboard.views import (
    changes,
    council_map,
    councils,
    data_state,
    method,
    network,
    offers,
    overview,
)


@dataclass(frozen=True, slots=True)
class View:
    """One page: `path` stands in the address, `title` in the navigation and the window."""

    path: str
    title: str
    show: Callable[[PageContext], None]


VIEWS: tuple[View, ...] = (
    View("ueberblick", "Überblick", overview.show),
    View("karte", "Karte", council_map.show),
    View("gremien", "Gremien", councils.show),
    View("angebote", "Angebote", offers.show),
    View("netzwerk", "Ankündigungen und Netzwerk", network.show),
    View("aenderungen", "Änderungen", changes.show),
    View("datenlage", "Datenlage", data_state.show),
    View("methode", "Methode", method.show),
)
