"""One state per council, tiles that add up, and the headline."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.blocks.council_table import CAPTION, COLUMNS, chosen, found_sentence, kreis_text
from dashboard.blocks.table import table
from dashboard.blocks.tiles import denominator_sentence, tiles
from dashboard.council_states import CouncilState, council_states, headline, overall_state, tally
from dashboard.data.councils import Council, Coverage
from dashboard.data.frame import Publication
from dashboard.wording import STATES

CHECKED = datetime(2026, 3, 14, 1, tzinfo=UTC)


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


def test_the_table_sorts_as_germans_do_and_cuts_nothing() -> None:
    rows = rows_named(*[f"Ort {number}" for number in range(200)], "Öhringen", "Oer", "Zons", "Aa")
    names = [row.council.municipality for row in chosen(rows, "", "municipality")]
    assert names[0] == "Aa"
    assert names.index("Oer") < names.index("Öhringen") < names.index("Ort 0") < names.index("Zons")
    assert table(chosen(rows, "", "state"), COLUMNS, CAPTION).count("<tr ") == 1 + len(rows)


def test_the_table_is_searched_by_name_and_result() -> None:
    rows = rows_named("Köln", "Münster")
    assert [row.council.municipality for row in chosen(rows, "muenster", "next")] == ["Münster"]
    assert len(chosen(rows, "nicht sicher", "checked")) == 2
    assert found_sentence(0, 2).startswith("Kein Gremium passt")
    assert found_sentence(1, 2) == "1 von 2 Gremien passt zur Suche."
    assert found_sentence(2, 3) == "2 von 3 Gremien passen zur Suche."
    assert len(chosen(rows, "regierungsbezirk köln", "municipality")) == 2


def test_names_from_outside_stay_text_in_the_table() -> None:
    html = table(rows_named("<img src=x onerror=1>"), COLUMNS, CAPTION)
    assert "<img" not in html
    assert "&#60;img" in html
