"""Directories: pages that present organisations one after the other, with their contacts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

import attrs

from scrapers.fields.contacts import (
    read_emails,
    read_fax,
    read_phone,
    read_websites,
)
from scrapers.fields.text import clip
from scrapers.pages.base import PageError
from scrapers.pages.blocks import Block, page_blocks
from scrapers.pages.course_values import impersonal
from scrapers.pages.directory_contacts import POSTCODE, Contacts, are_of_several, read_contacts
from scrapers.pages.directory_entries import STREET, Entry, cut_into_entries
from scrapers.pages.directory_names import (
    DEFINED_IN_BRACKETS,
    LABEL_OF_BODY,
    Name,
    is_body_name,
    is_generic,
    name_from_label,
    names_at_start,
    names_inside,
    stems,
)
from scrapers.pages.document import DocumentPage
from scrapers.pages.lines import Line, page_lines
from scrapers.pages.prose import whole_sentences
from scrapers.records import Organisation

_SUMMARY_LENGTH = 300
_CONTACT_FIELDS = ("postcode", "phone", "email")
_QUOTED = 120
_NAME_HEADER = re.compile(
    r"name|organisation|einrichtung|träger|verein|verband|institution|partner|stelle|netzwerk",
    re.IGNORECASE,
)
_NAME_BEFORE_ADDRESS = re.compile(r"^(?P<name>[^,;|:]{3,110}?)\s*(?:[,;|:]|\s[–-])\s+(?P<rest>.+)$")


class DirectoryPage(DocumentPage):
    """A directory. Raises PageError where it presents nobody, since a directory has entries.

    Contacts that stand where a heading is missing belong to nobody that is known: they are left
    out, and the page is doubted.
    """

    VERSION = 4

    def records(self) -> Sequence[Organisation]:
        return self._read[0]

    def doubts(self) -> tuple[str, ...]:
        return (*super().doubts(), *self._read[1])

    @cached_property
    def _read(self) -> tuple[Sequence[Organisation], Sequence[str]]:
        blocks = page_blocks(self.tree)
        rows = [block for block in blocks if _is_entry_row(block)]
        doubts: list[str] = []
        found = [_from_row(block, self, doubts) for block in rows]
        for part in _parts_between(blocks, rows):
            found.extend(_from_lines(page_lines(part), self, doubts))
        organisations = _merged(found, doubts)
        if organisations:
            return organisations, doubts
        if not any(block.text for block in blocks):
            raise PageError("no_results", "the page has no text in which a body could be presented")
        raise PageError("markup_changed", "no organisation was recognised in this directory")


# ---------------------------------------------------------------- entries in running text


def _from_lines(lines: Sequence[Line], page: DocumentPage, doubts: list[str]) -> list[Organisation]:
    found: list[Organisation] = []
    run: list[Line] = []
    for line in lines:
        if whole := _in_one_line(line, page) or _behind_link(line, page):
            found.extend(_from_entries(run, page, doubts))
            found.append(whole)
            run = []
        else:
            run.append(line)
    return [*found, *_from_entries(run, page, doubts)]


def _from_entries(
    lines: Sequence[Line], page: DocumentPage, doubts: list[str]
) -> list[Organisation]:
    entries = cut_into_entries(lines)
    entry_levels = _levels_of_entries(entries)
    headed = (position for position, entry in enumerate(entries) if entry.heading)
    first_headed = next(headed, len(entries))
    found = []
    for position, entry in enumerate(entries):
        contact = [line.text for line in entry.contact]
        if name := _name_of(entry, entry_levels):
            found.append(_organisation(name, entry, page))
            if are_of_several(contact):
                doubts.append(f"contacts of several bodies stand below {clip(name.name, _QUOTED)}")
        elif _gives_contacts(contact) or (
            entry_levels
            and entry.heading is None
            and first_headed < position < len(entries) - 1
            and _presents(entry)
        ):
            words = clip(" ".join([*(line.text for line in entry.prose[:1]), *contact]), _QUOTED)
            doubts.append(f"something stands here for which no body is named: {words}")
    return found


def _presents(entry: Entry) -> bool:
    """Whether an entry without a heading, between others that have one, tells of a body."""
    return bool(entry.prose) and bool(entry.more or entry.contact)


def _levels_of_entries(entries: Iterable[Entry]) -> frozenset[int]:
    """Heading levels that stand over at least three texts: there a heading alone names a body."""
    levels = [
        entry.heading.level
        for entry in entries
        if entry.heading and entry.heading.kind == "heading" and not entry.is_empty
    ]
    return frozenset(level for level in levels if levels.count(level) >= 3)


def _name_of(entry: Entry, entry_levels: frozenset[int]) -> Name | None:
    heading = entry.heading if entry.heading and not _is_data(entry.heading.text) else None
    prose = " ".join(line.text for line in entry.prose)
    if heading and not is_generic(heading.text) and not entry.is_empty:
        label = name_from_label(heading.text)
        is_repeated = len(label.name) > 3 and label.name in prose
        if is_body_name(heading.text) or is_repeated:
            return label
    if candidates := _candidates(entry):
        return min(candidates, key=lambda name: name.rank)
    if not entry.is_closed and not (heading and heading.level in entry_levels and entry.prose):
        return None
    if entry.contact and not _is_data(entry.contact[0].text):
        return name_from_label(entry.contact[0].text)
    for line in entry.closing:
        if _can_name(line.text):
            return name_from_label(line.text)
    if heading and not is_generic(heading.text):
        return name_from_label(heading.text)
    return None


def _candidates(entry: Entry) -> list[Name]:
    """Names that the entry's own words give, with those dropped that another one outdoes."""
    found = [name for line in entry.prose[:1] if (name := names_at_start(line.text))]
    if not entry.is_closed:
        return found
    found += [name for line in entry.prose[1:] if (name := names_at_start(line.text))]
    labels = [name_from_label(line.text) for line in entry.closing if is_body_name(line.text)]
    for position, line in enumerate([*entry.prose, *entry.more]):
        for name in names_inside(line.text):
            is_first = position == 0 or "kurz" in line.text
            if name.rank == DEFINED_IN_BRACKETS:
                agrees = any(stems(name.name) & stems(label.name) for label in labels)
                if (labels and not agrees) or (not labels and not is_first):
                    continue
                name = Name(name.name, name.short_name, LABEL_OF_BODY - 1) if agrees else name
            found.append(name)
    return [*found, *labels]


