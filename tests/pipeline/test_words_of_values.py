"""After a whole night over the sample web every value that is shown has its page and its words."""

from __future__ import annotations

from tests.conftest import SampleNight


def test_every_value_has_its_words(sample_night: SampleNight) -> None:
    silent = sample_night.atlas.sql(
        "SELECT DISTINCT field FROM mart.provenance WHERE coalesce(original_text, '') = '' "
        "UNION ALL SELECT DISTINCT subject_kind || '.' || field FROM mart.text_provenance "
        "WHERE coalesce(original_text, '') = ''"
    )
    # Whose catalogue a page belongs to is known from the register, not from its words.
    assert [row["field"] for row in silent] == ["provider_id"]


def test_every_shown_value_has_its_page(sample_night: SampleNight) -> None:
    rows = sample_night.atlas.sql(
        "SELECT 'announcement' AS kind, announcement_id AS subject FROM mart.announcements "
        "UNION ALL SELECT 'event', announcement_id FROM mart.announcement_events "
        "UNION ALL SELECT 'organisation', organisation_id FROM mart.organisations "
        "EXCEPT SELECT subject_kind, subject_id FROM mart.text_provenance"
    )
    assert rows == []
    kinds = sample_night.atlas.sql(
        "SELECT subject_kind, count(DISTINCT subject_id) AS subjects FROM mart.text_provenance "
        "GROUP BY ALL ORDER BY ALL"
    )
    assert {row["subject_kind"] for row in kinds} == {"announcement", "event", "organisation"}
    assert all(row["subjects"] > 0 for row in kinds)
