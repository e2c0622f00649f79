"""Which offers concern the members of the municipal bodies: rules that can be read.

RULES is the whole decision. A rule looks for words in folded text (lower case, ä as ae, one dash).
The strongest category with a hit wins; the matched words are kept as evidence. The alternatives of
a pattern begin with a letter where they can, so that a search passes over all others at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from scrapers.fields.reading import Reading
from scrapers.fields.text import Folded, clean, fold, sentences
from scrapers.records import Module
from scrapers.records import Relevance as Category

SEARCH_TERMS: tuple[str, ...] = (
    "Integrationsrat",
    "Integrationsräte",
    "Integrationsausschuss",
    "Integrationsausschüsse",
    "Chancengerechtigkeit",
)

# The bodies in all their forms: -rat, -rats, -ratsmitglied, -räte(n), also split at a line's end
# ("Integrations-ausschuss"); a rate ("Integrationsrate") is something else.
_COUNCIL = r"integrations-?r(?:at(?!e\b|en\b)\w*|aet\w*)"
_COMMITTEE = r"integrations-?aussch(?:u(?:ss|ess)\w*)"
_BOTH = r"integrations-?raet\w* (?:und|bzw\.?|oder|/) ?(?:die |der |den )?-aussch\w+"
_NEW_COMMITTEE = (
    r"aussch(?:uss|uesse)\w* fuer (?:chancengerechtigkeit(?: und integration)?"
    r"|integration und chancengerechtigkeit)"
)
BODIES = rf"{_BOTH}|landes{_COUNCIL}|{_COUNCIL}|{_COMMITTEE}|{_NEW_COMMITTEE}"

# "anywhere": in the title or the text. "to_members": in the title, or in a sentence of the text
# that speaks to members of the bodies; an office's name, an address or a partner does not.
# "to_municipalities": in the title, or in such a sentence that also names municipalities.
Context = Literal["anywhere", "to_members", "to_municipalities"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: what `name` stands for, its words, where they count."""

    category: Category
    name: str
    pattern: str
    context: Context
    words: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", re.compile(self.pattern))


RULES: tuple[Rule, ...] = (
    Rule(
        "series",
        "Titel der Reihe",
        r"chancengerechtigkeit und integration vor ort|politik in unserer stadt mitgestalten",
        "anywhere",
    ),
    Rule("series", "Titel des Basismoduls", r"lebenswelt und handlungsfeld kommune", "anywhere"),
    Rule(
        "series",
        "Titel des Aufbaumoduls",
        r"entwicklung von zielen und deren umsetzung",
        "to_members",
    ),
    Rule("council", "frühere Reihe", r"politisch partizipieren heisst handeln", "anywhere"),
    Rule("council", "Gremium", BODIES, "to_members"),
    Rule(
        "adjacent",
        "kommunale Integrationsstrategie",
        r"kommunal\w* integrations(?:strateg|konzept|arbeit|politik|management)\w*"
        r"|integrations(?:strateg|konzept)\w*|integrationsworkshops?",
        "to_municipalities",
    ),
    Rule("adjacent", "Integrationsbeauftragte", r"integrationsbeauftragte\w*", "to_municipalities"),
)

