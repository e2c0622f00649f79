"""Inputs that live in the address: what is chosen stands in the URL, and the URL chooses.

Each takes a `Parameter` of `dashboard.address`. A reload, the back button and a link show the same;
a change writes the address before the page is drawn again, so a view only ever reads
`parameter.read()`. An input for a shared parameter must not stand in a fragment: the links of the
navigation would not notice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from dashboard import address
from dashboard.address import Parameter
from dashboard.formats import date_text, day_from

V = TypeVar("V")


NONE_CHOSEN = "alle"
NO_DAY = "Das ist kein Datum. Bitte schreiben Sie zum Beispiel 14.03.2026."
BACKWARD_PERIOD = "Der Zeitraum endet, bevor er beginnt. Bitte prüfen Sie die beiden Tage."


def _key(parameter: Parameter[Any]) -> str:
    return f"eingabe_{parameter.name}"


def _bound(parameter: Parameter[Any], shown: Any) -> str:
    """The key of the input, which shows what the address says."""
    key = _key(parameter)
    if key not in st.session_state or st.session_state[key] != shown:
        st.session_state[key] = shown
    return key


def _changed(parameter: Parameter[Any]) -> None:
    address.write((parameter, st.session_state[_key(parameter)]))


def _one_of(
    parameter: Parameter[V], options: Mapping[Any, str]
) -> tuple[V, str, dict[str, str], Callable[[], None]]:
    """What a choice needs: its value, key, labels by name, and what a change does.

    Streamlit takes an option None for no choice at all, so each option goes by a name.
    """
    value = parameter.read()
    if value not in options:
        value = parameter.default
    names = {parameter.written(option) or NONE_CHOSEN: option for option in options}
    key = _bound(parameter, parameter.written(value) or NONE_CHOSEN)

    def changed() -> None:
        address.write((parameter, names.get(st.session_state[key], parameter.default)))

    return value, key, {name: options[option] for name, option in names.items()}, changed


def buttons(label: str, parameter: Parameter[V], options: Mapping[Any, str]) -> V:
    """One of a few, all of them seen at once; `options` maps values to German words."""
    value, key, labels, changed = _one_of(parameter, options)
    st.segmented_control(
        label,
        list(labels),
        format_func=lambda name: labels[name],
        required=True,
        key=key,
        on_change=changed,
    )
    return value


def select(
    label: str, parameter: Parameter[V], options: Mapping[Any, str], *, search: bool = False
) -> V:
    """One of many; a value in the address that is no option counts as the default.

    With `search` the list is found by typing, else it is only chosen from.
    """
    value, key, labels, changed = _one_of(parameter, options)
    st.selectbox(
        label,
        list(labels),
        format_func=lambda name: labels[name],
        key=key,
        on_change=changed,
        filter_mode="contains" if search else None,
        placeholder="Bitte wählen",
    )
    return value


def several(
    label: str, parameter: Parameter[tuple[str, ...]], options: Mapping[str, str]
) -> tuple[str, ...]:
    """Any number of a few; none chosen means all."""
    value = parameter.read()
    key = _bound(parameter, list(value))

    def changed() -> None:
        asked = st.session_state[key]
        address.write((parameter, tuple(option for option in options if option in asked)))

    st.pills(
        label,
        list(options),
        format_func=lambda option: options[option],
        selection_mode="multi",
        key=key,
        on_change=changed,
    )
    return value


def search(label: str, parameter: Parameter[str], placeholder: str = "") -> str:
    """Words to search for; the page follows while they are typed."""
    value = parameter.read()
    st.text_input(
        label,
        key=_bound(parameter, value),
        on_change=_changed,
        args=(parameter,),
        placeholder=placeholder,
        type="search",
        live=True,
        max_chars=80,
    )
    return value


def check(label: str, parameter: Parameter[bool]) -> bool:
    """Yes or no."""
    value = parameter.read()
    st.checkbox(label, key=_bound(parameter, value), on_change=_changed, args=(parameter,))
    return value


def typed_day(label: str, parameter: Parameter[date | None]) -> date | None:
    """A day that is typed as 14.03.2026; what cannot be read is said and changes nothing.

    Text and no calendar: the browser's calendar speaks the language of the browser.
    """
    value = parameter.read()
    key = _bound(parameter, date_text(value) if value is not None else "")
    unread = f"{key}_ungelesen"

    def changed() -> None:
        text = str(st.session_state[key]).strip()
        asked = day_from(text)
        st.session_state[unread] = text if text and asked is None else ""
        if asked is not None or not text:
            address.write((parameter, asked))

    st.text_input(label, key=key, on_change=changed, placeholder="TT.MM.JJJJ", max_chars=10)
    if st.session_state.pop(unread, ""):
        st.html(f'<p class="qa-warn" role="alert">{NO_DAY}</p>')
    return value


def warn_of_backward_period(first: date | None, last: date | None) -> None:
    """Says so where no day lies between two typed days, because the last is before the first."""
    if first is not None and last is not None and last < first:
        st.html(f'<p class="qa-warn" role="alert">{BACKWARD_PERIOD}</p>')


def steps(label: str, parameter: Parameter[V], options: Mapping[Any, str]) -> V:
    """One of a few that grow from left to right; any other value counts as the default."""
    value, key, labels, changed = _one_of(parameter, options)
    st.select_slider(
        label,
        list(labels),
        format_func=lambda name: labels[name],
        key=key,
        on_change=changed,
    )
    return value


def day(label: str, parameter: Parameter[date | None], days: Sequence[date], newest: str) -> Any:
    """One of the days, the first of them by default, which is marked by the word `newest`.

    A list and no calendar: the browser's calendar speaks the language of the browser.
    """
    names = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
    labels: dict[date | None, str] = {
        one: f"{names[one.weekday()]}, {one:%d.%m.%Y}" for one in days[1:]
    }
    return select(
        label,
        parameter,
        {None: f"{names[days[0].weekday()]}, {days[0]:%d.%m.%Y} ({newest})"} | labels,
        search=True,
    )
