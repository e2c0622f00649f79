"""Directories in other shapes than the real one: headings, tables, lines, bare addresses."""

from __future__ import annotations

import pytest

from scrapers.pages.base import PageError
from scrapers.pages.directory_names import is_body_name, names_at_start, names_inside
from scrapers.records import Organisation
from tests.unit.single_page import page, read


def bodies(body: str) -> list[Organisation]:
    return [record for record in read("directory", body) if isinstance(record, Organisation)]


def test_headings_name_their_bodies() -> None:
    first, second, third = bodies(
        """<h1>Partnerorganisationen</h1><p>Mit diesen Stellen arbeiten wir zusammen.</p>
        <h2>Flüchtlingsrat Musterland e.V.</h2><p>Er vertritt Geflüchtete im ganzen Land.</p>
        <p>Wittener Str. 201<br>44803 Bochum<br>Tel. 0234 5873156<br>E-Mail: info(at)fr-m.example
        <br><a href="https://www.fr-m.example">Website</a></p>
        <h2>Train of Hope</h2><p>Hilft Menschen beim Ankommen mit vielen Angeboten.</p>
        <p><a href="https://toh.example">zur Internetseite</a></p>
        <h2>Bund der Beispiele (BdB)</h2><p>Zusammenschluss vieler Vereine.</p><h3>Kontakt</h3>
        <p>Postfach 12 34</p><p>50667 Köln</p><p>Telefon: +49 221 123456-0</p>
        <p>Telefax: +49 221 123456-9</p>"""
    )
    assert (first.name, first.short_name) == ("Flüchtlingsrat Musterland e.V.", None)
    assert (first.street, first.postcode, first.place) == ("Wittener Str. 201", "44803", "Bochum")
    assert (first.phone, first.email) == ("0234 5873156", "info@fr-m.example")
    assert first.website == "https://www.fr-m.example"
    assert (second.name, second.website) == ("Train of Hope", "https://toh.example")
    assert (third.name, third.short_name) == ("Bund der Beispiele", "BdB")
    assert (third.phone, third.fax) == ("+49 221 123456-0", "+49 221 123456-9")


def test_rows_of_a_table() -> None:
    first, second = bodies(
        """<table><tr><th>Einrichtung</th><th>Adresse</th><th>Telefon</th><th>E-Mail</th>
        <th>Internet</th></tr><tr><td>Integrationsagentur Nord</td><td>Hafenstr. 5, 47119 Duisburg
        </td><td>0203 99887-0</td><td>info [at] ia-nord [dot] de</td>
        <td><a href="https://ia-nord.de">ia-nord.de</a></td></tr>
        <tr><td>Netzwerk Vielfalt e.V.</td><td>Ringweg 7b<br>48143 Münster</td><td>0251/445566</td>
        <td></td><td>www.netzwerk-vielfalt.de</td></tr></table>"""
    )
    assert first.name == "Integrationsagentur Nord"
    assert (first.street, first.place, first.phone) == ("Hafenstr. 5", "Duisburg", "0203 99887-0")
    assert (first.email, first.website) == ("info@ia-nord.de", "https://ia-nord.de")
    assert (second.name, second.street) == ("Netzwerk Vielfalt e.V.", "Ringweg 7b")
    assert (second.phone, second.email) == ("0251/445566", None)


def test_whole_entries_in_one_line() -> None:
    first, second = bodies(
        """<ul><li>Fachstelle Migration e.V., Marktstr. 3, 42103 Wuppertal, Tel. 0202 112233</li>
        <li>Verein für Begegnung e.V., Am Bach 9, 53111 Bonn, post@begegnung.example</li></ul>"""
    )
    assert (first.name, first.street) == ("Fachstelle Migration e.V.", "Marktstr. 3")
    assert (first.place, first.phone) == ("Wuppertal", "0202 112233")
    assert (second.name, second.email) == ("Verein für Begegnung e.V.", "post@begegnung.example")


def test_bare_addresses_one_after_the_other() -> None:
    found = bodies(
        """<p>Landesnetzwerk Teilhabe</p><p>Lange Gasse 4</p><p>45127 Essen</p>
        <p>Tel.: 0201 123456</p><p>Haus der Kulturen</p><p>Domplatz 1</p><p>50667 Köln</p>
        <p>E-Mail: kontakt@hdk.example</p>"""
    )
    assert [(o.name, o.street, o.place) for o in found] == [
        ("Landesnetzwerk Teilhabe", "Lange Gasse 4", "Essen"),
        ("Haus der Kulturen", "Domplatz 1", "Köln"),
    ]


