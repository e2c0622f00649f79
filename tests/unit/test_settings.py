"""The settings from environment variables: what is refused, and whose calendar counts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from warehouse.settings import Settings, SettingsError, load_settings


def test_the_day_is_taken_as_written() -> None:
    assert load_settings({"ATLAS_TODAY": "2024-02-29"}).today() == date(2024, 2, 29)
    assert load_settings({"ATLAS_TODAY": ""}).fixed_today is None


@pytest.mark.parametrize(
    "text",
    [
        *("2026-02-29", "14.03.2026", "20260314", "2026-W11-6", "2026-3-14", " 2026-03-14"),
        *("gestern", "0001-01-01", "9999-12-31", "2026-03-14T10:00"),
    ],
)
def test_a_wrong_day_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(SettingsError, match=r"ATLAS_TODAY.*YYYY-MM-DD") as caught:
        load_settings({"ATLAS_TODAY": text})
    assert repr(text) in str(caught.value)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 14, 22, 59, tzinfo=UTC), date(2026, 3, 14)),
        (datetime(2026, 3, 14, 23, 1, tzinfo=UTC), date(2026, 3, 15)),
        (datetime(2026, 7, 14, 22, 1, tzinfo=UTC), date(2026, 7, 15)),
    ],
)
def test_the_day_is_germanys_wherever_the_computer_stands(
    monkeypatch: pytest.MonkeyPatch, moment: datetime, day: date
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    monkeypatch.setattr(Settings, "now", lambda self: moment)
    assert Settings(Path("/nowhere"), "sample", None, "").today() == day


def test_a_contact_that_would_break_the_header_of_a_request_is_refused() -> None:
    with pytest.raises(SettingsError, match="ATLAS_CONTACT"):
        load_settings({"ATLAS_CONTACT": "mail@example.org\r\nCookie: x"})
