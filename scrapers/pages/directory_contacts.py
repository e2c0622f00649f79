"""The functional contacts of a body in a directory: address, telephone, e-mail, website."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

import attrs

from scrapers.fields.contacts import (
    is_functional_email,
    read_emails,
    read_fax,
    read_phone,
    read_websites,
)
from scrapers.fields.reading import Reading
from scrapers.fields.venues import read_venue
from scrapers.pages.base import RecordPage
from scrapers.pages.blocks import Link
from scrapers.pages.directory_entries import STREET

POSTCODE = re.compile(r"(?:^|[\s,;|])(?:D-)?\d{5}\s+[A-ZÄÖÜ]")
_POSTAL_LINE = re.compile(
    r"(?:^|[,;|]\s*)(?:D-)?(?P<code>\d{5})\s+(?P<place>[A-ZÄÖÜ][^,;|()\d]{1,48})"
)
_SECOND_OF_ONE = re.compile(
    r"post-?(?:anschrift|adresse|fach)|haus-?(?:anschrift|adresse)|besuch\w*-?(?:anschrift|adresse)"
    r"|(?:zweig|aussen|außen|neben|geschäfts)stelle|büro|standort|niederlassung|lieferadresse",
    re.IGNORECASE,
)


@attrs.frozen
class Contacts:
    """What the page gives; None where it gives nothing, or only the address of a person.
    `words` maps what is given to the words that give it."""

    street: str | None = None
    postcode: str | None = None
    place: str | None = None
    phone: str | None = None
    fax: str | None = None
    email: str | None = None
    website: str | None = None
    words: Mapping[str, str] = attrs.Factory(dict)


def are_of_several(lines: Sequence[str]) -> bool:
    """Whether contact lines give two addresses or mail addresses at two hosts: then the heading of
    a second body is missing between them, and nothing says whose they are. A second address that
    is called one (a post office box, a branch) is none of another body."""
    text = "\n".join(lines)
    hosts = {mail.rpartition("@")[2].lower() for mail in read_emails(text)}
    sites = {_site(host) for host in hosts}
    towns = {(m["code"], m["place"].strip()) for line in lines for m in _POSTAL_LINE.finditer(line)}
    return (len(towns) > 1 and not _SECOND_OF_ONE.search(text)) or len(sites) > 1


def _site(host: str) -> str:
    return ".".join(host.split(".")[-2:])


def read_contacts(
    postal: Sequence[str], texts: Sequence[str], links: Sequence[Link], page: RecordPage
) -> Contacts:
    """Reads the address from the lines `postal`, everything else from `texts` and `links`."""
    joined = " | ".join(texts)
    targets = [href for _, href in links]
    found = {
        **_address(postal),
        "phone": _first(read_phone(joined), _from_tel_link(targets)),
        "fax": read_fax(joined),
        "email": _email([*texts, *(href for href in targets if href.startswith("mailto:"))]),
        "website": _website(joined, targets, page),
    }
    told = {name: reading for name, reading in found.items() if reading.value}
    return Contacts(
        **{name: reading.value for name, reading in told.items()},
        words={name: reading.text for name, reading in told.items()},
    )


def _first(reading: Reading[str], other: Reading[str]) -> Reading[str]:
    return reading if reading.value else other


def _email(texts: Iterable[str]) -> Reading[str]:
    """The first functional address, in the text or behind a link."""
    for text in texts:
        for mail in read_emails(text):
            if is_functional_email(mail):
                return Reading.stated(mail, text.removeprefix("mailto:"))
    return Reading.absent()


def _address(lines: Sequence[str]) -> dict[str, Reading[str]]:
    """Street, postcode and place of the first postal line, the street from it or before it."""
    for position, line in enumerate(lines):
        match = _POSTAL_LINE.search(line)
        if match is None:
            continue
        place = re.split(r"\s+(?:Tel|Fon|Fax|E-?Mail|Telefon)\b", match["place"])[0].strip(" .-–")
        before = [
            line[: match.start()].strip(" ,;|"),
            *reversed(lines[max(0, position - 2) : position]),
        ]
        streets = (Reading.stated(found, text) for text in before if (found := _street(text)))
        return {
            "street": next(streets, Reading.absent()),
            "postcode": Reading.stated(match["code"], line),
            "place": Reading.stated(place, line),
        }
    return {}


def _street(text: str) -> str | None:
    text = re.sub(r"^(?:Anschrift|Adresse|Straße|Sitz|Postanschrift)\s*:\s*", "", text)
    for part in reversed(re.split(r"\s*[,;|]\s*", text)):
        if STREET.match(part) or re.match(r"Postfach\s+\d", part):
            return part
    venue = read_venue(text).value
    return venue.street if venue else None


def _from_tel_link(targets: Iterable[str]) -> Reading[str]:
    hrefs = (href for href in targets if href.lower().startswith("tel:"))
    return next((read_phone(f"Tel.: {href[4:]}") for href in hrefs), Reading.absent())


def _website(text: str, targets: Sequence[str], page: RecordPage) -> Reading[str]:
    """The body's own site: an address in the text, or a link that leads off the directory."""
    if written := read_websites(text):
        address = next((href for href in targets if _same_host(href, written[0])), written[0])
        return Reading.stated(address, written[0])
    own_host = urlsplit(page.url).hostname
    for href in targets:
        if href.startswith(("mailto:", "tel:")):
            continue
        address = page.absolute(href)
        parts = urlsplit(address)
        if parts.scheme in {"http", "https"} and parts.hostname and parts.hostname != own_host:
            return Reading.stated(address, href)
    return Reading.absent()


def _same_host(href: str, written: str) -> bool:
    return href.startswith("http") and urlsplit(href).hostname == urlsplit(written).hostname
