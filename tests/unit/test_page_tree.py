"""A page's elements: which are read, what they say, what is left when some are taken out."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from scrapers.pages.base import PageError
from scrapers.pages.elements import outermost
from scrapers.pages.page_tree import PageTree

URL = "https://www.vhs.example/kurs/1"


def page(body: str) -> PageTree:
    return PageTree(LexborHTMLParser(f"<!DOCTYPE html><html><body>{body}</body></html>"), URL)


def test_lines_are_blocks_and_breaks_with_words_kept_apart() -> None:
    root = page("<p>Sa.,\n 07.02.<b>2026</b><br>um <i>10</i> Uhr</p><div>Haus&shy;A</div>").root
    assert root.lines == ("Sa., 07.02.2026", "um 10 Uhr", "HausA")


def test_scripts_menus_highlights_and_icons_say_nothing() -> None:
    read = page(
        "<header>Kopf</header><nav>Menü</nav><main><h1>Kurs</h1><script>x</script><svg>y</svg>"
        '<div class="kw-highlight">Tipp</div><i class="material-icons">home</i></main>'
        '<div class="breadcrumb">Pfad</div><footer>Fuß</footer>'
    )
    assert read.root.lines == ("Kurs",)
    assert [node.tag for node in read.left_out] == ["header", "nav", "div", "footer"]


def test_side_column_is_read_and_known_as_one() -> None:
    read = page("<main>Kurs</main><aside>Ort</aside>")
    assert [node.text for node in read.furniture] == ["Ort"]


@pytest.mark.parametrize(
    "body",
    [
        "<nav><a href='/'>Start</a><main><h1>Kurs</h1></main>",
        "<header><nav><div role='main'><h1>Kurs</h1></div>",
        "<div class='no-cookies'><h1>Kurs</h1></div>",
    ],
)
def test_content_inside_an_unclosed_menu_is_content(body: str) -> None:
    assert [node.text for node in page(body).find("h1")] == ["Kurs"]


def test_removed_elements_leave_neither_words_nor_places() -> None:
    read = page("<ul><li>Eins</li><li>Zwei <b>zu viel</b></li><li>Drei</li></ul><p>Ende</p>")
    assert list(read.root.lines) == ["Eins", "Zwei zu viel", "Drei", "Ende"]
    second = read.find("li")[1]
    read.remove([second])
    assert list(read.root.lines) == ["Eins", "Drei", "Ende"]
    assert [node.tag for node in read.elements] == ["body", "ul", "li", "li", "p"]
    assert [node.place for node in read.elements] == [0, 1, 2, 3, 4]
    items = read.find("ul")[0]
    assert [node.text for node in items.inside] == ["Eins", "Drei"]
    assert not items.holds(read.find("p")[0])


def test_lines_without_some_elements_leave_the_page_as_it_is() -> None:
    read = page("<div><p>Eins</p><div><p>Zwei</p>Drei</div></div>")
    paragraphs = read.find("p")
    assert read.root.lines_without(paragraphs) == ("Drei",)
    assert read.root.lines_without([read.root]) == ()
    assert paragraphs[0].lines_without([paragraphs[1]]) == ("Eins",)
    assert read.root.lines == ("Eins", "Zwei", "Drei")


def test_outermost_leaves_out_what_stands_in_another() -> None:
    read = page("<div><p>Eins</p></div><p>Zwei</p>")
    assert [node.text for node in outermost([*read.find("p"), *read.find("div")])] == [
        "Zwei",
        "Eins",
    ]


def test_nesting_is_bounded() -> None:
    with pytest.raises(PageError) as caught:
        page("<div>" * 5000)
    assert caught.value.failure_class == "too_large"


def test_elements_are_known_by_tag_attribute_and_class() -> None:
    read = page(
        '<p id>Eins</p><ul class="a b"><li class="b">Zwei</li></ul><li class="a b">Drei</li>'
    )
    texts = [node.text for node in read.classed(lambda names: "b" in names.split())]
    assert texts == ["Zwei", "Zwei", "Drei"]
    assert [node.text for node in read.having("class", "id")] == ["Eins", "Zwei", "Zwei", "Drei"]
    (items,) = read.find("ul")
    assert [node.text for node in items.classed(lambda names: True)] == ["Zwei"]
    read.remove([items])
    assert [node.text for node in read.find("p", "li")] == ["Eins", "Drei"]
    assert [node.text for node in read.having("class")] == ["Drei"]


@pytest.mark.parametrize("marks", ["a", "b", "c", "ab", "ac", "abc", "d", "ad"])
def test_a_page_without_blocks_is_the_page_that_never_had_them(marks: str) -> None:
    def body(left_out: str) -> str:
        blocks = {
            "a": '<li class="a k"><i>Eins</i> zwei</li>',
            "b": '<p class="b k">Drei</p>',
            "c": '<p class="c k" hidden>Vier</p>',
            "d": '<ul class="d k"><li>Fünf<b>!</b></li></ul>',
        }
        kept = {name: "" if name in left_out else block for name, block in blocks.items()}
        return (
            f"<h1>Kurs</h1><ul>{kept['a']}<li>Sechs</li></ul><div><div>{kept['b']}{kept['c']}"
            f"<p>Sieben</p></div><table><tr><td>{kept['d']}</td></tr></table></div><p>Ende</p>"
        )

    def known(read: PageTree) -> list[object]:
        elements = [(node.tag, node.words, node.place, node.end) for node in read.elements]
        asked = [read.find("p", "li"), read.having("hidden", "class"), read.classed(is_marked)]
        return [elements, *([node.place for node in nodes] for nodes in asked)]

    def is_marked(names: str) -> bool:
        return "k" in names

    read = page(body(""))
    known(read)  # what was answered before must not be answered again
    read.remove([node for node in read.classed(is_marked) if node.classes[0] in marks])
    assert known(read) == known(page(body(marks)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        *((" ein  Wort ", " ein Wort "), (" a", " a"), ("\n\t ", " "), ("\u00a0", " "), ("", "")),
        *(("R\u0061\u0308te\n", "Räte "), ("a\u00adb", "ab"), ("x\ty", "x y"), ("\u200b", "")),
    ],
)
def test_a_text_keeps_one_space_at_its_ends(text: str, words: str) -> None:
    read = page(f"<p><b>[</b>{text}<b>]</b></p>")
    assert read.find("p")[0].words == f"\n[{words}]\n"
