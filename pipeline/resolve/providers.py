"""Who offers a training that a page announces for someone else.

Rules in this order, each only where it gives exactly one provider: the link's host and port are
those of a provider's website; the e-mail's domain is the host of a website; the words of the
page's name for the provider, of the link's host or of the e-mail's domain are found in exactly one
provider's id or name. Otherwise the provider stays unknown.
"""

from __future__ import annotations

import ipaddress
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_GENERIC_TEXT = """
    vhs volkshochschule volkshochschulen volkshochschulverband kreis stadt gemeinde zweckverband
    im in am an der die das des den und e v ev www web info mail de nrw org net com eu ggmbh gmbh
"""
_GENERIC = frozenset(_GENERIC_TEXT.split())
_VHS = re.compile(r"vhs|volkshochschule")


def fold(text: str) -> str:
    """Lower case without umlauts, so that Köln and koeln are the same word."""
    return text.casefold().translate(_FOLD)


def words(text: str) -> frozenset[str]:
    """The words that tell providers apart: at least two characters and not generic."""
    return frozenset(
        word
        for word in re.split(r"[^a-z0-9]+", fold(text))
        if len(word) > 1 and word not in _GENERIC
    )


def endpoint(address: str | None) -> str | None:
    """host:port of a web address, without `www.`; None for anything else."""
    if not address:
        return None
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host or parts.scheme not in ("http", "https"):
        return None
    standard = port is None or (parts.scheme, port) in (("http", 80), ("https", 443))
    return f"{host.removeprefix('www.')}:{'' if standard else port}"


@dataclass(frozen=True)
class ProviderFacts:
    """What is known of a provider for recognising it."""

    provider_id: str
    name: str
    website: str | None
    is_vhs: bool


@dataclass(frozen=True)
class Resolved:
    """The provider, or None, with the words that led to it."""

    provider_id: str | None
    reason: str | None


@dataclass
class ProviderFinder:
    """Recognises providers by link, e-mail and name."""

    providers: Sequence[ProviderFacts]
    _by_endpoint: dict[str, set[str]] = field(init=False)
    _words: dict[bool, dict[str, tuple[frozenset[str], ...]]] = field(init=False)

    def __post_init__(self) -> None:
        self._by_endpoint = defaultdict(set)
        self._words = {True: {}, False: {}}
        for provider in self.providers:
            if place := endpoint(provider.website):
                self._by_endpoint[place].add(provider.provider_id)
            self._words[provider.is_vhs][provider.provider_id] = (
                words(provider.provider_id),
                words(provider.name),
            )

    def find(
        self,
        links: Iterable[str | None],
        email: str | None,
        announced_by: str | None,
        ignored_endpoints: frozenset[str] = frozenset(),
    ) -> Resolved:
        """The provider for these traces; `ignored_endpoints` (the page's own) say nothing."""
        foreign = [
            (link, place)
            for link in links
            if link and (place := endpoint(link)) and place not in ignored_endpoints
        ]
        for link, place in foreign:
            if provider_id := _only(self._by_endpoint.get(place, set())):
                return Resolved(provider_id, link)
        domain = email.rsplit("@", 1)[1].lower() if email and "@" in email else None
        if domain and (found := _only(self._by_endpoint.get(f"{domain}:", set()))):
            return Resolved(found, email)

        names = [(announced_by, announced_by)]
        names += [(link, _label(place.rsplit(":", 1)[0])) for link, place in foreign]
        names.append((email, _label(domain)))
        for trace, name in names:
            if name and (found := self._by_words(name)):
                return Resolved(found, trace)
        return Resolved(None, None)

    def _by_words(self, name: str) -> str | None:
        wanted = words(name)
        if not any(len(word) > 2 for word in wanted):
            return None
        known = self._words[bool(_VHS.search(fold(name)))]
        exact = {key for key, sets in known.items() if wanted in sets}
        if exact:
            return _only(exact)
        return _only({key for key, sets in known.items() if any(wanted <= s for s in sets)})


def _only(candidates: set[str]) -> str | None:
    return next(iter(candidates)) if len(candidates) == 1 else None


def _label(host: str | None) -> str | None:
    """The part of a host name that an institution chose: without `www` and top-level domain."""
    if not host or "." not in host:
        return None
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host.removeprefix("www.").rsplit(".", 1)[0]
    return None
