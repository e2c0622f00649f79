"""A running sample web: its addresses, its register, and how to make a site slow."""

from __future__ import annotations

import socket
from datetime import date
from pathlib import Path
from types import TracebackType

from scrapers.sample_web.catalogue import Catalogue
from scrapers.sample_web.cmx import CmxSite
from scrapers.sample_web.exports import ExportSite, SlidesSite, StructuredSite
from scrapers.sample_web.item import ItemSite
from scrapers.sample_web.kufer import KuferSite
from scrapers.sample_web.pages import PageSite
from scrapers.sample_web.register import write_register
from scrapers.sample_web.server import DEFAULT_FIRST_PORT, HOST, Answer, Origin, Server, take_ports
from scrapers.sample_web.site import SampleSite
from scrapers.sample_web.sites import SITES
from scrapers.sample_web.web import Request, Response, conditional, server_error
from scrapers.sample_web.webbasys import WebbasysSite


class RunningSampleWeb:
    """All sites being served. A context manager: on leaving it, every port is closed.

    `sites` maps site ids to origins without a slash at the end; `register_dir` holds the register
    that names them.
    """

    def __init__(self, today: date, base_register: Path, register_out: Path, first_port: int):
        listens = [site.behaviour != "refuses" for site in SITES]
        self._sockets = take_ports(listens, first_port)
        try:
            self.register_dir = register_out
            self.sites: dict[str, str] = {
                site.site_id: f"http://{HOST}:{sock.getsockname()[1]}"
                for site, sock in zip(SITES, self._sockets, strict=True)
            }
            write_register(base_register, register_out, self.sites, today)
            self._catalogues = {
                site.site_id: Catalogue(site.catalogue(today)) for site in SITES if site.catalogue
            }
            self._origins = {site.site_id: self._origin(site, today) for site in SITES}
            self._server = Server(
                {
                    sock: self._origins[site.site_id]
                    for site, sock in zip(SITES, self._sockets, strict=True)
                    if site.behaviour != "refuses"
                }
            )
            self._server.start()
        except BaseException:
            self._close_sockets()
            raise

    def __enter__(self) -> RunningSampleWeb:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Ends serving and frees all ports; may be called twice."""
        self._server.stop()
        self._close_sockets()

    def set_delay(self, site_id: str, seconds: float) -> None:
        """From the next request on, every answer of the site comes that much later."""
        self._origins[site_id].delay = seconds

    def _origin(self, site: SampleSite, today: date) -> Origin:
        return Origin(
            site.name,
            _with_robots(site, self._answer(site, today)),
            failing=site.behaviour == "fails",
            takes_forms=site.search_method != "get",
        )

    def _answer(self, site: SampleSite, today: date) -> Answer:
        if site.behaviour != "answers":
            return lambda request: server_error(site.name)
        if site.system == "kufer":
            return KuferSite(site, self._catalogues[site.site_id]).answer
        if site.system == "item":
            return ItemSite(site, self._catalogues[site.site_id]).answer
        if site.system == "cmx":
            return CmxSite(site, self._catalogues[site.site_id]).answer
        if site.system == "webbasys":
            return WebbasysSite(site, self._catalogues[site.site_id]).answer
        if site.system in ("openvhs", "kufersql"):
            return ExportSite(site, self._catalogues[site.site_id]).answer
        if site.system == "structured":
            return StructuredSite(site, self._catalogues[site.site_id]).answer
        if site.system == "slides":
            return SlidesSite(site).answer
        return PageSite(site, self.sites, today).answer

    def _close_sockets(self) -> None:
        held: socket.socket
        for held in self._sockets:
            held.close()


def start_sample_web(
    today: date, base_register: Path, register_out: Path, first_port: int | None = None
) -> RunningSampleWeb:
    """Starts all sites on 127.0.0.1 and writes their register to `register_out`.

    The sites show the day `today`. Ports are the first wholly free block of neighbours at or after
    `first_port`. Raises BaseRegisterError and NoFreePorts.
    """
    return RunningSampleWeb(today, base_register, register_out, first_port or DEFAULT_FIRST_PORT)


def _with_robots(site: SampleSite, answer: Answer) -> Answer:
    def answered(request: Request) -> Response:
        if request.path == "/robots.txt":
            return Response(200, site.robots, "text/plain; charset=utf-8")
        return conditional(answer(request), request)

    return answered
