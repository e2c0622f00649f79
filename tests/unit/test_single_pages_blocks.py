"""Pages as blocks and lines: what a reader sees, and nothing of what surrounds it."""

from __future__ import annotations

import time

import pytest
from selectolax.lexbor import LexborHTMLParser

from scrapers.pages.blocks import Block, document_title, page_blocks
from scrapers.pages.lines import Line, page_lines


def blocks(body: str) -> tuple[Block, ...]:
    return page_blocks(LexborHTMLParser(f"<html><body>{body}</body></html>"))


def lines(body: str) -> tuple[Line, ...]:
    return page_lines(blocks(body))


def texts(body: str) -> list[str]:
    return [line.text for line in lines(body)]


def test_words_over_nested_elements_become_one_line() -> None:
    assert texts("<p>Ge<span>pl<b>ante</b></span>&nbsp;TN:\n <i>8</i></p>") == ["Geplante TN: 8"]


def test_soft_hyphens_and_zero_width_characters_vanish() -> None:
    assert texts("<p>Volks&shy;hoch\u200bschule</p>") == ["Volkshochschule"]


def test_breaks_separate_lines_of_one_block() -> None:
    (block,) = blocks("<p>eins<br>zwei<br/>  drei</p>")
    assert block.text == "eins\nzwei\ndrei"
    assert [line.text for line in page_lines([block])] == ["eins", "zwei", "drei"]


def test_headings_items_and_paragraphs_are_told_apart() -> None:
    found = blocks("<h2>A</h2><p>b</p><ul><li>c<ul><li>d</li></ul></li></ul><div>e</div>")
    assert [(b.text, b.kind, b.level) for b in found] == [
        ("A", "heading", 2),
        ("b", "paragraph", 0),
        ("c", "item", 1),
        ("d", "item", 2),
        ("e", "paragraph", 0),
    ]


@pytest.mark.parametrize(
    "noise",
    [
        "<nav><p>weg</p></nav>",
        "<header><p>weg</p></header>",
        "<footer><p>weg</p></footer>",
        "<aside><p>weg</p></aside>",
        "<script>weg</script><style>weg</style><template>weg</template><noscript>weg</noscript>",
        "<div hidden><p>weg</p></div>",
        '<div style="display: none"><p>weg</p></div>',
        '<span aria-hidden="true">weg</span>',
        '<div role="navigation">weg</div>',
        '<div id="cookie-hinweis"><p>weg</p></div>',
        "<dialog><p>weg</p></dialog>",
        "<p>Wir verwenden Cookies, bitte stimmen Sie zu.</p>",
        "<select><option>weg</option></select>",
    ],
)
def test_what_surrounds_the_content_is_left_out(noise: str) -> None:
    assert texts(f"{noise}<p>bleibt</p>") == ["bleibt"]


def test_a_class_on_the_whole_page_hides_nothing() -> None:
    page = '<html><body class="cookie-consent-open"><div class="no-cookie"><h1>Da</h1></div></body>'
    assert [block.text for block in page_blocks(LexborHTMLParser(page))] == ["Da"]


def test_header_of_an_article_belongs_to_it() -> None:
    assert texts("<article><header><h1>Titel</h1></header><p>x</p></article>") == ["Titel", "x"]


@pytest.mark.parametrize(
    "panel",
    [
        '<h3><button aria-controls="p">Auf</button></h3><div id="p" hidden><p>innen</p></div>',
        '<button data-bs-target="#p" aria-expanded="false">Auf</button>'
        '<div id="p" style="display:none">innen</div>',
        '<h3>Auf</h3><div style="display:none"><p>innen</p></div>',
        "<details><summary>Auf</summary><p>innen</p></details>",
    ],
)
def test_closed_accordion_panels_are_content(panel: str) -> None:
    found = lines(panel)
    assert [line.text for line in found] == ["Auf", "innen"]
    assert found[0].kind == "heading"


def test_table_rows_know_their_headers_and_spanned_cells() -> None:
    rows = blocks(
        "<table><tr><th>VHS</th><th>TN</th></tr><tr><td rowspan=2>A</td><td>8</td></tr>"
        "<tr><td>9<br>x</td></tr></table>"
    )
    assert [(row.cells, row.headers) for row in rows] == [
        (("A", "8"), ("VHS", "TN")),
        (("A", "9\nx"), ("VHS", "TN")),
    ]


def test_row_of_two_cells_and_definition_list_read_as_label_and_value() -> None:
    assert texts("<table><tr><td>Ort</td><td>Bonn</td></tr></table>") == ["Ort: Bonn"]
    assert texts("<dl><dt>Ort:</dt><dd>Bonn</dd></dl>") == ["Ort: Bonn"]
    assert texts("<table><tr><td>1</td><td>Ort: Bonn</td></tr></table>") == ["1", "Ort: Bonn"]


def test_table_used_for_layout_gives_its_blocks() -> None:
    found = blocks("<table><tr><td><h2>A</h2><p>b</p></td><td><p>c</p></td></tr></table>")
    assert [(b.text, b.kind) for b in found] == [
        ("A", "heading"),
        ("b", "paragraph"),
        ("c", "paragraph"),
    ]


def test_marks_of_plain_text_are_read() -> None:
    found = lines("<pre># Kopf\n**fett** und mehr\n- Punkt\n  1. Erstens\n12. Mai 2026</pre>")
    assert [(line.text, line.kind, line.bullet) for line in found] == [
        ("Kopf", "heading", False),
        ("fett und mehr", "paragraph", False),
        ("Punkt", "item", True),
        ("Erstens", "item", True),
        ("12. Mai 2026", "paragraph", False),
    ]


def test_protected_addresses_are_decoded() -> None:
    (line,) = lines(
        '<p><a href="#" data-mailto-token="nbjmup+tpnfAfnbjm/ume" data-mailto-vector="1">Mail</a> '
        "<a href=\"javascript:linkTo_UnCryptMailto('ocknvq,kphqBjgnjwo0kq')\">hier</a></p>"
    )
    assert line.links == (("Mail", "mailto:some@email.tld"), ("hier", "mailto:info@helhum.io"))


def test_links_stay_with_their_line() -> None:
    first, second = lines('<p><a href="/a">eins</a><br><a href="/b">zwei</a></p>')
    assert (first.links, second.links) == ((("eins", "/a"),), (("zwei", "/b"),))


def test_document_title_prefers_what_the_page_calls_itself() -> None:
    page = '<head><meta property="og:title" content="Seite"><title>Seite | Amt</title></head>'
    assert document_title(LexborHTMLParser(page)) == "Seite"


@pytest.mark.parametrize("tag", ["div", "span", "table><tr><td", "ul><li", "aside", "details"])
def test_deep_nesting_costs_neither_stack_nor_clock(tag: str) -> None:
    tree = LexborHTMLParser(f"<main>{f'<{tag}>' * 4000}x")
    begin = time.process_time()  # the machine may be busy with other things
    page_blocks(tree)
    assert time.process_time() - begin < 5
