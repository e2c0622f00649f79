"""Texts of a page in which an e-mail address stands, those that a script hides decoded."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from scrapers.fields.contacts import (
    decode_cloudflare_mail,
    decode_typo3_mail,
    may_hold_email,
    read_emails,
)
from scrapers.fields.text import clean
from scrapers.pages.elements import Element

_SCRIPT_NAME: Final = "linkTo_UnCryptMailto"
_SCRIPT_CALL: Final = re.compile(rf"{_SCRIPT_NAME}\(\s*['\"]([^'\"]+)['\"]\s*(?:,\s*(-?\d+))?")
_CARRIERS: Final = ("href", "data-mailto-token", "data-cfemail")
_CLOUDFLARE_PATH: Final = re.compile(r"/cdn-cgi/l/email-protection#([0-9a-f]+)", re.I)


def email_texts(root: Element) -> tuple[str, ...]:
    """Decoded addresses first, then the lines that name one in words, each once.

    A page that hides an address often prints it a second time in disguise; both are kept.
    """
    found: list[str] = []
    for node in root.having(*_CARRIERS):
        found += [text for text in (_hidden(node), _mailto(node)) if text]
    if may_hold_email(root.words):
        found += [line for line in root.lines if may_hold_email(line) and read_emails(line)]
    return tuple(dict.fromkeys(found))


def _hidden(node: Element) -> str | None:
    attributes = node.attributes
    if token := attributes.get("data-mailto-token"):
        return _typo3(token, attributes.get("data-mailto-vector"))
    if code := attributes.get("data-cfemail"):
        return decode_cloudflare_mail(code)
    href, onclick = attributes.get("href") or "", attributes.get("onclick") or ""
    if _SCRIPT_NAME in href or _SCRIPT_NAME in onclick:
        if match := _SCRIPT_CALL.search(unquote(href)) or _SCRIPT_CALL.search(onclick):
            return _typo3(match[1], match[2])
    elif "#" in href and (match := _CLOUDFLARE_PATH.search(href)):
        return decode_cloudflare_mail(match[1])
    return None


def _typo3(token: str, vector: str | None) -> str | None:
    """Old pages do not print the vector: then it is the one that makes "mailto" of the token.

    TYPO3 allows -10 to 10, so the shift of the small letters, a ring of 26, tells it for sure.
    """
    if vector is not None and re.fullmatch(r"-?\d{1,2}", vector.strip()):
        return decode_typo3_mail(token, int(vector))
    shift = next((n for n in range(-10, 11) if n and _says_mailto(token, n)), None)
    return None if shift is None else decode_typo3_mail(token, shift)


def _says_mailto(token: str, vector: int) -> bool:
    shifted = "".join(chr(0x61 + (ord(letter) - 0x61 + vector) % 26) for letter in "mailto")
    return token.startswith(shifted)


def _mailto(node: Element) -> str | None:
    href = node.attributes.get("href") or ""
    if ":" not in href or not (href := clean(href)).lower().startswith("mailto:"):
        return None
    return unquote(href[len("mailto:") :].split("?", 1)[0]) or None
