"""Puts a plain text into markup, in several ways that real sites use.

No wrapping adds facts: each only decides which elements carry the lines. Around all of them stands
what stands around every page (navigation, consent banner, footer), with words that would mislead
a reader who took them for content.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from web_poet import HttpResponse

from scrapers.pages.base import PageContext, RecordPage

PAGE_URL = "https://www.traeger.example/seite"
TODAY = date(2026, 1, 15)

P = TypeVar("P", bound=RecordPage)

_URL = re.compile(r"https?://[^\s<>)]+[^\s<>).,]")
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+\.\w+")
_BEFORE = """<!doctype html><html lang="de"><head><meta charset="utf-8">%s
<style>.kurs{color:red}</style><script>var termin = "01.01.2027";</script></head>
<body class="no-cookie"><header><a href="/">Startseite</a><p>Geplante TN: 77</p></header>
<nav><ul><li><a href="https://falsch.example/kurs/999-0001">Anmeldelink</a></li></ul></nav>
<div id="cookie-banner" role="dialog"><p>Cookies: Kosten 99,00 €, Termin 24.12.2026</p></div>
<div style="display:none"><p>Geplante TN: 66</p></div>"""
_AFTER = """<footer><p>Kontakt</p><p>Musterverein Fußzeile e.V.</p><p>Fußweg 9</p>
<p>99999 Nirgends</p><p>Tel.: 0999 / 99999</p></footer></body></html>"""


def as_page(kind: type[P], document: str) -> P:
    response = HttpResponse(
        PAGE_URL,
        body=document.encode("utf-8"),
        headers={"Content-Type": "text/html; charset=utf-8"},
    )
    return kind(response, PageContext(today=TODAY, provider_name="Ein Träger"))


def _frame(content: str, title: str = "") -> str:
    return _BEFORE % (f"<title>{html.escape(title)}</title>" if title else "") + content + _AFTER


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _groups(text: str, size: int = 4) -> list[list[str]]:
    """Lines in groups as blank lines part them, or in groups of `size` where none do."""
    groups = [_lines(part) for part in re.split(r"\n\s*\n", text) if part.strip()]
    if len(groups) > 1:
        return groups
    lines = _lines(text)
    return [lines[i : i + size] for i in range(0, len(lines), size)]


def _linked(line: str) -> str:
    escaped = html.escape(line, quote=False)
    escaped = _URL.sub(lambda m: f'<a href="{m[0]}">{m[0]}</a>', escaped)
    if "<a " not in escaped:
        escaped = _MAIL.sub(lambda m: f'<a href="mailto:{m[0]}">{m[0]}</a>', escaped)
    return escaped


def _split_over_spans(line: str) -> str:
    """The same words over nested inline elements, cut in the middle of words."""
    cuts = [len(line) // 3, len(line) * 2 // 3]
    a, b, c = (html.escape(p) for p in (line[: cuts[0]], line[cuts[0] : cuts[1]], line[cuts[1] :]))
    return f"<span>{a}<strong>{b}<em>{c}</em></strong></span>"


def _heading_level(line: str, is_first: bool) -> int:
    """0 for running text; Markdown's own level; short lines without an end are headings too."""
    if match := re.match(r"(#{1,3})\s", line):
        return len(match[1])
    if is_first:
        return 1
    is_short = len(line) < 70 and line[0].isupper() and ":" not in line
    return 2 if is_short and not re.search(r"[.!?)\d]$", line) else 0


def in_paragraphs(text: str) -> str:
    """Headings h1–h3, everything else `<p>`, links as links."""
    parts = []
    for position, line in enumerate(_lines(text)):
        if level := _heading_level(line, position == 0 and len(line) < 90):
            words = html.escape(line.lstrip("# ").strip("*"))
            parts.append(f"<h{level}>{words}</h{level}>")
        else:
            parts.append(f"<p>{_linked(line)}</p>")
    return _frame(f"<main><article>{''.join(parts)}</article></main>")


def in_plain_paragraphs(text: str) -> str:
    """Everything `<p>`, no headings, no links, words over nested spans."""
    return _frame("".join(f"<p>{_split_over_spans(line)}</p>" for line in _lines(text)))


def in_table(text: str) -> str:
    """A row for each line; "label: value" in two cells."""
    rows = []
    for line in _lines(text):
        match = re.match(r"([^:.]{3,40}):\s+(\S.*)$", line)
        if match:
            label, value = html.escape(match[1]), _linked(match[2])
            rows.append(f"<tr><th>{label}</th><td>{value}</td></tr>")
        else:
            rows.append(f'<tr><td colspan="2">{html.escape(line)}</td></tr>')
    return _frame(f"<table><tbody>{''.join(rows)}</tbody></table>")


def in_accordion(text: str) -> str:
    """`<details>` whose summary is the group's first line; the rest one block with `<br>`."""
    parts = []
    for group in _groups(text):
        rest = "<br>".join(_linked(line) for line in group[1:])
        parts.append(
            f"<details><summary>{html.escape(group[0])}</summary><div>{rest}</div></details>"
        )
    return _frame(f"<main>{''.join(parts)}</main>")


def in_closed_panels(text: str) -> str:
    """Buttons that open hidden panels; the buttons say nothing."""
    parts = []
    for number, group in enumerate(_groups(text, size=6)):
        inner = "".join(f"<p>{_linked(line)}</p>" for line in group)
        parts.append(
            f'<h4><button aria-controls="teil{number}" aria-expanded="false">Abschnitt {number + 1}'
            f'</button></h4><div id="teil{number}" hidden>{inner}</div>'
        )
    return _frame("<div>" + "".join(parts) + "</div>")


def in_list(text: str) -> str:
    """One list item for each line, with non-breaking spaces and soft hyphens."""
    items = []
    for line in _lines(text):
        words = html.escape(line).replace(": ", ":&nbsp;").replace("schaft", "schaf&shy;t")
        items.append(f"<li><span>{words}</span></li>")
    return _frame(f"<section><ul>{''.join(items)}</ul></section>")


def in_one_block(text: str) -> str:
    """The whole text in one element with `<br>` between its lines."""
    return _frame("<div>" + "<br />\n".join(html.escape(line) for line in _lines(text)) + "</div>")


def in_div_soup(text: str) -> str:
    """Nothing but nested `<div>`, groups together, links as links."""
    groups = (
        "<div>" + "".join(f"<div><div>{_linked(line)}</div></div>" for line in group) + "</div>"
        for group in _groups(text)
    )
    return _frame(f'<div role="main">{"".join(groups)}</div>')


WRAPPINGS: dict[str, Callable[[str], str]] = {
    "paragraphs": in_paragraphs,
    "plain paragraphs": in_plain_paragraphs,
    "table": in_table,
    "accordion": in_accordion,
    "closed panels": in_closed_panels,
    "list": in_list,
    "one block": in_one_block,
    "div soup": in_div_soup,
}
