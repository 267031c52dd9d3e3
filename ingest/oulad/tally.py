"""Counting: what becomes of each row of a table, and what was odd about the rows that were taken."""

from collections import Counter
from collections.abc import Iterable

from data_access.records import Counted


class Tally:
    """The counts of one table while it is read. Reasons begin with the table's name."""

    def __init__(self, table: str) -> None:
        self.table = table
        self._accepted = self._quarantined = self._held_back = self._repeated = 0
        self._reasons: Counter[str] = Counter()
        self._noted: Counter[str] = Counter()

    def accept(self, rows: int = 1) -> None:
        """These rows are taken."""
        self._accepted += rows

    def quarantine(self, reason: str, rows: int = 1) -> None:
        """These rows cannot be used."""
        self._quarantined += rows
        self._reasons[f"{self.table}: {reason}"] += rows

    def hold_back(self, rows: int = 1) -> None:
        """These rows are dated after today."""
        self._held_back += rows
        self._reasons[f"{self.table}: dated after today"] += rows

    def repeat(self, rows: int = 1) -> None:
        """These rows are equal, to the last figure, to one that was counted before."""
        self._repeated += rows
        self._reasons[f"{self.table}: an exact repetition of another row"] += rows

    def note(self, what: str, rows: int = 1) -> None:
        """Something about rows that are taken all the same."""
        self._noted[f"{self.table}: {what}"] += rows

    def counted(self) -> Counted:
        """The counts so far; reasons without a row are left out."""
        rows = self._accepted + self._quarantined + self._held_back + self._repeated
        return Counted(
            rows=rows,
            accepted=self._accepted,
            quarantined=self._quarantined,
            held_back=self._held_back,
            repeated=self._repeated,
            reasons={reason: n for reason, n in self._reasons.items() if n},
            noted={what: n for what, n in self._noted.items() if n},
        )


def together(counts: Iterable[Counted]) -> Counted:
    """The sum of the counts of several tables."""
    every = list(counts)
    return Counted(
        rows=sum(c.rows for c in every),
        accepted=sum(c.accepted for c in every),
        quarantined=sum(c.quarantined for c in every),
        held_back=sum(c.held_back for c in every),
        repeated=sum(c.repeated for c in every),
        reasons={reason: n for c in every for reason, n in c.reasons.items()},
        noted={what: n for c in every for what, n in c.noted.items()},
    )
