"""What an address says, and what it never does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as texts

from dashboard import address
from dashboard.address import Order, Parameter

PARAMETERS: tuple[Parameter[Any], ...] = (
    address.choice("wahl", ("a", "b"), default="a"),
    address.choices("auswahl", ("a", "b", "c")),
    address.words("suche"),
    address.identifier("gremium"),
    address.number("km", 0, 100),
    address.flag("frei"),
    address.calendar_day("tag"),
    address.order(("name", "beginn"), Order("name")),
)


class Query(dict[str, str]):
    """What `st.query_params` offers, without a session."""

    def from_dict(self, values: dict[str, str]) -> None:
        self.clear()
        self.update(values)


@pytest.fixture
def query(monkeypatch: pytest.MonkeyPatch) -> Query:
    made = Query()
    monkeypatch.setattr(st, "query_params", made)
    return made


@pytest.mark.parametrize(
    ("parameter", "raw", "value"),
    [
        (PARAMETERS[0], "b", "b"),
        (PARAMETERS[0], "x", "a"),
        (PARAMETERS[1], "c,a", ("a", "c")),
        (PARAMETERS[1], "<b>", ()),
        (PARAMETERS[2], " Köln\n", "Köln"),
        (PARAMETERS[3], "05315000", "05315000"),
        (PARAMETERS[3], "a b", None),
        (PARAMETERS[4], "30", 30),
        (PARAMETERS[4], "101", None),
        (PARAMETERS[4], "٣", None),
        (PARAMETERS[5], "ja", True),
        (PARAMETERS[5], "true", False),
        (PARAMETERS[6], "2026-03-14", date(2026, 3, 14)),
        (PARAMETERS[6], "2026-02-30", None),
        (PARAMETERS[6], "20260314", None),
        (PARAMETERS[7], "-beginn", Order("beginn", descending=True)),
        (PARAMETERS[7], "--beginn", Order("name")),
    ],
)
def test_what_is_understood_and_what_is_the_default(
    query: Query, parameter: Parameter[Any], raw: str, value: object
) -> None:
    query[parameter.name] = raw
    assert parameter.read() == value


@given(texts.text(max_size=300), texts.integers(0, len(PARAMETERS) - 1))
def test_no_address_raises_and_what_was_read_is_written_the_same(raw: str, place: int) -> None:
    parameter = PARAMETERS[place]
    with pytest.MonkeyPatch.context() as patch:
        query = Query({parameter.name: raw})
        patch.setattr(st, "query_params", query)
        value = parameter.read()
        address.write((parameter, value))
        assert parameter.read() == value
        written = query.get(parameter.name)
        address.write((parameter, value))
        assert query.get(parameter.name) == written


def test_a_change_keeps_the_others_and_starts_the_list_anew(query: Query) -> None:
    query.update(stand="2026-03-10", seite="7", fremd="x", wahl="b")
    address.write((PARAMETERS[2], "köln"))
    assert query == {"stand": "2026-03-10", "fremd": "x", "wahl": "b", "suche": "köln"}
    address.write((PARAMETERS[0], "a"), (address.PAGE, 3))
    assert query == {"stand": "2026-03-10", "fremd": "x", "suche": "köln", "seite": "3"}


def test_links_carry_what_concerns_all_views_and_nothing_else(query: Query) -> None:
    query.update(stand="2026-03-10", modul="basis", suche="köln", seite="7")
    assert address.href("karte") == "/karte?stand=2026-03-10&modul=basis"
    assert address.council_href("05315000") == (
        "/gremien?stand=2026-03-10&modul=basis&gremium=05315000"
    )
    assert address.here((PARAMETERS[2], "a&b")) == ("?stand=2026-03-10&modul=basis&suche=a%26b")


def test_a_hostile_value_is_not_carried_on(query: Query) -> None:
    query.update(stand="<script>", modul="' OR 1=1", regierungsbezirk="\u202eKöln\x00" + "x" * 300)
    assert address.href("karte") == "/karte"


def test_a_base_path_stands_before_every_link(
    query: Query, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "get_option", lambda _: "/atlas/")
    assert address.href("karte") == "/atlas/karte"
