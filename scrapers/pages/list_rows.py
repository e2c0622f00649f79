"""One row of a result list: its link, its title, its number and its labelled values."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import attrs

from scrapers.fields.course_numbers import clean_course_number, number_from_url
from scrapers.fields.labels import Label, canonical_label
from scrapers.fields.places import read_places
from scrapers.fields.prices import read_price
from scrapers.fields.status import read_status
from scrapers.fields.text import clean
from scrapers.pages.base import ListEntry
from scrapers.pages.date_words import DATE
from scrapers.pages.elements import Element
from scrapers.pages.labelled import Pair, labelled_pairs, value_with_role
from scrapers.pages.markup import target
from scrapers.pages.status_lights import status_texts

_LINK_WORDS: Final = re.compile(
    r"(mehr|details?|weiter(lesen)?|info(s|rmationen)?|zum kurs|zur (anmeldung|buchung)|anmelden|"
    r"(jetzt )?buchen|in den warenkorb|merken|kurs ?details?|kurs anzeigen|ansehen|hier)"
    r"([ :].*)?|mehr .*|weitere .*|details .*|[»›>→…]*",
    re.I,
)
_TITLE_MARK: Final = re.compile(r"titel|title|headline|bezeichnung|kursname", re.I)
_NUMBER_MARK: Final = re.compile(r"(^|[-_])(nr|knr|nummer|number)([-_]|$)")
_SUBTITLE_MARK: Final = re.compile(r"sub-?title|untertitel|subline|subheader", re.I)
_OCCUPANCY: Final = re.compile(r"\d{1,4}\s+von\s+\d{1,4}", re.I)
_PRICE: Final = re.compile(r"\d\s*(€|eur\b)|(gebühren|entgelt|kosten)frei|kostenlos", re.I)
_NAMES_COURSES: Final = re.compile(
    r"kurse?|veranstaltung(en)?|angebote?|seminare?|kursangebote?|was", re.I
)
_ISO_DATE: Final = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_GOES_TO: Final = re.compile(r"\blocation(?:\.href)?\s*=\s*[\"']([^\"']+)[\"']")
_ADDRESSES: Final = ("data-href", "data-url", "href")
_BLOCKS: Final = ("div", "p", "li")
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_LEVELS_ABOVE: Final = 3
_DATED: Final = frozenset({Label.START, Label.END, Label.DATE})
_PLACED: Final = frozenset({Label.PLACE, Label.ROOM})
_COUNTED: Final = frozenset({Label.OCCUPANCY, Label.FREE_PLACES})
_BARE_COUNT: Final = re.compile(r"\d{1,4}( ?/ ?\d{1,4})?")
_RUNNING_NUMBER: Final = re.compile(r"\d{1,3}\.?")


@attrs.frozen
class Column:
    """A column of a result table: the id that cells refer to, and the words of its header."""

    identity: str
    header: str


class _Cell(NamedTuple):
    """A cell of a row, what stands over it, and which label that is."""

    node: Element
    header: str
    label: Label | None


def columns_of(table: Element | None) -> tuple[Column, ...]:
    """The header cells of a table of rows; () where it has none, or rows stand in no table."""
    if table is None:
        return ()
    for candidate in table.find("tr"):
        cells = candidate.children
        if cells and all(cell.tag == "th" for cell in cells):
            return tuple(Column(cell.attribute("id"), cell.text) for cell in cells)
    return ()


def read_row(
    row: Element,
    columns: Sequence[Column],
    base_url: str,
    leads_on: Callable[[str], bool],
    *,
    by_words: bool = False,
) -> ListEntry | None:
    """The entry of one row; None when it has no address of a course or no title.

    `by_words` takes the row's first words for the title where neither mark nor link is one.
    `leads_on` says which addresses lead to a course. Column numbers differ between sites, so
    cells are known by their headers, without headers by their content, else they stay unnamed.
    """
    links = _links(row, base_url, leads_on)
    if not links:
        return None
    url = links[0][1]
    cells = _cells_of(row, columns)
    if not _titles_fit(cells, [node for node, _ in links]):
        columns = ()
        cells = _cells_of(row, columns)
    pairs = _cell_pairs(cells)
    labelled = labelled_pairs(row, without=[cell.node for cell in cells])
    pairs += tuple(
        (label, value)
        for label, value in labelled
        if (label, value) not in pairs and _fits(canonical_label(label), value)
    )
    pairs += _property_pairs(row)
    lights = status_texts(row)
    if lights and not value_with_role(pairs, Label.STATUS):
        pairs += (("Status", lights[0]),)
    number = _number(pairs, cells, url)
    if number and not value_with_role(pairs, Label.NUMBER):
        pairs += (("Kursnummer", number),)
    title = _title(row, cells, [node for node, _ in links], number)
    if not title and by_words and not columns:
        title = _first_words(row, number, {value for _, value in pairs})
        title = title or _heading_above(row, number)
    if not title:
        return None
    return ListEntry(title=title, url=url, number=number, text=row.text, facts=pairs)


def _cells_of(row: Element, columns: Sequence[Column]) -> list[_Cell]:
    nodes = [cell for cell in row.children if cell.tag in ("td", "th")]
    headers = [_header(node, position, columns, len(nodes)) for position, node in enumerate(nodes)]
    return [
        _Cell(node, header, _column_label(header, node))
        for node, header in zip(nodes, headers, strict=True)
    ]


def _titles_fit(cells: Sequence[_Cell], links: Sequence[Element]) -> bool:
    """False where the course is linked from another cell than the one that its header calls the
    title: then the headers belong to other columns."""
    titled = [cell.node for cell in cells if cell.label is Label.TITLE]
    if not titled:
        return True
    linked = [
        cell.node
        for cell in cells
        if any(cell.node.holds(link) and _is_title(link.text, None) for link in links)
    ]
    return not linked or any(node in linked for node in titled)


def _links(
    row: Element, base_url: str, leads_on: Callable[[str], bool]
) -> list[tuple[Element, str]]:
    found: list[tuple[Element, str]] = []
    for node in (row, *row.having(*_ADDRESSES, "onclick")):
        for href in _addresses_of(node):
            url = target(base_url, href)
            if url and leads_on(url):
                found.append((node, url))
                break
    return found


def _addresses_of(node: Element) -> Iterator[str]:
    for name in _ADDRESSES if node.tag == "a" else _ADDRESSES[:-1]:
        if address := node.attribute(name):
            yield address
    if address := clicked_address(node):
        yield address


def clicked_address(node: Element) -> str:
    """Where a click on the element leads by its own small script, "" where it has none."""
    script = node.attributes.get("onclick")
    found = _GOES_TO.search(script) if script else None
    return found[1] if found else ""


def _cell_pairs(cells: Sequence[_Cell]) -> tuple[Pair, ...]:
    pairs: list[Pair] = []
    for node, header, label in cells:
        value = node.value
        if not value:
            continue
        if label is None or not _fits(label, value):
            header = _header_by_content(value) or ("" if label else header)
            label = _column_label(header, node)
        if header and label is not Label.TITLE:
            pairs.append((header.rstrip(": "), _without_label(value)))
    return tuple(pairs)


def _header(cell: Element, position: int, columns: Sequence[Column], width: int) -> str:
    own = cell.attribute("data-label") or cell.attribute("data-th")
    if own:
        return own
    named = cell.attribute("headers")
    for column in columns:
        if named and column.identity == named:
            return column.header
    return columns[position].header if len(columns) == width else ""


def _column_label(header: str, cell: Element) -> Label | None:
    """A column called "Kurs" holds titles, unless its cell is a number."""
    if _NAMES_COURSES.fullmatch(header.strip()):
        return Label.NUMBER if clean_course_number(cell.text) else Label.TITLE
    return canonical_label(header) if header else None


def _fits(label: Label | None, value: str) -> bool:
    """Whether a value can stand under a label; under a wrong label it is not read at all."""
    if label is None:
        return True
    if label in _DATED:
        return bool(DATE.search(value) or _ISO_DATE.search(value))
    if label is Label.NUMBER:
        return clean_course_number(value) is not None or value.isdigit()
    if label is Label.STATUS:
        return not DATE.search(value) and read_status(value).value is not None
    if label is Label.PRICE:
        return read_price(value, labelled=True).value is not None and not DATE.search(value)
    if label in _PLACED:
        return not (
            DATE.search(value)
            or _OCCUPANCY.fullmatch(value)
            or _PRICE.search(value)
            or read_status(value).value is not None
            or clean_course_number(value) is not None
        )
    if label in _COUNTED:
        places = read_places(value, occupancy=True)
        return bool(_BARE_COUNT.fullmatch(value)) or places.value is not None
    return True


def _header_by_content(value: str) -> str:
    if _OCCUPANCY.fullmatch(value):
        return "Belegung"
    if DATE.search(value) and len(value) < 60:
        return "Termin"
    return "Gebühr" if _PRICE.search(value) and len(value) < 40 else ""


def _without_label(value: str) -> str:
    label, colon, rest = value.partition(":")
    return clean(rest) if colon and canonical_label(label) is not None and rest.strip() else value


def _property_pairs(row: Element) -> tuple[Pair, ...]:
    """The unlabelled `ul.kw-kurs-properties`: "number | place", then a date, then a price."""
    pairs: list[Pair] = []
    for item in row.find("li"):
        if item.parent is None or "properties" not in (item.parent.attributes.get("class") or ""):
            continue
        value = item.value
        header = _header_by_content(value)
        if header:
            pairs.append((header, value))
        elif "|" in value:
            place = value.partition("|")[2].strip()
            if place:
                pairs.append(("Ort", place))
    return tuple(pairs)


def _number(pairs: Sequence[Pair], cells: Sequence[_Cell], url: str) -> str | None:
    """What the row prints as the number; a mere row count is no course number."""
    in_url = number_from_url(url)
    printed = clean_course_number(value_with_role(pairs, Label.NUMBER))
    if printed and (in_url is None or not _RUNNING_NUMBER.fullmatch(printed)):
        return printed
    for cell in cells:
        if any(map(_NUMBER_MARK.search, cell.node.classes)):
            return clean_course_number(cell.node.text) or in_url
    return in_url


def _title(
    row: Element,
    cells: Sequence[_Cell],
    links: Sequence[Element],
    number: str | None,
) -> str:
    for cell in cells:
        if cell.label is Label.TITLE:
            linked = [node for node in _by_words(row, links) if cell.node.holds(node)]
            texts = (_title_words(node, number) for node in (*linked, cell.node))
            return next((text for text in texts if text), "")
    marked = [node for node in row.inside if _is_marked_title(node)]
    inner = [
        node
        for node in marked
        if not any(node is not other and node.holds(other) for other in marked)
    ]
    headings = row.find(*_HEADINGS)
    # A link that is the whole row has its title in the first of its parts.
    parts = [*row.children, row] if row.tag == "a" else []
    nodes = (*inner, *_by_words(row, links), *headings, *parts)
    return next((text for node in nodes if (text := _title_words(node, number))), "")


def _first_words(row: Element, number: str | None, values: Collection[str]) -> str:
    """The first line of a row that is neither its number nor a value: the title where the link is
    on the number or on the row itself."""
    for line in row.lines:
        words = clean(line.removeprefix(number)).lstrip(":|- ") if number else line
        if (
            len(words.split()) > 1
            and words not in values
            and _is_title(words, number)
            and not _header_by_content(words)
            and canonical_label(words.partition(":")[0]) is None
            and read_status(words).value is None
        ):
            return words
    return ""


def _heading_above(row: Element, number: str | None) -> str:
    """The heading right above a row that prints no title itself, or above the list it begins."""
    node: Element | None = row
    for _ in range(_LEVELS_ABOVE):
        if node is None or node.parent is None:
            break
        siblings = node.parent.children
        place = siblings.index(node)
        if place > 0:
            words = siblings[place - 1].text if siblings[place - 1].tag in _HEADINGS else ""
            return words if _is_title(words, number) else ""
        node = node.parent
    return ""


def _is_marked_title(node: Element) -> bool:
    names = node.attributes.get("class")
    return bool(names) and _marks_title(names)


@lru_cache(maxsize=8192)
def _marks_title(names: str) -> bool:
    """Class names repeat in all rows and on all pages of a site."""
    return any(
        _TITLE_MARK.search(name) and not _SUBTITLE_MARK.search(name) for name in names.split()
    )


def _by_words(row: Element, links: Sequence[Element]) -> list[Element]:
    """Links to the course, the longest words first; the row's own `data-href` is no text."""
    real = [node for node in links if node is not row]
    return sorted(real, key=lambda node: -len(node.text))


def _title_words(node: Element, number: str | None) -> str:
    """The title in a node that may also hold a subtitle, labels with their values, a number.

    Where the node wraps a whole row, the title is its first line that can be one.
    """
    subtitles = [
        part.text
        for part in (node, *node.inside)
        if part.tag == "small" or _SUBTITLE_MARK.search(part.attributes.get("class") or "")
    ]
    values = {value for _, value in labelled_pairs(node)}
    lines = [line for line in node.lines if line not in values and _is_title(line, number)]
    if values or node.tag in _BLOCKS or node.find(*_BLOCKS):
        lines = lines[:1]
    words = " ".join(lines)
    for subtitle in subtitles:
        words = clean(words.removesuffix(subtitle))
    return words


def _is_title(text: str, number: str | None) -> bool:
    return (
        len(text) > 2
        and text != number
        and clean_course_number(text) is None
        and not (text.endswith(":") and canonical_label(text) is not None)
        and not _LINK_WORDS.fullmatch(text)
        and not (DATE.search(text) and len(text) < 25)
    )
