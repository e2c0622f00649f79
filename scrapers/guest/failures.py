"""What went wrong, in the classes that the warehouse and the dashboard know."""

from __future__ import annotations

import re
import ssl
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from gzip import BadGzipFile

from OpenSSL.SSL import Error as OpenSslError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from service_identity.exceptions import VerificationError
from twisted.web.client import ResponseFailed
from web_poet import HttpResponse

from scrapers.guest.addresses import BlockedAddress, OverlongAddress
from scrapers.guest.backoff import LONGEST_PAUSE_SECONDS, HostLeftAlone
from scrapers.guest.robots import ForbiddenByRobots, RobotsUnavailable
from scrapers.guest.walls import Wall, wall_on
from scrapers.pages.base import PageError
from scrapers.records import FailureClass

BLOCKING_CLASSES: frozenset[FailureClass] = frozenset(
    {"blocked_robots", "blocked_bot", "blocked_private_address", "login_wall", "consent_wall"}
)

_WALLS: Mapping[Wall, tuple[FailureClass, str]] = {
    "blocked_bot": ("blocked_bot", "asks its visitors to prove that they are people"),
    "login_wall": ("login_wall", "shows a login in place of its content"),
    "maintenance": ("http_5xx", "is under maintenance, which it says with HTTP 200"),
}

_BOT_WALL = re.compile(
    rb"captcha|cf[_-]chl|attention required|<title>\s*just a moment|checking your browser"
    rb"|anubis_challenge|are you (?:a )?human|verif\w{1,5} (?:that )?you are|sind sie ein mensch"
    rb"|kein(?:en)? roboter|sucuri|_incapsula_|ddos-guard|awswaf|bot.{0,20}detect|bot-?schutz",
    re.IGNORECASE,
)

_SHOWN = 300
_SHOWN_WORDS = 80


@dataclass(frozen=True)
class Failure:
    """One thing that went wrong in a visit: its class and one sentence with the address.

    `retry_after` is the pause in seconds that the site asks for.
    """

    failure_class: FailureClass
    message: str
    retry_after: float | None = None


class FetchFailed(Exception):
    """A page could not be had."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


def failure_of_status(
    status: int, body: bytes, url: str, retry_after: float | None = None, location: str = ""
) -> Failure | None:
    """The failure that an HTTP status stands for, None for 200.

    `retry_after` is the pause in seconds that the site asks for, `location` the address to which
    it sends its visitors on.
    """
    url = _short(url)
    if status == 200:
        return None
    if retry_after is not None and retry_after > LONGEST_PAUSE_SECONDS and status in (429, 503):
        wish = f"asks to come back in {retry_after:.0f} seconds"
        return Failure("rate_limited", f"{url} answers HTTP {status} and {wish}", retry_after)
    if 300 <= status < 400 and location:
        message = f"{url} leads to {_short(location)}; only http and https are read"
        return Failure("blocked_private_address", message)
    if status == 429:
        return Failure("rate_limited", f"{url} answers HTTP 429: too many requests")
    if status in (401, 407):
        return Failure("login_wall", f"{url} asks for a login (HTTP {status})")
    if status in (403, 503) and _BOT_WALL.search(body[:20_000]):
        return Failure("blocked_bot", f"{url} turns automatic readers away (HTTP {status})")
    if status >= 500:
        return Failure("http_5xx", f"{url} answers HTTP {status}")
    return Failure("http_4xx", f"{url} answers HTTP {status}")


def failure_of_wall(page: HttpResponse) -> Failure | None:
    """The failure of a page that came with HTTP 200 and is a challenge, a login or a notice of
    maintenance in place of its content; None for a page with content."""
    wall = wall_on(page)
    if wall is None:
        return None
    failure_class, what = _WALLS[wall[0]]
    return Failure(failure_class, f'{_short(str(page.url))} {what}: "{wall[1][:_SHOWN_WORDS]}"')


def failure_of_page(error: PageError, url: str) -> Failure:
    """The failure that a page stands for which its reader cannot read; it names the page once."""
    message = str(error)
    return Failure(error.failure_class, message if url in message else f"{url}: {message}")


def failure_of_exception(error: BaseException, url: str) -> Failure:
    """The failure that a download error stands for."""
    url = _short(url)
    if isinstance(error, RobotsUnavailable):
        if isinstance(error.cause, int):
            status_failure = failure_of_status(error.cause, b"", f"{url} (robots.txt)")
            assert status_failure is not None
            return status_failure
        return failure_of_exception(error.cause, url)
    if isinstance(error, ForbiddenByRobots):
        return Failure("blocked_robots", f"robots.txt forbids {url}")
    if isinstance(error, BlockedAddress):
        return Failure("blocked_private_address", f"{url} leads to a private address: {error}")
    if isinstance(error, HostLeftAlone):
        failure_class: FailureClass = "rate_limited" if error.status == 429 else "http_5xx"
        return Failure(failure_class, f"{url} is not asked any more in this visit: {error}")
    if isinstance(error, OverlongAddress):
        return Failure("too_large", f"{url}: {error}")
    if isinstance(error, IgnoreRequest):
        if "redirect" in str(error):
            return Failure("redirect_loop", f"{url} redirects without end")
        return Failure("too_large", f"{url}: {error}")
    if isinstance(error, CannotResolveHostError):
        return Failure("dns", f"the name in {url} is not known")
    if isinstance(error, DownloadConnectionRefusedError):
        return Failure("refused", f"{url} refuses the connection")
    if isinstance(error, DownloadTimeoutError | TimeoutError):
        return Failure("timeout", f"{url} does not answer in time")
    if isinstance(error, DownloadCancelledError):
        return Failure("too_large", f"{url} is larger than the limit")
    if isinstance(error, BadGzipFile | zlib.error | EOFError | struct.error):
        return Failure("decode", f"{url} is packed and cannot be unpacked: {error}")
    if _is_tls_error(error):
        return Failure("tls", f"{url} has no valid certificate")
    return Failure("connection_lost", f"{url}: the connection broke off ({type(error).__name__})")


def _short(url: str) -> str:
    return url if len(url) <= _SHOWN else f"{url[:_SHOWN]}…"


def _is_tls_error(error: BaseException) -> bool:
    reasons: list[BaseException] = [error]
    if error.__cause__ is not None:
        reasons.append(error.__cause__)
    for reason in list(reasons):
        if isinstance(reason, ResponseFailed):
            reasons.extend(failure.value for failure in reason.reasons)
    return any(isinstance(r, ssl.SSLError | OpenSslError | VerificationError) for r in reasons)
