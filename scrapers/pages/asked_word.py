"""Whether a result page answers the search that its address asks for: ways in which it silently
does not, and then sounds as if nothing had been found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from selectolax.lexbor import LexborHTMLParser
from web_poet import HttpResponse

from scrapers.fields.relevance import judge_relevance
from scrapers.fields.text import fold
from scrapers.pages.base import ListEntry, PageError
from scrapers.pages.markup import attribute, canonical_url, lines_of, query_of
from scrapers.pages.search_form import encoding_of, posted_keyword


def require_own_answer(
    tree: LexborHTMLParser, response: HttpResponse, content: Callable[[], str]
) -> None:
    """PageError where the page cannot be the answer to the word in its address.

    A form that is sent by POST may not take its word from an address: then the page shows an empty
    form, the whole programme, or that "nothing" was found for no word. It is believed only where
    it shows the word. A page in an old encoding takes the bytes of "ä" for two letters and looks
    for those: then it shows the word garbled. `content` gives what is known of the page's words: a
    word that stands in them need not be looked for in all the rest.
    """
    url = str(response.url)
    word = posted_keyword(tree, url, encoding_of(response))
    if word is not None and fold(word) not in fold(content()) and not _is_shown(word, tree):
        raise PageError(
            "no_results",
            f'{url}: the search is sent by POST and the page does not show "{word}", so it does '
            "not answer this search; name a search address in the source's YAML",
        )
    for _, value in query_of(url):
        if not value.isascii() and _is_garbled(value, tree):
            raise PageError(
                "decode",
                f'{url}: the page has searched for a garbled "{value}"; name a search address in '
                "the encoding of the site in the source's YAML",
            )


def require_other_than_home(
    response: HttpResponse, home: HttpResponse, word: str, *, is_posted: bool = False
) -> None:
    """PageError where the answer to a search is the home page: the address leads back to it, or
    whatever is shown is the same to the letter. A home page that shows the word is an answer; the
    address of an answer to a POST says nothing."""
    tree = LexborHTMLParser(response.text)
    leads_back = not is_posted and canonical_url(str(response.url)) == canonical_url(str(home.url))
    if leads_back and fold(word) in fold(_shown(tree)):
        return
    if leads_back or _lines(tree) == _lines(LexborHTMLParser(home.text)) != ():
        raise PageError(
            "no_results",
            f'the search for "{word}" answers with the home page, so it is no search; name a '
            "search address in the source's YAML",
        )


def ignores_word(lists: Sequence[Sequence[ListEntry]], words: Sequence[str]) -> bool:
    """Whether searches for different words brought the same courses, none of which shows any of
    the words or concerns the subject: then the site lists the same whatever it is asked."""
    if len(lists) < 2 or not all(lists):
        return False
    if len({frozenset(canonical_url(entry.url) for entry in found) for found in lists}) > 1:
        return False
    shown = [(entry, fold(f"{entry.title} {entry.text}")) for entry in lists[0]]
    asked = [fold(word) for word in words]
    return not any(
        any(word in text for word in asked)
        or judge_relevance(entry.title, entry.text).category is not None
        for entry, text in shown
    )


def _lines(tree: LexborHTMLParser) -> tuple[str, ...]:
    return lines_of(tree.body) if tree.body is not None else ()


def _is_shown(word: str, tree: LexborHTMLParser) -> bool:
    """Parts of it that are not even in the text with all that is hidden need not be looked for in
    what is seen."""
    if fold(word) in fold(_filled_in(tree)):
        return True
    everything = fold(f"{tree.body.text() if tree.body is not None else ''} {_filled_in(tree)}")
    may_be_shown = all(part in everything for part in fold(word).split())
    return may_be_shown and fold(word) in fold(_shown(tree))


def _shown(tree: LexborHTMLParser) -> str:
    return " ".join((*_lines(tree), _filled_in(tree)))


def _filled_in(tree: LexborHTMLParser) -> str:
    return " ".join(attribute(field, "value") for field in tree.css("input"))


def _is_garbled(word: str, tree: LexborHTMLParser) -> bool:
    """`lines_of` would mend the letters: the words as they are count here."""
    body = tree.body
    raw = body.text() if body is not None else ""
    raw += " ".join(field.attributes.get("value") or "" for field in tree.css("input"))
    garbled = word.encode().decode("windows-1252", errors="replace")
    return garbled in raw and word not in raw
