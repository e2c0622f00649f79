"""A directory that loses one of its headings: nothing of that body is told of another one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs
import pytest

from scrapers.records import Organisation
from tests.unit.single_page import page


@attrs.frozen
class Body:
    name: str
    about: str
    street: str
    town: str
    phone: str
    email: str
    website: str


BODIES = (
    Body(
        "Flüchtlingsrat Musterland e.V.", "Vertritt Geflüchtete im ganzen Land und berät Kommunen.",
        "Wittener Str. 201", "44803 Bochum", "0234 5873156", "info@fr.example",
        "https://fr.example",
    ),
    Body(
        "Train of Hope", "Hilft Menschen beim Ankommen mit vielen Angeboten in der Stadt.",
        "Münsterstr. 54", "44145 Dortmund", "0231 1234567", "post@toh.example",
        "https://toh.example",
    ),
    Body(
        "Bund der Beispiele", "Zusammenschluss vieler Vereine in Westfalen und darüber hinaus.",
        "Domstr. 3", "50667 Köln", "0221 1234560", "kontakt@bdb.example", "https://bdb.example",
    ),
    Body(
        "Integrationsagentur Nord", "Fördert die Teilhabe vor Ort seit vielen Jahren.",
        "Hafenstr. 5", "47119 Duisburg", "0203 9988770", "info@ia.example", "https://ia.example",
    ),
)  # fmt: skip


def text_first(head: str, b: Body) -> str:
    return (
        f"<h2>{head}</h2><p>{b.about}</p><p>{b.street}<br>{b.town}<br>Tel. {b.phone}<br>"
        f"E-Mail: {b.email}<br><a href='{b.website}'>Website</a></p>"
    )


def address_first(head: str, b: Body) -> str:
    return (
        f"<h3>{head}</h3><p>{b.street}, {b.town}</p><p>Telefon: {b.phone}</p>"
        f"<p>E-Mail: {b.email}</p><p>{b.about}</p>"
    )


def link_last(head: str, b: Body) -> str:
    return (
        f"<h3>{head}</h3><p>{b.street}<br>{b.town}<br>Telefon: {b.phone}</p><p>{b.about}</p>"
        f"<p><a href='{b.website}'>zur Internetseite</a></p>"
    )


def names_itself(head: str, b: Body) -> str:
    return (
        f"<h3>{head}</h3><p>{b.street}, {b.town}</p><p>Telefon: {b.phone}</p>"
        f"<p>Das {b.name} ist ein Verein. {b.about}</p>"
    )


def bold(head: str, b: Body) -> str:
    return (
        f"<p><strong>{head}</strong><br>{b.street}<br>{b.town}<br>Tel. {b.phone}<br>{b.email}</p>"
        f"<p>{b.about}</p>"
    )


LAYOUTS: Mapping[str, Callable[[str, Body], str]] = {
    "text first": text_first,
    "address first": address_first,
    "link last": link_last,
    "names itself": names_itself,
    "bold": bold,
}


def directory(layout: str, lost: int | None) -> str:
    entries = "".join(
        LAYOUTS[layout]("" if number == lost else body.name, body)
        for number, body in enumerate(BODIES)
    )
    return f"<h1>Partner</h1><p>Mit diesen Stellen arbeiten wir zusammen.</p>{entries}"


def told_of_others(found: Organisation) -> list[str]:
    """What is told of a body and is not its own."""
    own = next(body for body in BODIES if body.name == found.name)
    told = {
        "street": (found.street, own.street),
        "place": (found.place, own.town[6:]),
        "phone": (found.phone, own.phone),
        "email": (found.email, own.email),
        "website": (found.website, own.website),
    }
    wrong = [name for name, (value, right) in told.items() if value not in (None, right)]
    return wrong + ["summary"] * bool(found.summary and own.about not in found.summary)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("lost", [None, 0, 1, 2, 3])
def test_a_lost_heading_shifts_nothing_to_another_body(layout: str, lost: int | None) -> None:
    reader = page("directory", directory(layout, lost))
    found = [record for record in reader.records() if isinstance(record, Organisation)]
    assert {record.name: told_of_others(record) for record in found} == {
        record.name: [] for record in found
    }
    if lost is None:
        assert [record.name for record in found] == [body.name for body in BODIES]
        assert all(record.phone for record in found)
        assert not reader.doubts()
    else:
        kept = {body.name for number, body in enumerate(BODIES) if number != lost}
        assert kept <= {record.name for record in found}
        assert reader.doubts()


def test_a_body_between_others_that_lost_its_heading_is_missed_without_any_address() -> None:
    entries = [f"<h2>{b.name}</h2><p>{b.about}</p>" for b in BODIES]
    links = [f"<p><a href='{b.website}'>zur Internetseite</a></p>" for b in BODIES]
    whole = "".join(entry + link for entry, link in zip(entries, links, strict=True))
    assert not page("directory", whole).doubts()
    lost = page("directory", whole.replace(f"<h2>{BODIES[1].name}</h2>", ""))
    assert len(lost.records()) == 3
    assert lost.doubts()


@pytest.mark.parametrize(
    "part",
    [
        "<h2>Newsletter</h2><p>Melden Sie sich an.</p><form><button>weiter</button></form>",
        "<h2>Neuigkeiten</h2><p>Bericht</p><p><a href='/news?p=2'>ältere</a></p>",
        "<h2>Downloads</h2><ul><li><a href='/a.pdf'>Liste als PDF</a></li></ul>",
        "<h2>Aktuelles</h2><button>Mehr laden</button>",
    ],
)
def test_parts_of_the_page_beside_the_bodies_are_no_bodies(part: str) -> None:
    names = ("Flüchtlingsrat Musterland e.V.", "Netzwerk Vielfalt e.V.", "Haus der Kulturen e.V.")
    bodies = "".join(
        f"<h2>{name}</h2><p>Ringweg {n}<br>48143 Münster<br>Tel. 0251/44556{n}</p>"
        for n, name in enumerate(names)
    )
    found = page("directory", f"<h1>Partner</h1>{bodies}{part}")
    assert tuple(r.name for r in found.records() if isinstance(r, Organisation)) == names
    assert found.doubts() == ()
