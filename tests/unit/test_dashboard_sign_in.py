"""Nobody is asked to sign in unless it is configured; then nothing is shown before."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.dashboard_fixture import DAY, normal_rows, publish
from tests.dashboard_pages import APP, no_technical_words, text_of


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("ATLAS_DATA", str(tmp_path))
    monkeypatch.setenv("ATLAS_TODAY", DAY.isoformat())
    publish(tmp_path / "published", normal_rows())
    return AppTest.from_file(str(APP), default_timeout=60)


def test_without_configuration_everybody_reads(app: AppTest) -> None:
    app.run()
    assert "von 111 Gremien" in text_of(app)
    assert [button.label for button in app.button] == []


@pytest.mark.parametrize("signed_in", [False, True])
def test_no_number_is_shown_before_signing_in(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, signed_in: bool
) -> None:
    # Streamlit's test runner knows no users.
    monkeypatch.setattr(st, "user", SimpleNamespace(is_logged_in=signed_in))
    app.secrets["auth"] = {"client_id": "x", "redirect_uri": "https://x.example/oauth2callback"}
    app.run()
    assert no_technical_words(app)
    assert ("Bitte anmelden" in text_of(app)) is not signed_in
    assert ("von 111" in text_of(app)) is signed_in
    assert ("Beispieldaten" in text_of(app)) is signed_in
    assert [button.label for button in app.button] == ["Abmelden" if signed_in else "Anmelden"]


def test_a_file_that_cannot_be_read_opens_nothing(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = tmp_path / "secrets.toml"
    secrets.write_text('[auth\nclient_id = "x"', encoding="utf-8")
    asked = st.get_option
    monkeypatch.setattr(
        st, "get_option", lambda name: [str(secrets)] if name == "secrets.files" else asked(name)
    )
    app.run()
    assert no_technical_words(app)
    assert "Diese Seite ließ sich nicht aufbauen" in text_of(app)
    assert "von 111" not in text_of(app)
