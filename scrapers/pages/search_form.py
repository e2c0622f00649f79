"""The address of a site's keyword search, from its own form or from a link to it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit

import attrs
from selectolax.lexbor import LexborHTMLParser, LexborNode
from w3lib.encoding import resolve_encoding
from web_poet import HttpResponse

from scrapers.pages.markup import attribute, canonical_url, is_web_url, query_of, text_of

# Names of keyword fields, the surest first.
_KEYWORD_FIELDS: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"kfs_stichwort\w*|suchbegriffe?",
        r".*(stichwort|schlagwort|suchbegriff|suchwort|suchtext|volltext|freitext|keywords?).*",
        r".*\[(q|query|term|search|searchterm|searchword|sword|title|suche|text)\]",
        r"q|s|query|search|suche|term|text|sword|searchterm|searchword|tx_\w*sword\w*|begriff|wort|kw",
    )
)
_TEXT_TYPES: Final = frozenset({"", "text", "search"})
_COURSE_SEARCH: Final = re.compile(r"kurs|programm|veranstaltung|angebot|kw/|kathaupt|kfs_", re.I)
OTHER_FORM: Final = re.compile(
    r"newsletter|login|passwor|kontakt|anmeld|warenkorb|google\.|duckduckgo\.", re.I
)


@attrs.frozen
class PostedSearch:
    """A search that is sent by POST: its address and its form-encoded body. `is_for_courses` is
    False where it may be a search over the whole site."""

    url: str
    body: str
    is_for_courses: bool


def form_search_url(
    tree: LexborHTMLParser, base_url: str, term: str, encoding: str = "utf-8"
) -> str | None:
    """The address that the page's own form would call for `term`, None without a GET form.

    Hidden inputs, preset choices and the query of nothing else are kept. A form that speaks of
    courses goes before a search over the whole site; other hosts are never searched. Where the
    form that speaks of courses is sent by POST, no other form may answer for it: None.
    `encoding` is the page's: forms send their words in it.
    """
    best = _best_form(tree, base_url)
    if best is None or best.method != "get":
        return None
    action = urljoin(base_url, attribute(best.form, "action") or base_url)
    return _submitted(best.form, best.field, action, term, encoding)


def searches_courses(tree: LexborHTMLParser, base_url: str) -> bool:
    """Whether the page has a search form that speaks of courses, not only one over the whole
    site, which need not know the courses."""
    best = _best_form(tree, base_url)
    return best is not None and best.is_for_courses


@attrs.frozen
class _SearchForm:
    """A form with its keyword field; the lowest `rank` is the surest."""

    rank: int
    is_for_courses: bool
    method: str
    form: LexborNode
    field: LexborNode


def _best_form(tree: LexborHTMLParser, base_url: str) -> _SearchForm | None:
    found: list[_SearchForm] = []
    for form in tree.css("form"):
        method = attribute(form, "method").lower() or "get"
        action = urljoin(base_url, attribute(form, "action") or base_url)
        own_words = f"{attribute(form, 'class')} {attribute(form, 'id')} {action}"
        if not is_own_site(action, base_url) or OTHER_FORM.search(own_words):
            continue
        rank, field = _keyword_field(form)
        if field is None:
            continue
        words = f"{own_words} {attribute(field, 'name')} {attribute(field, 'placeholder')}"
        is_for_courses = rank == 0 or bool(_COURSE_SEARCH.search(words))
        found.append(_SearchForm(rank, is_for_courses, method, form, field))
    return min(found, key=lambda one: (not one.is_for_courses, one.rank), default=None)


def posted_search(
    tree: LexborHTMLParser, base_url: str, term: str, encoding: str = "utf-8"
) -> PostedSearch | None:
    """What the page's own search form would send by POST for `term`; None where there is none.

    Only a form that does nothing but search is sent: one field for words, which is called after a
    search, and besides it only what is hidden or chosen beforehand. It goes to the site itself.
    """
    found: list[tuple[int, int, PostedSearch]] = []
    for order, form in enumerate(tree.css("form")):
        action = urljoin(base_url, attribute(form, "action") or base_url)
        own_words = f"{attribute(form, 'class')} {attribute(form, 'id')} {action}"
        is_own = is_own_site(action, base_url) and not OTHER_FORM.search(own_words)
        if attribute(form, "method").lower() != "post" or not is_own:
            continue
        rank, field = _keyword_field(form)
        if field is None or not _only_searches(form, field):
            continue
        words = f"{own_words} {attribute(field, 'name')} {attribute(field, 'placeholder')}"
        is_for_courses = rank == 0 or bool(_COURSE_SEARCH.search(words))
        pairs = [*_pairs(form, field, term), *_first_button(form)]
        body = _encoded(pairs, _encoding_of_form(form, encoding))
        url = urlsplit(action)._replace(fragment="").geturl()
        search = PostedSearch(url, body, is_for_courses)
        found.append((rank if is_for_courses else rank + 10, order, search))
    return min(found, key=lambda one: one[:2])[2] if found else None


def encoding_of(page: HttpResponse) -> str:
    """The encoding in which the forms of a page send their words: that of the page, but never one
    of which not every byte is a letter."""
    encoding = page.encoding or "utf-8"
    return "utf-8" if encoding.startswith(("utf-16", "utf-32")) else encoding


def keyword_field_name(tree: LexborHTMLParser, base_url: str) -> str | None:
    """The name of the keyword field in the page's own search form."""
    found = []
    for form in tree.css("form"):
        action = urljoin(base_url, attribute(form, "action") or base_url)
        if is_own_site(action, base_url) and not OTHER_FORM.search(action):
            rank, field = _keyword_field(form)
            if field is not None:
                found.append((rank, attribute(field, "name")))
    return min(found)[1] if found else None


