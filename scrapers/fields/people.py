"""Keeping people out of what is stored: names of lecturers and private contacts in running text."""

from __future__ import annotations

import re

from scrapers.fields.contacts import is_functional_email, read_emails
from scrapers.fields.text import clean, fold

# Any dash may follow, as the page prints it.
_LEADING_ROLE = re.compile(
    r"(?:kursleit|leitung|dozent|referent|trainer|seminarleit|moderation|moderator|lehrkr|lehrende"
    r"|teamer|workshopleit|ansprechp|ihre ansprechp|kontaktperson|vortragende)\w*"
    r"(?:[*:/_\u2010-\u2015\u2212\ufe58\uff0d-]?(?:in|innen))?"
    r"(?: ?[:|\u2010-\u2015\u2212\ufe58\uff0d-] ?| (?:ist|sind) )",
    re.IGNORECASE,
)
_ROLE_THEN_NAME = re.compile(
    r"(?:[Kk]ursleiter|[Dd]ozent|[Rr]eferent|[Tt]rainer|[Ss]eminarleiter|[Mm]oderator"
    r"|[Aa]nsprechpartner|[Tt]eamer)\w*(?:[*:/_-]?in)? (?:ist )?(?:Dr\. |Prof\. |Frau |Herr )*"
    r"[A-ZÄÖÜ][a-zäöüß]+ [A-ZÄÖÜ][a-zäöüß]+"
)
_LONGEST_ROLE = 80
# Of each role, without its first letter: looked for first, because most sentences name none.
_ROLE_SIGNS = (
    *("ursleiter", "ozent", "eferent", "rainer", "eminarleiter", "oderator"),
    *("nsprechpartner", "eamer"),
)
_PERSON_WITH_TITLE = re.compile(
    r"\b(?:Frau|Herrn?|Dr\.|Prof\.) (?:[A-ZÄÖÜ][\w.-]+ ){0,2}[A-ZÄÖÜ]\w+"
)
_TITLE_SIGNS = ("Frau ", "Herr", "Dr. ", "Prof. ")
# By its space, which is looked for at once.
_SENTENCE = re.compile(
    r" (?=[A-ZÄÖÜ„\"»(])(?<=[a-zäöüß0-9)\"“»]{2}[.!?] )(?<!\bProf\. )(?<!\bDr\. )"
    r"(?<!\bDipl\. )(?<!\b\d\. )(?<!\b\d\d\. )"
)
_NAME = re.compile(r"[A-ZÄÖÜÇŞİ][\w'’-]{2,}")
_BETWEEN_PEOPLE = re.compile(r" ?[,;/&] ?| und ")
_ACADEMIC = {"dr", "prof", "dipl", "ma", "ba", "m.a", "b.a", "frau", "herr", "und", "in", "paed"}


def names_in(value: str) -> tuple[str, ...]:
    """Words of a lecturer's label by which sentences about that person are recognised."""
    words = _NAME.findall(clean(value))
    return tuple(dict.fromkeys(w for w in words if fold(w) not in _ACADEMIC))


def without_lecturers(title: str, lecturers: tuple[str, ...]) -> str:
    """The title without the persons that stand under the lecturer's label."""
    title = clean(title)
    for value in lecturers:
        for person in [value, *_BETWEEN_PEOPLE.split(value)]:
            if len(names_in(person)) > 1 and clean(person) in title:
                pattern = rf"(?: ?[-–:,|]| (?:mit|von|bei|und))? ?{re.escape(clean(person))}"
                title = re.sub(pattern, "", title)
    return title.strip(" ,;:-–|")


def without_people(text: str, people: tuple[str, ...] = ()) -> str:
    """The text without sentences that name a lecturer or a contact person, or carry a private
    e-mail address. `people` are name words found under the lecturer's label."""
    named = [re.compile(rf"(?<!\w){re.escape(name)}s?(?!\w)") for name in people if name in text]
    kept = []
    for sentence in _SENTENCE.split(clean(text)):
        is_about_someone = (
            _LEADING_ROLE.match(sentence, 0, _LONGEST_ROLE)
            or (_holds_any(_ROLE_SIGNS, sentence) and _ROLE_THEN_NAME.search(sentence))
            or (_holds_any(_TITLE_SIGNS, sentence) and _PERSON_WITH_TITLE.search(sentence))
            or any(pattern.search(sentence) for pattern in named)
            or any(not is_functional_email(address) for address in read_emails(sentence))
        )
        if not is_about_someone:
            kept.append(sentence)
    return " ".join(kept)


def _holds_any(signs: tuple[str, ...], text: str) -> bool:
    return any(map(text.__contains__, signs))
