"""A page as what a reader sees: text blocks in their order, without what surrounds the content.

Readers of single pages work on these blocks and on their lines, never on class names, so that a
relaunch which keeps the words keeps the records.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal
from urllib.parse import unquote

import attrs
from selectolax.lexbor import LexborHTMLParser, LexborNode

from scrapers.fields.contacts import decode_cloudflare_mail, decode_typo3_mail
from scrapers.pages.noise import Noise, is_cookie_sentence
from scrapers.pages.tables import Path, grid, names_columns, terms

BlockKind = Literal["heading", "paragraph", "item", "row"]
Link = tuple[str, str]


@attrs.frozen
class Block:
    """One paragraph, heading, list item or table row.

    `text` is the visible text, its lines separated by "\\n" (`<br>`, blocks within a cell).
    `level` is 1–6 for headings and the depth for items. `links` are (text, href as printed).
    Rows have `cells` and, where the table names its columns, `headers` of the same length; a
    `<dt>` with its `<dd>` is a row of two cells. `path` says where the element stands (child
    indexes from the root), so that blocks of one container can be told from those of another.
    """

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0
    links: tuple[Link, ...] = ()
    cells: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    path: Path = ()


def page_blocks(tree: LexborHTMLParser) -> tuple[Block, ...]:
    """All blocks of the content of a page, in page order. The tree is not changed."""
    body = tree.body
    if body is None:
        return ()
    noise = Noise(tree)
    root = _content_root(tree, body)
    is_plain_text = not any(child.is_element_node for child in root.iter())
    blocks = _Walk(noise).blocks(root, preformatted=is_plain_text)
    return tuple(block for block in blocks if not is_cookie_sentence(block.text))


def document_title(tree: LexborHTMLParser) -> str:
    """The page's own name: og:title, else `<title>`; "" when it has none."""
    node = tree.css_first("meta[property='og:title']")
    if node is not None and (content := tidy(node.attributes.get("content") or "")):
        return content
    title = tree.css_first("title")
    return tidy(title.text()) if title is not None else ""


_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")


def tidy(text: str) -> str:
    """Visible text: spaces joined (also non-breaking ones), invisible characters and empty lines
    gone, line breaks kept."""
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    return "\n".join(line for part in text.split("\n") if (line := part.strip()))


# ---------------------------------------------------------------- the walk over the tree

_BLOCK_LEVEL = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav "
    "ol optgroup option p pre search section summary table tbody td tfoot th thead tr ul"
)
_BLOCK_TAGS = frozenset(_BLOCK_LEVEL.split())
_HEADING_LEVEL = {f"h{level}": level for level in range(1, 7)} | {"summary": 5}
_TYPO3_CALL = re.compile(r"UnCryptMailto\(\s*['\"](?P<token>[a-z][^'\"]{5,200})['\"]")
_MAX_PATH = 200
_MAX_NESTED_TABLES = 6


def _content_root(tree: LexborHTMLParser, body: LexborNode) -> LexborNode:
    """`<main>` where it holds most of the page's words, else the body."""
    mains = tree.css("main, [role=main]")
    if len(mains) != 1:
        return body
    words_inside = len(mains[0].text().split())
    words_outside = len(body.text().split()) - words_inside
    return mains[0] if words_inside > words_outside else body


@attrs.define
class _OpenLink:
    href: str
    start: int
    shown: bool = False


