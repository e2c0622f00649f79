"""Words that stand for the state of registration: lights, their titles, the text beside them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from scrapers.fields.status import read_status
from scrapers.fields.text import fold
from scrapers.pages.elements import Element, in_page_order

_LIGHT: Final = re.compile(
    r"[aA]mpel|coursestate|kursstatus|kurs-status|course-status|buchungsstatus"
)
_LEGEND: Final = re.compile(r"legend|erklaer|erklär")
_BESIDE: Final = frozenset(["span", "b", "strong", "em", "a", "small"])
_LONGEST_WORDS: Final = 200
_ICONS: Final = frozenset(["img", "i", "span", "em", "b"])
_SPOKEN: Final = ("title", "aria-label", "alt")
_LONGEST_SPOKEN: Final = 60
# Before spaces are joined: what stands further away is no longer beside the light.
_LONGEST_BESIDE: Final = 250
# Class names that only dress a light; what remains of its classes is its state.
_DRESS: Final = re.compile(
    r"(kw[-_]?)?(ampel|ampelicon|ampeltext|ampelbild)|coursestate|kurs-?status|course-status|"
    r"buchungsstatus|(bi|fa[srlb]?|icon|glyphicon|badge|label|text|bg|col|d|m|p|me|ms|float|pull)"
    r"([-_].*)?",
    re.I,
)
# What the name of a class may say beside "buchbar" without meaning less than that.
_PLAIN_WORDS: Final = (
    "anmeldung available bookable buchbar course frei free icon is ist kurs kw moeglich noch ok "
    "online open plaetze state status true yes ja gruen green success tooltip hover small large "
    "klein gross round rund circle kreis dot punkt light symbol img bild box wrapper inline has"
)
_PLAINLY_OPEN: Final = frozenset(_PLAIN_WORDS.split())
_WORDS_OF_NAME: Final = re.compile(r"[A-Z]?[a-zäöüß]+|[A-Z]+|\d+")


def status_texts(root: Element) -> tuple[str, ...]:
    """Texts for the state of the course under `root`, the most specific first.

    The title of a light, the text in or beside it, its class names. The `alt` of a light's image
    is the same for all states on old platforms, so it is never read. Where nothing is a light by
    its name, icons that say a state decide, if all say the same.
    """
    titles: list[str] = []
    beside: list[str] = []
    names: list[str] = []
    for light in _lights(root):
        titles += [
            light.attribute("title"),
            light.attribute("data-original-title"),
            light.attribute("data-bs-title"),
        ]
        beside += [light.text, _text_beside(light, root)]
        names += _states_named(light.attributes.get("class") or "")
        titles += [part.attribute("title") for part in light.inside]
        titles.append(light.attribute("aria-label"))
    return tuple(dict.fromkeys(text for text in titles + beside + names if text)) or (
        _spoken_by_icons(root)
    )


@lru_cache(maxsize=8192)
def _states_named(classes: str) -> tuple[str, ...]:
    """The class names of a light that may be its state. "Can be booked" is said of full and of
    nearly full courses as well: beside a word that is not understood it says nothing."""
    names = [name for name in classes.split() if not _DRESS.fullmatch(name)]
    if all(_is_understood(name) for name in names):
        return tuple(names)
    return tuple(name for name in names if read_status(name).value != "open")


def _is_understood(name: str) -> bool:
    state = read_status(name).value
    if state not in (None, "open"):
        return True
    return all(fold(word) in _PLAINLY_OPEN for word in _WORDS_OF_NAME.findall(name))


def _spoken_by_icons(root: Element) -> tuple[str, ...]:
    """What icons without words of their own say to who cannot see them, where it is one state:
    a legend says several."""
    said = [
        words
        for node in root.having(*_SPOKEN)
        if node.tag in _ICONS and not node.text
        for words in (node.attribute(name) for name in _SPOKEN)
        if words and len(words) <= _LONGEST_SPOKEN and read_status(words).value is not None
        if not _is_light(node) and not _in_legend(node)
    ]
    states = {read_status(words).value for words in said}
    return tuple(dict.fromkeys(said)) if len(states) == 1 else ()


def _lights(root: Element) -> list[Element]:
    """Outermost lights; the light of a legend that explains all colours is not the course's."""
    pictures = filter(_is_light, root.find("img"))
    found: list[Element] = []
    for node in in_page_order(root.classed(_lights_up), pictures):
        if not (found and found[-1].holds(node)):
            found.append(node)
    return [light for light in found if not _in_legend(light)]


def _is_light(node: Element) -> bool:
    names = node.attributes.get("class")
    if names and _lights_up(names):
        return True
    return node.tag == "img" and "ampel" in (node.attributes.get("src") or "")


@lru_cache(maxsize=8192)
def _lights_up(names: str) -> bool:
    """Class names repeat on all pages of a site."""
    return _LIGHT.search(names) is not None


def _in_legend(light: Element) -> bool:
    return any(
        _LEGEND.search(f"{node.attributes.get('class')} {node.attributes.get('id')}".lower())
        for node in (light, *light.ancestors)
    )


def _text_beside(light: Element, root: Element) -> str:
    """Words right after the light in its own line or cell."""
    parent = light.parent
    if parent is None:
        return ""
    words = ""
    for item in parent.content[parent.content.index(light) + 1 :]:
        if len(words) > _LONGEST_BESIDE:
            break
        if isinstance(item, str):
            words += item
        elif item.tag in _BESIDE:
            words += f" {item.text}"
        else:
            break
    words = " ".join(words.split())
    if words or parent is root:
        return words[:_LONGEST_WORDS]
    if parent.tag in ("dt", "td", "th", "span", "div") and not parent.text:
        neighbour = parent.following
        if neighbour is not None and parent.tag == "dt":
            return neighbour.text[:_LONGEST_WORDS]
    return ""
