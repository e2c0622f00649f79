"""Most texts of a page say nothing of what a reader looks for: so it asks for a sign of it first.

The sign must stand in every wording that the reader knows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.fields import delivery, labels, mentions, people, status, text
from scrapers.pages import (
    course_headings,
    course_reader,
    course_registration,
    moved_dates,
    running_labels,
)


def _holds(*signs: str) -> Callable[[str], bool]:
    return lambda words: any(sign in words for sign in signs)


# Each wording with the question that is asked before the pattern is searched.
ASKED: dict[str, tuple[re.Pattern[str], Callable[[str], object]]] = {
    "gone": (course_headings._GONE, course_headings.is_gone),
    "register": (course_registration._REGISTER, course_registration.says_register),
    "takes place": (course_reader._TAKES_PLACE, course_reader._may_say_how),
    "role": (people._ROLE_THEN_NAME, _holds(*people._ROLE_SIGNS)),
    "person": (people._PERSON_WITH_TITLE, _holds(*people._TITLE_SIGNS)),
    "in person": (delivery._IN_PERSON, _holds("praesenz")),
    "bank": (running_labels._BANK, running_labels._BANK_LABEL.search),
    "dropped day": (
        mentions._NOT_A_SESSION_AFTER,
        lambda words: mentions._is_excluded("", f"{words} Termin"),
    ),
}
MOST_WORDS = 25


@pytest.mark.parametrize("name", ASKED)
@given(data=st.data())
@settings(max_examples=MOST_WORDS)
def test_sign_stands_in_every_wording(name: str, data: st.DataObject) -> None:
    pattern, asks = ASKED[name]
    words = data.draw(st.from_regex(pattern, fullmatch=True).filter(pattern.fullmatch))
    assert asks(words)


@pytest.mark.parametrize("state", (*status._MAY_BE_OFF, *status._MAY_BE_FULL))
@pytest.mark.parametrize("written", [str.lower, str.capitalize, str.upper])
def test_sign_of_a_state_stands_in_every_spelling(
    written: Callable[[str], str], state: str
) -> None:
    assert status.state_signs(f"Die Veranstaltung ist {written(state)}.")


@pytest.mark.parametrize("written", [str.lower, str.capitalize, str.upper])
@given(data=st.data())
def test_sign_of_a_move_stands_in_every_spelling(
    written: Callable[[str], str], data: st.DataObject
) -> None:
    words = data.draw(st.from_regex(moved_dates._MOVED, fullmatch=True))
    assert moved_dates.may_move(f"Der Termin ist {written(words)}.")


@pytest.mark.parametrize("printed", ["{}", "{}:", "{}.", "{} :", "{}*in", "{}/-innen", "{}(in)"])
def test_last_word_of_a_label_is_known(printed: str) -> None:
    found = [printed.format(label.title()) for label in labels._LABELS]
    of_labels = [words for words in found if labels.canonical_label(words) is not None]
    assert of_labels
    for words in of_labels:
        assert labels.may_end_label(words.rstrip(" :").split()[-1]), words


@given(st.text(st.sampled_from("aäÄöß€„“‚‘’–…•· \t\n\xa0é12.Ãâ\u00ad\u0308\u200b\x80")))
def test_ordinary_text_has_nothing_to_repair_or_take_out(words: str) -> None:
    """Where the first look finds nothing to clean, the long way finds nothing either."""
    if text._ORDINARY.fullmatch(words):
        assert text.repair_mojibake(words) == words
        assert unicodedata.is_normalized("NFC", words)
        assert not text._INVISIBLE.search(words)