class _Walk:
    """Collects blocks with a stack of its own: depth of nesting is in the hands of strangers."""

    def __init__(self, noise: Noise, table_depth: int = 0) -> None:
        self._noise = noise
        self._table_depth = table_depth
        self._found: list[Block] = []
        self._words: list[str] = []
        self._links: list[Link] = []
        self._open_links: list[_OpenLink] = []
        self._headings: list[int] = []
        self._item_depth = 0
        self._preformatted = 0
        self._path: Path = ()

    def blocks(
        self, root: LexborNode, *, path: Path = (), preformatted: bool = False
    ) -> list[Block]:
        self._preformatted = int(preformatted)
        self._path = path
        stack: list[tuple[LexborNode, Path, bool]] = [*_children(root, path)]
        while stack:
            node, path, is_end = stack.pop()
            if is_end:
                self._leave(node, path)
            elif node.is_text_node:
                self._write(node.text_content or "")
            elif node.is_element_node and self._enter(node, path):
                stack.append((node, path, True))
                stack.extend(_children(node, path))
        self._flush()
        return self._found

    def _enter(self, node: LexborNode, path: Path) -> bool:
        """Begins an element; False when its inside is already dealt with."""
        tag = node.tag or ""
        if tag == "br":
            self._words.append("\n")
            return False
        if self._noise.covers(node):
            return False
        if (address := _cloudflare_address(node)) is not None:
            self._write(address)
            if tag == "a":
                self._links.append((address, f"mailto:{address}"))
            return False
        if tag == "a":
            self._open_links.append(_OpenLink(_href(node), len(self._words)))
        if tag in _BLOCK_TAGS or _opens_panel(node):
            self._flush()
            self._path = path
        if tag == "table" and self._table_depth < _MAX_NESTED_TABLES:
            self._read_table(node, path)
            return False
        if tag == "dl":
            self._read_pairs(node, path)
            return False
        if level := _heading_level(node):
            self._headings.append(level)
        self._item_depth += tag == "li"
        self._preformatted += tag == "pre"
        return True

    def _leave(self, node: LexborNode, path: Path) -> None:
        tag = node.tag or ""
        if tag == "a" and self._open_links:
            link = self._open_links.pop()
            text = tidy("".join(self._words[link.start :]))
            if text or not link.shown:
                self._links.append((text, link.href))
        if tag in _BLOCK_TAGS or _opens_panel(node):
            self._flush()
            self._path = path[:-1]
        if _heading_level(node):
            self._headings.pop()
        self._item_depth -= tag == "li"
        self._preformatted -= tag == "pre"

    def _write(self, text: str) -> None:
        self._words.append(text if self._preformatted else text.replace("\n", " "))

    def _flush(self) -> None:
        text = tidy("".join(self._words))
        if text:
            for link in self._open_links:
                self._links.append((tidy("".join(self._words[link.start :])), link.href))
                link.shown = True
            links = tuple(link for link in self._links if link[1])
            kind, level = self._kind()
            self._found.append(Block(text, kind, level, links, path=self._path))
            self._links = []
        for link in self._open_links:
            link.start = 0
        self._words = []

    def _kind(self) -> tuple[BlockKind, int]:
        if self._headings:
            return "heading", self._headings[-1]
        if self._item_depth:
            return "item", self._item_depth
        return "paragraph", 0

    # ------------------------------------------------------------ tables and pairs

    def _read_table(self, table: LexborNode, path: Path) -> None:
        rows = grid(table, path)
        headers: tuple[str, ...] = ()
        for index, (row_path, cells) in enumerate(rows):
            read = [self._cell(cell, row_path) for cell in cells]
            is_last = index == len(rows) - 1
            if names_columns(cells) and not headers and not is_last:
                headers = tuple(_joined(blocks) for blocks in read)
                continue
            self._found.extend(_row_blocks(read, cells, headers, row_path))

    def _read_pairs(self, pairs: LexborNode, path: Path) -> None:
        label: list[Block] = []
        for node, node_path in terms(pairs, path):
            if node.tag == "dt":
                self._found.extend(_as_heading(label, 5))
                label = self._cell(node, node_path)
                continue
            value = self._cell(node, node_path)
            is_pair = len(value) <= 1 and not any(block.kind == "heading" for block in value)
            if label and is_pair and "\n" not in _joined(label):
                cells = (_joined(label), _joined(value))
                self._found.append(_row(cells, (*label, *value), (), node_path))
            else:
                self._found.extend(_as_heading(label, 5))
                self._found.extend(value)
            label = []
        self._found.extend(_as_heading(label, 5))

    def _cell(self, node: LexborNode, path: Path) -> list[Block]:
        if self._noise.covers(node):
            return []
        return _Walk(self._noise, self._table_depth + 1).blocks(node, path=path)


