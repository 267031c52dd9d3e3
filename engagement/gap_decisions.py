"""What an administrator decides about days without data, as a page hands it on."""

from dataclasses import dataclass
from typing import ClassVar

from engagement.facts import Gap


@dataclass(frozen=True)
class Record:
    """These days of this system, of one module or of all, are missing: for the reason that the gap has."""

    gap: Gap
    done: ClassVar[str] = "On record. Ratings that look back over these days were worked out again."


@dataclass(frozen=True)
class TakeBack:
    """The data of these days are whole after all."""

    id: int
    done: ClassVar[str] = "Taken back. Ratings that look back over these days were worked out again."


Decision = Record | TakeBack
