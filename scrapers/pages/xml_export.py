"""A catalogue as one XML file: the safe way to its course elements, whatever their format.

The file comes from strangers. It is decoded here and handed to the parser as UTF-8 without any
document type, so that there is nothing to expand and nothing to fetch; depth, size, the length of
texts and the number of courses are bounded; courses are read one at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Final

from lxml import etree  # type: ignore[import-untyped]

from scrapers.pages.base import PageError
from scrapers.pages.embedded_text import visible_lines

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_COURSES: Final = 50_000

_DECLARATION: Final = re.compile(r"\A\s*<\?xml\b[^>]{0,300}\?>")
_NAMED: Final = re.compile(r"""encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_BEFORE_ROOT: Final = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ROOT: Final = re.compile(r"""<(?:[\w.-]{1,60}:)?([\w.-]{1,60})((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
# As on the web: what calls itself Latin-1 is windows-1252, which differs only in printable places.
_ENCODINGS: Final = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "iso-8859-1": "windows-1252",
    "latin1": "windows-1252",
    "windows-1252": "windows-1252",
    "cp1252": "windows-1252",
    "iso-8859-15": "iso-8859-15",
}
# Characters that no XML may hold, as they are and by number; word processors leave them in texts.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORBIDDEN_BY_NUMBER: Final = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]));"
)


def xml_root(body: bytes) -> tuple[str, str]:
    """Local name and attributes of the root element, both "" where the body is no XML.

    Looks at the beginning only, so that it is cheap on any page.
    """
    head = body[:8000]
    if b"<" not in head[:400]:
        return "", ""
    try:
        text = decode_xml(head[: len(head) - len(head) % 2], cut=True)
    except PageError:
        return "", ""
    start = _BEFORE_ROOT.match(text)
    root = _ROOT.match(text, start.end() if start else 0)
    return (root[1], root[2]) if root else ("", "")


def decode_xml(body: bytes, *, cut: bool = False) -> str:
    """The document as text, without its declaration. What reads as UTF-8 is UTF-8 whatever it
    declares; else the declared charset counts. With `cut` the body may end within a character.

    Raises PageError ("decode") where no known charset fits.
    """
    named = _named_encoding(body)
    if named == "":
        raise PageError("decode", "the XML declares a charset that is not read here")
    tried = (named,) if named.startswith("utf-16") else ("utf-8", named, "windows-1252")
    for encoding in dict.fromkeys(tried):
        try:
            text = body.decode(encoding, "ignore" if cut and encoding == "utf-8" else "strict")
        except UnicodeDecodeError:
            continue
        text = _DECLARATION.sub("", text.removeprefix("\ufeff"), count=1)
        return _FORBIDDEN_BY_NUMBER.sub(" ", _FORBIDDEN.sub(" ", text))
    raise PageError("decode", "the bytes of the XML fit no known charset")


def _named_encoding(body: bytes) -> str:
    """The charset by its mark or declaration, UTF-8 without one, "" for one that is not known."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if body.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    declaration = _DECLARATION.match(body[:600].decode("latin-1"))
    named = _NAMED.search(declaration[0]) if declaration else None
    return _ENCODINGS.get(named[1].lower(), "") if named else "utf-8"


def course_elements(body: bytes, name: str) -> Iterator[XmlCourse]:
    """The elements with this local name, in order, each only until the next one is asked for.

    Raises PageError: `too_large` beyond the limits, `decode` where the file is not well-formed or
    cut off, `markup_changed` where it carries a document type or nests courses.
    """
    if len(body) > MAX_BYTES:
        raise PageError("too_large", f"the export has {len(body)} bytes, {MAX_BYTES} are read")
    text = decode_xml(body)
    before = _BEFORE_ROOT.match(text)
    if text.startswith("<!", before.end() if before else 0):
        raise PageError(
            "markup_changed", "the export has a document type; exports need none, it is not read"
        )
    found = 0
    open_courses = 0
    events = etree.iterparse(
        BytesIO(text.encode("utf-8")),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        for event, element in events:
            if _local(element) != name:
                continue
            open_courses += 1 if event == "start" else -1
            if open_courses > 1:
                raise PageError("markup_changed", f"a <{name}> of the export holds another one")
            if event == "end":
                found += 1
                if found > MAX_COURSES:
                    raise PageError("too_large", f"the export has more than {MAX_COURSES} courses")
                yield XmlCourse(element)
                _forget(element)
    except etree.XMLSyntaxError as error:
        message = f"the export is no well-formed XML, or is cut off: {error.msg}"
        raise PageError("decode", message[:300]) from error


class XmlCourse:
    """One course element: its texts by path of local names ("adresse/plz"), namespaces ignored."""

    def __init__(self, element: etree._Element) -> None:
        self._element = element

    def parts(self, path: str) -> list[XmlCourse]:
        found = [self._element]
        for step in path.split("/"):
            found = [child for element in found for child in element if _local(child) == step]
        return [XmlCourse(element) for element in found]

    def texts(self, path: str) -> list[str]:
        """Each text at the path in one line, markup removed, empty ones left out."""
        return [text for part in self.parts(path) if (text := " ".join(part.lines()))]

    def text(self, path: str) -> str:
        """The first text at the path, "" without one."""
        return next(iter(self.texts(path)), "")

    def lines(self, path: str = "") -> tuple[str, ...]:
        """The text line by line; markup that editors have put into it is read as such."""
        if path:
            return tuple(line for part in self.parts(path) for line in part.lines())
        return visible_lines(self._element.text or "")

    def number(self, path: str) -> int | None:
        """A count of at least 0; None for −1, which exports write for "unknown"."""
        text = self.text(path)
        return int(text) if re.fullmatch(r"\d{1,5}", text) else None


def join_parts(parts: Sequence[str], mark: str = ", ") -> str:
    """Non-empty parts, each once."""
    return mark.join(dict.fromkeys(part for part in parts if part))


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _forget(element: etree._Element) -> None:
    """Frees an element that was read, and what stands before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
