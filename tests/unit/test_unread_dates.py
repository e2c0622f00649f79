"""Days that are no offers raise no doubt; days that may be one do."""

from __future__ import annotations

import pytest

from scrapers.pages.base import AnyRecord
from scrapers.records import Course
from tests.unit.single_page import page

TRAINING = (
    "<h1>Fortbildung für den Integrationsrat</h1><p>Die VHS Musterstadt bietet für die Mitglieder "
    "des Integrationsrates eine Qualifizierung in zwei Modulen an.</p><h2>Basismodul</h2>"
    "<p>Samstag, 18.04.2026, 10 bis 16 Uhr, Rathaus</p>"
)
SESSIONS = "<h2>Sitzungstermine des Integrationsrates</h2>"
NO_OFFERS = (
    "<p>Bitte melden Sie sich für das Basismodul bis zum 3. April an.</p>",
    "<p>Das erste Basismodul fand am 12. September statt.</p>",
    "<h2>Archiv 2025</h2><ul><li>Basismodul: 12.09.</li></ul>",
    f"{SESSIONS}<ul><li>21.04.2026, 17 Uhr</li><li>16.06.2026, 17 Uhr</li></ul>",
    f"{SESSIONS}<h3>Nach Monaten</h3><p>Nächster Termin: 21. April, 17 Uhr</p>",
    "<h2>Weitere Veranstaltungen</h2><p>Interkulturelles Fest am 30.05.2026 ab 14 Uhr</p>",
    "<p>Der Termin für die Kundgebung zum 1. Mai wird noch bekannt gegeben.</p>",
    "<p>Die Förderung der Qualifizierung läuft bis zum 31.12.2026.</p>",
    "<p>Weitere Termine für das Aufbaumodul werden am 15. April veröffentlicht.</p>",
    "<p>Träger können sich bis zum 30.06.2026 für ein Basismodul bewerben.</p>",
    "<p>Beginn: 10 Uhr. Einlass ab 9.30 Uhr.</p>",
    "<p>Wir sind ab dem 7. April wieder erreichbar, Termine nur nach Absprache.</p>",
)
MAY_BE_OFFERS = (
    "<p>Das erste Modul fand am 12. März statt, das Aufbaumodul folgt am 9. Mai.</p>",
    "<p>Das Aufbaumodul am 9. Mai ist ab sofort zur Anmeldung freigeschaltet.</p>",
    "<h2>Aus dem Stadtarchiv</h2><p>Aufbaumodul: 9. Mai, 10 Uhr</p>",
    "<p>Das Aufbaumodul ist am 9. Mai, Anmeldung bis zum 3. April.</p>",
    f"{SESSIONS}<p>Aufbaumodul: 09.05.</p>",
    "<h2>Sitzungen und Termine</h2><p>Nächster Termin: 9. Mai, 10 Uhr</p>",
    "<h2>Bewerbung</h2><p>Beginn: 09.05.2026, 10 Uhr</p>",
    "<h2>Weitere Veranstaltungen</h2><p>Termin: 9. Mai, 10 Uhr, Sitzungssaal</p>",
)


def read(html: str) -> tuple[list[AnyRecord], tuple[str, ...]]:
    found = page("page", TRAINING + html)
    return list(found.records()), found.doubts()


@pytest.mark.parametrize("html", NO_OFFERS)
def test_what_else_is_dated_beside_a_training_is_no_doubt(html: str) -> None:
    records, doubts = read(html)
    assert doubts == ()
    assert [str(r.start_date) for r in records if isinstance(r, Course)] == ["2026-04-18"]


@pytest.mark.parametrize("html", MAY_BE_OFFERS)
def test_what_may_be_an_offer_is_a_doubt(html: str) -> None:
    assert read(html)[1]


def test_days_in_a_column_of_another_name_are_none_of_an_offer() -> None:
    table = (
        "<h1>Qualifizierungsreihe für Integrationsräte</h1><h2>Termine</h2><table><tr>"
        "<th>Modul</th><th>VHS</th><th>Termin</th><th>{}</th></tr><tr><td>Basismodul</td>"
        "<td>VHS Musterstadt</td><td>18.04.2026</td><td>03.04.2026</td></tr></table>"
    )
    for header in ("Anmeldeschluss", "Anmeldung bis", "Stand", "Ersatztermin"):
        found = page("overview", table.format(header))
        days = [str(r.start_date) for r in found.records() if isinstance(r, Course)]
        assert (days, found.doubts()) == (["2026-04-18"], ())


def test_an_overview_that_says_below_a_heading_that_there_is_nothing_is_read() -> None:
    for words in ("Derzeit sind keine Termine bekannt.", "Zurzeit gibt es keine Angebote."):
        overview = page("overview", f"<h1>Qualifizierungsreihe</h1><h2>Termine</h2><p>{words}</p>")
        assert not any(isinstance(record, Course) for record in overview.records())
        assert overview.doubts() == ()
