"""Where nothing is shown: why, and what to do."""

from __future__ import annotations

from dashboard.escaping import inner_link, plain


def empty(why: str, what_to_do: str, href: str | None = None, label: str = "") -> str:
    """Two sentences instead of an empty list, and a way on where there is one (as HTML)."""
    way = f" {inner_link(href, label)}" if href else ""
    return (
        f'<div class="qa-nothing" role="status"><p><strong>{plain(why)}</strong></p>'
        f"<p>{plain(what_to_do)}{way}</p></div>"
    )
