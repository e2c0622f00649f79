"""Finding the days that a German text names, with weekday, connection and context.

A mention is a day as written; `resolve` decides which calendar day it is, or that this cannot be
known. A year is only taken from the text: its own, or that of the date it is joined to
("7. und 8. November 2024"), or the one that a stated weekday leaves open (then it is inferred).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from scrapers.fields.text import blank, fold

_MONTHS = {
    "januar": 1, "jaenner": 1, "jan": 1, "februar": 2, "feb": 2, "maerz": 3, "mrz": 3, "maer": 3,
    "april": 4, "apr": 4, "mai": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "august": 8,
    "aug": 8, "september": 9, "sept": 9, "sep": 9, "oktober": 10, "okt": 10, "november": 11,
    "nov": 11, "dezember": 12, "dez": 12,
}  # fmt: skip
_MONTH_WORD = (
    r"januar|jänner|jan|februar|feb|märz|maerz|mrz|mär|april|apr|mai|juni|jun|juli|jul|august|aug"
    r"|september|sept|sep|oktober|okt|november|nov|dezember|dez"
)
_WEEKDAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")

# A two-digit year stands directly after the dot and is not the hour of a time ("07.02.10:00").
# "l8.04.2026": a letter that stands alone before a digit is a digit that text recognition missed.
_MISREAD = r"(?<!^[lIoO])(?<![^\w][lIoO])"
# Texts are long and digits few: it begins with what fails at once.
_DATE = re.compile(
    r"(?=\d)(?<!\d)(?:"
    r"(?<!-)(?P<iso_y>(?:19|20)\d\d)-(?P<iso_m>\d\d)-(?P<iso_d>\d\d)(?!\d)"
    r"|(?=\d\d?(?:\.|\.? ?[jfmasond]))(?<!\d[.,])(?:"
    rf"{_MISREAD}(?:"
    r"(?P<num_d>\d{1,2})\. ?(?P<num_m>\d{1,2})\.(?!\d{5})"
    r"(?: ?(?P<num_y4>(?:19|20)\d\d)(?!\d|:\d)"
    r"|(?P<num_y2>\d\d)(?!\d|[:.]\d| ?uhr| ?h\b|-\d{1,2}(?:[:.]\d\d)? ?uhr))?"
    rf"|(?P<long_d>\d{{1,2}})\.? ?(?=[a-z])(?P<long_m>{_MONTH_WORD})\b\.?"
    r"(?:,? (?P<long_y>(?:19|20)\d\d)(?!\d))?)"
    r"|(?<!\d:)(?P<only_d>\d{1,2})\.(?= ?(?:[-/,&+]|und\b|u\.|bis\b|sowie\b))))",
    re.IGNORECASE,
)
_ONE_WEEKDAY = (
    r"(?:[Mm]ontag|[Dd]ienstag|[Mm]ittwoch|[Dd]onnerstag|[Ff]reitag|[Ss]amstag|[Ss]onnabend"
    r"|[Ss]onntag|M[oO]|D[iI]|M[iI]|D[oO]|F[rR]|S[aA]|S[oO])\b\.?"
)
_WEEKDAY_RUN = re.compile(
    rf"(?=[MDFSmdfs])\b{_ONE_WEEKDAY}(?:,? ?(?:-|/|,|und|u\.|&|\+|bis) ?{_ONE_WEEKDAY}){{0,6}}"
)
_WEEKDAY_WORD = re.compile(r"[^\W\d_]+|-")
_WEEKDAY_BEFORE = re.compile(r"[.,:•·|]{0,3} ?(?:den |dem |der |am )?(?:[-•·|] )?")
_WEEKDAY_AFTER = re.compile(rf" ?\( ?({_ONE_WEEKDAY}) ?\)")
_ORDINAL_NOUN = re.compile(
    r"\b(?:termin|modul|tag|teil|block|nr|raum|sitzung|kapitel|stock|etage|klasse|stufe|§|abs|art)"
    r"\.? ?$"
)
_NOT_A_SESSION = re.compile(
    r"anmelde|anmeldung|angemeldet|\bstand\b|storn|ruecktritt|abmeld|aktualisiert|geaendert"
    r"|veroeffentlicht|ausser(?!dem)|nicht am|entfaellt|faellt|\bkein|ferien|feiertag|frist|geboren"
    r"|fassung|spaetestens|urspruenglich|verschoben von|statt am|anstelle"
    r"|beschluss|\bseit\b|wahl\b|gewaehlt|in kraft|gesetz|§|verordnung|gruend|erlass|urteil|satzung"
)
_NOT_A_SESSION_AFTER = re.compile(r"[ ,:)(-]{0,4}(?:entfaellt|faellt|kein |keine |abgesagt)")
_FALLS_BEGINS = frozenset("efka")
_PUNCTUATION = " ,.:;•·|()-"  # between days that no words tie together
_PART_OF_SENTENCE = re.compile(r"[.!?;|] (?=\S)")
_START_MARK = re.compile(
    r"\bab(?: dem)?[ ,.:]*$"
    r"|\b(?:kursbeginn|beginn|beginnt|beginnend|start|startet|starttermin|startdatum|auftakt"
    r"|erstmals|erster termin|1\. termin)\b[^.;]{0,25}$"
)
_END_MARK = re.compile(
    r"\bbis(?: zum)?[ ,.:]*$|\b(?:ende|endet|kursende|letzter termin)\b[^.;]{0,12}$"
)
_JOINING = re.compile(
    r"und|u|sowie|bis|zum|zu|jeweils|je|immer|von|vom|am|an|den|dem|der|um|uhr|ab|h|ca"
    r"|\d+|[,;:/&+.•·|()-]"
)
_BEFORE_A_DATE = re.compile(r"zum|den|dem|der|am|[(.,:•·|]")
_WORD = re.compile(r"[^\W\d_]+|\d+|\S")
_UNREADABLE_YEAR = 0  # "85" is written, but which century it means is not
WINDOW_BEFORE = timedelta(days=183)
WINDOW_AFTER = timedelta(days=365)
_LONGEST_TURN_OF_YEAR = timedelta(days=183)


@dataclass(slots=True)
class Mention:
    """One day as a text names it, at `start:end` of the plain text. Filled here step by step, and
    changed no more once `find_mentions` has given it.

    `link` says how it is tied to the mention before it: "range", "list", or "" for not at all.
    `mark` is "from" after words such as "ab", "until" after "bis", else "". `certain` is False
    when the year was inferred. `day` stays None where the date cannot be known.
    """

    start: int
    end: int
    day_of_month: int
    month: int | None
    year: int | None
    weekdays: frozenset[int] | None
    link: str = ""
    mark: str = ""
    excluded: bool = False
    shares_year: bool = False
    day: date | None = None
    certain: bool = True


@lru_cache(maxsize=1024)
def find_mentions(text: str, today: date | None = None) -> tuple[Mention, ...]:
    """All days named in `text` (as `plain` gives it), in order, resolved as far as possible.

    Kept for a while: beginning, end, times and number of dates are all read from the same words.
    """
    dates = list(_DATE.finditer(text))
    if not dates:
        return ()
    weekday_runs = list(_WEEKDAY_RUN.finditer(text))
    mentions = _scan(text, dates, weekday_runs)
    if not mentions:
        return ()
    blanked = blank(text, [(m.start(), m.end()) for m in weekday_runs])
    _connect(mentions, blanked)
    _share_months_and_years(mentions)
    for mention in mentions:
        _resolve(mention, today)
    return tuple([mention for mention in mentions if mention.month is not None])


def _scan(
    text: str, dates: list[re.Match[str]], weekday_runs: list[re.Match[str]]
) -> list[Mention]:
    mentions = []
    runs = iter(weekday_runs)
    run: re.Match[str] | None = next(runs, None)
    before: re.Match[str] | None = None
    for match in dates:
        while run is not None and run.end() <= match.start():
            before, run = run, next(runs, None)
        weekdays = None
        if before and _WEEKDAY_BEFORE.fullmatch(text[before.end() : match.start()]):
            weekdays = _weekday_set(before.group())
        elif after := _WEEKDAY_AFTER.match(text, match.end(), match.end() + 20):
            weekdays = _weekday_set(after.group(1))
        mention = _from_match(match, weekdays)
        is_ordinal = mention.month is None and _ORDINAL_NOUN.search(
            fold(text[max(0, match.start() - 16) : match.start()]) + " "
        )
        if not is_ordinal:
            mentions.append(mention)
    return mentions


def _from_match(match: re.Match[str], weekdays: frozenset[int] | None) -> Mention:
    year: int | None = None
    month: int | None = None
    if day := match["num_d"]:
        month = int(match["num_m"])
        if stated := match["num_y4"]:
            year = int(stated)
        elif stated := match["num_y2"]:
            short = int(stated)
            year = 2000 + short if short < 50 else _UNREADABLE_YEAR
    elif day := match["long_d"]:
        month = _MONTHS[fold(match["long_m"])]
        year = int(match["long_y"]) if match["long_y"] else None
    elif day := match["iso_d"]:
        month, year = int(match["iso_m"]), int(match["iso_y"])
    else:
        day = match["only_d"]
    return Mention(match.start(), match.end(), int(day), month, year, weekdays)


def _weekday_set(run: str) -> frozenset[int]:
    """Weekday numbers of "Sa.", "Sa. und So." or "Mo. - Fr." (a range includes what is between)."""
    words = _WEEKDAY_WORD.findall(fold(run))
    days = ["sa" if word == "sonnabend" else word[:2] for word in words]
    numbers = [_WEEKDAYS.index(day) for day in days if day in _WEEKDAYS]
    if len(numbers) == 2 and ("-" in words or "bis" in words):
        first, last = numbers
        return frozenset((first + i) % 7 for i in range((last - first) % 7 + 1))
    return frozenset(numbers)


def _connect(mentions: list[Mention], blanked: str) -> None:
    """Adds link, mark and exclusion from the words between the mentions."""
    previous: Mention | None = None
    for mention in mentions:
        gap_start = previous.end if previous else max(0, mention.start - 120)
        gap, context = blanked[gap_start : mention.start], ""
        if gap.strip(_PUNCTUATION):
            gap = fold(f"{gap}§")[:-1]
            context = _PART_OF_SENTENCE.split(gap.lstrip())[-1]
        mention.excluded = _is_excluded(context, blanked[mention.end : mention.end + 24])
        if previous and (link := _link(gap)):
            mention.link = link
            mention.excluded |= previous.excluded
        elif context and _START_MARK.search(context):
            mention.mark = "from"
        elif context and _END_MARK.search(context):
            mention.mark = "until"
        previous = mention


def _is_excluded(before: str, after: str) -> bool:
    """Whether the folded words before a day or those after it say that it is none of the offer."""
    if before and _NOT_A_SESSION.search(before[-60:]):
        return True
    # Most days are followed by a time: folding it would tell nothing.
    begins = after.lstrip(" ,:)(-")[:1].lower()
    return begins in _FALLS_BEGINS and _NOT_A_SESSION_AFTER.match(fold(after)) is not None


def _link(gap: str) -> str:
    """ "range", "list" or "": how two dates are tied by what stands between them."""
    tokens = _WORD.findall(gap)
    if not all(_JOINING.fullmatch(token) for token in tokens):
        return ""
    while tokens and _BEFORE_A_DATE.fullmatch(tokens[-1]):
        tokens.pop()
    if tokens and tokens[-1] in {"-", "bis"}:
        return "range"
    return "list" if gap.strip() else ""


def _share_months_and_years(mentions: list[Mention]) -> None:
    for i in range(len(mentions) - 2, -1, -1):
        here, following = mentions[i], mentions[i + 1]
        if not following.link:
            continue
        if here.month is None and following.month is not None:
            here.month, here.year = following.month, following.year
            here.shares_year = following.year is not None
        elif here.year is None and following.year is not None and here.month is not None:
            _take_year(here, following, forward=False)
    for earlier, here in pairwise(mentions):
        if here.link and here.year is None and here.month is not None and earlier.year is not None:
            _take_year(here, earlier, forward=True)


def _take_year(mention: Mention, anchor: Mention, *, forward: bool) -> None:
    """Gives it the anchor's year, or that across the turn of the year when only that is near."""
    assert anchor.year is not None and anchor.month is not None and mention.month is not None
    here = (mention.month, mention.day_of_month)
    there = (anchor.month, anchor.day_of_month)
    if here >= there if forward else here <= there:
        mention.year, mention.shares_year, mention.certain = anchor.year, True, anchor.certain
        return
    year = anchor.year + (1 if forward else -1)
    own = _calendar_day(year, *here)
    other = _calendar_day(anchor.year, *there)
    if own and other and abs(other - own) <= _LONGEST_TURN_OF_YEAR:
        mention.year, mention.shares_year, mention.certain = year, True, False


def _resolve(mention: Mention, today: date | None) -> None:
    if mention.month is None:
        return
    if mention.year is not None:
        day = _calendar_day(mention.year, mention.month, mention.day_of_month)
        is_other_weekday = day and mention.weekdays and day.weekday() not in mention.weekdays
        mention.day = None if is_other_weekday else day
        return
    if today is None or mention.weekdays is None or len(mention.weekdays) != 1:
        return
    candidates = [
        day
        for year in (today.year - 1, today.year, today.year + 1)
        if (day := _calendar_day(year, mention.month, mention.day_of_month))
        and today - WINDOW_BEFORE <= day <= today + WINDOW_AFTER
        and day.weekday() in mention.weekdays
    ]
    if len(candidates) == 1:
        mention.day, mention.certain = candidates[0], False


def _calendar_day(year: int, month: int, day_of_month: int) -> date | None:
    if not 1900 <= year < 2100:
        return None
    try:
        return date(year, month, day_of_month)
    except ValueError:
        return None