def _can_name(text: str) -> bool:
    return not _is_data(text) and not is_generic(text) and text[:1].isupper()


def _is_data(text: str) -> bool:
    if STREET.match(text) or POSTCODE.search(text) or read_emails(text) or read_websites(text):
        return True
    return bool(read_phone(text).value or read_fax(text).value)


def _organisation(name: Name, entry: Entry, page: DocumentPage) -> Organisation:
    contact = [line.text for line in entry.contact]
    texts = [line.text for line in [*entry.prose, *entry.more, *entry.contact]]
    lines = [*entry.more, *entry.contact, *entry.closing, *entry.prose]
    if entry.heading:
        lines.append(entry.heading)
    links = [link for line in lines for link in line.links]
    is_certain = not are_of_several(contact)
    prose = [line.text for line in entry.prose]
    return _record(
        name,
        printed=[line.text for line in lines],
        summary=_summary(name, prose) if _is_about(prose, name, entry) else None,
        contacts=read_contacts(contact or texts, texts, links, page) if is_certain else Contacts(),
    )


def _is_about(prose: Sequence[str], name: Name, entry: Entry) -> bool:
    """Whether the text of an entry presents the body of this name: under its heading, or by its
    words. Where names stand over addresses, the text above is that of the body before."""
    if entry.heading is not None and name.name in entry.heading.text:
        return True
    words = " ".join(prose)
    if name.name in words or (name.short_name and name.short_name in words):
        return True
    own = stems(name.name)
    return bool(own) and 2 * len(own & stems(words)) >= len(own)


def _gives_contacts(lines: Sequence[str]) -> bool:
    """An address with a way to reach whoever sits there: more than a line of the page's footer."""
    text = "\n".join(lines)
    can_be_reached = bool(read_emails(text) or read_phone(text).value)
    return can_be_reached and any(POSTCODE.search(line) for line in lines)


def _record(
    name: Name, printed: Iterable[str], summary: str | None, contacts: Contacts
) -> Organisation:
    """`printed` are the lines in which the name may stand."""
    lines = [text for text in printed if name.name in text]
    words = {"name": min(lines, key=len, default=name.name)}
    if name.short_name:
        shorts = [text for text in lines if name.short_name in text]
        words["short_name"] = min(shorts, key=len, default=name.short_name)
    if summary:
        words["summary"] = summary
    values = {
        "name": name.name,
        "short_name": name.short_name,
        "summary": summary,
        **attrs.asdict(contacts, filter=lambda field, _: field.name != "words"),
    }
    return Organisation(**values, origins=impersonal({**words, **contacts.words}, values))


def _summary(name: Name, paragraphs: Sequence[str]) -> str | None:
    """The page's own words about the body: from the sentence that names it, where one does."""
    parts = [part for paragraph in paragraphs for part in whole_sentences(paragraph)]
    words = name.short_name or name.name
    start = next((i for i, part in enumerate(parts) if words in part), 0)
    text = " ".join(parts[start:])
    return clip(text, _SUMMARY_LENGTH) if text else None