def named_form_url(
    tree: LexborHTMLParser, base_url: str, parameter: str, term: str, encoding: str = "utf-8"
) -> str | None:
    """What the form with this keyword field would send, by whatever method, as an address."""
    for form in tree.css("form"):
        action = urljoin(base_url, attribute(form, "action") or base_url)
        for field in form.css("input[name]"):
            if attribute(field, "name") == parameter and is_own_site(action, base_url):
                return _submitted(form, field, action, term, encoding)
    return None


def posted_keyword(tree: LexborHTMLParser, url: str, encoding: str = "utf-8") -> str | None:
    """The word that the address `url` asks for in a field whose form on this page is sent by
    POST; None where no such form is, or the address does not name its field."""
    asked = {name: value for name, value in query_of(url, encoding) if value}
    if not asked:
        return None
    for form in tree.tags("form"):
        if attribute(form, "method").lower() != "post":
            continue
        names = (attribute(field, "name") for field in form.css("input[name]"))
        if not asked.keys().isdisjoint(names):
            _, field = _keyword_field(form)
            if field is not None and (word := asked.get(attribute(field, "name"))):
                return word
    return None


def linked_search_url(
    tree: LexborHTMLParser, base_url: str, parameter: str, term: str, encoding: str = "utf-8"
) -> str | None:
    """The address of a search to which the page links with `parameter`, its value replaced."""
    for link in tree.css("a[href], [data-url], [data-search-url]"):
        href = (
            attribute(link, "href")
            or attribute(link, "data-url")
            or attribute(link, "data-search-url")
        )
        url = urljoin(base_url, href)
        names = {name for name, _ in query_of(url)}
        if parameter in names and is_own_site(url, base_url):
            return with_parameters(url, {parameter: term}, encoding)
    return None


def with_parameters(url: str, values: dict[str, str], encoding: str = "utf-8") -> str:
    """The address with these query parameters set, in their place if they were there."""
    parts = urlsplit(url)
    pairs: list[tuple[str, str]] = list(query_of(url, encoding))
    present = {name for name, _ in pairs}
    pairs = [(name, values.get(name, value)) for name, value in pairs]
    pairs += [(name, value) for name, value in values.items() if name not in present]
    return urlunsplit(
        (parts.scheme, parts.netloc, parts.path or "/", _encoded(pairs, encoding), "")
    )


def origin_url(base_url: str, path: str) -> str:
    parts = urlsplit(base_url)
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def is_own_site(url: str, base_url: str) -> bool:
    """The same host, or the same domain under another name of it (www.)."""
    here, there = urlsplit(base_url), urlsplit(url)
    bare = [(part.hostname or "").lower().removeprefix("www.") for part in (here, there)]
    return is_web_url(url) and bare[0] == bare[1] and here.port == there.port