# Share words with the bodies but never concern them by themselves.
FALSE_FRIENDS = re.compile(
    r"integrations-?kurs|integrationshelf|integrationsassist|integrationsbegleit|integrationslots"
    r"|integrationsfachkraft|schulintegration|schulbegleit|integralrechnung|integralgleichung"
    r"|rat und tat(?<=\brat und tat)\b|integrationstest|orientierungskurs|alphabetisierung"
    r"|berufssprachkurs"
    r"|integrationsrechnung|numerische integration|systemintegration|einbuergerungstest"
)
_TO_MEMBERS = re.compile(
    r"\bmitglied|ratsmitglied|gewaehlt|entsandt|richtet sich|zielgruppe|\barbeit (?:im|in)\b"
    r"|engagier|qualifizier|kommunalpolit|mitwirk|mitarbeit|schulung|fortbildung|workshop|seminar"
    r"|\bfuer (?:die |den |das |alle |neue )?integrations|teilnehmende|aufgaben\b|\brolle\b"
    r"|coaching"
    r"|\bbereitet\b"
)
_NAMES_A_PLACE_OR_PARTNER = re.compile(
    r"\bbuero (?:des|der)|geschaeftsstelle|\bzimmer\b|telefon|\btel\.|adresse|anschrift|strasse"
    r"|str\. \d|kooperation|\bpartner|unterstuetzt (?:von|durch)|gefoerdert|finanziert|ermaessig"
    r"|rabatt|beratung (?:im|beim)|sprechstunde|anmeldung (?:bei|im|beim)|ansprechp|\bkontakt\b"
    r"|\braeumen?\b|\braum\b|treffpunkt|veranstalter|zusammenarbeit|gemeinsam mit|mit dem integr"
    r"|mit den integr"
)
_IN_PASSING = re.compile(
    r"(?:buero|raeumen?|sprechstunde|kooperation|zusammenarbeit|gemeinsam|treffpunkt|beratung)\b"
    rf"[^.]{{0,30}}(?:{BODIES})"
)
# What a body itself arranges for everybody, unless its members are taught there.
_EVENT = re.compile(
    r"(?:\b(?:sommer|stadt|familien|kultur|begegnungs)?fest|\b\w*feier|\b(?:film|kino)(?:abend)?"
    r"|\blesung|\bkonzert|\bausstellung|\bvernissage|\b(?:neujahrs)?empfang|\bstammtisch"
    r"|\bfruehstueck|\b(?:stadt)?rundgang|\bstadtfuehrung|\btag der offenen tuer"
    r"|^(?:(?:oeffentliche|konstituierende|naechste) )?(?:sitzung(?:en)?|sprechstunde))\b"
    rf"[^.|]{{0,40}}\b(?:des|der|beim|im|mit dem|mit den|vom|von|durch den) (?:\w+ )?(?:{BODIES})"
)
_TEACHES = re.compile(
    r"seminar|workshop|schulung|fortbildung|weiterbildung|qualifizier|training|modul|leiten|leitung"
    r"|moder|vorbereit|einfuehr|grundlagen|recht|protokoll|gestalten|fuer (?:\w+ )?mitglied"
    r"|coaching|kurs\b|lernen|rhetorik|kompetenz"
)
_ARRANGES = re.compile(
    rf"(?:{BODIES})(?: \w+){{0,5}} (?:laedt|laden|foerdert|foerdern|unterstuetzt|unterstuetzen"
    r"|organisiert|veranstaltet|praesentiert|finanziert)\b"
)
# Who pays less for an offer is not whom it addresses.
_PAYS_LESS = re.compile(
    rf"(?:ermaessig\w*|rabatt|nachlass|freier eintritt)\b[^.]{{0,80}}(?:{BODIES})"
    rf"|(?:{BODIES})[^.]{{0,60}}\b(?:erhalten|bekommen|zahlen|haben|gilt)\b[^.]{{0,40}}"
    r"(?:ermaessig|rabatt|nachlass|freien eintritt)"
)
_MUNICIPALITY = re.compile(r"kommun|\b(?:stadt|staedte\w*|gemeinden?|kreise?|landkreise?)\b")
_MEMBERS_OF_BODY = re.compile(
    rf"ratsmitglied|\b(?:gewaehlt|entsandt|mitglied)\w*\b[^.]{{0,60}}(?:{BODIES})"
)
_MODULE_WORD = re.compile(r"basis-?modul|aufbau-?modul")
_QUALIFICATION = re.compile(r"qualifizierung")


@dataclass(frozen=True, slots=True)
class Relevance:
    """`category` None means not relevant. `terms` are the matched words as the page writes them."""

    category: Category | None
    terms: tuple[str, ...]


def judge_relevance(title: str, text: str = "") -> Relevance:
    """Decides by RULES whether an offer concerns the bodies.

    Under a title that is a false friend only words addressed to members of the bodies count. An
    offer for the bodies that is called a Qualifizierung and names its module is of the series.
    """
    head, body = Folded(spoken_title(title)), Folded(text)
    is_false_friend = bool(FALSE_FRIENDS.search(head.text))
    hits = [*_hits_in_title(head, is_false_friend), *_hits_in_text(body, is_false_friend)]
    terms = tuple(dict.fromkeys(words for _, words in hits))
    categories = {rule.category for rule, _ in hits}
    if "series" in categories:
        return Relevance("series", terms)
    if "council" in categories:
        both = f"{head.text} {body.text}"
        is_series = (_QUALIFICATION.search(both) and _MODULE_WORD.search(both)) or any(
            rule.words.search(both) for rule in RULES if rule.category == "series"
        )
        return Relevance("series" if is_series else "council", terms)
    return Relevance("adjacent" if categories else None, terms)


def spoken_title(title: str) -> str:
    """A title, or a slug with its spaces back: "fuer-Integrationsratsmitglieder-Basismodul"."""
    cleaned = clean(title)
    return cleaned.replace("-", " ").replace("_", " ") if " " not in cleaned else cleaned


def _hits_in_title(title: Folded, is_false_friend: bool) -> list[tuple[Rule, str]]:
    if is_false_friend and not _MEMBERS_OF_BODY.search(title.text):
        return []
    passing = [m.span() for m in _IN_PASSING.finditer(title.text)]
    if not _TEACHES.search(title.text):
        passing += [m.span() for m in _EVENT.finditer(title.text)]
    return [
        (rule, title.words(*match.span()))
        for rule in RULES
        for match in rule.words.finditer(title.text)
        if not any(a <= match.start() < b for a, b in passing)
    ]


