"""Prices in German text. Only an amount with a currency is a price, unless a label says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from scrapers.fields.reading import Reading
from scrapers.fields.text import clean, clip, fold, plain, sentences

_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d{1,6})(?:,(?:\d{1,2}|--?)|\.(?:\d{1,2}|--?)|,)?"
_CURRENCY = r"(?:€|eur\b|euro\b)"
_AMOUNT = re.compile(
    rf"(?<![\w.,/-])(?P<before>{_CURRENCY}) ?(?P<n1>{_NUMBER})(?![\w-]|[.,]\d)"
    rf"|(?<![\w.,/])(?P<n2>{_NUMBER}) ?(?P<after>{_CURRENCY})",
    re.IGNORECASE,
)
_BARE = re.compile(rf"{_NUMBER}")
_XML_DECIMAL = re.compile(r"\d{1,6}\.\d{1,4}")
_SEPARATOR = re.compile(r"[;()/|]|,(?!\d)|\bund\b|\bbzw\b| - ")
_REDUCED = re.compile(
    r"ermaess|\berm\b|ermaeß|reduziert|\bnur fuer mitglieder|fruehbucher|schueler"
)
_SURCHARGE_BEFORE = re.compile(
    r"(?:zzgl|zuzueglich|\bplus\b|\bzusaetzlich|material\w*|skript\w*|lehrbuch|lehrwerk\w*|umlage"
    r"|pruefungsgebuehr\w*|verpflegung\w*|bearbeitungsgebuehr\w*|mittagessen|zuschlag|storno\w*"
    r"|ruecktritt\w*|fahrtkosten|kaution|pfand|spende\w*|\binkl|inklusive|enthalten|davon|eintritt in"
    r"|uebernachtung\w*|kopie\w*|rabatt|bis zu)[^.;()/|]{0,40}$"
)
_SURCHARGE_AFTER = re.compile(
    r" ?(?:fuer |an )?(?:die |das |den )?(?:material|skript|lehrbuch|lehrwerk|umlage|pruefungsgeb"
    r"|verpflegung|kopie|lebensmittel|kaution|pfand|spende|rabatt|ermaessigung|nachlass|storno"
    r"|bearbeitung)"
)
_NOT_TOTAL_BEFORE = re.compile(r"(?:\bab|\bca\.?|\betwa|mindestens|hoechstens|maximal|\bvon|bis) $")
_NOT_TOTAL_AFTER = re.compile(
    r"[ ,/()]{0,3}(?:pro|je|per|/) ?(?:termin|abend|tag\b|stunde|std|monat|ue\b|einheit|treffen"
    r"|sitzung|woche|unterrichts|modul)|/ ?(?:termin|abend|tag|stunde|std|monat|ue\b)"
)
_STAGGERED = re.compile(r"\b(?:ab|bei|bis)(?: zu)? \d+(?: ?- ?\d+)? ?(?:tn\b|teilnehm|person)")
_FREE = re.compile(
    r"\b(?:gebuehrenfrei|entgeltfrei|kostenlos|kostenfrei|unentgeltlich|gratis|umsonst"
    r"|eintritt(?: ist)? frei|freier eintritt|keine gebuehr(?:en)?|ohne gebuehr(?:en)?"
    r"|keine (?:teilnahme)?kosten|ohne (?:teilnahme)?kosten|frei von gebuehren)(?:e|er|es|en)?\b"
)
_FREE_OF_SOMETHING_ELSE = re.compile(
    r"parkpl|\bpark(?:en|haus)|storn|ruecktritt|getraenk|kaffee|betreuung|hotline|download|\bwlan"
    r"|newsletter|beratung|app\b|software|probestunde|schnupper|abmeld|umbuch|ticket|broschuere"
    r"|material\w* (?:ist |sind |wird |werden )?(?:kostenlos|kostenfrei)|\bnicht (?:mehr )?$"
)
_FREE_SUBJECT = re.compile(
    r"teilnahme|eintritt|kurs|veranstaltung|seminar|workshop|vortrag|angebot|qualifizierung"
    r"|schulung|fortbildung|modul|reihe|gebuehr|entgelt|preis|kosten"
)
_FREE_FOR_SOME = re.compile(r"\b(?:fuer|mit|inhaber|mitglied|bei)\b")
_NOTE_WORTH = re.compile(
    r"ermaess|\berm\b|zzgl|zuzueglich|inkl|brutto|netto|material|umlage|fahrtkosten|\bab\b|\bca\b"
    r"|\bpro\b|\bje\b|staffel|mitglied|teilnehm|\btn\b|spende|kaution|[a-z]{4}"
)


@dataclass(frozen=True, slots=True)
class Price:
    """`amount` in euros for the whole offer without reductions; `is_free` True only when the text
    says so; `note` what the text adds (reductions, surcharges, staggering)."""

    amount: Decimal | None
    is_free: bool | None
    note: str | None


@dataclass(frozen=True, slots=True)
class _Sum:
    start: int
    end: int
    value: Decimal
    is_reduced: bool
    is_extra: bool
    is_total: bool


def read_price(text: str, *, labelled: bool = False) -> Reading[Price]:
    """Reads the price of an offer. With `labelled` the text is the value of a label such as
    "Gebühr": then a bare number is a price and a bare "kostenlos" speaks of the offer.

    Several regular amounts (staggered tables), amounts per date and lower limits give no amount:
    only a note says that there is something.
    """
    original, body = clean(text), plain(text)
    if labelled and (bare := _bare_number(body)) is not None:
        return Reading.stated(Price(bare, bare == 0, None), original)
    sums = _sums(body)
    regular = [s for s in sums if not s.is_reduced and not s.is_extra]
    free = _free_words(body, labelled=labelled)
    positive = [s for s in regular if s.value > 0]
    if not positive and (free or regular):
        start, end = free[0] if free else (regular[0].start, regular[0].end)
        note = _note(original, body, start, end) if sums or labelled else None
        return Reading.stated(Price(Decimal("0.00"), True, note), original[start:end])
    if not sums:
        return Reading.absent()
    words = original[sums[0].start : sums[-1].end]
    whole_note = clip(_sentence_around(original, sums[0].start, sums[-1].end), 200)
    amounts = {s.value for s in positive}
    if len(amounts) != 1 or not all(s.is_total for s in positive) or _STAGGERED.search(fold(body)):
        if _is_one_price_for_a_group(positive, body):
            pass
        else:
            return Reading.stated(Price(None, None, whole_note), words)
    if free and not _FREE_FOR_SOME.search(fold(body)):
        return Reading.stated(Price(None, None, whole_note), words)
    price = positive[0]
    note = _note(original, body, price.start, price.end)
    return Reading.stated(Price(price.value, False, note), original[price.start : price.end])


def _is_one_price_for_a_group(positive: list[_Sum], body: str) -> bool:
    """True for "6.000 € (bei maximal 40 TN)": one amount, and a limit rather than a staircase."""
    return (
        len({s.value for s in positive}) == 1
        and all(s.is_total for s in positive)
        and len(set(_STAGGERED.findall(fold(body)))) < 2
    )


def _bare_number(body: str) -> Decimal | None:
    if _XML_DECIMAL.fullmatch(body):
        return Decimal(body).quantize(Decimal("0.01"))
    return _decimal(body) if _BARE.fullmatch(body) else None


def _decimal(number: str) -> Decimal:
    number = re.sub(r"[.,]-{0,2}$", "", number)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?", number):
        number = number.replace(".", "")
    return Decimal(number.replace(",", ".")).quantize(Decimal("0.01"))


def _sums(body: str) -> list[_Sum]:
    matches = list(_AMOUNT.finditer(body))
    found = []
    for i, match in enumerate(matches):
        gap_start = matches[i - 1].end() if i else max(0, match.start() - 80)
        gap_end = matches[i + 1].start() if i + 1 < len(matches) else match.end() + 80
        before, after = (
            fold_gap(body[gap_start : match.start()]),
            fold_gap(body[match.end() : gap_end]),
        )
        near_before = _SEPARATOR.split(before)[-1]
        after_parts = _SEPARATOR.split(after)
        near_after = after_parts[0]
        is_last = i + 1 == len(matches)
        # Between two amounts without separator a word belongs to the one that follows.
        owns_after = is_last or len(after_parts) > 1
        in_brackets = bool(re.match(r" ?\([^()]*$|[^()]*\)", after)) and "(" in before[-3:]
        is_reduced = bool(
            _REDUCED.search(near_before)
            or (owns_after and _REDUCED.search(near_after))
            or (in_brackets and _REDUCED.search(after.split(")")[0]))
            or re.match(r" ?\((?:ermaess|erm\b)[^()\d]{0,12}\)", after)
        )
        # "45-60 €" is a span of prices, "61-1004 €" no price at all.
        is_span = bool(re.search(r"\d ?(?:€|eur|euro)? ?-(?: |$)|\d-$", before[-8:]))
        found.append(
            _Sum(
                match.start(),
                match.end(),
                _decimal(match["n1"] or match["n2"]),
                is_reduced,
                bool(_SURCHARGE_BEFORE.search(before) or _SURCHARGE_AFTER.match(after)),
                not (is_span or _NOT_TOTAL_BEFORE.search(before) or _NOT_TOTAL_AFTER.match(after)),
            )
        )
    return found


def fold_gap(text: str) -> str:
    """`fold` that keeps the spaces at both ends, where what is adjacent matters."""
    return f"{' ' * text[:1].isspace()}{fold(text)}{' ' * text[-1:].isspace()}"


def _free_words(body: str, *, labelled: bool) -> list[tuple[int, int]]:
    """Positions of words that say that the offer itself costs nothing."""
    if any(ord(c) > 0x2FF for c in body):
        body = "".join(c if ord(c) <= 0x2FF else " " for c in body)
    found = []
    for part in sentences(body):
        folded = fold(part)
        match = _FREE.search(folded)
        if not match or _FREE_OF_SOMETHING_ELSE.search(folded[: match.end() + 30]):
            continue
        if re.search(r"\b(?:nicht|kein\w*) (?:\w+ )?$", folded[: match.start()]):
            continue
        alone = len(folded) - len(match.group()) <= 12
        says_itself = match.group().startswith(
            ("gebuehrenfrei", "entgeltfrei", "eintritt", "freier")
        )
        if labelled or alone or says_itself or _FREE_SUBJECT.search(folded):
            start = body.find(part)
            found.append((start, start + len(part)))
    return found


def _sentence_around(original: str, start: int, end: int) -> str:
    head = re.split(r"[.!?] (?=[A-ZÄÖÜ])", original[:start])[-1]
    tail = re.split(r"[.!?](?: |$)(?=[A-ZÄÖÜ]|$)", original[end:])[0]
    return head + original[start:end] + tail


def _note(original: str, body: str, start: int, end: int) -> str | None:
    """What the sentence adds after the price: reductions, surcharges, conditions."""
    tail = re.split(r"[.!?](?: |$)(?=[A-ZÄÖÜ]|$)", original[end:])[0].strip(" ,;:-–")
    if tail.startswith("(") and tail.endswith(")") and tail.count("(") == 1:
        tail = tail[1:-1].strip()
    return clip(tail, 200) if _NOTE_WORTH.search(fold(tail)) else None
