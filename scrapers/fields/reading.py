"""What a field function returns: the value, the words it was read from, and how sure it was."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Certainty(StrEnum):
    """`stated`: the text says so. `inferred`: it follows from the text by a written rule
    (a year from weekday and semester). `absent`: the text does not say, the value is None."""

    STATED = "stated"
    INFERRED = "inferred"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Reading(Generic[T_co]):
    """A value read from text. `text` is the part of the input that carried it, "" when absent."""

    value: T_co | None
    text: str
    certainty: Certainty

    @staticmethod
    def stated(value: T_co, text: str) -> Reading[T_co]:  # type: ignore[misc]
        return Reading(value, text, Certainty.STATED)

    @staticmethod
    def absent() -> Reading[T_co]:
        return _ABSENT


_ABSENT: Final[Reading[Any]] = Reading(None, "", Certainty.ABSENT)
