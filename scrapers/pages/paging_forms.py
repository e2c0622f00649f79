"""The way to the next page of a list where it is a button of a form and not a link."""

from __future__ import annotations

from typing import Final
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scrapers.pages.base import NextPage
from scrapers.pages.markup import attribute, canonical_url, text_of
from scrapers.pages.paging import is_next_word, page_named
from scrapers.pages.paging_links import NUMBER, PAGE_FIELD
from scrapers.pages.search_form import OTHER_FORM, fields_of, is_own_site, submitted

_BUTTONS: Final = "button, input[type=submit], input[type=image]"
_TYPED: Final = frozenset({"", "text", "search"})
_NEVER_SENT: Final = frozenset({"password", "email", "tel", "file", "url"})


def next_page_by_form(
    tree: LexborHTMLParser, base_url: str, current: int, encoding: str
) -> NextPage | None:
    """What the button to the page after `current` (counted from 1) would send; None without one.

    Only a form that does nothing but leaf through a list is sent: it goes to the site itself, a
    number of a page stands in its hidden fields or its button, nothing in it is to be filled in
    but a word that is there already. The number of the page goes before a "weiter".
    """
    forward: NextPage | None = None
    for form in tree.tags("form"):
        named = [(button, _names(button)) for button in form.css(_BUTTONS)]
        leading = [
            (button, is_number)
            for button, names in named
            if (is_number := any(page_named(name) == current + 1 for name in names))
            or any(map(is_next_word, names))
        ]
        if not leading:
            continue
        action = urljoin(base_url, attribute(form, "action") or base_url)
        own_words = f"{attribute(form, 'class')} {attribute(form, 'id')} {action}"
        if not is_own_site(action, base_url) or OTHER_FORM.search(own_words):
            continue
        if not _only_leafs(form):
            continue
        for button, is_number in leading:
            if not is_number and forward is not None:
                continue
            if (request := _request(form, button, action, encoding)) is None:
                continue
            if is_number:
                return request
            forward = request
    return forward


def next_page_by_choice(
    select: LexborNode, value: str, base_url: str, encoding: str
) -> NextPage | None:
    """What the form around a list to choose a page from would send with this value chosen; None
    where it stands in no form, or in one that does something else."""
    name = attribute(select, "name")
    form = select.parent
    while form is not None and form.tag != "form":
        form = form.parent
    if form is None or not name or not _only_leafs(form):
        return None
    action = urljoin(base_url, attribute(form, "action") or base_url)
    own_words = f"{attribute(form, 'class')} {attribute(form, 'id')} {action}"
    if not is_own_site(action, base_url) or OTHER_FORM.search(own_words):
        return None
    pairs = [pair for pair in fields_of(form) if pair[0] != name]
    url, body = submitted(form, canonical_url(action), [*pairs, (name, value)], encoding)
    return NextPage(url, body)


def _only_leafs(form: LexborNode) -> bool:
    if form.css_first("textarea") is not None:
        return False
    for field in form.css("input"):
        kind = attribute(field, "type").lower()
        if kind in _NEVER_SENT:
            return False
        if kind in _TYPED and "required" in field.attributes and not attribute(field, "value"):
            return False
    return True


def _names(button: LexborNode) -> list[str]:
    if "disabled" in button.attributes or attribute(button, "aria-disabled") == "true":
        return []
    if attribute(button, "type").lower() not in ("", "submit", "image"):
        return []
    texts = [text_of(button) if button.tag == "button" else attribute(button, "value")]
    texts += [attribute(button, name) for name in ("title", "aria-label", "alt")]
    return [text for text in texts if text]


def _request(form: LexborNode, button: LexborNode, action: str, encoding: str) -> NextPage | None:
    """None where nothing that is sent is the number of a page."""
    name = attribute(button, "name")
    pressed = [(name, attribute(button, "value"))] if name else []
    pairs = [pair for pair in fields_of(form) if pair[0] != name] + pressed
    if not any(PAGE_FIELD.fullmatch(key) and NUMBER.fullmatch(value) for key, value in pairs):
        return None
    url, body = submitted(form, canonical_url(action), pairs, encoding)
    return NextPage(url, body)
