"""PDF files of every kind end in a result or in a reason, within their limits."""

from __future__ import annotations

import re
import textwrap
import time
import zlib
from collections.abc import Sequence
from datetime import date
from datetime import time as time_of_day
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter
from web_poet import HttpResponse

from scrapers.pages import pdf, pdf_text
from scrapers.pages.base import PageContext, PageError
from scrapers.pages.pdf import read_pdf_text
from scrapers.pages.single import single_page_for
from scrapers.records import Course
from scrapers.sample_web.small_pdf import Words, small_pdf

CONTEXT = PageContext(today=date(2026, 1, 15), provider_name="Ein Träger")


def slide(lines: Sequence[str], width: int = 95, size: float = 10) -> list[Words]:
    """Lines below each other, wrapped; a gap between the lines, headings larger."""
    words, y = [], 1500.0
    for line in lines:
        height = size + 4 if line.startswith("#") else size
        for part in textwrap.wrap(line.strip("#* "), width):
            words.append(Words(50, y, height, part))
            y -= 1.2 * height
        y -= 0.8 * height
    return words


def response_of(body: bytes, content_type: str = "application/pdf") -> HttpResponse:
    headers = {"Content-Type": content_type}
    return HttpResponse("https://www.traeger.example/folien", body=body, headers=headers)


def paragraphs(body: bytes) -> list[str]:
    return [line for page in read_pdf_text(body).pages for line in page]


def failure(body: bytes, wall_seconds: float = pdf.WALL_SECONDS) -> str:
    with pytest.raises(PageError) as error:
        read_pdf_text(body, wall_seconds)
    return error.value.failure_class


COACHING = [
    "# Coaching für Integrationsräte und ihre Geschäftsstellen",
    "# Das Verfahren:",
    "Wir lesen vorab, was die Hauptsatzung über das Gremium sagt, und fragen nach, wo sie "
    "schweigt; danach vereinbaren wir ein Treffen.",
    "- Wir begleiten das Gremium ein Jahr lang.",
    "# erbot einer Themenvertiefung:",
    "Rechte im Rat",
    "Wie kommt ein Antrag auf die Tagesordnung, und wer berät ihn vorher?",
]


# ------------------------------------------------------------------------------- what is read


@pytest.mark.shared
def test_the_slides_with_damaged_letters_give_one_coaching_and_three_topics(
    shared_dir: Path,
) -> None:
    (seed,) = (shared_dir / "seeds").glob("002_*.txt")
    lines = [line.strip() for line in seed.read_text("utf-8").splitlines() if line.strip()]
    half = next(n for n, line in enumerate(lines) if "Strukturen" in line) - 3
    body = small_pdf([slide(lines[:half]), slide(lines[half:])])
    records = single_page_for("page")(response_of(body), CONTEXT).records()
    courses = [record for record in records if isinstance(record, Course)]
    assert len(courses) == len(records) == 4
    coaching, *topics = courses
    assert coaching.title.startswith("Coaching / Kollegialer Austausch")
    openings = ("Idee und Selbstverständnis", "Strukturen für", "inhaltliche Oberziele")
    assert all(t.title.startswith(words) for t, words in zip(topics, openings, strict=True))
    assert [len(topic.topics) for topic in topics] == [8, 9, 9]
    assert not any("aching" in line for topic in topics for line in topic.topics)


@pytest.mark.parametrize("content_type", ["application/pdf", "application/pdf; x=y", "text/html"])
def test_a_pdf_is_read_like_a_page_whatever_its_server_calls_it(content_type: str) -> None:
    page = single_page_for("page")(response_of(small_pdf([slide(COACHING)]), content_type), CONTEXT)
    coaching, topic = page.records()
    assert isinstance(coaching, Course) and isinstance(topic, Course)
    assert coaching.title == "Coaching für Integrationsräte und ihre Geschäftsstellen"
    assert len(coaching.topics) == 2
    assert coaching.topics[0].endswith("danach vereinbaren wir ein Treffen.")
    assert topic.title == "Rechte im Rat"


def test_wrapped_lines_are_joined_and_hyphens_taken_out() -> None:
    text = "Die Veranstaltung für gewählte Mitglieder richtet sich an Integrations-"
    lines = [Words(50, 500, 10, text), Words(50, 488, 10, "räte aus dem ganzen Kreis.")]
    assert paragraphs(small_pdf([lines])) == [f"{text[:-1]}räte aus dem ganzen Kreis."]


