"""Values written in every German format that platforms use come back as they were."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from scrapers.fields.contacts import decode_typo3_mail, read_emails
from scrapers.fields.course_numbers import clean_course_number, number_from_url
from scrapers.fields.dates import SessionTime, read_date, read_schedule
from scrapers.fields.places import Places, read_places
from scrapers.fields.prices import read_price

WEEKDAYS = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
MONTHS = [
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
    "Oktober", "November", "Dezember",
]  # fmt: skip

# A two-digit year is read up to 2049; spans of at most 300 days stay inside.
days = st.dates(date(2001, 1, 1), date(2048, 12, 31))
minutes = st.integers(0, 11).map(lambda n: n * 5)
hours = st.integers(6, 22)


def _dates_as_written(day: date) -> list[str]:
    month = MONTHS[day.month - 1]
    return [
        f"{day:%d.%m.%Y}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d.%m.%y}",
        f"{day:%d. %m. %Y}",
        f"{day.day}. {month} {day.year}",
        f"{day.day}. {month.upper()} {day.year}",
        f"{day.day}.\u00a0{month[:3]}. {day.year}",
        f"{day:%Y-%m-%d}",
    ]


def _with_weekday(day: date, text: str) -> list[str]:
    name = WEEKDAYS[day.weekday()]
    return [
        text,
        f"{name}, {text}",
        f"{name}, den {text}",
        f"{name[:2]}., {text}",
        f"{name[:2]}. {text}",
        f"{name} • {text}",
        f"{text} ({name})",
    ]


@st.composite
def written_days(draw: st.DrawFn) -> tuple[date, str]:
    day = draw(days)
    text = draw(st.sampled_from(_dates_as_written(day)))
    return day, draw(st.sampled_from(_with_weekday(day, text)))


@st.composite
def written_times(draw: st.DrawFn) -> tuple[time, time | None, str]:
    starts = time(draw(hours), draw(minutes))
    ends = time(starts.hour + 1, draw(minutes))
    forms: list[tuple[time | None, str]] = [
        (ends, f"{starts:%H:%M} - {ends:%H:%M} Uhr"),
        (ends, f"{starts:%H:%M}–{ends:%H:%M}"),
        (ends, f"von {starts:%H.%M} bis {ends:%H.%M} Uhr"),
        (ends, f"{starts:%H.%M}-{ends:%H.%M} Uhr"),
        (None, f"um {starts:%H:%M} Uhr"),
        (None, f"{starts:%H.%M} Uhr"),
        (None, f"ab {starts:%H.%M} Uhr"),
    ]
    if starts.minute == ends.minute == 0:
        forms.append((ends, f"{starts.hour}-{ends.hour} Uhr"))
    end, text = draw(st.sampled_from(forms))
    return starts, end, text


@given(written_days())
def test_every_date_comes_back(written: tuple[date, str]) -> None:
    day, text = written
    assert read_date(text).value == day


@given(written_days(), written_times())
def test_every_session_comes_back(
    written: tuple[date, str], clock: tuple[time, time | None, str]
) -> None:
    (day, text), (starts, ends, hours_text) = written, clock
    schedule = read_schedule(f"{text}, {hours_text}").value
    assert schedule is not None
    assert schedule.sessions == (SessionTime(day, starts, ends),)


@given(days, st.integers(1, 60), written_times(), st.data())
def test_jeweils_holds_for_all(
    first: date, gap: int, clock: tuple[time, time | None, str], data: st.DataObject
) -> None:
    second = first + timedelta(days=gap)
    texts = [data.draw(st.sampled_from(_dates_as_written(d)[:6])) for d in (first, second)]
    starts, ends, hours_text = clock
    schedule = read_schedule(f"{texts[0]} und {texts[1]}, jeweils {hours_text}").value
    assert schedule is not None
    assert schedule.sessions == (
        SessionTime(first, starts, ends),
        SessionTime(second, starts, ends),
    )


@given(days, st.integers(1, 300), st.sampled_from([" - ", " – ", " bis ", " bis zum "]), st.data())
def test_a_span_is_two_days_and_no_sessions(
    first: date, gap: int, joint: str, data: st.DataObject
) -> None:
    last = first + timedelta(days=gap)
    ends = [
        data.draw(
            st.sampled_from(_with_weekday(d, data.draw(st.sampled_from(_dates_as_written(d)))))
        )
        for d in (first, last)
    ]
    schedule = read_schedule(joint.join(ends)).value
    assert schedule is not None
    assert (schedule.start_date, schedule.end_date) == (first, last)
    assert schedule.sessions == ()


@given(days, st.sampled_from(WEEKDAYS))
def test_a_wrong_weekday_makes_a_date_unreadable(day: date, weekday: str) -> None:
    reading = read_date(f"{weekday}, {day:%d.%m.%Y}")
    assert reading.value == (day if WEEKDAYS[day.weekday()] == weekday else None)


@given(days, st.integers(0, 400), st.booleans())
def test_an_inferred_year_is_the_only_one_that_fits(day: date, shift: int, full: bool) -> None:
    today = day + timedelta(days=shift - 200)
    name = WEEKDAYS[day.weekday()]
    schedule = read_schedule(f"{name if full else name[:2] + '.'}, {day:%d.%m.}", today=today).value
    if timedelta(days=-183) <= day - today <= timedelta(days=365):
        assert schedule is not None
        assert schedule.start_date == day
    elif schedule is not None:
        assert schedule.start_date is not None
        assert schedule.start_date.weekday() == day.weekday()


@given(days)
def test_without_a_year_there_is_no_date(day: date) -> None:
    for text in (f"{day:%d.%m.}", f"{day.day}. {MONTHS[day.month - 1]}", f"am {day:%d.%m.}"):
        assert read_schedule(text, today=day).value is None
        assert read_date(text).value is None


@given(st.integers(1, 999_999), st.data())
def test_every_price_comes_back(cents: int, data: st.DataObject) -> None:
    amount = Decimal(cents) / 100
    german = f"{amount:,.2f}".replace(",", "#").replace(".", ",").replace("#", ".")
    forms = [f"{german} €", f"{german}\u00a0EUR", f"EUR {german}", f"Gebühr: {german} Euro"]
    if cents % 100 == 0:
        forms += [f"{cents // 100} €", f"{cents // 100},-- EUR", f"{german[:-3]},- €"]
    price = read_price(data.draw(st.sampled_from(forms))).value
    assert price is not None
    assert (price.amount, price.is_free) == (amount, False)


@given(st.integers(1, 500), st.data())
def test_places_come_back(total: int, data: st.DataObject) -> None:
    taken = data.draw(st.integers(0, total))
    assert read_places(f"{taken} von {total} Plätzen belegt").value == Places(
        total=total, taken=taken
    )
    assert read_places(f"max. {total} Teilnehmende").value == Places(total=total)
    assert read_places(f"noch {total} Plätze frei").value == Places(free=total)


numbers = st.one_of(
    st.from_regex(r"\A[1-9][0-9]{2}-[0-9]{4}\Z"),
    st.from_regex(r"\A[A-Z][0-9]{4,6}\Z"),
    st.from_regex(r"\A[0-9]{3}[A-Z][0-9]{3}-[0-9]{2}\Z"),
    st.from_regex(r"\A[1-9][0-9]{9}\Z"),
)


@given(numbers, st.sampled_from(["Slug-Wort", "Integrationsrat-2026", ""]))
def test_course_numbers_come_back(number: str, slug: str) -> None:
    path = f"{slug}/{number}" if slug else number
    assert number_from_url(f"https://vhs.example/suche/kurs/{path}#inhalt") == number
    assert clean_course_number(f"Nr. {number}") == number


local_parts = st.from_regex(r"\A[a-z][a-z0-9]{0,8}([._-][a-z0-9]{1,6})?\Z")
hosts = st.from_regex(r"\A[a-z][a-z0-9]{1,10}(-[a-z0-9]{1,5})?\Z")


@given(local_parts, hosts, st.sampled_from(["@", " [at] ", "(at)", "[at]", " (at) ", "&#64;"]))
def test_disguised_addresses_come_back(local: str, host: str, at: str) -> None:
    for dot in (".", "[dot]", " [dot] ", "(punkt)", " (punkt) "):
        assert read_emails(f"E-Mail: {local}{at}{host}{dot}de") == (f"{local}@{host}.de",)


@given(local_parts, hosts, st.integers(1, 25))
def test_protected_addresses_come_back(local: str, host: str, vector: int) -> None:
    def shift(character: str) -> str:
        for low, high in ((0x2B, 0x3A), (0x40, 0x5A), (0x61, 0x7A)):
            if low <= ord(character) <= high:
                return chr(low + (ord(character) - low + vector) % (high - low + 1))
        return character

    token = "".join(map(shift, f"mailto:{local}@{host}.de"))
    assert decode_typo3_mail(token, vector) == f"{local}@{host}.de"
