"""Contacts: every disguise is undone, and people's addresses are told from institutions'."""

from __future__ import annotations

import pytest

from scrapers.fields.contacts import (
    decode_cloudflare_mail,
    decode_typo3_mail,
    is_functional_email,
    read_emails,
    read_fax,
    read_phone,
    read_websites,
)


@pytest.mark.parametrize(
    "text",
    [
        "fb4@vhs-host.de",
        "fb4 [at] vhs-host.de",
        "fb4[at]vhs-host[dot]de",
        "fb4 (at) vhs-host (punkt) de",
        "fb4 [ät] vhs-host [dot] de",
        "fb4&#64;vhs-host&#46;de",
        "fb4&amp;#64;vhs-host.de",
        "fb4 @ vhs-host.de",
        "FB4\u200b@VHS-Host.de.",
        "<fb4@vhs-host.de>, fb4[at]vhs-host[dot]de",
        "mailto:fb4@vhs-host.de?subject=Kurs",
    ],
)
def test_every_disguise_of_an_address(text: str) -> None:
    assert read_emails(text) == ("fb4@vhs-host.de",)


def test_several_addresses_keep_their_order() -> None:
    assert read_emails("b@y.de, a@x.de und b@y.de") == ("b@y.de", "a@x.de")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a@b",
        "Kurs at vhs.de",
        "@vhs.de",
        "a..b@x.de",
        "um 10 @ 12",
        "bild@2x.png",
        "wir treffen uns at home. de",
        "a@-x.de",
    ],
)
def test_what_is_no_address(text: str) -> None:
    assert read_emails(text) == ()


@pytest.mark.parametrize(
    "address",
    [
        "info@x.de",
        "fb4@vhs-wesel.de",
        "vhs@x.de",
        "poststelle@bezreg.nrw.de",
        "politik@x.de",
        "vhs-info@x.de",
        "wesel@vhs-wesel.de",
        "anmeldung.vhs@x.de",
        "vhs@stadt-koeln.de",
    ],
)
def test_functional_addresses(address: str) -> None:
    assert is_functional_email(address)


@pytest.mark.parametrize(
    "address",
    [
        "anna.meier@x.de",
        "meier@meier-coaching.de",
        "a.meier@x.de",
        "meier@x.de",
        "anna@vhs.de",
        "m.info@x.de",
        "12@x.de",
        "info",
        "",
    ],
)
def test_addresses_that_may_belong_to_a_person(address: str) -> None:
    assert not is_functional_email(address)


def test_typo3_addresses() -> None:
    assert decode_typo3_mail("nbjmup+tpnfAfnbjm/ume", 1) == "some@email.tld"
    assert decode_typo3_mail("ocknvq,kphqBjgnjwo0kq", 2) == "info@helhum.io"
    assert decode_typo3_mail("nbjmup+tpnfAfnbjm/ume", 7) is None
    assert decode_typo3_mail("", 1) is None


def test_cloudflare_addresses() -> None:
    key = 0x5A
    code = bytes([key, *(key ^ byte for byte in b"info@vhs.de")]).hex()
    assert decode_cloudflare_mail(code) == "info@vhs.de"
    wordy = bytes([key, *(key ^ byte for byte in b"an info@vhs.de")]).hex()
    assert decode_cloudflare_mail(wordy) is None
    assert decode_cloudflare_mail("") is None
    assert decode_cloudflare_mail("zz") is None
    assert decode_cloudflare_mail("5a5a5a") is None


@pytest.mark.parametrize(
    ("text", "phone", "fax"),
    [
        ("Tel.: 02931 / 82-2900 Fax: 02931 / 82-2909", "02931 / 82-2900", "02931 / 82-2909"),
        ("Telefon 0211 99416-0", "0211 99416-0", None),
        ("Fax: 0211 / 99416-15", None, "0211 / 99416-15"),
        ("Telefon: +49 (0)211 994160", "+49 (0)211 994160", None),
        ("0211 / 99416-0", None, None),
        ("Tel.: 110", None, None),
        ("Telefax: 0211 123456", None, "0211 123456"),
    ],
)
def test_telephone_and_fax(text: str, phone: str | None, fax: str | None) -> None:
    assert read_phone(text).value == phone
    assert read_fax(text).value == fax


def test_websites() -> None:
    text = "unter www.kfi.nrw.de und http://www.lmz.de/ sowie www.jmd.de. Mail: a@www.x.de"
    assert read_websites(text) == (
        "https://www.kfi.nrw.de",
        "http://www.lmz.de/",
        "https://www.jmd.de",
    )
    assert read_websites("javascript:alert(1) oder nichts") == ()
