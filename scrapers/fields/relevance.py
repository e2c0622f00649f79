"""Which offers concern the members of the municipal bodies: rules that can be read.

A rule looks for words in folded text (lower case, ä as ae). Its weight counts in the title and,
where `in_text` allows it, in the running text. What reaches a category's threshold is relevant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from scrapers.fields.reading import Reading
from scrapers.fields.text import Folded, clean, fold, sentences
from scrapers.records import Module
from scrapers.records import Relevance as Category

SEARCH_TERMS: tuple[str, ...] = (
    "Integrationsrat",
    "Integrationsräte",
    "Integrationsausschuss",
    "Chancengerechtigkeit",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """`in_text` is "no" (title only), "yes" (title or text), or "addressed": in the text only in a
    sentence that speaks to members of the bodies."""

    category: Category
    name: str
    pattern: str
    in_text: str
    compiled: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "compiled", re.compile(self.pattern))


# The stem, not the whole word: -rat, -rats, -rates, -räte, -räten, -ratsmitglied …; "raete" and
# "rate" also in slugs. Not "Integrationsrate" as a rate: it would need a word end after "rate".
_COUNCIL = (
    r"integrationsr(?:at(?:s|es)?(?:mitglied\w*|arbeit\w*|vorsitz\w*|sitzung\w*|wahl\w*|kandidat\w*)?"
    r"|aete?n?)\b"
)
_COMMITTEE = r"integrationsaussch(?:uss|uesse|usses|uessen)\w*"
_COMMITTEE_ELLIPSIS = r"integrationsraet\w+ (?:und|bzw\.?|oder|/) ?(?:der )?-aussch\w+"
_NEW_COMMITTEE = r"(?:ausschuss|ausschuesse|ausschusses|ausschuessen) fuer chancengerechtigkeit(?: und integration)?"
_BODY = rf"(?:landes)?{_COUNCIL}|{_COMMITTEE}|{_NEW_COMMITTEE}|{_COMMITTEE_ELLIPSIS}"

RULES: tuple[Rule, ...] = (
    Rule(
        "series",
        "Titel der Reihe",
        r"chancengerechtigkeit und integration vor ort|die politik in unserer stadt mitgestalten",
        "yes",
    ),
    Rule("series", "Basismodul", r"lebenswelt und handlungsfeld kommune", "addressed"),
    Rule("series", "Aufbaumodul", r"entwicklung von zielen und deren umsetzung", "addressed"),
    Rule(
        "series",
        "Qualifizierung für Gremien",
        rf"qualifizierung\w*\b.{{0,60}}(?:{_BODY})|(?:{_BODY}).{{0,60}}\bqualifizierung",
        "no",
    ),
    Rule("council", "politisch partizipieren", r"politisch partizipieren heisst handeln", "yes"),
    Rule("council", "Gremium", _BODY, "addressed"),
    Rule(
        "adjacent",
        "kommunale Integrationsstrategie",
        r"(?:kommunal\w* )?integrations(?:strateg|konzept)\w*|kommunal\w* integrations(?:arbeit|politik"
        r"|management)\w*|integrationsworkshops?",
        "addressed",
    ),
    Rule(
        "adjacent",
        "Integrationsbeauftragte",
        r"(?:kommunal\w* )?integrationsbeauftragte\w*",
        "addressed",
    ),
)

# Courses that share words with the bodies but never concern them by themselves.
FALSE_FRIENDS = re.compile(
    r"integrationskurs|integrationshelf|integrationsassist|integrationsbegleit|integrationsfachkraft"
    r"|schulintegration|integralrechnung|integralgleichung|\brat und tat\b|integrationstest"
    r"|integrationslotse|inklusion|orientierungskurs|alphabetisierung|berufssprachkurs"
    r"|integrationsrechnung|numerische integration|systemintegration|einbuergerungstest"
)

# A sentence that speaks to the members, not one that names an office, an address or a partner.
_ADDRESSES_MEMBERS = re.compile(
    r"\bmitglied\w*|gewaehlt\w*|entsandt\w*|ratsmitglied\w*|richtet sich an|zielgruppe|fuer die arbeit"
    r"|\barbeit im\b|\barbeit in\b|engagier\w*|qualifizier\w*|kommunalpolit\w*|mitwirk\w*|mitarbeit"
    r"|schulung\w*|fortbildung\w*|workshop\w*|fuer (?:die |den |das |alle )?integrations\w*"
    r"|teilnehmen(?:de|den)\b|seminar\w*|aufgaben\b|rolle\b|coaching|bereitet\b"
)
_NAMES_AN_OFFICE = re.compile(
    r"buero des|geschaeftsstelle|zimmer|telefon|tel\.|adresse|anschrift|strasse|str\.|kooperation"
    r"|\bpartner|unterstuetzt (?:von|durch)|gefoerdert|finanziert|beratung (?:im|beim)|sprechstunde"
    r"|anmeldung (?:bei|im|beim)|ansprechpartner|kontakt|raeume|raum|in den raeumen|treffpunkt"
    r"|veranstalter|zusammenarbeit|mit dem integrationsrat|mit den integrationsraeten"
)
_MODULE_WORDS = re.compile(r"basis-?modul|aufbau-?modul")


@dataclass(frozen=True, slots=True)
class Relevance:
    """`category` None means not relevant. `terms` are the matched words as the page writes them."""

    category: Category | None
    terms: tuple[str, ...]


def judge_relevance(title: str, text: str = "") -> Relevance:
    """Decides by RULES whether an offer concerns the bodies. Strongest category first.

    A false friend in the title counts as relevant only when its own text addresses members.
    """
    in_title = Folded(_spoken(title))
    in_text = Folded(text)
    is_false_friend = bool(FALSE_FRIENDS.search(in_title.text))
    hits: list[tuple[Rule, str, bool]] = []
    for rule in RULES:
        hits += [(rule, words, True) for words in _in_title(rule, in_title)]
        hits += [(rule, words, False) for words in _in_text(rule, in_text, is_false_friend)]
    categories = [rule.category for rule, _, _ in hits]
    if not categories:
        return Relevance(None, ())
    terms = tuple(dict.fromkeys(words for _, words, _ in hits))
    if "series" in categories:
        return Relevance("series", terms)
    if "council" in categories:
        has_module = _MODULE_WORDS.search(in_title.text) or _MODULE_WORDS.search(in_text.text)
        is_series = has_module and re.search(r"qualifizierung", in_title.text + " " + in_text.text)
        return Relevance("series" if is_series else "council", terms)
    return Relevance("adjacent", terms)


def _spoken(title: str) -> str:
    """A slug as words: "fuer-Integrationsratsmitglieder-Basismodul" gets its spaces back."""
    cleaned = clean(title)
    return cleaned.replace("-", " ").replace("_", " ") if " " not in cleaned else cleaned


def _in_title(rule: Rule, title: Folded) -> list[str]:
    return [title.words(m.start(), m.end()) for m in rule.compiled.finditer(title.text)]


def _in_text(rule: Rule, text: Folded, is_false_friend: bool) -> list[str]:
    if rule.in_text == "no":
        return []
    found = []
    position = 0
    for sentence in sentences(text.text):
        position = text.text.find(sentence, position)
        if rule.in_text == "addressed" and not _speaks_to_members(sentence, is_false_friend):
            continue
        found += [
            text.words(position + m.start(), position + m.end())
            for m in rule.compiled.finditer(sentence)
        ]
    return found


def _speaks_to_members(sentence: str, is_false_friend: bool) -> bool:
    if is_false_friend:
        return bool(
            re.search(rf"\b(?:gewaehlt\w*|entsandt\w*|mitglied\w*)\b.{{0,60}}(?:{_BODY})", sentence)
            or re.search(r"integrationsratsmitglied", sentence)
        )
    if _NAMES_AN_OFFICE.search(sentence) and not re.search(r"\bmitglied|ratsmitglied", sentence):
        return False
    return bool(_ADDRESSES_MEMBERS.search(sentence))


def is_candidate(title: str, text: str = "") -> bool:
    """Whether a hit of a search for SEARCH_TERMS is worth opening: everything but a clear false
    friend, since the list may not show the words for which the site found the course."""
    folded = fold(_spoken(title))
    if re.search(_BODY, folded) or RULES[0].compiled.search(folded):
        return True
    if FALSE_FRIENDS.search(folded):
        return judge_relevance(title, text).category is not None
    return True


_BASIS = re.compile(r"basis-?modul\w*|lebenswelt und handlungsfeld kommune|grundlagenmodul")
_AUFBAU = re.compile(r"aufbau-?modul\w*|entwicklung von zielen und deren umsetzung")


def judge_module(title: str, text: str = "") -> Reading[Module]:
    """The module by its word or its title. The offer's title decides before its text; where one
    of them names both modules it decides nothing."""
    for source in (_spoken(title), text):
        folded = Folded(source)
        basis, aufbau = _BASIS.search(folded.text), _AUFBAU.search(folded.text)
        if basis and aufbau:
            return Reading.absent()
        if match := basis or aufbau:
            module: Module = "basis" if basis else "aufbau"
            return Reading.stated(module, folded.words(match.start(), match.end()))
    return Reading.absent()
