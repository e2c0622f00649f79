"""E-mail addresses, telephone numbers and websites of institutions."""

from __future__ import annotations

import html
import re

from scrapers.fields.reading import Reading
from scrapers.fields.text import clean, fold, plain

_AT = re.compile(r" ?[\[({<] ?(?:at|ät|æt|klammeraffe|@) ?[\])}>] ?", re.I)
_MAY_BE_AT = re.compile(r"[\[({<]\s*(?:[aä]t|æt|klammeraffe)", re.I)
_DOT = re.compile(r" ?[\[({<] ?(?:dot|punkt|\.) ?[\])}>] ?", re.IGNORECASE)
_EMAIL = re.compile(
    r"(?<![\w.+-])[a-z0-9](?:[a-z0-9._%+-]{0,62}[a-z0-9_])?@"
    r"(?:[a-z0-9äöüß](?:[a-z0-9äöüß-]{0,61}[a-z0-9äöüß])?\.){1,6}[a-z]{2,24}(?![\w-]|@|\.\w)",
    re.IGNORECASE,
)
_SPACED_AT = re.compile(r"(?<=[\w-]) ?@ ?(?=[\w-]+\.[\w.-])")
_FUNCTIONAL_WORDS = re.compile(
    r"info|kontakt|vhs|volkshochschule|poststelle|post|mail|office|sekretariat|service|verwaltung"
    r"|anmeldung|kurs|kurse|beratung|buero|zentrale|stadt|politik|integration|integrationsrat"
    r"|bildung|programm|team|presse|redaktion|webmaster|hallo|welcome|willkommen|kundenservice"
    r"|servicebuero|geschaeftsstelle|gesellschaft|kultur|sprachen|beruf|gesundheit|seminar|seminare"
    r"|workshop|akademie|weiterbildung|fortbildung|veranstaltung|veranstaltungen|fachbereich|amt"
    r"|rathaus|gemeinde|kreis|landesverband|verband|stiftung|zentrum|netzwerk|projekt|migration"
    r"|ehrenamt|buergerbuero|buergerservice|tickets?|reception|empfang|contact|hello|support"
    r"|noreply|no-reply|datenschutz|impressum|jobs|bewerbung|demokratie|teilhabe|vielfalt|ki|kfi"
    r"|lir|lzpb|jugend|frauen|familie|schule|deutsch|international|diversity|events?"
)
_FUNCTIONAL_SHORT = re.compile(
    r"(?:fb|pb|fd|amt|abt|team|bereich|fachbereich|programmbereich|sg|ref|dez|dezernat|referat)"
    r"-?\d{1,4}"
)
_PHONE_NUMBER = r"(?P<number>(?:\+\d{1,3}|00\d{2}|\(?0\d|0)[\d ()/.-]{4,24}\d)"
_PHONE = re.compile(
    r"\b(?:tel(?:efon)?|fon|phone|ruf|rufnummer|telefonisch unter)\b\.?(?:nr\.?)?[ :]{0,3}"
    + _PHONE_NUMBER,
    re.IGNORECASE,
)
_FAX = re.compile(rf"\b(?:tele)?fax(?:nr)?\b\.?[ :]{{0,3}}{_PHONE_NUMBER}", re.IGNORECASE)
_WEBSITE = re.compile(
    r"(?<![\w@./-])(?:https?://[^\s<>\"'()\[\]{}„“”,;]{4,300}"
    r"|www\.(?:[a-z0-9äöüß-]{1,63}\.){1,5}[a-z]{2,24}(?:/[^\s<>\"'()\[\]{}„“”,;]{0,200})?)",
    re.IGNORECASE,
)
_TYPO3_RANGES = ((0x2B, 0x3A), (0x40, 0x5A), (0x61, 0x7A))


