"""The four states, decided from evidence alone."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.resolve.coverage import AssignedSource, Offers, ServingProvider, decide
from pipeline.resolve.failure_texts import failure_text
from scrapers.records import FailureClass

NONE = Offers(0, 0, 0, 0, 0)
AT = datetime(2026, 3, 12, 2, tzinfo=UTC)
DAY, DAY_BEFORE = date(2026, 3, 12), date(2026, 3, 11)


def source(**changed: Any) -> AssignedSource:
    facts: dict[str, Any] = {
        "provider_name": "vhs Gütersloh",
        "is_statewide": False,
        "is_fresh": True,
        "state": "complete",
        "failure_class": None,
        "detail": None,
        "last_complete_day": date(2026, 3, 12),
        "last_complete_at": AT,
    }
    return AssignedSource(**{**facts, **changed})


OVERVIEW = source(provider_name="Landesverband", is_statewide=True)
STALE_OVERVIEW = source(provider_name="Landesverband", is_statewide=True, is_fresh=False)
BROKEN = source(is_fresh=False, state="failed", failure_class="http_5xx", detail="HTTP 500 on /")


def test_all_checked_and_nothing_there_is_none_found() -> None:
    decided = decide(NONE, [source(), OVERVIEW], [])
    assert decided.state == "none_found"
    assert decided.checked_at == AT
    assert "vhs Gütersloh" in decided.reason
    assert "12.03.2026" in decided.reason


def test_a_broken_source_makes_unknown_and_says_why() -> None:
    decided = decide(NONE, [BROKEN, OVERVIEW], [])
    assert decided.state == "unknown"
    assert decided.reason == (
        "vhs Gütersloh: Die Seite antwortet mit einem Fehler (HTTP 500). "
        "Letzte vollständige Prüfung: 12.03.2026"
    )


def test_a_source_that_was_never_complete_leaves_no_time_of_check() -> None:
    never = source(is_fresh=False, state=None, last_complete_day=None, last_complete_at=None)
    decided = decide(NONE, [never, OVERVIEW], [])
    assert (decided.state, decided.checked_at) == ("unknown", None)
    assert "Noch nie geprüft" in decided.reason


def test_while_the_overview_is_not_read_nothing_is_none_found() -> None:
    assert decide(NONE, [source(), STALE_OVERVIEW], []).state == "unknown"


def test_the_overview_alone_configures_nobody() -> None:
    assert decide(NONE, [OVERVIEW], []).state == "not_configured"
    assert decide(NONE, [STALE_OVERVIEW], []).state == "not_configured"
    without = decide(NONE, [OVERVIEW], [ServingProvider("vhs X", False, False)])
    assert without.reason == "Keine Internetseite hinterlegt: vhs X"
    off = decide(NONE, [OVERVIEW], [ServingProvider("vhs X", True, True)])
    assert "abgeschaltet" in off.reason


@pytest.mark.parametrize(
    ("offers", "words"),
    [
        (Offers(1, 1, 1, 0, 0), "1 Angebot, Plätze frei"),
        (Offers(2, 2, 1, 0, 0), "2 Angebote, davon 1 mit freien Plätzen"),
        (Offers(1, 0, 0, 1, 0), "Das Angebot ist ausgebucht"),
        (Offers(2, 0, 0, 2, 1), "Alle 2 Angebote sind ausgebucht, eine Warteliste wird geführt"),
        (Offers(2, 1, 0, 1, 0), "davon 1 ausgebucht; ob Plätze frei sind, ist nicht angegeben"),
        (Offers(1, 0, 0, 0, 0), "Anmeldung geschlossen"),
    ],
)
def test_offers_are_told_with_their_places(offers: Offers, words: str) -> None:
    decided = decide(offers, [BROKEN], [])
    assert decided.state == "offered"
    assert words in decided.reason


@pytest.mark.parametrize(
    ("offers", "reason"),
    [
        (
            Offers(1, 0, 0, 0, 0, vanished=1, vanished_from=DAY, vanished_to=DAY),
            "1 Angebot, zuletzt gesehen am 12.03.2026",
        ),
        (
            Offers(2, 0, 0, 0, 0, vanished=2, vanished_from=DAY_BEFORE, vanished_to=DAY),
            "2 Angebote, zuletzt gesehen zwischen dem 11.03.2026 und dem 12.03.2026",
        ),
        (
            Offers(3, 1, 1, 0, 0, vanished=2, vanished_from=DAY, vanished_to=DAY),
            "1 Angebot, Plätze frei · 2 weitere Angebote, zuletzt gesehen am 12.03.2026",
        ),
    ],
)
def test_of_vanished_offers_only_the_last_sight_is_told(offers: Offers, reason: str) -> None:
    assert decide(offers, [source()], []).reason == reason


def test_sources_that_say_the_same_are_told_once() -> None:
    other = source(is_fresh=False, state="failed", failure_class="timeout", provider_name="vhs X")
    assert decide(NONE, [BROKEN, BROKEN, BROKEN, BROKEN, other], []).reason == (
        "vhs Gütersloh: Die Seite antwortet mit einem Fehler (HTTP 500). "
        "Letzte vollständige Prüfung: 12.03.2026 · " + decide(NONE, [other], []).reason
    )


@pytest.mark.parametrize(
    ("count", "words"), [(4, "und 1 weitere Quelle"), (5, "und 2 weitere Quellen")]
)
def test_further_sources_are_counted(count: int, words: str) -> None:
    stale = [source(is_fresh=False, provider_name=f"vhs {number}") for number in range(count)]
    assert decide(NONE, stale, []).reason.endswith(f" · {words}")


def test_offers_of_the_series_without_module_are_not_read_past() -> None:
    decided = decide(Offers(0, 0, 0, 0, 0, without_module=2), [source(), OVERVIEW], [])
    assert decided.state == "none_found"
    assert "Außerdem 2 Angebote der Qualifizierungsreihe ohne Angabe des Moduls" in decided.reason


sources = st.lists(
    st.builds(
        source,
        is_statewide=st.booleans(),
        is_fresh=st.booleans(),
        state=st.sampled_from(["complete", "partial", "failed", "blocked", None]),
    ),
    max_size=4,
)


@given(sources=sources, count=st.integers(0, 2))
def test_the_definition_of_the_states(sources: list[AssignedSource], count: int) -> None:
    state = decide(Offers(count, count, 0, 0, 0), sources, []).state
    own = [s for s in sources if not s.is_statewide]
    assert (state == "offered") == (count > 0)
    assert (state == "not_configured") == (count == 0 and not own)
    assert (state == "none_found") == (
        count == 0 and bool(own) and all(s.is_fresh for s in sources)
    )


def test_every_failure_has_its_words() -> None:
    classes = get_args(FailureClass)
    texts = [failure_text(name, "HTTP 404", "failed") for name in classes]
    assert all(text != failure_text(None, None, "failed") for text in texts)
    pairs = itertools.combinations(range(len(texts)), 2)
    same = [(classes[a], classes[b]) for a, b in pairs if texts[a] == texts[b]]
    assert same == [("http_4xx", "http_5xx")]


def test_a_cancelled_offer_does_not_count_and_is_named() -> None:
    decided = decide(Offers(0, 0, 0, 0, 0, cancelled=2), [source()], [])
    assert decided.state == "none_found"
    assert decided.reason.endswith("· 2 Angebote sind abgesagt")
    one = decide(Offers(0, 0, 0, 0, 0, cancelled=1), [source()], [])
    assert one.reason.endswith("· 1 Angebot ist abgesagt")
