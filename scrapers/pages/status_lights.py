"""Words that stand for the state of registration: lights, their titles, the text beside them."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborNode

from scrapers.pages.markup import ancestors, attribute, classes, following, text_of

_LIGHTS: Final = (
    "[class*=ampel], [class*=Ampel], i.coursestate, [class*=coursestate], [class*=kursstatus], "
    "[class*=kurs-status], [class*=course-status], [class*=buchungsstatus], img[src*=ampel]"
)
_LONGEST_WORDS: Final = 200
# Before spaces are joined: what stands further away is no longer beside the light.
_LONGEST_BESIDE: Final = 250
# Class names that only dress a light; what remains of its classes is its state.
_DRESS: Final = re.compile(
    r"(kw[-_]?)?(ampel|ampelicon|ampeltext|ampelbild)|coursestate|kurs-?status|course-status|"
    r"buchungsstatus|(bi|fa[srlb]?|icon|glyphicon|badge|label|text|bg|col|d|m|p|me|ms|float|pull)"
    r"([-_].*)?",
    re.I,
)


def status_texts(root: LexborNode) -> tuple[str, ...]:
    """Texts for the state of the course under `root`, the most specific first.

    The title of a light, the text in or beside it, its class names. An image's `alt` is the same
    for all states on old platforms, so it is never read.
    """
    titles: list[str] = []
    beside: list[str] = []
    names: list[str] = []
    for light in _lights(root):
        titles += [
            attribute(light, "title"),
            attribute(light, "data-original-title"),
            attribute(light, "data-bs-title"),
        ]
        beside += [text_of(light), _text_beside(light, root)]
        names += [name for name in classes(light) if not _DRESS.fullmatch(name)]
        for part in light.css("[title]"):
            titles.append(attribute(part, "title"))
        titles.append(attribute(light, "aria-label"))
    return tuple(dict.fromkeys(text for text in titles + beside + names if text))


def _lights(root: LexborNode) -> list[LexborNode]:
    """Outermost lights; the light of a legend that explains all colours is not the course's."""
    found = [light for light in root.css(_LIGHTS) if light.mem_id != root.mem_id]
    known = {light.mem_id for light in found}
    outer = [light for light in found if not any(a.mem_id in known for a in ancestors(light))]
    return [light for light in outer if not _in_legend(light)]


def _in_legend(light: LexborNode) -> bool:
    return any(
        re.search(
            r"legende|legend|erklaer|erklär", f"{node.attributes.get('class')} {node.id}", re.I
        )
        for node in (light, *ancestors(light))
    )


def _text_beside(light: LexborNode, root: LexborNode) -> str:
    """Words right after the light in its own line or cell."""
    sibling = light.next
    words = ""
    while (
        sibling is not None
        and len(words) <= _LONGEST_BESIDE
        and (sibling.is_text_node or sibling.tag in ("span", "b", "strong", "em", "a", "small"))
    ):
        words += (sibling.text_content or "") if sibling.is_text_node else f" {text_of(sibling)}"
        sibling = sibling.next
    words = " ".join(words.split())
    if words or light.parent is None or light.parent.mem_id == root.mem_id:
        return words[:_LONGEST_WORDS]
    parent = light.parent
    if parent.tag in ("dt", "td", "th", "span", "div") and not text_of(parent):
        neighbour = following(parent)
        if neighbour is not None and parent.tag == "dt":
            return text_of(neighbour)[:_LONGEST_WORDS]
    return ""
