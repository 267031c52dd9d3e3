"""How fresh each system's data are, as every page says at its end."""

from dataclasses import dataclass
from datetime import date, datetime

from privacy.labels import Source


@dataclass(frozen=True)
class Freshness:
    """One system: the end of its last successful load, and the last day its data reach. None: no feed yet."""

    system: Source
    loaded_at: datetime | None
    up_to: date | None
