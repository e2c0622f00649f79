"""Where things stand on a course page: titles, lights, dates, addresses, other courses."""

from __future__ import annotations

from datetime import date

import pytest
from web_poet import HttpResponse

from scrapers.pages.base import PageContext, PageError
from scrapers.pages.facts import CourseFacts, SessionRow
from scrapers.pages.generic import GenericCoursePage
from scrapers.pages.kuferweb_course import KuferWebCoursePage
from scrapers.pages.labelled import pairs_in_line
from scrapers.pages.session_tables import session_row_from_line

URL = "https://vhs.example/kurssuche/kurs/Rechte-im-Rat/261-1001"
DATED = "<dl><dt>Beginn</dt><dd>07.02.2026</dd></dl>"


def facts_of(body: str, url: str = URL, head: str = "") -> CourseFacts:
    html = f"<html><head>{head}</head><body><main>{body}</main></body></html>"
    response = HttpResponse(url, body=html.encode(), encoding="utf-8")
    return KuferWebCoursePage(response, PageContext(today=date(2026, 1, 15))).facts()


def failure_of(body: str) -> str:
    with pytest.raises(PageError) as caught:
        facts_of(body)
    return caught.value.failure_class


@pytest.mark.parametrize(
    ("heading", "title", "subtitle"),
    [
        ("<h1>Rechte im Rat</h1>", "Rechte im Rat", ""),
        ("<h1>Kurs-Nr. 261-1001: Rechte im Rat</h1>", "Rechte im Rat", ""),
        ("<h1>Rechte im Rat (261-1001)</h1>", "Rechte im Rat", ""),
        ("<h1>261-1001</h1><h2>Rechte im Rat</h2>", "Rechte im Rat", ""),
        ("<h1>Rechte im Rat <small>Ein Abend</small></h1>", "Rechte im Rat", "Ein Abend"),
        ("<h1>Rechte im Rat</h1><p class=untertitel>Ein Abend</p>", "Rechte im Rat", "Ein Abend"),
        ("<h1>Kursdetails</h1><h2>Rechte im Rat</h2>", "Rechte im Rat", ""),
        ("<h3 class='kw-kurstitel'>Rechte</h3><h3>Kontakt</h3>", "Rechte", ""),
    ],
)
def test_title_and_subtitle(heading: str, title: str, subtitle: str) -> None:
    facts = facts_of(heading + DATED)
    assert (facts.title, facts.subtitle) == (title, subtitle)


@pytest.mark.parametrize(
    ("named", "subtitle"),
    [("Rechte im Rat - vhs", "Für neue Mitglieder"), ("Rechte", ""), ("", "")],
)
def test_words_after_the_name_of_the_document_are_a_subtitle(named: str, subtitle: str) -> None:
    heading = "<h1>Rechte im Rat <span class='x'>Für neue Mitglieder</span></h1>"
    facts = facts_of(heading + DATED, head=f"<title>{named}</title>")
    assert facts.subtitle == subtitle
    assert f"{facts.title} {facts.subtitle}".strip() == "Rechte im Rat Für neue Mitglieder"


def test_heading_that_nothing_confirms_is_no_title() -> None:
    assert failure_of(f"<h2>Kontakt und Beratung</h2>{DATED}") == "markup_changed"


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Unser Haus</h1><p>Wir sind für Sie da.</p>",
        "<h1>Kontakt</h1><dl><dt>Ort</dt><dd>Markt 1</dd><dt>Leitung</dt><dd>N. N.</dd></dl>",
        "<h1>Der Kurs ist nicht mehr verfügbar</h1>" + DATED,
        "<h1>Rechte im Rat</h1><dl><dt>Beginn</dt><dd>auf Anfrage</dd></dl>",
    ],
)
def test_page_without_facts_of_a_course_is_refused(body: str) -> None:
    assert failure_of(body) == "markup_changed"


