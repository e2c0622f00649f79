"""A register that has nobody to visit: nobody is asked, and every council is not configured."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.crawling import require_contact
from pipeline.register import load_register
from tests.atlas import Atlas
from tests.pipeline.landing_builder import PROVIDERS, write_register
from warehouse.settings import Settings, SettingsError

SWITCHED_OFF = """\
id: vhs-adorf
provider: vhs-adorf
kind: catalogue
active: false
"""
NOBODY = (
    PROVIDERS.replace("http://127.0.0.1:9001", "https://vhs-adorf.example")
    .replace("http://127.0.0.1:9002", "")
    .replace("http://127.0.0.1:9009", "")
)


def test_a_night_without_sources_asks_for_no_contact_and_publishes(tmp_path: Path) -> None:
    register = write_register(
        tmp_path / "register", providers=NOBODY, uebersicht="", adorf=SWITCHED_OFF
    )
    atlas = Atlas(tmp_path / "data")
    night = atlas.run("run", "--register", str(register))
    assert night.code == 0, night.err
    assert atlas.sql("SELECT DISTINCT state FROM mart.council_coverage") == [
        {"state": "not_configured"}
    ]
    reasons = atlas.sql("SELECT DISTINCT reason FROM mart.council_coverage ORDER BY reason")
    assert "Die Quelle ist abgeschaltet: VHS Adorf" in [row["reason"] for row in reasons]


def test_a_contact_is_needed_as_soon_as_one_source_lies_elsewhere(tmp_path: Path) -> None:
    live = PROVIDERS.replace("http://127.0.0.1:9002", "https://vhs-bestadt.example")
    register = load_register(write_register(tmp_path / "register", providers=live))
    settings = Settings(tmp_path / "data", "sample", None, contact="")
    require_contact(settings, register.select(["vhs-adorf", "uebersicht"]))
    with pytest.raises(SettingsError, match="ATLAS_CONTACT"):
        require_contact(settings, register.select([]))


def test_a_sample_that_is_switched_off_stays_a_sample(tmp_path: Path) -> None:
    off = PROVIDERS.replace("http://127.0.0.1:9002", "")
    folder = write_register(tmp_path / "register", providers=off, uebersicht="", adorf=SWITCHED_OFF)
    register = load_register(folder)
    assert register.sources == ()
    assert register.is_sample
