"""A course page in its own words, before any German is read.

Platform modules know where things stand on a page and fill `CourseFacts`; `course_reader` knows
what the words mean. So a new platform needs no German, and a new German format no platform.
"""

from __future__ import annotations

import attrs


@attrs.frozen
class SessionRow:
    """One row of a table of dates, cell by cell as printed; one-cell rows use `date` alone."""

    date: str
    time: str = ""
    place: str = ""
    room: str = ""


@attrs.frozen
class CourseFacts:
    """What one page says about one course. All strings are visible text, in page order.

    `labelled` holds (label, value) pairs as printed; `status_texts` hold words that stand for the
    state of registration (a light's title, a class name, the text beside it), most specific
    first; `paragraphs` is the running text; `email_texts` are texts in which an e-mail address
    may be written, already decoded where the page hides it by script. `from_data` are those values
    among the labelled ones and the rows' dates that only the page's structured data state.
    """

    title: str
    url: str
    subtitle: str = ""
    number: str = ""
    labelled: tuple[tuple[str, str], ...] = ()
    session_rows: tuple[SessionRow, ...] = ()
    status_texts: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    email_texts: tuple[str, ...] = ()
    registration_url: str = ""
    from_data: tuple[str, ...] = ()