def _hits_in_text(text: Folded, is_false_friend: bool) -> list[tuple[Rule, str]]:
    # The words of no rule reach over the end of a sentence.
    matches = [(rule, match) for rule in RULES for match in rule.words.finditer(text.text)]
    if not matches:
        return []
    hits: list[tuple[Rule, str]] = []
    end = 0
    for sentence in sentences(text.text):
        start = text.text.find(sentence, end)
        end = start + len(sentence)
        found = [(rule, match) for rule, match in matches if start <= match.start() < end]
        if not found:
            continue
        to_members = _speaks_to_members(sentence, is_false_friend)
        for rule, match in found:
            if not to_members and (is_false_friend or rule.context != "anywhere"):
                continue
            if rule.context == "to_municipalities" and not _MUNICIPALITY.search(sentence):
                continue
            hits.append((rule, text.words(*match.span())))
    return hits


def _speaks_to_members(sentence: str, is_false_friend: bool) -> bool:
    names_members = bool(_MEMBERS_OF_BODY.search(sentence)) and not _PAYS_LESS.search(sentence)
    if is_false_friend or any(p.search(sentence) for p in (_NAMES_A_PLACE_OR_PARTNER, _ARRANGES)):
        return names_members
    return names_members or bool(_TO_MEMBERS.search(sentence))


def is_candidate(title: str, text: str = "") -> bool:
    """Whether a hit of a search for SEARCH_TERMS is worth opening: everything but a clear false
    friend, since the list may not show the words for which the site found the course."""
    folded = fold(spoken_title(title))
    if re.search(BODIES, folded) or not FALSE_FRIENDS.search(folded):
        return True
    return judge_relevance(title, text).category is not None


_AND = r"-? ?(?:und|oder|sowie|bzw\.?|[/&+,])[- ]?(?:das |dem |im )?"
# "Basis- und Aufbaumodul", "Modul Basis/Aufbau": the word they share stands once.
_SHARED = (
    rf"basis{_AND}aufbau[- ]?modul|aufbau{_AND}basis[- ]?modul"
    rf"|modul(?<=\bmodul)e? (?:basis{_AND}aufbau|aufbau{_AND}basis)\b"
)
_BASIS = re.compile(
    rf"basis[- ]?modul\w*|modul(?<=\bmodul)(?: (?:1|i))?[: (-]{{1,3}}basis\b|{_SHARED}"
    r"|lebenswelt und handlungsfeld kommune"
)
_AUFBAU = re.compile(
    rf"aufbau[- ]?modul\w*|modul(?<=\bmodul)(?: (?:2|ii))?[: (-]{{1,3}}aufbau\b|{_SHARED}"
    r"|entwicklung von zielen und deren umsetzung"
)
_MODULES: tuple[tuple[Module, re.Pattern[str]], ...] = (("basis", _BASIS), ("aufbau", _AUFBAU))
# Sentences about the other module: what must come before, what will follow.
_ABOUT_ANOTHER = re.compile(
    r"voraus|besucht|absolviert|\bnach dem\b|im anschluss|baut auf|aufbauend auf|\bfolgt|folgen"
    r"|anschliessend|danach|spaeter|weitere|siehe auch|geplant|ergaenz|zuvor|teilnahme am"
)


def judge_module(title: str, text: str = "") -> Reading[Module]:
    """The module by its word or its title. The offer's title decides before its text; where one
    of them names both modules it decides nothing."""
    head = Folded(spoken_title(title))
    if _named_modules(head.text):
        return _module_in(head, head.text)
    body = Folded(text)
    if not _named_modules(body.text):
        return Reading.absent()
    naming = [sentence for sentence in sentences(body.text) if _named_modules(sentence)]
    telling = [sentence for sentence in naming if not _ABOUT_ANOTHER.search(sentence)]
    return _module_in(body, " | ".join(telling))


def modules_in(text: str) -> frozenset[Module]:
    """All modules that a text names by their word or title. Both where it names both ("Basis- und
    Aufbaumodul"): then it decides for neither."""
    return frozenset(_named_modules(fold(text)))


def _named_modules(folded: str) -> dict[Module, re.Match[str]]:
    found: dict[Module, re.Match[str]] = {}
    for module, pattern in _MODULES:
        if match := pattern.search(folded):
            found[module] = match
    return found


def _module_in(source: Folded, searched: str) -> Reading[Module]:
    named = _named_modules(searched)
    if len(named) != 1:
        return Reading.absent()
    ((module, match),) = named.items()
    start = source.text.find(match.group())
    words = source.words(start, start + len(match.group()))
    return Reading.stated(module, words)