# ---------------------------------------------------------------- entries in one row or line


def _is_entry_row(block: Block) -> bool:
    """A table row that holds a body and its contacts, cell by cell."""
    if block.kind != "row" or len(block.cells) < 2:
        return False
    name = block.cells[_name_column(block)].split("\n")[0]
    rest = " | ".join(cell for cell in block.cells if cell != name)
    has_contact = bool(POSTCODE.search(rest) or read_emails(rest) or read_websites(rest))
    has_contact = has_contact or bool(block.headers and (read_phone(rest).value or block.links))
    return has_contact and _can_name(name) and (bool(block.headers) or is_body_name(name))


def _name_column(block: Block) -> int:
    return next((i for i, head in enumerate(block.headers) if _NAME_HEADER.search(head)), 0)


def _from_row(block: Block, page: DocumentPage, doubts: list[str]) -> Organisation:
    column = _name_column(block)
    name_cell = block.cells[column].split("\n")
    name = name_from_label(name_cell[0])
    texts = list(name_cell[1:])
    for index, cell in enumerate(block.cells):
        if index != column and cell:
            label = block.headers[index] if block.headers else ""
            texts.extend(
                f"{label}: {line}" if _is_number_header(label) else line
                for line in cell.split("\n")
            )
    prose = [text for text in texts if len(text) > 60 and not POSTCODE.search(text)]
    contacts = Contacts()
    if are_of_several(texts):
        doubts.append(f"contacts of several bodies stand beside {clip(name.name, _QUOTED)}")
    else:
        contacts = read_contacts(texts, texts, block.links, page)
    return _record(name, block.text.split("\n"), _summary(name, prose), contacts)


def _is_number_header(label: str) -> bool:
    return bool(re.match(r"(?:tel|fon|fax|telefax)", label, re.IGNORECASE))


def _parts_between(blocks: Sequence[Block], rows: Sequence[Block]) -> list[list[Block]]:
    parts: list[list[Block]] = [[]]
    taken = {id(row) for row in rows}
    for block in blocks:
        if id(block) in taken:
            parts.append([])
        else:
            parts[-1].append(block)
    return [part for part in parts if part]


def _in_one_line(line: Line, page: DocumentPage) -> Organisation | None:
    """ "Verein e.V., Musterstr. 1, 12345 Ort, Tel. …": an entry that needs no second line."""
    match = _NAME_BEFORE_ADDRESS.match(line.text)
    if not match or not POSTCODE.search(match["rest"]) or not is_body_name(match["name"]):
        return None
    if re.match(r"(?:Kontakt|Anschrift|Adresse|Sitz)\b", match["name"]):
        return None
    name = name_from_label(match["name"])
    return _record(
        name,
        printed=[line.text],
        summary=None,
        contacts=read_contacts([match["rest"]], [match["rest"]], line.links, page),
    )


def _behind_link(line: Line, page: DocumentPage) -> Organisation | None:
    """ "Zentrum für Migration (ZM) – forscht …": the name leads to the body's own site."""
    for text, href in line.links:
        rest = line.text.removeprefix(text) if text else line.text
        told = re.fullmatch(r"\s*[–—:,-]\s+(?P<about>.{15,})", rest)
        if told is None or rest == line.text or not is_body_name(text):
            continue
        contacts = read_contacts([], [], [(text, href)], page)
        if contacts.website is None:
            continue
        return _record(
            name_from_label(text), [line.text], clip(told["about"], _SUMMARY_LENGTH), contacts
        )
    return None


def _merged(found: Sequence[Organisation], doubts: list[str]) -> list[Organisation]:
    """One record for each name; what one mention leaves open another may tell. Other contacts than
    those known belong to a body whose name is lost: nothing of them is taken."""
    by_name: dict[str, Organisation] = {}
    for organisation in found:
        known = by_name.get(organisation.name)
        if known is None:
            by_name[organisation.name] = organisation
            continue
        told = {key: value for key, value in organisation if getattr(known, key) is None}
        if any(_differ(known, organisation, field) for field in _CONTACT_FIELDS):
            told = {key: value for key, value in told.items() if key in ("short_name", "summary")}
            doubts.append(
                f"two different contacts are given for {clip(organisation.name, _QUOTED)}"
            )
        words = {key: organisation.origins[key] for key in told if key in organisation.origins}
        told["origins"] = known.origins | words
        by_name[organisation.name] = known.model_copy(update=told)
    return list(by_name.values())


def _differ(one: Organisation, other: Organisation, field: str) -> bool:
    here, there = getattr(one, field), getattr(other, field)
    return bool(here and there and here != there)
