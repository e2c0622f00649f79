"""How German texts introduce an organisation: finding its name in a paragraph, a link, a heading.

The rules know how bodies are named and presented ("Das Zentrum … (ZX) wurde …", "… e.V.",
"Weitere Informationen über den …"); they know no body. A phrase that is nothing but a kind of
body ("Die Stiftung", "Das Projekt") names none.
"""

from __future__ import annotations

import re

import attrs

from scrapers.fields.text import clean, fold
from scrapers.pages.prose import whole_sentences


@attrs.frozen
class Name:
    """A name with the abbreviation that the text gives beside it. `rank` orders candidates of
    one entry: the lower, the surer."""

    name: str
    short_name: str | None
    rank: int


STATED_WITH_MARK = 1
NAMED_FOR_MORE = 2
LABEL_OF_BODY = 3
DEFINED_IN_BRACKETS = 4
OPENS_PARAGRAPH = 5
OPENS_SENTENCE = 6

# Endings of German nouns that stand for a body. Matched at the end of a word, also compounded.
_BODY_NOUN = re.compile(
    r"(?:verein|verband|verbund|(?:bei|mo)?rat|zentrum|zentrale|centrum|netz|netzwerk|stiftung"
    r"|institut|büro|stelle|dienst|gemeinschaft|gesellschaft|genossenschaft|initiative|konferenz"
    r"|forum|bund|akademie|kammer|agentur|bildungswerk|sozialwerk|hilfswerk|caritas|diakonie"
    r"|arbeitskreis|museum|archiv|haus|union|liga|bündnis|kommission|ausschuss|projekt|gruppe"
    r"|service|hochschule|universität|club|klub|team|fonds|treff|koordination|vertretung"
    r"|organisation|föderation|allianz|plattform)"
    r"(?:e[rn]?|e?s|en|n|zentren|räte)?$"
    r"|(?:zentren|räte|verbände|vereine|bünde|häuser|foren|museen)n?$",
    re.IGNORECASE,
)
_NOT_A_BODY = re.compile(
    r"^(?:vor|bei|heimat|zu|ver|hinter|unter)?rat$|verrat|^heirat|apparat|referat|vorstand"
    r"|^landesregierung|^bundesregierung|zusammenarbeit|^(?:zu)?hause$|^stelle$|^gruppen?$",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?:landes|bundes|partner|mitglieds|kooperations|migranten)?(?:verein|verband|verbund|rat|zentrum|netzwerk|stiftung|institut|büro"
    r"|stelle|dienst|gemeinschaft|gesellschaft|initiative|konferenz|forum|bund|akademie|kammer"
    r"|agentur|projekt|gruppe|museum|archiv|haus|organisation|einrichtung|institution"
    r"|beratungsstelle|fachstelle|geschäftsstelle|servicestelle|anlaufstelle|träger|partner"
    r"|gremium|gremien|beirat|programm|thema|angebot|arbeit|kontakt|übersicht|link|adresse"
    r"|ansprechpartner|kooperationspartner|regierung|ministerium|land|team|arbeitsgruppe|plattform"
    r"|arbeitskreis|service|migrationsberatung|verzeichnis|vernetzung)"
    r"(?:e[rnms]?|s|n|en|innen)?|zentren|räte|verbände|vereine|foren"
    r"|unser[em]?|weitere[rn]?|wichtige|alle|für|und|der|die|das|des|in|im|von|zu|zum|zur|nrw"
    r"|nordrhein|westfalen|landesweite?|regionale?|kommunale?|a|z|bis",
    re.IGNORECASE,
)
# Parts of a page that stand beside the bodies of a directory; with other words they may name one.
_PART_OF_PAGE = re.compile(
    r"(?:(?:unser|zum|abonnieren sie unseren)\s+)?newsletter"
    r"|(?:aktuelle\s+)?(?:neuigkeiten|meldungen|nachrichten|pressemitteilungen|termine)"
    r"|aktuelles|news|downloads?|karte|(?:mehr|weitere|alle)\s+(?:laden|anzeigen|zeigen)|nach oben"
    r"|impressum|datenschutz|suche|filter|social media|folgen sie uns|.{0,80}\bpdf\b.{0,80}"
    r"|das könnte sie auch interessieren",
    re.IGNORECASE,
)
_LEGAL_FORM = r"(?:e\. ?V\.|gGmbH|GmbH|e\. ?G\.|gAG|gUG)"
_SHORT = r"[A-ZÄÖÜ][\wÄÖÜäöüß&-]*(?: [A-ZÄÖÜ][\w&-]*){0,2}"
_NAME_START = r"[A-ZÄÖÜ„\"“]"
_LINKING_WORDS = (
    "für und der die das des dem den von vom im in zur zum mit gegen an am auf über bei aus - – & /"
)
_LINKING = frozenset(_LINKING_WORDS.split())
_LEAD = r"(?:(?:Der|Die|Das|Unser|Unsere)\s+|(?:(?:Über|Rund|Etwa|Mehr als|Fast)\s+)?\d[\d.]*\s+)?"
_ALIAS = re.compile(
    rf"^(?P<short>{_SHORT}), (?:der|die|das) (?P<name>{_NAME_START}[^,;]{{3,140}}?),? "
    r"(?:ist|sind|wurde|hat|bietet|unterstützt|arbeitet|vertritt|berät|setzt|fördert|ein)\b"
)
_LEGAL = re.compile(rf"^{_LEAD}(?P<name>{_NAME_START}[^,;()]{{2,120}}?\s{_LEGAL_FORM})(?=\W|$)")
_QUOTED = re.compile(
    r"^(?:Der|Die|Das)\s+(?P<kind>[A-ZÄÖÜ][\wäöüß-]+)\s+[„“\"»](?P<name>[^„“”\"«»]{3,120})[“”\"«]"
)
_WORD = re.compile(r"\S+")
_BRACKET = re.compile(r"\s*\(\s*(?P<mark>kurz:?\s+|abgekürzt:?\s+)?(?P<short>" + _SHORT + r")\s*\)")
_LEADING_SHORT = re.compile(
    r"^(?P<short>[A-ZÄÖÜ]\w*[A-ZÄÖÜ]\w*)\s+[-–:]\s+(?P<name>[A-ZÄÖÜ].{8,})$"
)
_ARTICLE_OR_COUNT = re.compile(r"(?:der|die|das|dem|den|des|\d[\d.]*)", re.IGNORECASE)
_FOR_MORE = re.compile(
    r"(?:Informationen|Infos|Näheres|Angaben|Auskünfte|Details)\s+über\s+(?:(?:den|die|das)\s+)?"
    rf"(?P<name>{_NAME_START}.{{2,140}}?)"
    r"(?=\s+(?:finde[nt]|erhalten|erhältst|gibt|bietet|stehen|sind|unter|auf|im Inter)\b)"
)