def read_emails(text: str) -> tuple[str, ...]:
    """All e-mail addresses, however disguised ("fb4 [at] host [dot] de", "(punkt)", entities), in
    lower case, in the order of the text, each once."""
    if not may_hold_email(clean(text)):
        return ()
    body = plain(html.unescape(html.unescape(text)))
    body = _SPACED_AT.sub("@", _DOT.sub(".", _AT.sub("@", body)))
    found = []
    for match in _EMAIL.finditer(body):
        address = match.group().lower()
        local, _, host = address.partition("@")
        if (
            ".." not in local
            and len(address) <= 254
            and not host.endswith((".png", ".jpg", ".gif"))
        ):
            found.append(address)
    return tuple(dict.fromkeys(found))


def may_hold_email(text: str) -> bool:
    """False where no e-mail address stands in a clean text, told at once."""
    if "@" in text or "&" in text:
        return True
    return any(map(text.__contains__, "[({<")) and _MAY_BE_AT.search(text) is not None


def is_functional_email(address: str) -> bool:
    """True for the address of an institution (info@, fb4@, vhs@), False for that of a person.

    A local part must consist of known functional words and numbers, or repeat its host's name;
    anything else may be someone's name and counts as private.
    """
    local, _, host = fold(address).partition("@")
    if not local or not host:
        return False
    host_words = set(re.split(r"[.-]", host))
    if not any(_FUNCTIONAL_WORDS.fullmatch(word) for word in host_words):
        host_words = set()  # "meier@meier.de": the host may bear the person's name
    parts = [p for p in re.split(r"[._+-]", local) if p]
    if _FUNCTIONAL_SHORT.fullmatch(local):
        return True
    return (
        bool(parts)
        and all(
            part.isdigit()
            or _FUNCTIONAL_WORDS.fullmatch(part)
            or _FUNCTIONAL_SHORT.fullmatch(part)
            or (part in host_words and len(parts) == 1)
            or (part in host_words and any(_FUNCTIONAL_WORDS.fullmatch(p) for p in parts))
            for part in parts
        )
        and any(not part.isdigit() for part in parts)
    )


def decode_typo3_mail(token: str, vector: int) -> str | None:
    """Undoes TYPO3's address protection: characters in three ranges shifted by `vector`, wrapping
    inside their range. Returns the address without "mailto:", None when none comes out."""
    decoded = "".join(_shift_back(character, vector) for character in token.strip())
    address = decoded.removeprefix("mailto:").split("?", 1)[0]
    found = read_emails(address)
    return found[0] if len(found) == 1 and found[0] == address.lower() else None


def _shift_back(character: str, vector: int) -> str:
    code = ord(character)
    for low, high in _TYPO3_RANGES:
        if low <= code <= high:
            return chr(low + (code - low - vector) % (high - low + 1))
    return character


def decode_cloudflare_mail(code: str) -> str | None:
    """Undoes Cloudflare's protection (`data-cfemail`): hex bytes, all XOR the first one."""
    try:
        raw = bytes.fromhex(code.strip())
        address = bytes(byte ^ raw[0] for byte in raw[1:]).decode("utf-8")
    except (ValueError, IndexError):
        return None
    address = address.split("?", 1)[0]
    found = read_emails(address)
    return found[0] if len(found) == 1 and found[0] == address.lower() else None


def read_phone(text: str) -> Reading[str]:
    """The telephone number after a label such as "Tel.:", as written."""
    return _labelled_number(_PHONE, text)


def read_fax(text: str) -> Reading[str]:
    """The fax number after its label, as written."""
    return _labelled_number(_FAX, text)


def _labelled_number(pattern: re.Pattern[str], text: str) -> Reading[str]:
    original, body = clean(text), plain(text)
    for match in pattern.finditer(body):
        number = re.sub(r"\s+", " ", match["number"]).strip(" -./(")
        if 6 <= sum(c.isdigit() for c in number) <= 16:
            return Reading.stated(number, original[match.start() : match.end()])
    return Reading.absent()


def read_websites(text: str) -> tuple[str, ...]:
    """Web addresses in the text, with "https://" where only "www." is written, each once."""
    found = []
    for match in _WEBSITE.finditer(clean(text)):
        address = match.group().rstrip(".:!?*_-")
        if address.lower().startswith("www."):
            address = f"https://{address}"
        found.append(address)
    return tuple(dict.fromkeys(found))
