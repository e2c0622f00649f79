"""A web server on loopback whose answers a test decides, and a crawl of it as a real process."""

from __future__ import annotations

import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from scrapers.records import CrawlPlan, Manifest, Sighting, SourceKind, SourceReport, SourceSpec

CRAWL_ID = "20260314T013000Z-test"


@dataclass(frozen=True)
class Answer:
    """What the server says to one path.

    `drip_seconds` waits before each byte of the body; `cut_after` resets the connection after so
    many bytes of it. With the header `Connection: close` the length of the body is not told. An
    answer with an ETag is not sent to whoever shows that ETag.
    """

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drip_seconds: float = 0.0
    cut_after: int | None = None


Answers = Mapping[str, Answer] | Callable[[str], Answer | None]


class Site:
    """A running server: its origin and what it was asked, with the time of each request. A form
    that is sent by POST asks for the path "POST /path?body"."""

    def __init__(self, answers: Answers) -> None:
        self.requests: list[tuple[float, str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                self.path = f"POST {self.path}?{body.decode('ascii')}"
                self.do_GET()

            def do_GET(self) -> None:
                site.requests.append((time.monotonic(), self.path, dict(self.headers.items())))
                answer = answers(self.path) if callable(answers) else answers.get(self.path)
                answer = answer or Answer("<h1>not here</h1>", status=404)
                etag = answer.headers.get("ETag")
                if etag and self.headers.get("If-None-Match") == etag:
                    answer = Answer(status=304, headers=answer.headers)
                body = answer.body.encode() if isinstance(answer.body, str) else answer.body
                self.send_response(answer.status)
                headers = {"Content-Type": "text/html; charset=utf-8", **answer.headers}
                if headers.get("Connection") != "close":
                    headers.setdefault("Content-Length", str(len(body)))
                for name, value in headers.items():
                    self.send_header(name, value)
                try:
                    self.end_headers()
                    self._send(body, answer.drip_seconds, answer.cut_after)
                except OSError:
                    self.close_connection = True

            def _send(self, body: bytes, drip_seconds: float, cut_after: int | None) -> None:
                if cut_after is not None:
                    self.wfile.write(body[:cut_after])
                    self.wfile.flush()
                    at_once = struct.pack("ii", 1, 0)
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
                    self.close_connection = True
                    return
                if not drip_seconds:
                    self.wfile.write(body)
                    return
                for byte in body:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    if site.stopped.wait(drip_seconds):
                        return

            def log_message(self, *args: object) -> None:
                pass

        self.stopped = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self.server.server_port}"

    @property
    def paths(self) -> list[str]:
        return [path for _, path, _ in self.requests]


@contextmanager
def site(answers: Answers) -> Iterator[Site]:
    running = Site(answers)
    thread = threading.Thread(target=running.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.stopped.set()
        running.server.shutdown()
        running.server.server_close()


@dataclass(frozen=True)
class Crawled:
    """What a crawl process left."""

    landing: Path
    reports: Mapping[str, SourceReport]
    sightings: tuple[Sighting, ...]


def source(source_id: str, url: str, kind: SourceKind = "page", **changes: object) -> SourceSpec:
    return SourceSpec.model_validate(
        {
            "source_id": source_id,
            "provider_id": source_id,
            "provider_name": source_id,
            "kind": kind,
            "start_urls": (url,),
            **changes,
        }
    )


def crawl(
    tmp_path: Path,
    *sources: SourceSpec,
    trusted: tuple[str, ...] = (),
    crawl_id: str = CRAWL_ID,
    timeout_seconds: float = 30.0,
    **plan_fields: object,
) -> Crawled:
    """Runs `python -m scrapers crawl` over the sources, whose own origins are trusted.

    Another `crawl_id` makes another night with the same archive; `plan_fields` are further fields
    of the plan.
    """
    origins = {"/".join(url.split("/", 3)[:3]) for s in sources for url in s.start_urls}
    plan = CrawlPlan(
        crawl_id=crawl_id,
        today=date(2026, 3, 14),
        started_at=datetime(2026, 3, 14, 1, 30, tzinfo=UTC),
        is_sample=True,
        user_agent="QualifizierungsatlasNRW/test (+contact@example.org)",
        trusted_origins=(*origins, *trusted),
        sources=sources,
        timeout_seconds=timeout_seconds,
        backoff_seconds=0.05,
    ).model_copy(update=plan_fields)
    plan_file = tmp_path / "plan.json"
    plan_file.write_text(plan.model_dump_json())
    command = [sys.executable, "-m", "scrapers", "crawl", "--plan", str(plan_file)]
    command += ["--landing", str(tmp_path / "landing"), "--archive", str(tmp_path / "archive")]
    subprocess.run(command, check=True, timeout=120)
    landing = tmp_path / "landing" / crawl_id
    Manifest.model_validate_json((landing / "manifest.json").read_text())
    reports = map(
        SourceReport.model_validate_json, (landing / "reports.jsonl").read_text().splitlines()
    )
    sightings = map(
        Sighting.model_validate_json, (landing / "records.jsonl").read_text().splitlines()
    )
    return Crawled(landing, {r.source_id: r for r in reports}, tuple(sightings))
