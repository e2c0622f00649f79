"""Prices in German text. Only an amount with a currency is a price, unless a label says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from scrapers.fields.reading import Reading
from scrapers.fields.text import clean, clip, fold, plain, sentences

_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d{1,6})(?:,(?:\d{1,2}|--?)|\.(?:\d{1,2}|--?))?"
_CURRENCY = r"(?:€|eur\b|euro\b)"
_AMOUNT = re.compile(
    rf"(?=[\d€e])(?:(?<![\w.,/-]){_CURRENCY} ?(?P<after_sign>{_NUMBER})(?![\w-]|[.,]\d)"
    # "6 000 €" is no 0 euros.
    rf"|(?<![\w.,])(?!(?<=\d )\d{{3}}(?!\d))(?P<before_sign>{_NUMBER}) ?{_CURRENCY})",
    re.IGNORECASE,
)
_BARE = re.compile(_NUMBER)
_NO_CENTS = re.compile(r"[.,]-{1,2}$")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?")
_IN_BRACKETS = re.compile(r" ?\([^()\d]{0,20}\)")
_BARE_FREE = re.compile(r"(?:keine[rs]?|frei|freier eintritt|entfaellt|entfallen)[.!]?")
_LABELLED_FREE = re.compile(
    r"(?:(?:kurs|teilnahme|seminar)?(?:gebuehr(?:en)?|entgelte?|kosten|preis|beitrag)): ?"
    r"(?:keine[rs]?|entfaellt|entfallen)[.!]?"
)
# Machine-readable exports write "82.8"; three digits after a dot are German thousands.
_EXPORTED = re.compile(r"\d{1,6}\.(?:\d{1,2}|\d{4})")
_SEPARATOR = re.compile(r"[;()/|]|,(?!\d)|\bund\b|\bbzw\b| - ")
_REDUCED = re.compile(
    r"(?<!nicht )(?<!keine )(?<!ohne )ermaess|\berm\b|reduziert|nur fuer mitglieder"
    r"|fruehbucher|schueler|studierend|studenten|azubi|auszubildend|rentner|arbeitslos|leistungsempf|sozialpass"
)
_EXTRA = (
    r"material|skript|lehrbuch|lehrwerk|umlage|pruefungsgeb|verpflegung|bearbeitung|mittagessen"
    r"|zuschlag|storno|ruecktritt|fahrtkosten|kaution|pfand|spende|uebernachtung|kopie|lebensmittel"
    r"|rabatt|nachlass|foerder|zuschuss|preisgeld|dotiert"
)
_EXTRA_BEFORE = re.compile(
    rf"(?:zzgl|zuzueglich|\bplus\b|\bzusaetzlich|\binkl|enthalten|davon|{_EXTRA})[^.;()/|]{{0,40}}"
    r"(?:\((?:ca\.?|etwa) ?)?$"
)
_EXTRA_AFTER = re.compile(
    rf" ?(?:fuer |an |als )?(?:die |das |den )?(?:{_EXTRA}|ermaessigung|staerker)"
)
_INCLUDED = re.compile(r"(?:inkl\w*|einschl\w*)\.? [\w ]{1,40}\)?:")
_NOT_THE_WHOLE_BEFORE = re.compile(
    r"(?:\bab|\bca\.?|\betwa|mindestens|hoechstens|maximal|\bbis(?: zu)?|monatlich"
    r"|woechentlich|jaehrlich|\d ?x|\d ?(?:€|eur|euro)? ?[-/]) ?$"
)
_NOT_THE_WHOLE_AFTER = re.compile(
    r"[ ,(]{0,3}(?:pro|je|per|/) ?(?:termin|abend|tag\b|stunde|std|monat|ue\b|einheit|treffen"
    r"|sitzung|woche|unterrichts|modul)| ?(?:-|bis) ?\d| (?:monatlich|woechentlich|jaehrlich)"
)
_STAIR = re.compile(r"\b(?:ab|bei|bis)(?: zu)? \d+(?: ?- ?\d+)? ?(?:tn\b|teilnehm|person)")
_FREE = re.compile(
    r"\b(?:(?:gebuehrenfrei|entgeltfrei|kostenlos|kostenfrei|unentgeltlich)(?:e|er|es|en)?|gratis"
    r"|eintritt(?: ist)? frei|freier eintritt|(?:keine|ohne) (?:gebuehr(?:en)?"
    r"|(?:teilnahme)?kosten)"
    r"|frei von gebuehren)\b"
)
_ALWAYS_THE_OFFER = ("gebuehrenfrei", "entgeltfrei", "eintritt", "freier")
_THE_OFFER = re.compile(
    r"teilnahme|eintritt|kurs|veranstaltung|seminar|workshop|vortrag|angebot|qualifizierung"
    r"|schulung|fortbildung|modul|reihe|gebuehr|entgelt|preis|kosten"
)
_SOMETHING_ELSE = re.compile(
    r"parkpl|\bpark(?:en|haus)|storn|ruecktritt|getraenk|kaffee|betreuung|hotline|download|\bwlan"
    r"|newsletter|beratung|\bapp\b|software|probestunde|schnupper|abmeld|umbuch|ticket|broschuere"
    r"|material\w* (?:ist |sind |wird |werden )?kosten"
)
_NEGATED = re.compile(r"\b(?:nicht|kein\w*) (?:\w+ )?$")
_SOME_PEOPLE = re.compile(r"\b(?:fuer|mit|inhaber|mitglied|bei)\b")
_OTHER_PEOPLE = re.compile(
    r"schueler|studier|studen|inhaber|azubi|auszubild|kinder|senior|empfaeng"
)
_WORD = re.compile(r"[a-z]{3}")
_END_OF_SENTENCE = re.compile(
    r"(?<!(?i:zzgl))(?<!(?i:inkl))(?<!(?i:incl))(?<!(?i:exkl))(?<!(?i:einschl))(?<!(?i:zuzügl))"
    r"(?<!\b(?i:erm))(?<!(?i:ermäß))(?<!(?i:ggf))(?<!(?i:bzw))(?<!(?i:evtl))(?<!\b(?i:ca))"
    r"(?<!(?i:mind))(?<!\b(?i:max))(?<!\b(?i:min))(?<!(?i:gesetzl))"
    r"[.!?](?: |$)(?=[A-ZÄÖÜ]|$)"
)
# Words that announce what the text then does not say.
_LEFT_OVER = re.compile(
    r"(?:^|[ ,;:/(*+-]{1,5})(?:zzgl|zuzügl(?:ich)?|plus|inkl(?:usive)?|incl|exkl(?:usive)?|einschl"
    r"(?:ießlich)?|zusätzlich|und|oder|bzw|ggf|evtl|mit|für|als|pro|je|von|der|die|das|den|dem|ab"
    r"|euro?|gebühr|entgelt|kosten|preis)\.?[ ,;:/(*+-]*$",
    re.IGNORECASE,
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
    """An amount with a currency at `start:end`; `is_whole` when it is the price of all of it."""

    start: int
    end: int
    value: Decimal
    is_regular: bool
    is_whole: bool


@lru_cache(maxsize=1024)
def read_price(text: str, *, labelled: bool = False) -> Reading[Price]:
    """Reads the price of an offer. With `labelled` the text is the value of a label such as
    "Gebühr": then a bare number is a price and a bare "kostenlos" speaks of the offer.

    Several regular amounts (staggered tables), amounts per date, spans and lower limits give no
    amount: only the note tells of them.
    """
    original, body = clean(text), plain(text)
    if labelled and (bare := _bare_number(body)) is not None:
        return Reading.stated(Price(bare, bare == 0, None), original)
    folded = fold(body)
    if (labelled and _BARE_FREE.fullmatch(folded)) or _LABELLED_FREE.fullmatch(folded):
        return Reading.stated(Price(Decimal("0.00"), True, None), original)
    sums = _sums(body)
    regular = [s for s in sums if s.is_regular]
    values = {s.value for s in regular}
    free = _free_words(body, labelled=labelled)
    if values <= {0} and (free or regular):
        start, end = free or (regular[0].start, regular[0].end)
        return Reading.stated(
            Price(Decimal("0.00"), True, _after(original, end)), original[start:end]
        )
    if not sums:
        return Reading.absent()
    is_staggered = len(set(_STAIR.findall(fold(body)))) > 1
    is_free_or_not = free is not None and not _SOME_PEOPLE.search(fold(body))
    is_one_price = len(values) == 1 and all(s.is_whole for s in regular)
    if not is_one_price or is_staggered or is_free_or_not:
        start, end = sums[0].start, sums[-1].end
        note = clip(_sentence_around(original, start, end), 200)
        return Reading.stated(Price(None, None, note), original[start:end])
    price = regular[0]
    words = original[price.start : price.end]
    return Reading.stated(Price(price.value, False, _after(original, price.end)), words)


def _bare_number(body: str) -> Decimal | None:
    if _EXPORTED.fullmatch(body):
        return Decimal(body).quantize(Decimal("0.01"))
    return _decimal(body) if _BARE.fullmatch(body) else None


def _decimal(number: str) -> Decimal:
    number = _NO_CENTS.sub("", number)
    if _THOUSANDS.fullmatch(number):
        number = number.replace(".", "")
    return Decimal(number.replace(",", ".")).quantize(Decimal("0.01"))


def _sums(body: str) -> list[_Sum]:
    matches = list(_AMOUNT.finditer(body))
    found = []
    for i, match in enumerate(matches):
        previous = matches[i - 1].end() if i else 0
        following = matches[i + 1].start() if i + 1 < len(matches) else len(body)
        before = _fold_gap(body[max(previous, match.start() - 80) : match.start()])
        after = _fold_gap(body[match.end() : min(following, match.end() + 80)])
        is_extra = (
            before and _EXTRA_BEFORE.search(_INCLUDED.sub("", before))
        ) or _EXTRA_AFTER.match(after)
        is_reduced = _is_reduced(before, after, is_last=i + 1 == len(matches))
        is_part = _NOT_THE_WHOLE_BEFORE.search(before) or _NOT_THE_WHOLE_AFTER.match(after)
        value = _decimal(match["after_sign"] or match["before_sign"])
        found.append(
            _Sum(match.start(), match.end(), value, not (is_extra or is_reduced), not is_part)
        )
    return found


def _is_reduced(before: str, after: str, *, is_last: bool) -> bool:
    """Whether "ermäßigt" speaks of this amount. Between two amounts without a separator it belongs
    to the second; in brackets of its own ("20 € (erm.)") to the first."""
    if _REDUCED.search(_SEPARATOR.split(before)[-1]):
        return True
    if _IN_BRACKETS.match(after):
        return bool(_REDUCED.search(after.split(")")[0]))
    clauses = _SEPARATOR.split(after)
    return (is_last or len(clauses) > 1) and bool(_REDUCED.search(clauses[0]))


def _fold_gap(text: str) -> str:
    """`fold` that keeps a space at either end: there it matters what is adjacent."""
    return f"{' ' * text[:1].isspace()}{fold(text)}{' ' * text[-1:].isspace()}"


def _free_words(body: str, *, labelled: bool) -> tuple[int, int] | None:
    """Where the text says that the offer itself costs nothing."""
    if not _FREE.search(fold(body)):
        return None
    for part in sentences(body):
        folded = fold(part)
        match = _FREE.search(folded)
        if not match or _SOMETHING_ELSE.search(folded[: match.end() + 30]):
            continue
        if _NEGATED.search(folded[: match.start()]) or _OTHER_PEOPLE.search(folded):
            continue
        stands_alone = len(folded) - len(match.group()) <= 12
        names_offer = match.group().startswith(_ALWAYS_THE_OFFER) or _THE_OFFER.search(folded)
        if labelled or stands_alone or names_offer:
            start = body.find(part)
            return start, start + len(part)
    return None


def _tail_of_sentence(text: str) -> str:
    return _END_OF_SENTENCE.split(text, maxsplit=1)[0]


def _sentence_around(original: str, start: int, end: int) -> str:
    head = re.split(r"[.!?] (?=[A-ZÄÖÜ])", original[:start])[-1]
    return head + original[start:end] + _tail_of_sentence(original[end:])


def _after(original: str, end: int) -> str | None:
    """What the sentence adds after the price."""
    tail = _tail_of_sentence(original[end:]).strip(" ,;:/*-–")
    if tail.startswith("(") and tail.endswith(")") and tail.count("(") == 1:
        tail = tail[1:-1].strip()
    tail = tail if "(" in tail else tail.removesuffix(")")
    tail = tail if ")" in tail else tail.removeprefix("(")
    while (said := _LEFT_OVER.sub("", tail)) != tail:
        tail = said
    return clip(tail, 200) if _WORD.search(fold(tail)) else None
