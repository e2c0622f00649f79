"""The table in which a course page lists its dates, and its rows cell by cell."""

from __future__ import annotations

import re
from typing import Final

from scrapers.fields.labels import Label, canonical_label
from scrapers.fields.text import clean
from scrapers.pages.date_words import DATE, TIME
from scrapers.pages.elements import Element, in_page_order
from scrapers.pages.facts import SessionRow
from scrapers.pages.moved_dates import moved_to
from scrapers.pages.page_tree import PageTree

_ROOM: Final = re.compile(
    r"(\w*(raum|saal|zimmer|werkstatt|küche|halle|labor|aula|forum)\b|r\.?\s?\d|edv\b|pc\b)", re.I
)
_ROOM_CODE: Final = re.compile(r"[a-z]{0,2}[ .-]?\d[\w./-]{0,6}", re.I)
_STREET: Final = re.compile(r"[^\W\d_]{3,}\.? \d{1,4} ?[a-z]?(?:[-/]\d+)?", re.I)
_NAME: Final = re.compile(r"[^\W\d_]{3,}")
_DROPPED: Final = re.compile(r"fällt aus|entfällt|ausgefallen|abgesagt|verschoben")
_BAR: Final = re.compile("[•|·]")
_COUNTER: Final = re.compile(r"\d{1,3}\.?")
_SHORT_DAYS: Final = frozenset(["mo", "di", "mi", "do", "fr", "sa", "so"])
_WEEKDAYS: Final = frozenset(
    [
        *("montag", "dienstag", "mittwoch", "donnerstag", "freitag"),
        *("samstag", "sonnabend", "sonntag"),
    ]
)
_KNOWN: Final = "kw-kurstage"
_COLUMNS: Final = {
    Label.DATE: "date",
    Label.START: "date",
    Label.WEEKDAY: "date",
    Label.TIME: "time",
    Label.PLACE: "place",
    Label.ROOM: "room",
}


def session_table(page: PageTree) -> Element | None:
    """The table of dates: the one that the platform marks, else the only one that looks so."""
    tables = page.find("table")
    if marked := _marked(page) if tables else []:
        known = [table for table in tables if any(node.holds(table) for node in marked)]
        if known:
            return known[0]
    alike = [table for table in tables if _looks_like_dates(table)]
    return alike[0] if len(alike) == 1 else None


def session_lines(page: PageTree) -> tuple[str, ...]:
    """The dates where the platform marks a list of them that is no table."""
    return tuple(
        item.text
        for marked in _marked(page)
        for item in marked.inside
        if item.tag == "li" or "kw-table-row" in item.classes
    )


def _marked(page: PageTree) -> list[Element]:
    """What the platform calls the days of the course by its id or its class."""
    named = [node for node in page.having("id") if node.attributes["id"] == _KNOWN]
    return in_page_order(named, page.classed(lambda names: _KNOWN in names.split()))


def session_rows(table: Element) -> tuple[SessionRow, ...]:
    """Rows with a date, in order. Columns are known by their headers, else by their content;
    a cell whose column stays unknown is left out. Rows struck out or said to be dropped count
    as no session; of a row that is moved only the new day is read."""
    headers = _headers(table)
    struck = table.find("s", "del", "strike")
    rows: list[SessionRow] = []
    for row in table.find("tr"):
        cells = [cell for cell in row.children if cell.tag == "td" or _is_row_header(cell)]
        texts = [_cell_text(cell) for cell in cells]
        if not any(DATE.search(text) for text in texts):
            continue
        words = " ".join(texts)
        if (moved := moved_to(words)) is not None:
            rows.append(SessionRow(date=moved))
            continue
        if _DROPPED.search(words.lower()) or any(map(row.holds, struck)):
            continue
        roles = [
            _header_of(cell, position, headers, len(cells)) for position, cell in enumerate(cells)
        ]
        rows.append(_by_headers(texts, roles) or _by_content(texts, known_columns=bool(headers)))
    return tuple(rows)


def session_row_from_line(line: str) -> SessionRow:
    """One line such as "Montag • 08.09.2025 • 16:00 - 17:30 Uhr • Haus • Raum"."""
    parts = [part for words in _BAR.split(line) if (part := words.strip())]
    when = [part for part in parts if DATE.search(part) or TIME.search(part) or _is_weekday(part)]
    where = [part for part in parts if part not in when]
    if not where:
        return SessionRow(date=line)
    if len(where) == 1 and _ROOM.match(where[0]):
        return SessionRow(date=" • ".join(when), room=where[0])
    place, room = (where[0], where[1]) if len(where) == 2 else (", ".join(where), "")
    return SessionRow(date=" • ".join(when), place=place, room=room)


