"""No request leaves for a private address unless the register itself names it.

A host that the register names is trusted as an address, even on loopback. Whatever is reached from
there by link, redirect or DNS must be public: otherwise a page could make the crawl read the
operator's own network.
"""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request
from scrapy.resolver import CachingThreadedResolver

from scrapers.records import is_loopback, origin_of

DEFAULT_PORTS = {"http": 80, "https": 443}


LONGEST_URL = 2000


class OverlongAddress(IgnoreRequest):
    """An address that no site gives to a page for people."""


class BlockedAddress(IgnoreRequest):
    """A request to an address that is not public and that the register does not name."""


def is_public_address(address: str) -> bool:
    """Whether an IP address literal belongs to the public internet."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast


def _is_address_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        # Resolvers also take 127.1, 0x7f000001 and 2130706433 for addresses.
        return bool(host) and (host.replace(".", "").isdigit() or host.startswith("0x"))
    return True


class AddressGuard:
    """Downloader middleware: every request passes here, also those made by a redirect."""

    def __init__(self, trusted_origins: frozenset[str]) -> None:
        self.trusted_origins = trusted_origins

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AddressGuard:
        return cls(frozenset(crawler.settings.getlist("ATLAS_TRUSTED_ORIGINS")))

    def process_request(self, request: Request) -> None:
        if len(request.url) > LONGEST_URL:
            raise OverlongAddress(f"the address has {len(request.url)} characters")
        parts = urlsplit(request.url)
        if parts.scheme not in DEFAULT_PORTS:
            raise BlockedAddress(f"only http and https are read, not {parts.scheme}:")
        if origin_of(request.url) in self.trusted_origins:
            return
        host = (parts.hostname or "").lower()
        literal = _is_address_literal(host)
        if not host or is_loopback(request.url) or (literal and not is_public_address(host)):
            raise BlockedAddress(f"{host or 'an empty host'} is not a public address")


class GuardedResolver(CachingThreadedResolver):
    """Refuses a public-looking name that resolves to a private address, at the moment of use."""

    trusted_hosts: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> GuardedResolver:
        resolver = super().from_crawler(crawler, reactor)
        origins = crawler.settings.getlist("ATLAS_TRUSTED_ORIGINS")
        resolver.trusted_hosts = frozenset(urlsplit(origin).hostname or "" for origin in origins)
        return resolver

    def getHostByName(self, name: str, timeout: Any = ()) -> Any:
        found = super().getHostByName(name, timeout)
        if name not in self.trusted_hosts:
            found.addCallback(_refuse_private, name)
        return found


def _refuse_private(address: str, name: str) -> str:
    if not is_public_address(address):
        raise BlockedAddress(f"{name} resolves to an address that is not public")
    return address