def is_body_name(text: str) -> bool:
    """True when the words themselves say that they name a body: a noun such as "…netzwerk" that
    does not stand alone, a legal form, or an abbreviation in brackets."""
    words = _words(text)
    if not words or is_generic(text):
        return False
    bracket = _BRACKET.search(text)
    if re.search(_LEGAL_FORM, text) or (bracket and _abbreviates(bracket)):
        return True
    return any(_is_body_noun(word) for word in words)


def ends_with_legal_form(text: str) -> bool:
    return bool(re.search(rf"\s{_LEGAL_FORM}\s*$", text))


def is_generic(text: str) -> bool:
    """True for "Partner – Gremien – Netzwerke" or "Die Stiftung": kinds of bodies, no body; and for
    "Newsletter", which is a part of a page."""
    if _PART_OF_PAGE.fullmatch(clean(text).rstrip(" :")):
        return True
    words = _words(text)
    return all(_GENERIC.fullmatch(word) for word in words)


def name_from_label(text: str, rank: int = LABEL_OF_BODY) -> Name:
    """The name that a heading or link consists of, with an abbreviation in brackets apart."""
    text = clean(text).rstrip(" :›»>")
    if leading := _LEADING_SHORT.match(text):
        return Name(_trim(leading["name"]), leading["short"], rank)
    match = _BRACKET.search(text)
    if match and _abbreviates(match) and len(text[: match.start()]) > 3:
        return Name(_trim(text[: match.start()] + text[match.end() :]), match["short"], rank)
    return Name(_trim(text), None, rank)


def names_at_start(paragraph: str) -> Name | None:
    """The body that a paragraph presents with its first words."""
    return _name_opening(clean(paragraph), STATED_WITH_MARK, OPENS_PARAGRAPH)


def names_inside(paragraph: str) -> list[Name]:
    """Further bodies that a paragraph presents: after "Informationen über", in brackets, at the
    start of a later sentence."""
    text = clean(paragraph)
    found: list[Name] = []
    for match in _FOR_MORE.finditer(text):
        label = name_from_label(match["name"], NAMED_FOR_MORE)
        if not is_generic(label.name):
            found.append(label)
    for match in _BRACKET.finditer(text):
        if name := _before_bracket(text, match, DEFINED_IN_BRACKETS):
            found.append(name)
    for sentence in whole_sentences(text)[1:]:
        if name := _name_opening(sentence, OPENS_SENTENCE, OPENS_SENTENCE):
            found.append(name)
    return found


