"""Damaged pages: whatever is dropped or renamed, a reader gives what the whole page says or less,
or says that it cannot read the page. It never gives something else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import attrs
import pytest
from selectolax.lexbor import LexborHTMLParser
from web_poet import HttpResponse

from scrapers.pages.base import ListEntry, PageContext, PageError
from scrapers.pages.catalogue_course import CatalogueCoursePage
from scrapers.pages.facts import CourseFacts
from scrapers.pages.platforms import PLATFORMS

FOLDER = Path(__file__).resolve().parent.parent / "golden" / "catalogues"
CONTEXT = PageContext(today=date(2026, 1, 15))


def cases(reader: str) -> list[str]:
    found = []
    for path in sorted(FOLDER.glob("*.json")):
        case = json.loads(path.read_text("utf-8"))
        result = case.get("result", {})
        entries = result.get("entries", "error" not in result)
        if case["reader"] == reader and entries and "error" not in entries_of(entries):
            found.append(path.stem)
    return found


def entries_of(value: object) -> object:
    return value if isinstance(value, dict) else ()


def load(name: str) -> tuple[str, str, str]:
    case = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return case["platform"], case["url"], (FOLDER / f"{name}.html").read_text("utf-8")


def without_one_element(html: str) -> Iterator[tuple[str, str]]:
    """The page once for each element of its body, without that element."""
    count = len(LexborHTMLParser(html).css("body *"))
    for index in range(count):
        tree = LexborHTMLParser(html)
        node = tree.css("body *")[index]
        if node.tag == "br":
            continue  # words would grow together, which no dropped block does
        what = f"without <{node.tag} class={node.attributes.get('class')!r}> no. {index}"
        node.decompose()
        yield what, tree.html or ""


def with_names_changed(html: str) -> Iterator[tuple[str, str]]:
    """The page without any classes and ids, without ids, and with each class renamed in turn."""
    yield "no class, no id", re.sub(r'\s(class|id)="[^"]*"', "", html)
    yield "no id", re.sub(r'\sid="[^"]*"', "", html)
    names = {name for value in re.findall(r'class="([^"]*)"', html) for name in value.split()}
    for name in sorted(names):
        pattern = rf'(class="(?:[^"]*\s)?){re.escape(name)}(?=[\s"])'
        yield f"class {name} renamed", re.sub(pattern, r"\1neu", html)


def read_course(platform: str, url: str, html: str) -> CourseFacts | None:
    response = HttpResponse(url, body=html.encode(), encoding="utf-8")
    page = PLATFORMS[platform].course_page(response, CONTEXT)
    assert isinstance(page, CatalogueCoursePage)
    try:
        return page.facts()
    except PageError:
        return None


def read_list(platform: str, url: str, html: str) -> list[ListEntry] | None:
    response = HttpResponse(url, body=html.encode(), encoding="utf-8")
    try:
        return list(PLATFORMS[platform].list_page(response, CONTEXT).entries())
    except PageError:
        return None


def is_less(part: str, whole: str) -> bool:
    """The words of `part` stand in `whole` in the same order."""
    words = iter(re.findall(r"\w+", whole))
    return all(word in words for word in re.findall(r"\w+", part))


@pytest.mark.parametrize("name", cases("course"))
def test_damaged_course_page_gives_the_same_or_less(name: str) -> None:
    platform, url, html = load(name)
    whole = read_course(platform, url, html)
    assert whole is not None
    for what, damaged in (*without_one_element(html), *with_names_changed(html)):
        facts = read_course(platform, url, damaged)
        if facts is None:
            continue
        assert is_less(facts.title, f"{whole.title} {whole.subtitle}"), what
        assert facts.number in (whole.number, ""), what
        assert facts.registration_url in (whole.registration_url, ""), what
        assert set(facts.email_texts) <= set(whole.email_texts), what
        assert set(facts.status_texts) - {"neu"} <= set(whole.status_texts), what
        for row in facts.session_rows:
            assert any(
                all(
                    is_less(getattr(row, field.name), getattr(known, field.name))
                    for field in attrs.fields(type(row))
                )
                for known in whole.session_rows
            ), (what, row)
        for label, value in facts.labelled:
            known = [text for known_label, text in whole.labelled if known_label == label]
            assert any(is_less(value, text) for text in known), (what, label, value)


@pytest.mark.parametrize("name", cases("list"))
def test_damaged_list_gives_the_same_or_less(name: str) -> None:
    platform, url, html = load(name)
    if html.lstrip().startswith("{") or "<tr" in html.lstrip()[:4]:
        pytest.skip("a fragment that an HTML parser cannot carry unchanged")
    whole = {entry.url: entry for entry in read_list(platform, url, html) or ()}
    assert whole
    for what, damaged in (*without_one_element(html), *with_names_changed(html)):
        for entry in read_list(platform, url, damaged) or ():
            assert entry.url in whole, (what, entry)
            known = whole[entry.url]
            assert is_less(entry.title, known.title) or entry.title in known.text, (what, entry)
            assert entry.number in (known.number, None), (what, entry)