@pytest.mark.parametrize(
    ("light", "texts"),
    [
        (
            '<span class="ampelicon nichtbuchbar" title="Kurs ist nicht buchbar"></span>',
            ("Kurs ist nicht buchbar", "nichtbuchbar"),
        ),
        ('<img src="/kursampeln/gelb.gif" alt="Anmeldung möglich"> Warteliste', ("Warteliste",)),
        ('<img src="/kursampeln/gelb.gif" alt="Anmeldung möglich">', ()),
        ('<i class="bi ampelicon"></i> <span>fast ausgebucht</span>', ("fast ausgebucht",)),
        ('<div class="ampel-legende"><span class="ampelicon" title="belegt"></span></div>', ()),
        ('<i class="coursestate Course_Bookable_OK"></i>', ("Course_Bookable_OK",)),
        ('<i class="coursestate Course_Bookable_Neu"></i>', ()),
        ('<span class="ampelicon buchbar kw-frei"></span>', ("buchbar", "kw-frei")),
        ('<span class="ampel buchbar gruen tooltip"></span>', ("buchbar", "gruen", "tooltip")),
        ('<span class="ampelicon buchbar gelb"></span>', ("gelb",)),
        ('<span class="ampelicon buchbar c3"></span>', ("c3",)),
        ('<span class="ampelicon nichtbuchbar c3"></span>', ("nichtbuchbar", "c3")),
        ('<span class="ampelicon buchbar c3" title="buchbar"></span>', ("buchbar", "c3")),
    ],
)
def test_status_words_of_a_light(light: str, texts: tuple[str, ...]) -> None:
    assert facts_of(f"<h1>Rechte im Rat</h1>{DATED}<p>{light}</p>").status_texts == texts


def test_line_that_cancels_the_course_is_a_word_of_its_state() -> None:
    line = '<p class="hinweis">Der Kurs ist ausgefallen.</p>'
    facts = facts_of(f"<h1>Rechte im Rat</h1>{DATED}{line}<p>Der Kurs kann abgesagt werden.</p>")
    assert facts.status_texts == ("Der Kurs ist ausgefallen.",)


def test_green_button_says_bookable_only_when_it_registers() -> None:
    button = '<a class="btn btn-success" href="{}">{}</a>'
    page = f"<h1>Rechte im Rat</h1>{DATED}"
    facts = facts_of(page + button.format("/warenkorb?knr=261-1001", "Anmelden"))
    assert facts.status_texts == ("Anmelden", "buchbar")
    assert facts.registration_url == "https://vhs.example/warenkorb?knr=261-1001"
    other = facts_of(page + button.format("/programm.pdf", "Programmheft"))
    assert (other.status_texts, other.registration_url) == ((), "")


def test_registration_is_never_a_login_a_script_or_this_page() -> None:
    links = (
        '<a href="/login?zurueck=1">Anmelden</a><a href="javascript:x()">Anmelden</a>'
        '<a href="#a">Anmelden</a><a href="mailto:a@b.example">Anmelden</a>'
    )
    assert facts_of(f"<h1>Rechte im Rat</h1>{DATED}{links}").registration_url == ""


@pytest.mark.parametrize(
    "link",
    [
        '<a href="#" data-mailto-token="nbjmup+jogpAwit/fybnqmf" data-mailto-vector="1">Mail</a>',
        "<a href=\"javascript:linkTo_UnCryptMailto('nbjmup+jogpAwit/fybnqmf');\">Mail</a>",
        "<a href=\"javascript:linkTo_UnCryptMailto('ocknvq,kphqBxju0gzcorng');\">Mail</a>",
        '<a href="mailto:info@vhs.example?subject=x">Mail</a>',
        "<p>Mail: info [at] vhs.example</p>",
    ],
)
def test_hidden_mail_is_decoded(link: str) -> None:
    texts = facts_of(f"<h1>Rechte im Rat</h1>{DATED}{link}").email_texts
    assert texts in (("info@vhs.example",), ("Mail: info [at] vhs.example",))


def test_other_courses_lend_nothing() -> None:
    other = (
        '<div class="tipp"><h4><a href="/kurssuche/kurs/Yoga/261-4001">Yoga</a></h4>'
        "<div><div>Gebühr</div><div>99,00 €</div></div><div><div>Ort</div><div>Halle</div></div>"
        '<span class="ampelicon" title="ausgebucht"></span>'
        '<a class="btn btn-success" href="/warenkorb?knr=261-4001">Anmelden</a></div>'
    )
    alone = facts_of(f"<h1>Rechte im Rat</h1>{DATED}")
    for place in ("before", "after"):
        body = f"<h1>Rechte im Rat</h1>{DATED}"
        facts = facts_of(other + body if place == "before" else body + other)
        assert facts.labelled == alone.labelled, place
        assert (facts.status_texts, facts.registration_url) == ((), ""), place


