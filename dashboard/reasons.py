"""The reasons of the warehouse as sentences that read well beside each other.

A reason is written for analysts too: its clauses are joined by middle dots and may name the code
that a server answered with. Readers get full sentences; the codes stand with the sources, under
"Einzelheiten für die Technik".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dashboard.wording import MODULE_LABELS

_CODES = re.compile(r" \((?:HTTP \d{3}|robots\.txt)\)")
_ENDS = (".", "!", "?", "…")


def sentences(reason: str) -> str:
    """The clauses of one reason, each ended by a full stop, without technical codes."""
    clauses = [clause.strip() for clause in _CODES.sub("", reason).split(" · ")]
    return " ".join(
        clause if clause.endswith(_ENDS) else f"{clause}." for clause in clauses if clause
    )


def joined(reasons: Iterable[tuple[str, str]]) -> str:
    """One text from (module, reason); the module is named only where the reasons differ."""
    modules: dict[str, list[str]] = {}
    for module, reason in reasons:
        modules.setdefault(sentences(reason), []).append(MODULE_LABELS.get(module, module))
    if len(modules) < 2:
        return "".join(modules)
    return " ".join(f"{' und '.join(names)}: {text}" for text, names in modules.items())


def by_module(reasons: Iterable[tuple[str, str]]) -> str:
    """One text from (module, reason) that names every module: for counts, which are of each."""
    return " ".join(
        f"{MODULE_LABELS.get(module, module)}: {sentences(reason)}" for module, reason in reasons
    )
