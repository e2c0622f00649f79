"""HTTP on many ports in one thread: small, quick to start, and able to misbehave on purpose."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from scrapers.sample_web.web import Request, Response, server_error

HOST = "127.0.0.1"
DEFAULT_FIRST_PORT = 18600
LAST_PORT = 65535
BODY_LIMIT = 1024 * 1024

Answer = Callable[[Request], Response]


class NoFreePorts(Exception):
    """No block of neighbouring free ports is left on 127.0.0.1."""


@dataclass
class Origin:
    """One site's place on the web, and how it is told to behave."""

    name: str
    answer: Answer
    failing: bool = False
    takes_forms: bool = False
    delay: float = 0.0


def take_ports(listens: list[bool], first_port: int) -> list[socket.socket]:
    """A socket on each port of the first wholly free block at or after `first_port`.

    Where `listens` is False the port is only held, so that whoever connects is refused.
    """
    for start in range(first_port, LAST_PORT - len(listens) + 2, len(listens)):
        taken: list[socket.socket] = []
        try:
            for offset, listening in enumerate(listens):
                taken.append(_take_port(start + offset, listening))
        except OSError:
            for held in taken:
                held.close()
            continue
        return taken
    raise NoFreePorts(
        f"no block of {len(listens)} free ports on {HOST} from {first_port} on; "
        "name another first port"
    )


def _take_port(port: int, listening: bool) -> socket.socket:
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if listening:
            # Without it a port would stay unusable for a minute after the last visit.
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((HOST, port))
        if listening:
            taken.listen(128)
            taken.setblocking(False)
    except OSError:
        taken.close()
        raise
    return taken


class Server:
    """Serves all origins from one background thread until `stop`."""

    def __init__(self, origins: Mapping[socket.socket, Origin]) -> None:
        self._origins = dict(origins)
        self._loop = asyncio.new_event_loop()
        self._connections: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name="sample-web", daemon=True)
        self._started = threading.Event()

    def start(self) -> None:
        self._thread.start()
        self._started.wait()

    def stop(self) -> None:
        """Closes all ports and connections; may be called twice."""
        if self._loop.is_closed():
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        servers = [
            self._loop.run_until_complete(asyncio.start_server(self._serve(origin), sock=sock))
            for sock, origin in self._origins.items()
        ]
        self._started.set()
        self._loop.run_forever()
        for server in servers:
            server.close()
        for task in self._connections:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*self._connections, return_exceptions=True))
        self._loop.close()

    def _serve(
        self, origin: Origin
    ) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], None]:
        def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = self._loop.create_task(_converse(origin, reader, writer))
            self._connections.add(task)
            task.add_done_callback(self._connections.discard)

        return accept


async def _converse(
    origin: Origin, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Answers the requests of one connection, one after the other."""
    try:
        while (request := await _read_request(reader)) is not None:
            if origin.delay:
                await asyncio.sleep(origin.delay)
            keep_alive = request.headers.get("connection", "").lower() != "close"
            writer.write(_bytes_of(_answer(origin, request), request, keep_alive))
            await writer.drain()
            if not keep_alive:
                return
    except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
        return
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


def _answer(origin: Origin, request: Request) -> Response:
    if origin.failing and request.path != "/robots.txt":
        return server_error(origin.name)
    if request.method not in ("GET", "HEAD", *(("POST",) if origin.takes_forms else ())):
        return Response(405, "nicht erlaubt", "text/plain; charset=utf-8")
    return origin.answer(request)


async def _read_request(reader: asyncio.StreamReader) -> Request | None:
    """The next request, None at the end of the connection. Raises ValueError on nonsense."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as broken:
        if not broken.partial:
            return None
        raise
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    headers = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    length = int(headers.get("content-length", "0"))
    if length > BODY_LIMIT:
        raise ValueError("body too large")
    form = (await reader.readexactly(length)).decode("latin-1") if length else ""
    return Request(method, target, headers, form)


def _bytes_of(response: Response, request: Request, keep_alive: bool) -> bytes:
    lines = [
        f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}",
        f"Content-Type: {response.content_type}",
        f"Content-Length: {len(response.encoded)}",
        f"Connection: {'keep-alive' if keep_alive else 'close'}",
        *(f"{name}: {value}" for name, value in response.headers),
    ]
    head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
    return head if request.method == "HEAD" or response.status == 304 else head + response.encoded
