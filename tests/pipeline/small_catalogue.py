"""A little KuferWEB catalogue whose answers are written out, for tests of the way to the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import parse_qs, urlsplit

from tests.loopback import Answer, Answers

SEARCH = "/kurssuche/suche"
FORM = f"""<form action="{SEARCH}" method="get"><label for="s">Stichwort</label>
<input type="text" id="s" name="kfs_stichwort_schlagwort"><button>Suchen</button></form>"""
BASIS = ("252-1031", "Fortbildung für den Integrationsrat: Basismodul")
AUFBAU = ("252-1032", "Fortbildung für den Integrationsrat: Aufbaumodul")

Hits = Mapping[str, Iterable[tuple[str, str]]]


def page(body: str, title: str = "Volkshochschule") -> str:
    return f"""<!doctype html><html lang="de"><head><title>{title}</title>
<link rel="stylesheet" href="/fileadmin/kuferweb/stil.css"></head>
<body><main>{body}</main></body></html>"""


def course_path(number: str) -> str:
    return f"/kurssuche/kurs/Fortbildung/{number}"


def result_list(hits: Iterable[tuple[str, str]], more: str = "", total: int | None = None) -> str:
    hits = list(hits)
    rows = "".join(
        f"""<div class="kw-table-row">
<a class="kw-kurstitel" href="{course_path(number)}">{title}</a>
<div class="kw-table-label">Nr.:</div><div>{number}</div></div>"""
        for number, title in hits
    )
    stated = len(hits) if total is None else total
    words = f"<p>{stated} Treffer</p>" if hits else "<p>Keine Kurse gefunden.</p>"
    return page(f'<h1>Suchergebnis</h1>{words}<div class="kw-kursuebersicht">{rows}</div>{more}')


def course_page(number: str, title: str) -> str:
    return page(
        f"""<h1>{title}</h1><div class="kw-kurs-info-text">
<p>Für Mitglieder des Integrationsrates: Aufgaben und Rechte im Rat der Stadt.</p></div>
<dl><dt>Kursnummer</dt><dd>{number}</dd><dt>Beginn</dt><dd>Sa., 18.04.2026, um 10:00 Uhr</dd>
<dt>Kursort</dt><dd>Haus der Bildung</dd><dt>Gebühr</dt><dd>gebührenfrei</dd></dl>""",
        title,
    )


def catalogue(
    hits: Hits, others: Mapping[str, Answer] | None = None, home: str | None = None
) -> Answers:
    """Answers of a catalogue: `hits` by search term, each of them with its page; `others` by path
    win over everything."""
    courses = {number: title for found in hits.values() for number, title in found}
    return with_others(_answers(hits, courses, home or page(FORM)), others or {})


def with_others(
    answers: Callable[[str], Answer | None], others: Mapping[str, Answer]
) -> Callable[[str], Answer | None]:
    return lambda path: others.get(path) or answers(path)


def _answers(hits: Hits, courses: Mapping[str, str], home: str) -> Callable[[str], Answer | None]:
    def answer(path: str) -> Answer | None:
        parts = urlsplit(path)
        if parts.path == "/":
            return Answer(home, headers={"ETag": '"home"'})
        if parts.path == SEARCH:
            term = parse_qs(parts.query).get("kfs_stichwort_schlagwort", [""])[0]
            return Answer(result_list(hits.get(term, ())), headers={"ETag": '"list"'})
        number = parts.path.rsplit("/", 1)[-1]
        if parts.path.startswith("/kurssuche/kurs/") and number in courses:
            return Answer(course_page(number, courses[number]), headers={"ETag": f'"{number}"'})
        return None

    return answer