def test_side_column_with_facts_is_read_unless_it_names_other_courses() -> None:
    def aside(more: str) -> str:
        return f"<h1>Rechte im Rat</h1><aside>{DATED}{more}</aside>"

    assert facts_of(aside("")).labelled == (("Beginn", "07.02.2026"),)
    assert failure_of(aside('<a href="/kurssuche/kurs/Yoga/261-4001">Yoga</a>')) == "markup_changed"


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (
            "<tr><th>Ort</th><th>Datum</th><th>Uhrzeit</th></tr>"
            "<tr><td>Rathaus</td><td>07.02.2026</td><td>10 - 16 Uhr</td></tr>",
            SessionRow("07.02.2026", "10 - 16 Uhr", "Rathaus"),
        ),
        (
            "<tr><td data-label='Raum'>B06</td><td data-label='Datum'>07.02.2026</td></tr>",
            SessionRow("07.02.2026", room="B06"),
        ),
        (
            "<tr><td>1.</td><td>Sa.</td><td>07.02.2026</td><td>10:00 - 16:00 Uhr</td></tr>",
            SessionRow("07.02.2026", "10:00 - 16:00 Uhr"),
        ),
        ("<tr><td>B06</td><td>07.02.2026</td></tr>", SessionRow("07.02.2026")),
        (
            "<tr><th>Raum</th><th>Ort</th><th>Zeit</th><th>Datum</th></tr>"
            "<tr><td>Blauer Salon</td><td>10:00 Uhr</td><td>07.02.2026</td></tr>",
            SessionRow("07.02.2026", "10:00 Uhr"),
        ),
        (
            "<tr><td>B06</td><td>07.02.2026</td><td>10:00 Uhr</td><td>Am Markt</td></tr>",
            SessionRow("07.02.2026", "10:00 Uhr"),
        ),
        (
            "<tr><td>Datum: 07.02.2026</td><td>Uhrzeit: 10:00 Uhr</td></tr>",
            SessionRow("07.02.2026", "10:00 Uhr"),
        ),
    ],
)
def test_cells_of_a_session_are_known_by_header_or_content(table: str, row: SessionRow) -> None:
    facts = facts_of(f"<h1>Rechte im Rat</h1><table id='kw-kurstage'>{table}</table>")
    assert facts.session_rows == (row,)


@pytest.mark.parametrize(
    ("change", "days"),
    [
        ("verschoben auf Sa., 21.02.2026", ["07.02.2026", "21.02.2026"]),
        ("wird verschoben", ["07.02.2026"]),
    ],
)
def test_of_a_moved_session_only_the_new_day_is_read(change: str, days: list[str]) -> None:
    facts = facts_of(
        "<h1>Rechte im Rat</h1><table id='kw-kurstage'><tr><td>07.02.2026</td><td>10:00 Uhr</td>"
        f"<td></td></tr><tr><td>14.02.2026</td><td>10:00 Uhr</td><td>{change}</td></tr></table>"
    )
    assert [row.date for row in facts.session_rows] == days


def test_one_line_sessions_keep_place_and_room_apart() -> None:
    line = "Montag • 08.09.2025 • 16:00 - 17:30 Uhr • Rathaus • Raum 3"
    row = session_row_from_line(line)
    assert row == SessionRow("Montag • 08.09.2025 • 16:00 - 17:30 Uhr", "", "Rathaus", "Raum 3")


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        ("Ort: vhs, Raum: B06", [("Ort", "vhs"), ("Raum", "B06")]),
        ("Beginn: Sa 10:00 Uhr", [("Beginn", "Sa 10:00 Uhr")]),
        ("Beachten Sie den Ort: Rathaus", []),
        ("Uhrzeit:10:00", []),
        ("Merke: nichts", []),
        (":" * 5000, []),
    ],
)
def test_labels_inside_a_line(line: str, pairs: list[tuple[str, str]]) -> None:
    assert pairs_in_line(line) == pairs


def test_generic_reader_needs_facts() -> None:
    html = "<h1>Integrationsrat</h1><p>Der Integrationsrat tagt.</p>"
    page = HttpResponse("https://stadt.example/rat", body=html.encode(), encoding="utf-8")
    with pytest.raises(PageError):
        GenericCoursePage(page, PageContext(today=date(2026, 1, 15))).records()


MENU = (
    '<div class="x"><ul><li><a href="/a">Unsere Orte und Wege</a></li><li><a href="/k">Kosten</a>'
    '</li><li><a href="/anmeldung">Anmeldung</a></li></ul><p><a href="/1">Termine</a>'
    '<a href="/2">Kultur und Reisen</a><a href="/3">Politik</a></p></div>'
)


def test_a_list_of_links_above_the_title_is_no_text_and_no_way_to_register() -> None:
    page = f"{MENU}<h1>Rechte im Rat</h1>{DATED}<p>Ein Abend über Anträge.</p>"
    facts = facts_of(page)
    assert facts.paragraphs == ("Ein Abend über Anträge.",)
    assert facts.registration_url == ""
    own = '<ul><li><a href="/druck">Drucken</a></li><li><a href="/merken">Merken</a></li><li>'
    own += '<a href="/anmeldung?nr=1">Anmelden</a></li></ul>'
    assert facts_of(page + own).registration_url.endswith("/anmeldung?nr=1")