def _children(node: LexborNode, path: Path) -> list[tuple[LexborNode, Path, bool]]:
    """The children in the order in which a stack must hold them: the last one first."""
    longer = path if len(path) >= _MAX_PATH else None
    return [
        (child, longer if longer is not None else (*path, index), False)
        for index, child in enumerate(node.iter(include_text=True))
    ][::-1]


def _cloudflare_address(node: LexborNode) -> str | None:
    code = (node.attributes or {}).get("data-cfemail")
    return decode_cloudflare_mail(code) if code else None


def _href(node: LexborNode) -> str:
    """The target of a link as printed; a protected e-mail address is decoded."""
    href = (node.attributes.get("href") or "").strip()
    if address := _typo3_address(node, href):
        return f"mailto:{address}"
    return "" if href.lower().startswith(("javascript:", "#")) else href


def _typo3_address(node: LexborNode, href: str) -> str | None:
    token = node.attributes.get("data-mailto-token") or ""
    vector = node.attributes.get("data-mailto-vector") or ""
    if token and re.fullmatch(r"-?\d{1,2}", vector):
        return decode_typo3_mail(token, int(vector))
    if call := _TYPO3_CALL.search(unquote(href)):
        # The script keeps the shift to itself; it is the one that makes "mailto:" of the start.
        return decode_typo3_mail(call["token"], ord(call["token"][0]) - ord("m"))
    return None


def _opens_panel(node: LexborNode) -> bool:
    """A button that opens an accordion panel is the panel's heading."""
    return node.tag == "button" and (
        "aria-controls" in node.attributes or "aria-expanded" in node.attributes
    )


def _heading_level(node: LexborNode) -> int:
    level = _HEADING_LEVEL.get(node.tag or "", 0)
    if level:
        return level
    if (node.attributes or {}).get("role") == "heading":
        stated = node.attributes.get("aria-level") or ""
        return int(stated) if stated in {"1", "2", "3", "4", "5", "6"} else 2
    return 5 if _opens_panel(node) else 0


def _row_blocks(
    read: list[list[Block]], cells: Sequence[LexborNode], headers: tuple[str, ...], path: Path
) -> list[Block]:
    filled = [blocks for blocks in read if blocks]
    distinct = {cell.mem_id for cell, blocks in zip(cells, read, strict=True) if blocks}
    if len(distinct) <= 1:
        only = filled[0] if filled else []
        is_title = all(cell.tag in {"th", "caption"} for cell in cells)
        return _as_heading(only, 6) if is_title else list(only)
    if any(_is_layout(blocks) for blocks in filled):
        seen: set[int] = set()
        found: list[Block] = []
        for cell, blocks in zip(cells, read, strict=True):
            if cell.mem_id not in seen:
                seen.add(cell.mem_id)
                found.extend(blocks)
        return found
    texts = tuple(_joined(blocks) for blocks in read)
    kept_headers = headers if len(headers) == len(texts) else ()
    return [_row(texts, [block for blocks in read for block in blocks], kept_headers, path)]


def _is_layout(blocks: Sequence[Block]) -> bool:
    """A cell that is a piece of page rather than a value."""
    has_heading = any(block.kind == "heading" for block in blocks)
    return len(blocks) > 1 and (has_heading or any(block.kind == "row" for block in blocks))


def _row(
    cells: tuple[str, ...], parts: Iterable[Block], headers: tuple[str, ...], path: Path
) -> Block:
    links = tuple(dict.fromkeys(link for block in parts for link in block.links))
    text = "\n".join(cell for cell in cells if cell)
    return Block(text, "row", 0, links, cells, headers, path)


def _joined(blocks: Sequence[Block]) -> str:
    return "\n".join(block.text for block in blocks)


def _as_heading(blocks: Sequence[Block], level: int) -> list[Block]:
    return [
        attrs.evolve(block, kind="heading", level=block.level or level)
        if block.kind != "row"
        else block
        for block in blocks
    ]
