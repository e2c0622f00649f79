"""What a relaunch does to a page: classes renamed, blocks gone, columns swapped, other tags.

Every function takes a page's HTML and gives mutants; the seed is fixed, so they are the same at
every run. Words are never changed, only dropped or moved.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import combinations

import lxml.html
from lxml.html import HtmlElement

SEED = 20260314
_NEVER_DROPPED = frozenset({"html", "body", "head", "br", "meta", "title", "script", "link"})

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True)
class Mutant:
    """One changed page. `kind` is the mutation, `what` says where it struck; `drops_row` is True
    where one of several like rows is gone, after which the page truly says less."""

    kind: str
    what: str
    html: str
    drops_row: bool = False
    drops_heading: bool = False


def mutants(html: str) -> Iterator[Mutant]:
    """All mutants of a page, in a fixed order."""
    for mutate in (
        _rename_classes,
        _drop_elements,
        _swap_columns,
        _reorder_pairs,
        _wrap,
        _change_tags,
    ):
        yield from mutate(html)


def _tree(html: str) -> HtmlElement:
    return lxml.html.document_fromstring(html)


def _html(tree: HtmlElement) -> str:
    text: str = lxml.html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>")
    return text


def _elements(tree: HtmlElement) -> list[HtmlElement]:
    return [node for node in tree.body.iter() if isinstance(node.tag, str)]


def _name(node: HtmlElement, index: int) -> str:
    return f"<{node.tag} class={node.get('class')!r}> no. {index}"


def _rename_classes(html: str) -> Iterator[Mutant]:
    dice = random.Random(SEED)
    names = sorted({name for node in _elements(_tree(html)) for name in node.classes})
    new_names = {name: f"c{dice.randrange(10**6):06d}" for name in names}

    def renamed(which: set[str], ids: str) -> str:
        tree = _tree(html)
        for node in _elements(tree):
            if node.get("class"):
                words = [new_names[n] if n in which else n for n in node.get("class").split()]
                node.set("class", " ".join(words))
            if ids != "kept":
                node.attrib.pop("id", None)
            if ids == "gone with classes":
                node.attrib.pop("class", None)
        return _html(tree)

    yield Mutant("classes", "every class renamed", renamed(set(names), "kept"))
    yield Mutant("classes", "every class renamed, no id", renamed(set(names), "gone"))
    yield Mutant("classes", "neither class nor id", renamed(set(), "gone with classes"))
    for name in names:
        yield Mutant("classes", f"class {name} renamed", renamed({name}, "kept"))


def _drop_elements(html: str) -> Iterator[Mutant]:
    for index, node in enumerate(_elements(_tree(html))):
        if node.tag in _NEVER_DROPPED:
            continue
        tree = _tree(html)
        gone = _elements(tree)[index]
        parent = gone.getparent()
        is_row = gone.tag in ("tr", "tbody", "td", "li", "dd") and len(parent.findall(gone.tag)) > 1
        tables = list(gone.iterancestors("table"))
        is_row = is_row or (gone.tag == "tr" and len(list(tables[0].iter("tr"))) > 1)
        is_row = is_row or any(above.tag == "tr" for above in gone.iterancestors())
        is_heading = gone.tag in _HEADINGS or parent.tag in _HEADINGS
        gone.drop_tree()
        what = f"without {_name(node, index)}"
        yield Mutant("dropped", what, _html(tree), is_row, is_heading)


def _swap_columns(html: str) -> Iterator[Mutant]:
    for number, table in enumerate(_tree(html).iter("table")):
        width = max((len(row) for row in table.iter("tr")), default=0)
        has_header = table.find(".//th") is not None
        for left, right in combinations(range(width), 2):
            for with_header in (True, False) if has_header and width > 2 else (True,):
                tree = _tree(html)
                for row in list(tree.iter("table"))[number].iter("tr"):
                    is_header = all(cell.tag == "th" for cell in row)
                    if len(row) == width and (with_header or not is_header):
                        _swap(row, left, right)
                        if not with_header:
                            _swap_references(row[left], row[right])
                how = "with their header" if with_header else "under a header that stayed"
                yield Mutant(
                    "columns" if with_header else "cells",
                    f"columns {left} and {right} of table {number} swapped {how}",
                    _html(tree),
                )


def _swap(parent: HtmlElement, left: int, right: int) -> None:
    children = list(parent)
    children[left], children[right] = children[right], children[left]
    parent[:] = children


def _swap_references(one: HtmlElement, other: HtmlElement) -> None:
    """Cells that name their header keep pointing at the column they now stand in."""
    names = one.get("headers"), other.get("headers")
    for cell, name in ((one, names[1]), (other, names[0])):
        if name is not None:
            cell.set("headers", name)


def _reorder_pairs(html: str) -> Iterator[Mutant]:
    dice = random.Random(SEED)
    for round_number in range(6):
        tree = _tree(html)
        changed = False
        for pairs in list(tree.iter("dl")):
            groups: list[list[HtmlElement]] = []
            for node in list(pairs):
                if node.tag != "dd" or not groups:
                    groups.append([])
                groups[-1].append(node)
            changed = changed or len(groups) > 1
            dice.shuffle(groups)
            pairs[:] = [node for group in groups for node in group]
        for body in list(tree.iter("tbody", "table")):
            rows = [row for row in body if row.tag == "tr" and len(row) == 2]
            if len(rows) > 1 and len(rows) == len(body):
                changed = True
                dice.shuffle(rows)
                body[:] = rows
        if not changed:
            return
        yield Mutant("order", f"labels in another order, no. {round_number}", _html(tree))


def _wrap(html: str) -> Iterator[Mutant]:
    for depth in (1, 3):
        tree = _tree(html)
        for node in list(tree.body):
            if isinstance(node.tag, str):
                for _ in range(depth):
                    _wrap_in("div", node)
        yield Mutant("wrapped", f"each part of the page in {depth} more div", _html(tree))
    for tags in (
        ("dl",),
        ("table",),
        ("h1", "h2", "h3"),
        ("p",),
        ("ul",),
        ("a",),
        ("main",),
        ("article",),
    ):
        tree = _tree(html)
        found = list(tree.body.iter(*tags))
        for node in found:
            _wrap_in("span" if tags == ("a",) else "div", node)
        if found:
            yield Mutant("wrapped", f"each {'/'.join(tags)} in one more element", _html(tree))
    for tags in (("td",), ("dd",), ("li",), ("dt",), ("h1",)):
        tree = _tree(html)
        found = list(tree.body.iter(*tags))
        for node in found:
            inner = node.makeelement("span")
            inner.text, node.text = node.text, None
            inner.extend(list(node))
            node.append(inner)
        if found:
            yield Mutant("wrapped", f"what stands in {tags[0]} in one more span", _html(tree))


def _wrap_in(tag: str, node: HtmlElement) -> None:
    parent = node.getparent()
    wrapper = node.makeelement(tag)
    wrapper.tail, node.tail = node.tail, None
    parent.replace(node, wrapper)
    wrapper.append(node)


def _change_tags(html: str) -> Iterator[Mutant]:
    changes: tuple[tuple[str, Callable[[HtmlElement], bool]], ...] = (
        ("dl as table", lambda tree: _pairs_as(tree, "table", "tr", "th", "td")),
        ("dl as table of td", lambda tree: _pairs_as(tree, "table", "tr", "td", "td")),
        ("dl as divs", lambda tree: _pairs_as(tree, "div", "div", "div", "div")),
        ("dl as list", lambda tree: _pairs_as(tree, "ul", "li", "strong", "span")),
        ("dl in groups", lambda tree: _pairs_as(tree, "dl", "div", "dt", "dd")),
        ("p as div", lambda tree: _rename(tree, "p", "div")),
        ("h2 as h3", lambda tree: _rename(tree, "h2", "h3")),
        ("h1 as h2", lambda tree: _rename(tree, "h1", "h2")),
        ("main as div", lambda tree: _rename(tree, "main", "div")),
        ("aside as div", lambda tree: _rename(tree, "aside", "div")),
        ("nav as div", lambda tree: _rename(tree, "nav", "div")),
        ("section as article", lambda tree: _rename(tree, "section", "article")),
        ("article as section", lambda tree: _rename(tree, "article", "section")),
        ("span as b", lambda tree: _rename(tree, "span", "b")),
        ("strong as span", lambda tree: _rename(tree, "strong", "span")),
        ("th as td", lambda tree: _rename(tree, "th", "td")),
        ("ul as ol", lambda tree: _rename(tree, "ul", "ol")),
        ("li as div", lambda tree: _rename(tree, "ul", "div") and _rename(tree, "li", "div")),
        ("rows as divs", _tables_as_divs),
    )
    for what, change in changes:
        tree = _tree(html)
        if change(tree):
            yield Mutant("tags", what, _html(tree))


def _rename(tree: HtmlElement, old: str, new: str) -> bool:
    found = list(tree.body.iter(old))
    for node in found:
        node.tag = new
    return bool(found)


def _pairs_as(tree: HtmlElement, outer: str, row: str, label: str, value: str) -> bool:
    lists = list(tree.iter("dl"))
    for pairs in lists:
        rows: list[HtmlElement] = []
        for node in list(pairs.iter("dt", "dd")):
            if node.tag == "dt" or not rows:
                rows.append(pairs.makeelement(row))
            moved = deepcopy(node)
            moved.tag = label if node.tag == "dt" else value
            moved.tail = None
            rows[-1].append(moved)
        pairs.tag = outer
        pairs[:] = rows
    return bool(lists)


def _tables_as_divs(tree: HtmlElement) -> bool:
    tables = list(tree.iter("table"))
    for table in tables:
        for node in list(table.iter("table", "thead", "tbody", "tr", "th", "td")):
            node.tag = "div"
            for name in ("colspan", "rowspan", "headers"):
                node.attrib.pop(name, None)
    return bool(tables)
