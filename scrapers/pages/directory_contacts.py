"""The functional contacts of a body in a directory: address, telephone, e-mail, website."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

import attrs

from scrapers.fields.contacts import (
    is_functional_email,
    read_emails,
    read_fax,
    read_phone,
    read_websites,
)
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
_Address = tuple[str | None, str | None, str | None]


@attrs.frozen
class Contacts:
    """What the page gives; None where it gives nothing, or only the address of a person."""

    street: str | None = None
    postcode: str | None = None
    place: str | None = None
    phone: str | None = None
    fax: str | None = None
    email: str | None = None
    website: str | None = None


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
    mails = [*read_emails(joined)]
    mails += [mail for href in targets if href.startswith("mailto:") for mail in read_emails(href)]
    street, postcode, place = _address(postal)
    return Contacts(
        street=street,
        postcode=postcode,
        place=place,
        phone=read_phone(joined).value or _from_tel_link(targets),
        fax=read_fax(joined).value,
        email=next((mail for mail in mails if is_functional_email(mail)), None),
        website=_website(joined, targets, page),
    )


def _address(lines: Sequence[str]) -> _Address:
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
        street = next((found for text in before if (found := _street(text))), None)
        return street, match["code"], place or None
    return None, None, None


def _street(text: str) -> str | None:
    text = re.sub(r"^(?:Anschrift|Adresse|Straße|Sitz|Postanschrift)\s*:\s*", "", text)
    for part in reversed(re.split(r"\s*[,;|]\s*", text)):
        if STREET.match(part) or re.match(r"Postfach\s+\d", part):
            return part
    venue = read_venue(text).value
    return venue.street if venue else None


def _from_tel_link(targets: Iterable[str]) -> str | None:
    numbers = (href[4:] for href in targets if href.lower().startswith("tel:"))
    return next((read_phone(f"Tel.: {number}").value for number in numbers), None)


def _website(text: str, targets: Sequence[str], page: RecordPage) -> str | None:
    """The body's own site: an address in the text, or a link that leads off the directory."""
    if written := read_websites(text):
        return next((href for href in targets if _same_host(href, written[0])), written[0])
    own_host = urlsplit(page.url).hostname
    for href in targets:
        if href.startswith(("mailto:", "tel:")):
            continue
        address = page.absolute(href)
        parts = urlsplit(address)
        if parts.scheme in {"http", "https"} and parts.hostname and parts.hostname != own_host:
            return address
    return None


def _same_host(href: str, written: str) -> bool:
    return href.startswith("http") and urlsplit(href).hostname == urlsplit(written).hostname