def test_lines_apart_or_of_another_size_stay_apart() -> None:
    text = "Eine Überschrift, die fast die ganze Breite der Seite einnimmt"
    apart = [Words(50, 500, 10, text), Words(50, 470, 10, "und ein Absatz weiter unten")]
    assert len(paragraphs(small_pdf([apart]))) == 2
    larger = [Words(50, 500, 16, text), Words(50, 486, 10, "und ein Absatz gleich darunter")]
    assert len(paragraphs(small_pdf([larger]))) == 2


LEFT = (
    "Links geht es um die Arbeit der gewählten Mitglieder und darum, wie sie Anträge stellen, "
    "Mehrheiten suchen und im Rat gehört werden, auch wenn es laut wird."
)
RIGHT = (
    "Rechts steht etwas anderes, nämlich der Termin am 18.04.2026 von 10 bis 16 Uhr im Rathaus "
    "von Musterstadt, im großen Saal, mit einer Pause am Mittag."
)


@pytest.mark.parametrize("row_by_row", [True, False])
def test_two_columns_are_read_one_after_the_other(row_by_row: bool) -> None:
    left = [Words(40, 480 - 14 * n, 11, t) for n, t in enumerate(textwrap.wrap(LEFT, 42))]
    right = [Words(430, 480 - 14 * n, 11, t) for n, t in enumerate(textwrap.wrap(RIGHT, 42))]
    both = [w for pair in zip(left, right, strict=False) for w in pair] + left[len(right) :]
    title = Words(40, 540, 22, "Bericht über die Arbeit der Räte und ihrer Geschäftsstellen")
    body = small_pdf([[title, *(both if row_by_row else [*left, *right])]])
    assert paragraphs(body) == [title.text, LEFT, RIGHT]


def test_labels_beside_their_values_are_no_columns() -> None:
    pairs = [("Termin:", "18.04.2026, 10:00 Uhr"), ("Ort:", "Rathaus"), ("Gebühr:", "keine")] * 3
    words = [
        Words(x, 500 - 30 * n, 12, text)
        for n, pair in enumerate(pairs)
        for x, text in zip((40, 300), pair, strict=True)
    ]
    assert paragraphs(small_pdf([words]))[:2] == ["Termin: 18.04.2026, 10:00 Uhr", "Ort: Rathaus"]


def test_a_heading_of_two_lines_above_two_columns_stays_whole() -> None:
    columns = [
        Words(x, 440 - 14 * n, 11, t)
        for x, text in ((40, LEFT), (430, RIGHT))
        for n, t in enumerate(textwrap.wrap(text, 42))
    ]
    title = textwrap.wrap("Chancengerechtigkeit vor Ort. Die Politik in der Stadt gestalten.", 58)
    heading = [Words(40, 540 - 26 * n, 22, text) for n, text in enumerate(title)]
    assert paragraphs(small_pdf([[*heading, *columns]])) == [" ".join(title), LEFT, RIGHT]


def test_a_label_begins_a_line_of_its_own() -> None:
    lines = ["Am Samstag um 10 Uhr im Haus am Markt, 45000 Musterstadt", "Kursnummer: 261-1001"]
    words = [Words(40, 500 - 14 * n, 12, text) for n, text in enumerate(lines)]
    assert paragraphs(small_pdf([words])) == lines


TABLE = [
    ("Volkshochschule", "Modul", "Termin", "Plätze"),
    ("VHS Ahlen", "Basismodul", "Sa., 18.04.2026, 10–16 Uhr", "12"),
    ("VHS Bdorf", "Aufbaumodul", "Sa., 09.05.2026,", "ausgebucht"),
]


def table_words() -> list[Words]:
    words = [
        Words(x + (8 if n == 0 else 0), 500 - 20 * n, 12, text)  # names are often centred
        for n, row in enumerate(TABLE)
        for x, text in zip((40, 160, 280, 480), row, strict=True)
    ]
    return [*words, Words(280, 446, 12, "10–16 Uhr"), Words(40, 400, 12, "Alles ist kostenlos.")]


