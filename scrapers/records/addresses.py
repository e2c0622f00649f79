"""Addresses that plan and crawl must understand alike: whose they are, which are this computer."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


def origin_of(address: str) -> str:
    """scheme://host:port in lower case, the port always written. ValueError on a bad port."""
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    if ":" in host:
        host = f"[{host}]"
    port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
    return f"{parts.scheme}://{host}:{port}"


def is_loopback(address: str) -> bool:
    """Whether an address names this computer: localhost, or a loopback address of IPv4 or IPv6."""
    host = (urlsplit(address).hostname or "").lower().rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