def _looks_like_dates(table: Element) -> bool:
    """Several columns, every row with a date; a table of labels and values has them in one, and
    a table that holds other tables only lays out the page."""
    if table.find("table"):
        return False
    headers = [canonical_label(cell.text) for cell in table.find("th")]
    headers += [canonical_label(text) for _, text in _headers(table)]
    if Label.TITLE in headers or (Label.NUMBER in headers and not _counts_its_rows(table)):
        return False
    rows = [row for row in table.find("tr") if any(cell.tag == "td" for cell in row.children)]
    dated = [row for row in rows if DATE.search(row.text) and not _is_labelled(row)]
    if not dated:
        return False
    return Label.DATE in headers or len(dated) == len(rows)


def _counts_its_rows(table: Element) -> bool:
    """Whether the rows begin with 1, 2, 3: then "Nr." is no number of a course."""
    cells = (row.find("td") for row in table.find("tr"))
    first = [row[0].text.rstrip(".") for row in cells if row]
    return first == [str(number) for number in range(1, len(first) + 1)]


def _is_labelled(row: Element) -> bool:
    first = row.children[0]
    return first.tag == "th" or first.text.endswith(":") or canonical_label(first.text) is not None


def _headers(table: Element) -> list[tuple[str, str]]:
    """(id, text) of the header cells; also of a first row that says so in plain cells."""
    for row in table.find("tr"):
        cells = row.children
        titles = [cell for cell in cells if cell.tag == "th"]
        if len(titles) == len(cells) and cells:
            return [(cell.attribute("id"), cell.text) for cell in titles]
        if cells and all(canonical_label(cell.text) is not None for cell in cells):
            return [(cell.attribute("id"), cell.text) for cell in cells]
    return []


def _is_row_header(cell: Element) -> bool:
    return cell.tag == "th" and bool(DATE.search(cell.text))


def _header_of(
    cell: Element, position: int, headers: list[tuple[str, str]], width: int
) -> Label | None:
    own = cell.attribute("data-label") or cell.attribute("data-th") or cell.attribute("data-title")
    if own:
        return canonical_label(own)
    named = cell.attribute("headers")
    for identity, text in headers:
        if identity and identity == named:
            return canonical_label(text)
    return canonical_label(headers[position][1]) if len(headers) == width else None


def _cell_text(cell: Element) -> str:
    """The cell without a label repeated inside it for narrow screens."""
    text = cell.value
    label, colon, value = text.partition(":")
    if colon and canonical_label(label) is not None and not label[-1:].isdigit():
        return clean(value)
    return text


def _by_headers(texts: list[str], labels: list[Label | None]) -> SessionRow | None:
    """None where a cell is not what its header says: then the columns are not known."""
    values: dict[str, str] = {}
    for label, text in zip(labels, texts, strict=True):
        column = _COLUMNS.get(label) if label is not None else None
        if column == "date" and not DATE.search(text):
            column = None
        if column is not None:
            values.setdefault(column, text)
    row = SessionRow(**values) if "date" in values else None
    return row if row is not None and _fits_its_headers(row) else None


def _fits_its_headers(row: SessionRow) -> bool:
    if row.time and not TIME.search(row.time) and DATE.search(row.time + row.place + row.room):
        return False
    for text in (row.place, row.room):
        if not _ROOM.match(text) and (TIME.search(text) or DATE.search(text)):
            return False
    return not (_is_room(row.place) and row.room and not _is_room(row.room))


def _is_room(text: str) -> bool:
    return bool(_ROOM.match(text) or _ROOM_CODE.fullmatch(text))


def _by_content(texts: list[str], known_columns: bool) -> SessionRow:
    """A row without usable headers. Where the table has headers that do not fit the row, what is
    neither date nor time stays unread: it may stand under any of them."""
    texts = [text for text in texts if text]
    if len(texts) == 1:
        return session_row_from_line(texts[0])
    dated = next(text for text in texts if DATE.search(text))
    timed = [text for text in texts if text is not dated and TIME.search(text)]
    rest = [
        text
        for text in texts
        if text is not dated
        and text not in timed[:1]
        and not _is_weekday(text)
        and not _COUNTER.fullmatch(text)
    ]
    if known_columns:
        rest = []
    if any(_STREET.fullmatch(text) for text in rest):
        rest = []  # a column of streets: which of the others is the place stays open
    rooms = [text for text in rest if _ROOM.match(text)]
    places = [text for text in rest if text not in rooms]
    return SessionRow(
        date=dated,
        time=timed[0] if timed else "",
        place=places[0] if len(places) == 1 and _NAME.search(places[0]) else "",
        room=rooms[0] if len(rooms) == 1 else "",
    )


def _is_weekday(text: str) -> bool:
    word = text.lower().removesuffix(",")
    return word in _WEEKDAYS or word.removesuffix(".") in _SHORT_DAYS
