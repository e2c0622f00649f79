"""Cleaning comes before all reading: what it loses or changes, no field can bring back."""

from __future__ import annotations

import pytest

from scrapers.fields.text import Folded, clean, clip, fold, plain, repair_mojibake, sentences


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  Kurs\u00a0\u2009Nr.\n\t7 ", "Kurs Nr. 7"),
        ("Quali\u00adfizie\u200brung", "Qualifizierung"),
        ("\u202eabc\u202c \u2066d\u2069", "abc d"),
        ("Ma\u0308rz", "März"),
        ("Gebühr", "Gebühr"),
        ("", ""),
    ],
)
def test_clean_shows_what_a_reader_sees(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@pytest.mark.parametrize("text", ["Gebühr für Öl – 5 € „groß“", "São", "Şükrü Ağaoğlu", "Straße…"])
def test_double_encoding_is_undone_however_often(text: str) -> None:
    broken = text.encode().decode("windows-1252", errors="replace")
    if "\ufffd" in broken:
        broken = text.encode().decode("latin-1")
    assert repair_mojibake(broken) == text


def test_double_encoding_that_happened_twice() -> None:
    once = "Gebühr".encode().decode("windows-1252")
    assert repair_mojibake(once.encode().decode("windows-1252")) == "Gebühr"


@pytest.mark.parametrize("text", ["Ärger…", "„VHS Ä“", "château", "Ångström", "Â", "Ã"])
def test_right_text_is_not_repaired(text: str) -> None:
    assert repair_mojibake(text) == text


def test_fold_makes_spellings_equal() -> None:
    assert fold("INTEGRATIONSRÄTE – Straße") == "integrationsraete - strasse"
    assert fold("Café") == "cafe"


def test_plain_keeps_positions_of_clean() -> None:
    text = "9 – 12.30\u00a0Uhr"
    assert plain(text) == "9 - 12.30 Uhr"
    assert len(plain(text)) == len(clean(text))


def test_folded_gives_back_the_original_words() -> None:
    folded = Folded("Für Integrationsräte: groß")
    start = folded.text.index("integrationsraete")
    assert folded.words(start, start + len("integrationsraete")) == "Integrationsräte"
    assert folded.words(3, 3) == ""


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("kurz", 10, "kurz"),
        ("ein langer Satz", 11, "ein langer…"),
        ("ein langer Satz", 10, "ein…"),
        ("Zusammengesetzt", 5, "Zusa…"),
        ("Wort, und", 6, "Wort…"),
    ],
)
def test_clip_cuts_at_words(text: str, length: int, expected: str) -> None:
    assert clip(text, length) == expected


def test_sentences_do_not_end_after_numbers_and_abbreviations() -> None:
    assert sentences("am sa. 7. februar um 10.00 uhr. entgelt frei! ende") == [
        "am sa. 7. februar um 10.00 uhr.",
        "entgelt frei!",
        "ende",
    ]


@pytest.mark.parametrize("text", ["Grüße – „Straße“ · Öl", "Gemeinde ÄÖÜ ẞ x", "Café ½ Übung"])
def test_folded_text_gives_back_the_words_of_the_page(text: str) -> None:
    folded = Folded(text)
    for word in text.split():
        start = folded.text.index(fold(word))
        assert folded.words(start, start + len(fold(word))) == word
