"""131 catalogues on loopback, each a port of its own, six of them broken in six ways.

The sites are the sample web's, their catalogues are generated: other courses in other numbers on
each, some of them for the councils.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from scrapers.records import SourceSpec
from scrapers.sample_web import courses
from scrapers.sample_web.catalogue import Catalogue
from scrapers.sample_web.courses import SampleCourse
from scrapers.sample_web.decoys import decoys
from scrapers.sample_web.item import ItemSite
from scrapers.sample_web.kufer import KuferSite
from scrapers.sample_web.server import HOST, Answer, Origin, Server, take_ports
from scrapers.sample_web.site import SampleSite
from scrapers.sample_web.skins import (
    BOX_SKIN,
    CARD_SKIN,
    DIV_SKIN,
    OTHER_COLUMNS_SKIN,
    TABLE_SKIN,
)
from scrapers.sample_web.web import Request, Response, conditional

TODAY = date(2026, 3, 14)
HOSTS = 131
FIRST_PORT = 24000
SKINS = (TABLE_SKIN, DIV_SKIN, CARD_SKIN, OTHER_COLUMNS_SKIN, BOX_SKIN, None)
ROBOTS = "User-agent: *\nDisallow: /warenkorb/\n"
SEARCHABLE = 22
"""How many courses the search for the most common word finds on the slowest site."""

# Position of the host, and how it is broken.
BROKEN = {
    17: "refuses",
    38: "fails",
    59: "forbids robots",
    80: "redirects in a circle",
    101: "sends no page",
    122: "never answers",
}


@dataclass(frozen=True)
class Host:
    """One catalogue being served."""

    source: SourceSpec
    behaviour: str


@contextmanager
def serving(crawl_delay: float) -> Iterator[list[Host]]:
    """Serves all hosts until the block is left; `crawl_delay` is what their register asks for."""
    behaviours = [BROKEN.get(number, "answers") for number in range(HOSTS)]
    sockets = take_ports([behaviour != "refuses" for behaviour in behaviours], FIRST_PORT)
    hosts = [
        Host(_source(number, sock, crawl_delay), behaviour)
        for number, (sock, behaviour) in enumerate(zip(sockets, behaviours, strict=True))
    ]
    origins = {
        sock: _origin(number, host.behaviour)
        for number, (sock, host) in enumerate(zip(sockets, hosts, strict=True))
        if host.behaviour != "refuses"
    }
    server = Server(origins)
    server.start()
    try:
        yield hosts
    finally:
        server.stop()
        for held in sockets:
            held.close()


def _source(number: int, sock: socket.socket, crawl_delay: float) -> SourceSpec:
    name = f"vhs-{number + 1:03d}"
    return SourceSpec(
        source_id=name,
        provider_id=name,
        provider_name=f"VHS {number + 1}",
        kind="catalogue",
        start_urls=(f"http://{HOST}:{sock.getsockname()[1]}/",),
        crawl_delay=crawl_delay,
    )


def _origin(number: int, behaviour: str) -> Origin:
    name = f"VHS {number + 1}"
    answer = _BROKEN_ANSWERS.get(behaviour) or _catalogue_answer(number, name)
    robots = "User-agent: *\nDisallow: /\n" if behaviour == "forbids robots" else ROBOTS

    def answered(request: Request) -> Response:
        if request.path == "/robots.txt":
            return Response(200, robots, "text/plain; charset=utf-8")
        return conditional(answer(request), request)

    silence = 600.0 if behaviour == "never answers" else 0.0
    return Origin(name, answered, failing=behaviour == "fails", delay=silence)


def _redirect(request: Request) -> Response:
    target = "/b" if request.path == "/a" else "/a"
    return Response(302, "", headers=(("Location", target),))


_BROKEN_ANSWERS: dict[str, Answer] = {
    "redirects in a circle": _redirect,
    "sends no page": lambda request: Response(200, "GIF89a", "image/gif"),
}


def _catalogue_answer(number: int, name: str) -> Answer:
    skin = SKINS[number % len(SKINS)]
    site = SampleSite(
        f"vhs-{number + 1:03d}",
        f"vhs-{number + 1:03d}",
        name,
        "catalogue",
        "kufer" if skin else "item",
        "Musterstadt",
        skin=skin,
    )
    catalogue = Catalogue(_courses(number))
    return (KuferSite(site, catalogue) if skin else ItemSite(site, catalogue)).answer


def _courses(number: int) -> tuple[SampleCourse, ...]:
    """The first host is the slowest: its search finds the most."""
    searchable = SEARCHABLE if number == 0 else number % 6
    others = decoys(
        f"nrw {number}",
        TODAY,
        30 + number % 25,
        lambda n: f"26{number:03d}-{100 + n}",
        courses.BRUEHL,
        with_equal_chances=searchable,
    )
    makers = (courses.rhein_erft, courses.rheine, courses.recklinghausen)
    own = makers[number % 3](TODAY)[: number % 4]
    return (
        tuple(replace(course, number=f"26{number:03d}-{n}") for n, course in enumerate(own, 10))
        + others
    )
