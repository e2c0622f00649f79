"""Loads one file from an address: bounded in size and time, and from nowhere else."""

from __future__ import annotations

import os
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from pipeline.boundaries_archive import BoundaryError

OFFICIAL_ADDRESS = (
    "https://www.opengeodata.nrw.de/produkte/geobasis/vkg/dvg/dvg2/dvg2_EPSG25832_Shape.zip"
)
"""Product DVG2 of Geobasis NRW, under the Datenlizenz Deutschland – Zero – Version 2.0."""

_CHUNK_BYTES = 1 << 16


class DownloadError(Exception):
    """The file could not be loaded; the message says why and what to do."""


@dataclass(frozen=True)
class Limits:
    """`answer_seconds`: the longest silence; `total_seconds`: the longest download."""

    max_bytes: int = 200_000_000
    answer_seconds: float = 30.0
    total_seconds: float = 900.0


def boundaries_address(environ: Mapping[str, str] | None = None) -> str:
    """ATLAS_BOUNDARIES_URL, or the official address."""
    env = os.environ if environ is None else environ
    return env.get("ATLAS_BOUNDARIES_URL") or OFFICIAL_ADDRESS


def download(url: str, target: Path, user_agent: str, limits: Limits | None = None) -> None:
    """Writes the file at this address to `target`. Raises BoundaryError for what is no address and
    DownloadError for all else that goes wrong; then no file is left."""
    limits = limits or Limits()
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BoundaryError(f"{url}: this is no address; write one that begins with https://")
    request = urllib.request.Request(url, headers={"User-Agent": user_agent})
    opener = urllib.request.build_opener(_SameHost())
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with (
            opener.open(request, timeout=limits.answer_seconds) as answer,
            target.open("wb") as file,
        ):
            _copy(answer, file, url, limits)
    except urllib.error.HTTPError as error:
        raise _given_up(target, f"{url}: the server answers {error.code} {error.reason}") from None
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise _given_up(target, f"{url}: {reason}") from None
    except DownloadError:
        target.unlink(missing_ok=True)
        raise


def _copy(answer: IO[bytes], file: IO[bytes], url: str, limits: Limits) -> None:
    ends_at = time.monotonic() + limits.total_seconds
    written = 0
    told = getattr(answer, "length", None)
    if told is not None and told > limits.max_bytes:
        raise _too_large(url, limits)
    # One piece at a time, so that a server that drips its bytes meets the clock too.
    while part := answer.read1(_CHUNK_BYTES):  # type: ignore[attr-defined]
        written += len(part)
        if written > limits.max_bytes:
            raise _too_large(url, limits)
        if time.monotonic() > ends_at:
            raise DownloadError(
                f"{url}: not loaded after {limits.total_seconds:g} seconds; try again later"
            )
        file.write(part)
    if told is not None and written < told:
        raise DownloadError(f"{url}: {written} of {told} bytes came; try again later")


def _too_large(url: str, limits: Limits) -> DownloadError:
    return DownloadError(
        f"{url}: larger than {limits.max_bytes:,} bytes, so it is not what is expected; "
        "check the address"
    )


def _given_up(target: Path, what: str) -> DownloadError:
    with suppress(OSError):
        target.unlink(missing_ok=True)
    return DownloadError(
        f"{what}; the boundaries in use stay. Try again later, or load the file yourself and name "
        "it with --file"
    )


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only on the same host, or from http to https there."""

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        same = old.hostname == new.hostname
        if not same or (new.scheme != "https" and new.netloc != old.netloc):
            raise DownloadError(
                f"{req.full_url}: redirects to {newurl}, another host; check the address and name "
                "the new one with --url"
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)
