"""What passes between the sample server and its sites: a request, a response, a rendered page."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import jinja2

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Request:
    """One request as a site sees it. `target` is path and query, `headers` have
    lower-case names, `form` is the encoded body of a form that was sent by POST."""

    method: str
    target: str
    headers: Mapping[str, str]
    form: str = ""

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.target).path)

    def parameters(self) -> dict[str, str]:
        """The query, the last value of each name; names may be percent-encoded."""
        query = urlsplit(self.target).query
        return {name: values[-1] for name, values in parse_qs(query, True).items()}

    def cookie(self, name: str) -> str | None:
        for part in self.headers.get("cookie", "").split(";"):
            key, _, value = part.strip().partition("=")
            if key == name:
                return value
        return None


@dataclass(frozen=True)
class Response:
    """One answer. A page that is the same at every load can be asked for conditionally.

    `charset` is that of the bytes; who changes it says so in `content_type` as well."""

    status: int
    body: str
    content_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    same_at_every_load: bool = False
    charset: str = "utf-8"
    encoded: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "encoded", self.body.encode(self.charset))

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.encoded).hexdigest()[:20]}"'


def conditional(response: Response, request: Request) -> Response:
    """The response with a validator, or 304 when the visitor already has this very page."""
    if response.status != 200 or not response.same_at_every_load:
        return response
    validator = (("ETag", response.etag),)
    if request.headers.get("if-none-match") == response.etag:
        return Response(304, "", response.content_type, validator)
    return replace(response, headers=response.headers + validator)


_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(template: str, **values: object) -> str:
    return _templates.get_template(template).render(**values)


def not_found(site_name: str) -> Response:
    return Response(404, render("error.html", site_name=site_name, what="Seite nicht gefunden"))


def server_error(site_name: str) -> Response:
    return Response(500, render("error.html", site_name=site_name, what="Interner Fehler"))


def hidden_mail(address: str, vector: int) -> str:
    """`mailto:` and the address as TYPO3 hides it: each character moved on inside its range."""
    return "".join(_moved(character, vector) for character in f"mailto:{address}")


def _moved(character: str, vector: int) -> str:
    code = ord(character)
    for first, last in ((0x2B, 0x3A), (0x40, 0x5A), (0x61, 0x7A)):
        if first <= code <= last:
            return chr(first + (code - first + vector) % (last - first + 1))
    return character
