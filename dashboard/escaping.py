"""Text from the web stays text: the one way to put foreign words, links and addresses on a page.

Everything that a source wrote is hostile until it has passed `plain` or `link`. The result may
stand in HTML, in a label of a Plotly figure and even in Markdown: characters that mean something
in one of them leave as numeric entities, which all three show as the character itself.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_SPECIAL = re.compile(r"[&<>\"'`*_\[\]\\$~|#:!={}]")
# Control characters, invisible ones, and the marks that turn the direction of writing around
# (Unicode TR 36).
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
# A site with a name of its own: dots, and no number as its last part.
_NAMED = re.compile(r"\.[^\W\d_][\w-]*$")
_HOST = re.compile(r"[\w.-]+|\[[0-9A-Fa-f:.]+\]")

LONGEST_TEXT = 600


def plain(text: object, longest: int = LONGEST_TEXT) -> str:
    """`text` as harmless characters, at most `longest` of them, cut with an ellipsis.

    None becomes the empty string; white space of any kind becomes one blank.
    """
    words = one_line("" if text is None else str(text), longest)
    return _SPECIAL.sub(lambda found: f"&#{ord(found.group())};", words)


def one_line(text: str, longest: int = LONGEST_TEXT) -> str:
    """`text` without invisible signs on one line: only for options of a selection, which Streamlit
    draws as they are, neither as HTML nor as Markdown."""
    words = " ".join(_INVISIBLE.sub("", text).split())
    return words[: longest - 1].rstrip() + "…" if len(words) > longest else words


def safe_url(url: str | None) -> str | None:
    """The address if it is a whole http or https address with a host and no password, else None."""
    if not url or len(url) > 2000 or _INVISIBLE.search(url) or re.search(r"\s", url.strip()):
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or not _HOST.fullmatch(host):
        return None
    if parts.username is not None or parts.password is not None:
        return None
    return url.strip()


def host_of(url: str) -> str:
    """The name of the site as a reader knows it, without `www.`; empty for a bare address."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return host if _NAMED.search(host) else ""


def link(url: str | None, label: str, about: str = "") -> str | None:
    """An HTML link that opens beside the dashboard, or None for an address that is not safe.

    `about` is read aloud after the label, so that links with the same label can be told apart.
    """
    address = safe_url(url)
    if address is None:
        return None
    hidden = f'<span class="qa-hidden"> {plain(about, 160)}</span>' if about else ""
    return (
        f'<a class="qa-link" href="{plain(address, 2000)}" target="_blank" '
        f'rel="noopener noreferrer">{plain(label)}{hidden}</a>'
    )


def inner_link(href: str, label: str, about: str = "", *, stay: bool = False) -> str:
    """An HTML link within the dashboard; `href` comes from `dashboard.address`.

    `about` is read aloud after the label. `stay` keeps the place on the page and the keyboard's
    focus, for links that change only a part of it; then the label must be the only one like it.
    """
    hidden = f'<span class="qa-hidden"> {plain(about, 160)}</span>' if about else ""
    staying = " data-stay" if stay else ""
    return (
        f'<a class="qa-link"{staying} href="{plain(href, 2000)}" target="_self">'
        f"{plain(label)}{hidden}</a>"
    )


def mail_link(address: str | None) -> str | None:
    """An HTML link that starts a message, or None if this is not exactly one e-mail address."""
    if address is None or not _EMAIL.fullmatch(address.strip()):
        return None
    mail = address.strip()
    target = quote(mail, safe="@.+-_%")
    return f'<a class="qa-link" href="mailto:{plain(target)}">{plain(mail)}</a>'
