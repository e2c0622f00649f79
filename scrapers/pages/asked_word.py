"""Whether a result page answers the search that its address asks for: two ways in which it
silently does not, and then sounds as if nothing had been found."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from selectolax.lexbor import LexborHTMLParser
from web_poet import HttpResponse

from scrapers.fields.text import fold
from scrapers.pages.base import PageError
from scrapers.pages.markup import attribute, lines_of
from scrapers.pages.search_form import encoding_of, posted_keyword


def require_own_answer(tree: LexborHTMLParser, response: HttpResponse) -> None:
    """PageError where the page cannot be the answer to the word in its address.

    A form that is sent by POST may not take its word from an address: then the page shows an empty
    form, the whole programme, or that "nothing" was found for no word. It is believed only where
    it shows the word. A page in an old encoding takes the bytes of "ä" for two letters and looks
    for those: then it shows the word garbled.
    """
    url = str(response.url)
    word = posted_keyword(tree, url, encoding_of(response))
    if word is not None and fold(word) not in fold(_shown(tree)):
        raise PageError(
            "no_results",
            f'{url}: the search is sent by POST and the page does not show "{word}", so it does '
            "not answer this search; name a search address in the source's YAML",
        )
    for _, value in parse_qsl(urlsplit(url).query):
        if not value.isascii() and _is_garbled(value, tree):
            raise PageError(
                "decode",
                f'{url}: the page has searched for a garbled "{value}"; name a search address in '
                "the encoding of the site in the source's YAML",
            )


def _shown(tree: LexborHTMLParser) -> str:
    lines = lines_of(tree.body) if tree.body is not None else ()
    return " ".join((*lines, *(attribute(field, "value") for field in tree.css("input"))))


def _is_garbled(word: str, tree: LexborHTMLParser) -> bool:
    """`lines_of` would mend the letters: the words as they are count here."""
    body = tree.body
    raw = body.text() if body is not None else ""
    raw += " ".join(field.attributes.get("value") or "" for field in tree.css("input"))
    garbled = word.encode().decode("windows-1252", errors="replace")
    return garbled in raw and word not in raw
