"""Small helpers on selectolax trees that every page object shares: text, regions, addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, unquote_plus, urljoin, urlsplit, urlunsplit

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode
from web_poet import HttpResponse

from scrapers.fields.text import clean

_BLOCK_NAMES: Final = (
    "address article aside blockquote body br button dd details div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre "
    "section summary table tbody td tfoot th thead tr ul"
)
BLOCK: Final = frozenset(_BLOCK_NAMES.split())
_UNSEEN_NAMES: Final = "script style template noscript head svg select option"
UNSEEN: Final = frozenset(_UNSEEN_NAMES.split())
ICON_FONT: Final = re.compile(r"\bmaterial-(icons|symbols)", re.I)
_SPACES: Final = re.compile(r"\s+")

FURNITURE: Final = (
    "nav, footer, aside, body > header, [role=navigation], [role=contentinfo], [role=banner], "
    "[role=complementary], [class*=breadcrumb], [class*=rootline], [class*=cookie], "
    "[id*=cookie], [class*=consent], [id*=consent]"
)
MAX_DEPTH: Final = 256
# Nobody listens to what happens to a tree.
_NO_EVENTS: Final = LexborDocumentOptions.WO_EVENTS

_JSON: Final = re.compile(r"\s*[{\[]")
_ROW: Final = re.compile(r"<tr[\s>]", re.I)
_DOCUMENT: Final = re.compile(r"\s*<(?:!doctype|html)\b", re.I)
_NOISE_PARAMETERS: Final = re.compile(
    r"(contrast|fsize|utm_\w+|mtm_\w+|pk_\w+|piwik_\w+|matomo_\w+|hsa_\w+|[gf]bclid|gclid|"
    r"[dw]clid|gclsrc|msclkid|yclid|twclid|igshid|mc_[ce]id|_ga|_gl|phpsessid|jsessionid|"
    r"session_?id|fe_typo_user|ftu|rowindex)",
    re.I,
)
_SESSION_PARAMETER: Final = re.compile(r"(s|sid|session|sess)", re.I)
# A long word is no session: "?s=Integrationsausschuss" is a search.
_SESSION_VALUE: Final = re.compile(r"(?=[a-z]*\d)[0-9a-z]{20,}", re.I)
# Nothing in it has to be changed or left out.
_PLAIN_URL: Final = re.compile(r"https?://[a-z0-9]+(?:[.-][a-z0-9]+)*/[\w.~/%:@!$&'()*+,=-]*")
_WHOLE: Final = re.compile(r"https?://[^/?#]")
_PATH_SESSION: Final = re.compile(r";(jsessionid|phpsessid)=[^/?#]*", re.I)


def lines_of(node: LexborNode, without: Collection[int] = ()) -> tuple[str, ...]:
    """The visible text, one line per block or `<br>`, empty lines left out.

    `without` holds the `mem_id` of blocks to leave out.
    """
    only = node.child
    if only is None or (only.is_text_node and only.next is None):
        is_left_out = node.mem_id in without or _is_unseen(node)
        words = "" if is_left_out or only is None else clean(only.text_content or "")
        return (words,) if words else ()
    parts: list[str] = []
    stack: list[LexborNode | str] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
        elif item.is_text_node:
            parts.append(_SPACES.sub(" ", item.text_content or ""))
        elif item.is_element_node and item.mem_id not in without and not _is_unseen(item):
            children = list(item.iter(include_text=True))
            if item.tag in BLOCK:
                parts.append("\n")
                stack.append("\n")
            stack.extend(reversed(children))
    return tuple(line for line in map(clean, "".join(parts).split("\n")) if line)


def text_of(node: LexborNode) -> str:
    """The visible text in one line."""
    return " ".join(lines_of(node))


def joined(lines: tuple[str, ...] | list[str]) -> str:
    """Lines of one value as a German reader would say them in one: with commas where none stand."""
    value = ""
    for line in lines:
        glue = "" if not value else (" " if value[-1] in ",;:|•(–-" else ", ")
        value += glue + line
    return value


def attribute(node: LexborNode, name: str) -> str:
    value = node.attributes.get(name)
    return clean(value) if value else ""


def classes(node: LexborNode) -> tuple[str, ...]:
    return tuple((node.attributes.get("class") or "").split())


def furniture_of(tree: LexborHTMLParser) -> list[LexborNode]:
    """Navigation, headers, footers, side columns, banners; never what holds the page's content,
    as a body whose class speaks of cookies does."""
    return [
        node
        for node in tree.css(FURNITURE)
        if node.tag not in ("html", "body", "main")
        and node.css_first("main, [role=main]") is None
        and (node.tag != "div" or node.css_first("h1") is None)
    ]


def document(response: HttpResponse) -> LexborHTMLParser:
    """The tree of a body as it is.

    The parser reads UTF-8, so a body in it is taken without decoding and encoding it; in place of
    bytes that are none the parser, too, says U+FFFD. The mark at the start that some bodies have
    only the decoded text is rid of.
    """
    is_utf8 = response.encoding == "utf-8" and response.body.bom_encoding() is None
    return LexborHTMLParser(bytes(response.body) if is_utf8 else response.text, options=_NO_EVENTS)


def parse(response: HttpResponse) -> LexborHTMLParser:
    """The tree of a page, of a fragment without <html>, or of a fragment wrapped in JSON.

    Rows of a table without their table are lost by every HTML parser, so they get one.
    """
    text = response.text
    if _JSON.match(text) and (strings := _html_strings(text)):
        text = "\n".join(strings)
        tree = LexborHTMLParser(text)
    else:
        tree = document(response)
    is_fragment = not _DOCUMENT.match(text)
    if is_fragment and tree.css_first("table") is None and _ROW.search(text):
        return LexborHTMLParser(f"<table>{text}</table>")
    return tree


def json_body(response: HttpResponse) -> object | None:
    """The value of a body that is JSON, None for any other body."""
    if not _JSON.match(response.text):
        return None
    try:
        value: object = json.loads(response.text)
    except (ValueError, RecursionError):
        return None
    return value


def json_values(value: object) -> Iterator[tuple[str, object]]:
    """All (key, value) pairs at any depth; members of a list carry the key of their list."""
    stack: list[tuple[str, object]] = [("", value)]
    while stack:
        key, item = stack.pop()
        if isinstance(item, dict):
            stack.extend((str(name), member) for name, member in reversed(item.items()))
        elif isinstance(item, list):
            stack.extend((key, member) for member in reversed(item))
        else:
            yield key, item


def _html_strings(text: str) -> list[str]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return []
    strings = (item for _, item in json_values(value) if isinstance(item, str))
    return [item for item in strings if re.search(r"<\w+[\s>/]", item)]


@lru_cache(maxsize=16384)
def canonical_url(url: str) -> str:
    """The address without fragment, display switches, tracking and session numbers.

    Order and spelling of what stays are kept, because a TYPO3 cHash is valid only for them.
    """
    if _PLAIN_URL.fullmatch(url):
        return url
    parts = urlsplit(url.strip())
    path = _PATH_SESSION.sub("", parts.path)
    kept = [
        pair
        for pair in re.split(r"&(?:amp;)?", parts.query)
        if pair and not _is_noise(*_name_and_value(pair))
    ]
    host = (parts.hostname or "").lower()
    if ":" in host:
        host = f"[{host}]"
    try:
        port = parts.port
    except ValueError:
        port = None
    if port and (parts.scheme.lower(), port) not in (("http", 80), ("https", 443)):
        host = f"{host}:{port}"
    scheme = parts.scheme.lower()
    if host and not path:
        path = "/"
    return urlunsplit((scheme, host or parts.netloc, path, "&".join(kept), ""))


@lru_cache(maxsize=16384)
def is_web_url(url: str) -> bool:
    if _PLAIN_URL.fullmatch(url):
        return True
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.netloc)


@lru_cache(maxsize=4096)
def query_of(url: str, encoding: str = "utf-8") -> tuple[tuple[str, str], ...]:
    """Names and values in the query of an address, empty values as well. Of a page's own address
    several readers ask."""
    query = urlsplit(url).query
    return tuple(parse_qsl(query, keep_blank_values=True, encoding=encoding, errors="replace"))


def target(base_url: str, href: str) -> str:
    """The canonical address that a printed `href` leads to, "" for places on the page itself,
    scripts, mail and telephone."""
    if href.startswith("/"):
        base_url = _origin(base_url)  # the same on all pages of a site
    return _target(base_url, href)


@lru_cache(maxsize=4096)
def _origin(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/"


@lru_cache(maxsize=16384)
def _target(base_url: str, href: str) -> str:
    href = clean(href)
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
        return ""
    url = canonical_url(_absolute(base_url, href))
    return url if is_web_url(url) else ""


def _absolute(base_url: str, href: str) -> str:
    """As `urljoin` has it, which most links of a page need not be asked."""
    if _WHOLE.match(href):
        return href
    if href.startswith("/") and "/." not in href and not href.startswith("//"):
        return _origin(base_url).rstrip("/") + href
    return urljoin(base_url, href)


def _name_and_value(pair: str) -> tuple[str, str]:
    name, _, value = pair.partition("=")
    return unquote_plus(name), unquote_plus(value)


def _is_noise(name: str, value: str) -> bool:
    if _NOISE_PARAMETERS.fullmatch(name):
        return True
    return bool(_SESSION_PARAMETER.fullmatch(name) and _SESSION_VALUE.fullmatch(value))


def _is_unseen(node: LexborNode) -> bool:
    if node.tag in UNSEEN:
        return True
    names = node.attributes.get("class")
    return bool(names and "material-" in names.lower() and ICON_FONT.search(names))