def test_running_text_with_editorial_noise_and_a_private_address() -> None:
    found = bodies(
        """<h1>Netzwerke</h1><p>Hier stellen wir Partner vor, die wir gern empfehlen.</p>
        <p>Die Landesarbeitsgemeinschaft Mädchenarbeit (LAGM) wurde 1999 gegründet.</p>
        <p>Weitere Informationen</p><p>Zu sehen ist das Logo der Stadt.</p>
        <p>Das Projekt „Starke Väter“ läuft seit 2019 in fünf Städten.</p>
        <p>Weitere Informationen zum Projekt unter www.starke-vaeter.example.</p>
        <p>Seit Jahren gibt es solche Trainings. Das Forum Westfalen bündelt sie.</p><p>Kontakt</p>
        <p>Forum Westfalen</p><p>Ludwigstr. 8</p><p>48155 Münster</p>
        <p>Tel.: 0251 / 7788 Fax: 0251 / 7799</p><p>erika.muster@forum.example</p>
        <p>Foto: Stadt Musterburg</p>"""
    )
    assert [(o.name, o.short_name, o.website) for o in found] == [
        ("Landesarbeitsgemeinschaft Mädchenarbeit", "LAGM", None),
        ("Starke Väter", None, "https://www.starke-vaeter.example"),
        ("Forum Westfalen", None, None),
    ]
    assert (found[2].phone, found[2].fax) == ("0251 / 7788", "0251 / 7799")
    assert found[2].email is None


def test_a_link_on_the_directory_itself_is_nobodys_website() -> None:
    (only,) = bodies(
        '<p>Der Verein Brücke e.V. hilft.</p><p><a href="/mehr">Mehr Informationen</a></p>'
    )
    assert only.website is None


@pytest.mark.parametrize(
    ("text", "name", "short"),
    [
        ("Das Zentrum für Beratung (ZfB) wurde gegründet.", "Zentrum für Beratung", "ZfB"),
        ("BuMi, der Bund der Mitte e.V., ist ein Verein.", "Bund der Mitte e.V.", "BuMi"),
        ("Die Beispiel-Stiftung für politische Bildung fördert.", None, None),
        ("Der Landesrat für politische Bildung fördert.", "Landesrat für politische Bildung", None),
        ("Über 300 Beratungsdienste (BD) begleiten Menschen.", "Beratungsdienste", "BD"),
        ("Die Stiftung fördert Projekte.", None, None),
        ("Das Land hat Projekte gefördert.", None, None),
        ("Die Verbesserung der Lage ist ein Ziel.", None, None),
    ],
)
def test_names_with_which_a_paragraph_opens(text: str, name: str | None, short: str | None) -> None:
    found = names_at_start(text)
    if name is None and found is not None:
        assert found.name == "Beispiel-Stiftung für politische Bildung"
        return
    assert (found.name if found else None, found.short_name if found else None) == (name, short)


def test_names_inside_a_paragraph() -> None:
    (name,) = names_inside("Ausdruck dessen ist die Landeskonferenz (kurz: LaKo). Sie tagt.")
    assert (name.name, name.short_name) == ("Landeskonferenz", "LaKo")
    (named,) = names_inside("Weitere Informationen über den Beispielrat Nord finden Sie im Netz.")
    assert named.name == "Beispielrat Nord"


@pytest.mark.parametrize("text", ["Partner - Gremien - Netzwerke", "Die Stiftung", "Herzlich"])
def test_kinds_of_bodies_are_no_names(text: str) -> None:
    assert not is_body_name(text)


def test_a_page_that_presents_nobody_is_a_changed_page() -> None:
    with pytest.raises(PageError) as error:
        read("directory", "<h1>Willkommen</h1><p>Hier steht ein Satz ohne Namen.</p>")
    assert error.value.failure_class == "markup_changed"


def test_an_empty_directory_is_no_result() -> None:
    with pytest.raises(PageError) as error:
        read("directory", "")
    assert error.value.failure_class == "no_results"


HEAD = "<h1>Partner</h1><p>Mit diesen Stellen arbeiten wir zusammen.</p>"
RAT = """<h2>Flüchtlingsrat Musterland e.V.</h2><p>Er vertritt Geflüchtete.</p><p>Wittener Str. 201
<br>44803 Bochum<br>Tel. 0234 5873156</p>"""
HAUS = "<p>Domplatz 1</p><p>50667 Köln</p><p>E-Mail: kontakt@hdk.example</p>"
STELLE = """<h2>Fachstelle Migration e.V.</h2><p>Marktstr. 3<br>42103 Wuppertal<br>
Tel. 0202 112233<br>info@c.example</p>"""


