"""The words and the base of all models of the contract."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

LANDING_FORMAT = 1

SourceKind = Literal["catalogue", "overview", "page", "directory"]
PlatformName = Literal["auto", "kuferweb", "itm_connect", "cmx", "webbasys", "openvhs", "generic"]
Module = Literal["basis", "aufbau", "other"]
Relevance = Literal["series", "council", "adjacent"]
OfferStatus = Literal[
    "open", "few", "waitlist", "full", "closed", "cancelled", "finished", "unknown"
]
DeliveryMode = Literal["in_person", "online", "hybrid", "unknown"]
# How a value was read: from a row of a table of dates, under a label, from structured data
# (JSON-LD), from running text, from the row of a result list.
Evidence = Literal["table", "label", "structured_data", "prose", "list"]
SourceState = Literal["complete", "partial", "failed", "blocked"]
FailureClass = Literal[
    "dns",
    "refused",
    "timeout",
    "tls",
    "http_4xx",
    "http_5xx",
    "rate_limited",
    "blocked_robots",
    "blocked_bot",
    "blocked_private_address",
    "login_wall",
    "consent_wall",
    "no_site",
    "redirect_loop",
    "not_html",
    "too_large",
    "decode",
    "markup_changed",
    "unknown_platform",
    "count_mismatch",
    "no_results",
    "parser_error",
    "budget_spent",
    "interrupted",
    "connection_lost",
]


class Contract(BaseModel):
    """Base of all models that cross the border of the room: strict about names, immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True)
