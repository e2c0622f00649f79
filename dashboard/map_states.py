"""What the map tells of each council: its state, narrowed to a period, widened by a distance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.council_states import CouncilState
from dashboard.data.map_offers import Nearest, OwnOffers
from dashboard.map_words import Shown


@dataclass(frozen=True, slots=True)
class MapRow:
    """One council on the map. `offers` and `next_start` hold for the chosen module and period.

    `nearest` is the nearest venue elsewhere with an offer as chosen, whether within the distance
    or not.
    """

    council_state: CouncilState
    shown: Shown
    offers: int
    next_start: date | None
    nearest: Nearest | None

    @property
    def presumed(self) -> bool:
        return self.council_state.council.presumed


def map_rows(
    states: Iterable[CouncilState],
    nearest: Mapping[str, Nearest],
    within_km: int,
    in_period: Mapping[str, OwnOffers] | None = None,
) -> list[MapRow]:
    """One row a council, in the given order.

    `in_period` are the councils' own offers in the chosen period; None where none was chosen.
    A council without an own offer is `reachable` if one elsewhere is at most `within_km` away;
    0 km calls nothing reachable.
    """
    rows = []
    for row in states:
        near = nearest.get(row.council.ags)
        offers, next_start = row.offer_count, row.next_start
        shown: Shown = row.state
        if in_period is not None:
            own = in_period.get(row.council.ags)
            offers = own.offers if own is not None else 0
            next_start = own.next_start if own is not None else None
            if offers:
                shown = "offered"
            elif row.state == "offered":
                shown = "other_time"
        if shown != "offered" and near is not None and near.km <= within_km:
            shown = "reachable"
        rows.append(MapRow(row, shown, offers, next_start, near))
    return rows