def test_contacts_below_a_missing_heading_are_given_to_nobody() -> None:
    reader = page("directory", HEAD + RAT + HAUS + STELLE)
    first, second = (r for r in reader.records() if isinstance(r, Organisation))
    assert first.name == "Flüchtlingsrat Musterland e.V."
    given = (first.street, first.postcode, first.place, first.phone, first.email)
    assert given == (None, None, None, None, None)
    assert (second.place, second.email) == ("Wuppertal", "info@c.example")
    (doubt,) = reader.doubts()
    assert "Flüchtlingsrat Musterland e.V." in doubt


def test_mail_addresses_at_two_hosts_are_given_to_nobody() -> None:
    reader = page(
        "directory",
        f"{HEAD}<h2>Flüchtlingsrat Musterland e.V.</h2><p>E-Mail: info@fr.example</p>"
        f"<p>E-Mail: kontakt@hdk.example</p>{STELLE}",
    )
    first, _ = (r for r in reader.records() if isinstance(r, Organisation))
    assert first.email is None
    assert len(reader.doubts()) == 1


def test_an_entry_whose_name_is_missing_is_a_doubt() -> None:
    prose = "<p>Ein Ort der Begegnung für alle Menschen in der Stadt und im ganzen Umland.</p>"
    reader = page("directory", HEAD + RAT + prose + HAUS + STELLE)
    assert [getattr(r, "phone", None) for r in reader.records()] == [
        "0234 5873156",
        "0202 112233",
    ]
    (doubt,) = reader.doubts()
    assert "Ein Ort der Begegnung" in doubt


@pytest.mark.parametrize(
    "more",
    [
        "<p>Postanschrift: Postfach 12, 44801 Bochum-Mitte</p>",
        "<p>E-Mail: info@fr.example</p><p>E-Mail: presse@fr.example</p>",
        "<p>Wittener Str. 201, 44803 Bochum</p>",
    ],
    ids=["post office box", "two of one host", "the same again"],
)
def test_what_one_body_gives_twice_is_no_doubt(more: str) -> None:
    reader = page("directory", HEAD + RAT + more + STELLE)
    first, _ = (r for r in reader.records() if isinstance(r, Organisation))
    assert (first.street, first.phone) == ("Wittener Str. 201", "0234 5873156")
    assert reader.doubts() == ()


def test_a_row_with_two_addresses_is_given_none() -> None:
    reader = page(
        "directory",
        """<table><tr><th>Name</th><th>Kontakt</th></tr><tr><td>A-Verein e.V.</td><td>Weg 1<br>
        44803 Bochum<br>info@a.example<br>Ring 2<br>50667 Köln<br>info@b.example</td></tr>
        <tr><td>B-Verein e.V.</td><td>Gasse 2, 50667 Köln</td></tr></table>""",
    )
    first, second = (r for r in reader.records() if isinstance(r, Organisation))
    assert (first.place, first.email, second.place) == (None, None, "Köln")
    assert len(reader.doubts()) == 1


def test_an_address_in_one_line_is_no_body() -> None:
    first, second = bodies(
        """<h1>Partner</h1><div><h3>Integrationsagentur Adorf</h3><p>Die Agentur berät Vereine.</p>
        <p>Musterweg 5, 45000 Adorf<br>Tel. 0201 / 123456<br><a href="mailto:info@agentur.example">
        E-Mail</a> | <a href="https://agentur.example">Website</a></p></div>
        <div><h3>Flüchtlingsrat Beispielland e.V.</h3><p>Der Rat setzt sich für Geflüchtete ein.</p>
        <p>Beispielallee 12 a, 45001 Bdorf<br>E-Mail: info(at)fluerat(dot)example</p></div>"""
    )
    assert (first.name, first.street, first.place) == (
        "Integrationsagentur Adorf", "Musterweg 5", "Adorf",
    )  # fmt: skip
    assert (first.email, first.website) == ("info@agentur.example", "https://agentur.example")
    assert (second.name, second.street) == (
        "Flüchtlingsrat Beispielland e.V.",
        "Beispielallee 12 a",
    )
    assert second.email == "info@fluerat.example"


def test_names_that_lead_to_the_bodies_with_a_few_words_each() -> None:
    first, second = bodies(
        """<h1>Netzwerk</h1><ul><li><a href="https://dom.example">Dokumentationszentrum für
        Migration (DZM)</a> – sammelt Zeugnisse der Einwanderung</li>
        <li><a href="https://zft.example">Zentrum für Studien (ZfS)</a> – forscht zur Teilhabe</li>
        <li><a href="/mehr">Mehr lesen</a> – über die Arbeit im Land</li></ul>"""
    )
    assert (first.name, first.short_name) == ("Dokumentationszentrum für Migration", "DZM")
    assert (first.website, first.summary) == (
        "https://dom.example", "sammelt Zeugnisse der Einwanderung",
    )  # fmt: skip
    assert second.name == "Zentrum für Studien"
