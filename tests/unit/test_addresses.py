"""No request leaves for a private address unless the register names it."""

from __future__ import annotations

import pytest
from scrapy.http import Request

from scrapers.guest.addresses import (
    AddressGuard,
    BlockedAddress,
    _refuse_private,
    is_public_address,
)
from scrapers.records import is_loopback, origin_of

TRUSTED = "http://127.0.0.1:18601"


@pytest.fixture
def guard() -> AddressGuard:
    return AddressGuard(frozenset({origin_of(TRUSTED)}))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:18601/kurse",
        "https://vhs.example/kurse",
        "http://vhs.example:8080/",
        "http://8.8.8.8/",
    ],
)
def test_trusted_and_public_addresses_pass(guard: AddressGuard, url: str) -> None:
    guard.process_request(Request(url))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:18602/",
        "https://127.0.0.1:18601/",
        "http://localhost:18601/",
        "http://api.localhost/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://172.16.0.9/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://127.1/",
        "file:///etc/passwd",
        "ftp://vhs.example/",
    ],
)
def test_private_addresses_and_other_schemes_are_refused(guard: AddressGuard, url: str) -> None:
    with pytest.raises(BlockedAddress):
        guard.process_request(Request(url))


def test_a_public_name_that_resolves_to_a_private_address_is_refused() -> None:
    assert _refuse_private("93.184.216.34", "vhs.example") == "93.184.216.34"
    with pytest.raises(BlockedAddress, match=r"vhs\.example"):
        _refuse_private("10.1.2.3", "vhs.example")


def test_origin_always_writes_the_port() -> None:
    assert origin_of("https://VHS.example/x?y") == "https://vhs.example:443"
    assert origin_of("http://[::1]:81/") == "http://[::1]:81"


def test_multicast_and_unspecified_are_not_public() -> None:
    assert not is_public_address("224.0.0.1")
    assert not is_public_address("::")
    assert not is_public_address("not an address")


def test_loopback_urls_are_known_by_name_and_number() -> None:
    assert is_loopback("http://localhost:1/")
    assert is_loopback("http://127.8.9.1/")
    assert is_loopback("http://localhost./")
    assert not is_loopback("http://vhs.example/")
