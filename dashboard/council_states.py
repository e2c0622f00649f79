"""From the states per council and module to one state per council, the tiles and the headline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from dashboard.data.councils import Council, Coverage
from dashboard.data.frame import Publication
from dashboard.reasons import by_module, joined
from dashboard.wording import MODULE_CHOICES, STATES, ModuleChoice, State

NOT_EVALUATED = "Für dieses Gremium liegt noch keine Auswertung vor."
_PLACES: dict[str, int] = {module: place for place, module in enumerate(MODULE_CHOICES)}
NOT_KEPT = "Für vergangene Tage ist die Begründung nicht gespeichert."


@dataclass(frozen=True, slots=True)
class CouncilState:
    """One council with its state over the chosen modules, and how we know it.

    `modules` are the states of all modules, whichever are chosen; `nearest_km` is how far the
    nearest offer of a chosen module elsewhere is, as the crow flies.
    """

    council: Council
    state: State
    reason: str
    offer_count: int
    open_offer_count: int
    next_start: date | None
    checked_at: datetime | None
    modules: tuple[tuple[str, State], ...] = ()
    nearest_km: float | None = None

    def state_of(self, module: str) -> State:
        """The state for one module; where nothing was evaluated, nothing is sure."""
        return dict(self.modules).get(module, "unknown")


@dataclass(frozen=True, slots=True)
class Tally:
    """How the evidenced councils divide into states, and how that relates to the stated total.

    `unnamed` bodies are part of the stated total but not of the register; with them the parts add
    up to `total`. `surplus` is more than 0 where the register knows more bodies than stated.
    """

    counts: dict[State, int]
    evidenced: int
    presumed: int
    total: int
    unnamed: int
    surplus: int


def overall_state(states: Iterable[str]) -> State:
    """One state for several modules: nothing is called checked unless every part was.

    An offer in one module is an offer; otherwise one unsafe module makes the whole unsafe.
    """
    known = set(states)
    if "offered" in known:
        return "offered"
    if known == {"none_found"}:
        return "none_found"
    if known == {"not_configured"}:
        return "not_configured"
    return "unknown"


def council_states(
    councils: Iterable[Council], coverage: Iterable[Coverage], choice: ModuleChoice
) -> list[CouncilState]:
    """The state of every council over all modules or for the chosen one, in the given order."""
    by_council: dict[str, list[Coverage]] = defaultdict(list)
    for row in coverage:
        by_council[row.ags].append(row)
    for rows in by_council.values():
        rows.sort(key=lambda row: _PLACES.get(row.module, len(_PLACES)))
    return [_council_state(council, by_council[council.ags], choice) for council in councils]


def _council_state(council: Council, modules: list[Coverage], choice: ModuleChoice) -> CouncilState:
    rows = [row for row in modules if choice in ("all", row.module)]
    state = overall_state(row.state for row in rows)
    reasons = [(row.module, row.reason) for row in rows if row.state == state and row.reason]
    # An offer is of one module; that nothing was found may be said of several at once.
    told = by_module(reasons) if state == "offered" and choice == "all" else joined(reasons)
    checks = [row.checked_at for row in rows]
    complete_checks = [moment for moment in checks if moment is not None]
    starts = [row.next_start for row in rows if row.next_start is not None]
    distances = [row.nearest_km for row in rows if row.nearest_km is not None]
    return CouncilState(
        council=council,
        state=state,
        reason=told or (NOT_KEPT if rows else NOT_EVALUATED),
        offer_count=sum(row.offer_count for row in rows),
        open_offer_count=sum(row.open_offer_count for row in rows),
        next_start=min(starts, default=None),
        checked_at=min(complete_checks)
        if complete_checks and len(complete_checks) == len(checks)
        else None,
        modules=tuple((row.module, overall_state([row.state])) for row in modules),
        nearest_km=min(distances, default=None),
    )


def tally(states: Iterable[CouncilState], publication: Publication) -> Tally:
    """Counts the evidenced councils; presumed ones are counted apart and never in a state."""
    rows = list(states)
    evidenced = [row for row in rows if not row.council.presumed]
    counts: dict[State, int] = {
        state: sum(row.state == state for row in evidenced) for state in STATES
    }
    stated = publication.stated_council_total
    total = max(len(evidenced) if stated is None else stated, len(evidenced))
    return Tally(
        counts=counts,
        evidenced=len(evidenced),
        presumed=len(rows) - len(evidenced),
        total=total,
        unnamed=total - len(evidenced),
        surplus=len(evidenced) - stated if stated is not None and stated < len(evidenced) else 0,
    )


def headline(offered: int, total: int, choice: ModuleChoice) -> str:
    """The one sentence of the page: 12 von 111 Gremien haben ein Angebot."""
    verb = "hat" if offered == 1 else "haben"
    what = {
        "all": "ein Angebot",
        "basis": "ein Angebot im Basismodul",
        "aufbau": "ein Angebot im Aufbaumodul",
        "other": "ein weiteres Angebot",
    }[choice]
    return f"{offered} von {total} Gremien {verb} {what}"
