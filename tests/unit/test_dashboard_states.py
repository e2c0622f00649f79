"""One state per council, tiles that add up, and the headline."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.address import Order
from dashboard.blocks.council_table import CAPTION, Wanted, chosen, columns, found_sentence
from dashboard.blocks.table import table
from dashboard.blocks.tiles import denominator_sentence, tiles
from dashboard.council_states import CouncilState, council_states, headline, overall_state, tally
from dashboard.council_words import kreis_label, kreis_text, members_period
from dashboard.data.councils import Council, Coverage
from dashboard.data.frame import Publication
from dashboard.wording import STATES, State

CHECKED = datetime(2026, 3, 14, 1, tzinfo=UTC)
COLUMNS = columns("all", is_past=False)


def council(ags: str, name: str = "Köln", presumed: bool = False) -> Council:
    return Council(ags, name, "Kreis", "Köln", "Ausschuss", presumed, 51.0, 7.0)


def coverage(ags: str, module: str, state: str, **values: object) -> Coverage:
    fields: dict[str, object] = {
        "reason": f"Grund {state}.",
        "offer_count": 0,
        "open_offer_count": 0,
        "next_start": None,
        "past_offer_count": 0,
        "checked_at": None,
    }
    return Coverage(ags=ags, module=module, state=state, **(fields | values))  # type: ignore[arg-type]


def publication(total: int | None = 111) -> Publication:
    return Publication(CHECKED, date(2026, 3, 14), False, total, date(2025, 11, 1), "https://q.de/")


@pytest.mark.parametrize(
    ("states", "overall"),
    [
        (["offered", "unknown", "unknown"], "offered"),
        (["none_found", "unknown", "none_found"], "unknown"),
        (["none_found", "none_found", "none_found"], "none_found"),
        (["not_configured"] * 3, "not_configured"),
        (["none_found", "not_configured"], "unknown"),
        ([], "unknown"),
        (["something new"], "unknown"),
    ],
)
def test_nothing_is_called_checked_unless_every_part_was(states: list[str], overall: str) -> None:
    assert overall_state(states) == overall


def test_a_council_takes_reason_counts_and_dates_from_its_modules() -> None:
    rows = [
        coverage("1", "basis", "offered", offer_count=2, open_offer_count=1, reason="A."),
        coverage("1", "aufbau", "offered", offer_count=1, next_start=date(2026, 4, 1), reason="B."),
        coverage("1", "other", "none_found", checked_at=CHECKED, reason="C."),
    ]
    [state] = council_states([council("1")], rows, "all")
    assert (state.state, state.reason, state.offer_count) == (
        "offered",
        "Basismodul: A. Aufbaumodul: B.",
        3,
    )
    assert state.next_start == date(2026, 4, 1)
    assert state.checked_at is None
    # However the warehouse sorts them, the modules are told in one order.
    alike = [replace(row, reason="1 Angebot.") for row in reversed(rows)]
    [state] = council_states([council("1")], alike, "all")
    assert state.reason == "Basismodul: 1 Angebot. Aufbaumodul: 1 Angebot."
    [only_other] = council_states([council("1")], rows, "other")
    assert (only_other.state, only_other.reason) == ("none_found", "C.")
    assert only_other.checked_at == CHECKED


def test_a_council_without_coverage_is_not_called_checked() -> None:
    [state] = council_states([council("1")], [], "all")
    assert state.state == "unknown"
    assert "noch keine Auswertung" in state.reason


@given(
    st.lists(st.tuples(st.sampled_from(STATES), st.booleans()), max_size=130),
    st.one_of(st.none(), st.integers(0, 130)),
)
def test_the_tiles_always_add_up(rows: list[tuple[str, bool]], stated: int | None) -> None:
    councils = [council(str(number), presumed=flag) for number, (_, flag) in enumerate(rows)]
    table = [coverage(str(number), "basis", state) for number, (state, _) in enumerate(rows)]
    result = tally(council_states(councils, table, "all"), publication(stated))
    assert sum(result.counts.values()) + result.unnamed == result.total
    assert result.unnamed >= 0
    assert result.evidenced + result.presumed == len(rows)
    if stated is not None and stated >= result.evidenced:
        assert result.total == stated


def test_the_rest_sentence_makes_the_total() -> None:
    states = council_states([council("1"), council("2")], [], "all")
    several = tiles(tally(states, publication(111)))
    assert "zusammen 2 von 111 Gremien. 109 sind <strong>noch nicht benannt" in several
    one = tiles(tally(states, publication(3)))
    assert "zusammen 2 von 3 Gremien. 1 ist <strong>noch nicht benannt" in one
    assert "noch nicht benannt" not in tiles(tally(states, publication(2)))


def test_a_district_is_called_by_its_kind() -> None:
    assert kreis_text("Unna") == "Kreis Unna"
    assert kreis_text("Märkischer Kreis") == "Märkischer Kreis"
    assert kreis_text("Rhein-Erft-Kreis") == "Rhein-Erft-Kreis"
    assert kreis_text("Städteregion Aachen") == "Städteregion Aachen"


def test_where_no_source_is_known_no_check_is_missing() -> None:
    [row] = rows_named("Köln")
    assert "noch nie vollständig" in table([row], COLUMNS, CAPTION)
    without = replace(row, state="not_configured")
    assert "noch nie vollständig" not in table([without], COLUMNS, CAPTION)


def test_presumed_councils_are_never_counted() -> None:
    councils = [council("1"), council("2", presumed=True)]
    rows = [coverage("1", "basis", "none_found"), coverage("2", "basis", "offered")]
    result = tally(council_states(councils, rows, "all"), publication())
    assert result.counts["offered"] == 0
    assert (result.presumed, result.unnamed) == (1, 110)


def test_headline() -> None:
    assert headline(12, 111, "all") == "12 von 111 Gremien haben ein Angebot"
    assert headline(1, 111, "basis") == "1 von 111 Gremien hat ein Angebot im Basismodul"
    assert headline(0, 111, "other") == "0 von 111 Gremien haben ein weiteres Angebot"


def test_the_total_names_its_source_and_day() -> None:
    numbers = tally([], publication())
    assert "Stichtag 01.11.2025" in denominator_sentence(publication(), numbers)
    assert "q.de" in denominator_sentence(publication(), numbers)
    assert "noch nicht benannt" in tiles(numbers)


def test_more_evidence_than_stated_is_said() -> None:
    states = council_states([council("1"), council("2")], [], "all")
    numbers = tally(states, publication(1))
    assert "1 mehr" in denominator_sentence(publication(1), numbers)
    unknown = tally(states, publication(None))
    assert "liegt nicht vor" in denominator_sentence(publication(None), unknown)


def rows_named(*names: str) -> list[CouncilState]:
    return [
        CouncilState(council(str(number), name), "unknown", "Grund.", 0, 0, None, None)
        for number, name in enumerate(names)
    ]


def names(rows: list[CouncilState], wanted: Wanted) -> list[str]:
    return [row.council.municipality for row in chosen(rows, wanted).rows]


def test_the_table_sorts_as_germans_do_and_cuts_nothing() -> None:
    rows = rows_named(*[f"Ort {number}" for number in range(200)], "Öhringen", "Oer", "Zons", "Aa")
    found = names(rows, Wanted())
    assert found[0] == "Aa"
    assert found.index("Oer") < found.index("Öhringen") < found.index("Ort 0") < found.index("Zons")
    by_state = chosen(rows, Wanted(order=Order("ergebnis"))).rows
    assert table(by_state, COLUMNS, CAPTION).count("<tr ") == 1 + len(rows)


@pytest.mark.parametrize("descending", [False, True])
def test_what_is_not_known_stands_last_either_way(descending: bool) -> None:
    rows = rows_named("Aa", "Bb", "Cc")
    rows[1:] = [replace(rows[1], nearest_km=12.0), replace(rows[2], nearest_km=3.5)]
    found = names(rows, Wanted(order=Order("entfernung", descending)))
    assert found == (["Bb", "Cc", "Aa"] if descending else ["Cc", "Bb", "Aa"])


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("sankt augustin", "Sankt Augustin"),
        ("St. Augustin", "Sankt Augustin"),
        ("st augustin", "Sankt Augustin"),
        ("Augustin Sankt", "Sankt Augustin"),
        ("sanktaugustin", "Sankt Augustin"),
        ("muenster", "Münster"),
        ("munster", "Münster"),
        ("Monchengladbach", "Mönchengladbach"),
        ("moenchengladbach", "Mönchengladbach"),
        ("Mönchengladbch", "Mönchengladbach"),
        ("castrop rauxel", "Castrop-Rauxel"),
        ("Rhiene", "Rheine"),
        ("dusseldorf", "Düsseldorf"),
    ],
)
def test_the_search_forgives(typed: str, name: str) -> None:
    known = ("Sankt Augustin", "Münster", "Mönchengladbach", "Castrop-Rauxel", "Rheine", "Hamm")
    assert names(rows_named(*known, "Düsseldorf"), Wanted(query=typed)) == [name]


def test_a_guess_is_called_one_and_only_made_where_nothing_is_written_so() -> None:
    rows = rows_named("Hamm", "Hamminkeln", "Rheine")
    exact = chosen(rows, Wanted(query="hamm"))
    assert not exact.is_guess
    assert len(exact.rows) == 2
    guess = chosen(rows, Wanted(query="Rhiene"))
    assert guess.is_guess
    assert found_sentence(guess, rows, Wanted(query="Rhiene")).startswith(
        "„Rhiene“ steht so in keinem Eintrag"
    )
    assert chosen(rows, Wanted(query="Buxtehude")).rows == ()


@given(st.text(max_size=80))
def test_no_search_fails_or_adds_rows(typed: str) -> None:
    rows = rows_named("Sankt Augustin", "Köln", "Bad Oeynhausen")
    assert set(chosen(rows, Wanted(query=typed)).rows) <= set(rows)


def test_the_table_is_searched_by_result_and_place_and_filtered() -> None:
    rows = rows_named("Köln", "Münster")
    assert len(names(rows, Wanted(query="nicht sicher"))) == 2
    assert len(names(rows, Wanted(query="regierungsbezirk köln"))) == 2
    assert names(rows, Wanted(states=("none_found",))) == []
    assert names(rows, Wanted(states=("unknown",), district="Köln")) == ["Köln", "Münster"]
    assert names(rows, Wanted(district="Arnsberg")) == []
    assert Wanted("basis", ("unknown",), "Köln", "Unna", "x").words() == [
        "Modul: Basismodul",
        "Ergebnis: Nicht sicher",
        "Regierungsbezirk: Köln",
        "Kreis oder kreisfreie Stadt: Unna",
        "Suche: x",
    ]


def test_how_many_are_shown_counts_presumed_ones_apart() -> None:
    rows = rows_named("Köln", "Münster", "Hamm")
    rows[2] = replace(rows[2], council=replace(rows[2].council, presumed=True))
    said = [
        found_sentence(chosen(rows, Wanted(query=typed)), rows, Wanted(query=typed))
        for typed in ("", "köln", "nicht sicher", "hamm")
    ]
    assert said == [
        "2 belegte Gremien, dazu 1 nur vermutetes.",
        "2 belegte Gremien, dazu 1 nur vermutetes.",
        "2 belegte Gremien, dazu 1 nur vermutetes.",
        "0 von 2 belegten Gremien passen zur Auswahl, dazu 1 nur vermutetes.",
    ]


def test_how_many_are_shown_is_told_of_the_chosen_region() -> None:
    rows = rows_named("Köln", "Münster", "Hamm")
    rows[2] = replace(
        rows[2], state="offered", council=replace(rows[2].council, regierungsbezirk="Arnsberg")
    )
    here = Wanted(district="Köln", query="münster")
    assert found_sentence(chosen(rows, here), rows, here) == (
        "1 von 2 belegten Gremien im Regierungsbezirk Köln passt zur Auswahl."
    )
    lacking = Wanted(district="Arnsberg", states=("unknown",))
    assert found_sentence(chosen(rows, lacking), rows, lacking) == (
        "0 von 1 belegten Gremium im Regierungsbezirk Arnsberg passen zur Auswahl."
    )


def test_of_all_modules_the_two_are_told_where_they_differ() -> None:
    modules: tuple[tuple[str, State], ...] = (("basis", "unknown"), ("aufbau", "offered"))
    [row] = rows_named("Köln")
    apart = table([replace(row, state="offered", modules=modules)], COLUMNS, CAPTION)
    assert "Basismodul: <span" in apart
    alike = table(
        [replace(row, modules=(("basis", "unknown"), ("aufbau", "unknown")))], COLUMNS, ""
    )
    assert "Basismodul" not in alike


def test_of_past_days_no_reason_is_invented() -> None:
    rows = [coverage("1", "basis", "none_found", reason=None)]
    [state] = council_states([council("1")], rows, "all")
    assert state.reason == "Für vergangene Tage ist die Begründung nicht gespeichert."
    headers = [column.header for column in columns("all", is_past=True)]
    assert not {"Begründung", "Letzte Prüfung", "Nächstes anderswo"} & set(headers)


def test_numbers_of_members_say_only_the_time_that_is_sure() -> None:
    assert members_period("2025-2030") == "Wahlzeit 2025 bis 2030"
    assert members_period("2014-2025 or undated") == (
        "Angaben zwischen 2014 und 2025, nicht sicher zuzuordnen"
    )
    assert members_period("elected 2025") == "Angabe von 2025"
    assert members_period("undated") == "ohne Datum"
    assert members_period(None) is None


def test_a_city_without_kreis_is_called_so() -> None:
    assert kreis_label(replace(council("05315000"), kreis="Köln")) == "kreisfreie Stadt"
    assert kreis_label(replace(council("05978036"), kreis="Unna")) == "Kreis Unna"
    assert kreis_label(replace(council("05978036"), kreis=None)) == ""


def test_names_from_outside_stay_text_in_the_table() -> None:
    html = table(rows_named("<img src=x onerror=1>"), COLUMNS, CAPTION)
    assert "<img" not in html
    assert "&#60;img" in html
