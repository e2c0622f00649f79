"""What a site of the sample web is: whom it stands for, of which make it is, how it behaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from scrapers.sample_web.courses import SampleCourse

System = Literal[
    "kufer", "item", "cmx", "webbasys", "openvhs", "kufersql", "structured", "slides", "page"
]
SourcePlatform = Literal["generic", "openvhs"]
Behaviour = Literal["answers", "fails", "refuses"]
SearchMethod = Literal["get", "post", "post_only"]
SourceKind = Literal["catalogue", "overview", "page", "directory"]


@dataclass(frozen=True)
class KuferSkin:
    """How one Kufer site looks and where its pages are; `{slug}` may be absent from paths.

    `columns` orders the cells of a table list. `one_cell_dates` prints each date of a course in a
    single cell. `dates_in_calendar` prints only a course's beginning and leaves the rest to its
    calendar. `mail_script` hides addresses with the older of TYPO3's two ways.
    """

    template: str
    search_path: str
    list_path: str
    course_path: str
    hidden_fields: tuple[tuple[str, str], ...] = (("suchesetzen", "true"),)
    columns: tuple[str, ...] = ("light", "title", "date", "place", "taken", "number")
    detail_template: str = "kufer_detail.html"
    dot_in_time: bool = False
    one_cell_dates: bool = False
    mail_script: bool = False
    structured_data: Literal["", "list", "object"] = ""
    dates_in_calendar: bool = False


@dataclass(frozen=True)
class SampleSite:
    """One origin. `site_id` is the id of the source that reads it; a catalogue's is the provider's.

    `provider_id` and `place` name whom it stands for; `robots` is the text of its robots.txt.
    `search_method`: how its form is sent; `post` takes the same words from an address as well.
    """

    site_id: str
    provider_id: str
    name: str
    kind: SourceKind
    system: System
    place: str = ""
    behaviour: Behaviour = "answers"
    robots: str = "User-agent: *\nDisallow: /warenkorb/\n"
    skin: KuferSkin | None = None
    search_method: SearchMethod = "get"
    start_path: str = "/"
    platform: SourcePlatform = "generic"
    template: str = ""
    expected: tuple[int, int] | None = None
    catalogue: Callable[[date], tuple[SampleCourse, ...]] | None = None
    note: str = ""