def stems(text: str) -> frozenset[str]:
    """First letters of the telling words: enough to see whether two texts speak of one thing."""
    words = (_AREA_PREFIX.sub("", word) for word in re.findall(r"[^\W\d_]{4,}", fold(text)))
    return frozenset(w[:5] for w in words if len(w) > 3 and not _TELLS_NOTHING.match(w))


_AREA_PREFIX = re.compile(r"^(?:landes|bundes)(?=\w{4})")
_TELLS_NOTHING = re.compile(
    r"nordrhein|westfal|deutsch|verein|diese|werden|sowie|haben|eine|durch|integr|migra"
    r"|mensch|land$"
)


def _name_opening(text: str, marked_rank: int, plain_rank: int) -> Name | None:
    if match := _ALIAS.match(text):
        capitals = sum(letter.isupper() for letter in match["short"])
        if capitals > 1:
            return Name(_trim(match["name"]), match["short"], marked_rank)
    bracket = _BRACKET.search(text[:160])
    if bracket and (name := _before_bracket(text, bracket, marked_rank)):
        before = text[: text.find(name.name)]
        if re.fullmatch(_LEAD, before):
            return name
    if match := _LEGAL.match(text):
        return Name(_trim(match["name"]), None, marked_rank)
    if (match := _QUOTED.match(text)) and _is_body_noun(match["kind"]):
        return Name(_trim(match["name"]), None, marked_rank)
    lead = re.match(_LEAD, text)
    if lead and lead.group().strip():
        phrase = _noun_phrase(text[lead.end() :])
        if phrase and is_body_name(phrase):
            return Name(phrase, None, plain_rank)
    return None


def _before_bracket(text: str, bracket: re.Match[str], rank: int) -> Name | None:
    """The name that ends where its abbreviation opens, from the article or number before it."""
    if not _abbreviates(bracket):
        return None
    words = list(_WORD.finditer(text, max(0, bracket.start() - 140), bracket.start()))
    first: re.Match[str] | None = None
    initial = bracket["short"][0].casefold()
    for position in range(len(words) - 1, -1, -1):
        word = words[position].group()
        ends_phrase = word.endswith((".", ":", ";", ",")) and not word.endswith("-,")
        if ends_phrase or "." in word.strip(".,") or not (word[0].isalpha() or word in _LINKING):
            break
        previous = words[position - 1].group() if position else ""
        follows_article = not previous or bool(_ARTICLE_OR_COUNT.fullmatch(previous))
        if word[0].isupper() and follows_article:
            first = words[position]
            if word[0].casefold() == initial:
                break
    if first is None:
        return None
    name = _trim(text[first.start() : bracket.start()])
    named = Name(name, bracket["short"], rank)
    if is_body_name(name) or bracket["mark"] or rank == STATED_WITH_MARK:
        return named
    return None


def _noun_phrase(text: str) -> str | None:
    """Capitalised words from the start, with what may link them, up to the verb."""
    kept: list[str] = []
    words = text.split()
    for position, word in enumerate(words[:16]):
        bare = word.strip('„“”"»«')
        following = words[position + 1] if position + 1 < len(words) else ""
        if word == "mit" and following == "Sitz":
            break
        is_adjective = (
            bool(kept)
            and kept[-1] in _LINKING
            and bool(re.fullmatch(r"[a-zäöüß-]+(?:e|en|er|es|em)", bare))
            and following[:1].isupper()
        )
        if not (bare[:1].isupper() or word in _LINKING or is_adjective):
            break
        kept.append(word)
        if word.endswith(",") and not word.endswith("-,"):
            break
        if word.endswith((".", ":", ";")):
            break
    while kept and kept[-1] in _LINKING:
        kept.pop()
    return _trim(" ".join(kept)) if kept else None


def _abbreviates(bracket: re.Match[str]) -> bool:
    short = bracket["short"]
    capitals = sum(letter.isupper() for letter in short)
    return bool(bracket["mark"]) or (capitals >= 2 and len(short) <= 20)


def _is_body_noun(word: str) -> bool:
    return bool(_BODY_NOUN.search(word)) and not _NOT_A_BODY.search(word)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:\.[^\W\d_]\.)?", text)


def _trim(text: str) -> str:
    text = text.strip(' ,:;–-„“”"»«›')
    if text.endswith(".") and not re.search(_LEGAL_FORM + "$", text):
        text = text.rstrip(".")
    return text