def _keyword_field(form: LexborNode) -> tuple[int, LexborNode | None]:
    fields = [
        field
        for field in form.css("input[name]")
        if attribute(field, "type").lower() in _TEXT_TYPES
        and field.attributes.get("disabled", "no") == "no"
    ]
    for rank, pattern in enumerate(_KEYWORD_FIELDS):
        for field in fields:
            if pattern.fullmatch(attribute(field, "name")):
                return rank, field
    labelled = [field for field in fields if _is_called_search(form, field)]
    return (len(_KEYWORD_FIELDS), labelled[0]) if len(labelled) == 1 else (0, None)


def _is_called_search(form: LexborNode, field: LexborNode) -> bool:
    words = [attribute(field, name) for name in ("placeholder", "aria-label", "title")]
    words += [
        text_of(label)
        for label in form.css("label[for]")
        if field.id and attribute(label, "for") == field.id
    ]
    named = re.search(r"such|stichwort|begriff", " ".join(words), re.I)
    return attribute(field, "type").lower() == "search" or bool(named)


def _encoded(pairs: list[tuple[str, str]], encoding: str) -> str:
    """As browsers do: letters that the page's encoding lacks become character references."""
    return urlencode(pairs, encoding=encoding, errors="xmlcharrefreplace")


def _encoding_of_form(form: LexborNode, encoding: str) -> str:
    """What the form itself asks for (`accept-charset`), else the encoding of its page."""
    for name in re.split(r"[\s,]+", attribute(form, "accept-charset")):
        known = resolve_encoding(name) if name else None
        if known and not known.startswith(("utf-16", "utf-32")):
            return known
    return encoding


def _submitted(form: LexborNode, keyword: LexborNode, action: str, term: str, encoding: str) -> str:
    """What a browser would send: a GET form replaces the query of its action by its fields."""
    query = _encoded(_pairs(form, keyword, term), _encoding_of_form(form, encoding))
    return urlsplit(canonical_url(action))._replace(query=query).geturl()


def submitted(
    form: LexborNode, action: str, pairs: list[tuple[str, str]], encoding: str
) -> tuple[str, str | None]:
    """Address and body of what a browser would send: a GET form has no body."""
    encoded = _encoded(pairs, _encoding_of_form(form, encoding))
    parts = urlsplit(action)
    if attribute(form, "method").lower() == "post":
        return parts._replace(fragment="").geturl(), encoded
    return parts._replace(query=encoded, fragment="").geturl(), None


def fields_of(form: LexborNode) -> list[tuple[str, str]]:
    """Names and values of the form's fields as they stand there."""
    return _pairs(form, None, "")


def _pairs(form: LexborNode, keyword: LexborNode | None, term: str) -> list[tuple[str, str]]:
    """Names and values of the form's fields, the word in its own."""
    pairs: list[tuple[str, str]] = []
    for field in form.css("input[name], select[name]"):
        name = attribute(field, "name")
        kind = attribute(field, "type").lower()
        if keyword is not None and field.mem_id == keyword.mem_id:
            pairs.append((name, term))
        elif field.tag == "select":
            pairs.extend((name, value) for value in _selected(field))
        elif kind in _TEXT_TYPES or kind in ("hidden", "date", "number"):
            pairs.append((name, field.attributes.get("value") or ""))
        elif kind in ("checkbox", "radio") and "checked" in field.attributes:
            pairs.append((name, field.attributes.get("value") or "on"))
    return pairs


def _first_button(form: LexborNode) -> list[tuple[str, str]]:
    """The button that a browser takes for pressed when a visitor ends the word with Enter."""
    for button in form.css("button, input"):
        kind = attribute(button, "type").lower() or ("submit" if button.tag == "button" else "")
        if kind == "submit":
            name = attribute(button, "name")
            return [(name, button.attributes.get("value") or "")] if name else []
    return []


def _only_searches(form: LexborNode, keyword: LexborNode) -> bool:
    """Whether the form cannot be anything but a search: no text, no password, no file, and no
    second field that wants to be filled in."""
    if form.css_first("textarea") is not None:
        return False
    for field in form.css("input"):
        kind = attribute(field, "type").lower()
        if kind in ("password", "email", "tel", "file", "url"):
            return False
        is_typed = kind in _TEXT_TYPES and field.mem_id != keyword.mem_id
        if is_typed and "required" in field.attributes:
            return False
    return True


def _selected(select: LexborNode) -> list[str]:
    options = select.css("option")
    chosen = [option for option in options if "selected" in option.attributes] or options[:1]
    return [
        text_of_option if (value := option.attributes.get("value")) is None else value
        for option in chosen
        for text_of_option in [(option.text() or "").strip()]
    ]