def test_the_rows_of_a_table_are_offers() -> None:
    body = small_pdf([table_words()])
    assert paragraphs(body)[2:] == [
        "VHS Bdorf\tAufbaumodul\tSa., 09.05.2026, 10–16 Uhr\tausgebucht",
        "Alles ist kostenlos.",
    ]
    found = list(single_page_for("overview")(response_of(body), CONTEXT).records())
    first, second = (record for record in found if isinstance(record, Course))
    assert (first.announced_by, first.module, first.places_planned) == ("VHS Ahlen", "basis", 12)
    assert (second.announced_by, second.module, second.status) == ("VHS Bdorf", "aufbau", "full")
    assert [course.start_date for course in (first, second)] == [
        date(2026, 4, 18),
        date(2026, 5, 9),
    ]
    assert [course.sessions[0].ends for course in (first, second)] == [time_of_day(16)] * 2


def test_page_numbers_are_left_out() -> None:
    words = [Words(50, 500, 12, "Inhalt"), Words(700, 20, 8, "Seite 3 von 9"), Words(5, 5, 8, "3")]
    assert paragraphs(small_pdf([words])) == ["Inhalt"]


def test_no_markup_comes_out_of_a_pdf() -> None:
    tree = read_pdf_text(small_pdf([slide(["<script>alert(1)</script> & mehr"])])).as_tree()
    assert tree.css_first("script") is None
    assert tree.body is not None
    assert tree.body.text() == "<script>alert(1)</script> & mehr"


# ------------------------------------------------------------------------------- what is not


def encrypted(password: str) -> bytes:
    writer = PdfWriter(BytesIO(small_pdf([slide(COACHING)])))
    writer.encrypt(password, "eigner", algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_an_encrypted_pdf_is_read_only_when_it_asks_for_no_password() -> None:
    assert paragraphs(encrypted(""))[0] == COACHING[0].strip("# ")
    with pytest.raises(PageError, match="encrypted") as error:
        read_pdf_text(encrypted("geheim"))
    assert error.value.failure_class == "decode"


def test_a_scan_has_no_text() -> None:
    assert failure(small_pdf([[], []])) == "no_results"


def test_cut_off_and_damaged_files() -> None:
    whole = small_pdf([slide(COACHING)])
    assert failure(whole[: len(whole) // 2]) == "decode"
    assert failure(b"%PDF-1.4\n%%EOF") == "decode"
    assert failure(b"kein PDF") == "decode"
    assert failure(b"") == "decode"


@pytest.mark.parametrize("part", [b"/Type /Pages", b"/Contents", b"endstream", b"xref\n"])
def test_broken_structure_ends_in_a_result_or_a_reason(part: bytes) -> None:
    broken = small_pdf([slide(COACHING)]).replace(part, b"x" * len(part))
    try:
        assert paragraphs(broken)
    except PageError as error:
        assert error.failure_class in {"decode", "no_results"}


def test_pages_that_call_themselves_their_own_parents() -> None:
    body = small_pdf([slide(COACHING)])
    assert failure(body.replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")) in {"decode", "too_large"}


def test_300_pages_are_read_up_to_the_limit() -> None:
    filler = [
        slide([f"Kapitel {n}", "Hier steht nichts von Belang für irgendwen."]) for n in range(300)
    ]
    found = read_pdf_text(small_pdf([slide(COACHING), *filler]))
    assert len(found.pages) == pdf_text.MAX_PAGES
    assert found.unread_pages == 301 - pdf_text.MAX_PAGES
    page = single_page_for("page")
    read = page(response_of(small_pdf([slide(COACHING), *filler])), CONTEXT)
    assert len(read.records()) == 2
    assert read.doubts(), "what stands behind the limit may be more"
    with pytest.raises(PageError) as error:
        page(response_of(small_pdf(filler)), CONTEXT).records()
    assert error.value.failure_class == "too_large"


def test_a_bomb_in_a_stream_ends_within_its_limits() -> None:
    bomb = zlib.compress(b"(a) Tj " * 40_000_000, 9)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(bomb), bomb)
    body = re.sub(
        rb"<< /Length \d+ >>\nstream\n.*?\nendstream",
        lambda _: stream,
        small_pdf([[]]),
        flags=re.DOTALL,
    )
    started = time.monotonic()
    assert failure(body) in {"too_large", "decode", "no_results"}
    assert time.monotonic() - started < pdf.WALL_SECONDS + 5


def test_whoever_takes_too_long_is_stopped() -> None:
    many = [Words(50, 500, 10, f"Wort {n}") for n in range(20_000)]
    started = time.monotonic()
    assert failure(small_pdf([many] * 20), wall_seconds=0.4) == "too_large"
    assert time.monotonic() - started < 5
