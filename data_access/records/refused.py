"""What a load could not take in, and what becomes of what waited."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class QuarantineRecord:
    """A row that was refused. `key` names whom or what it is about; `cells` is the row as JSON, for replay.

    With `decided` the very same is on record already, and nobody is asked about it again.
    """

    file: str
    line: int
    sheet: str
    key: str
    field: str
    kind: str
    advice: str
    value: str
    cells: str
    decided: bool = False

    def columns(self) -> dict[str, object]:
        """What stands on record of it."""
        return {name: value for name, value in asdict(self).items() if name != "decided"}


@dataclass(frozen=True)
class WaitedRecord:
    """What becomes of rows that waited in quarantine, by their id.

    `settled` have come in; `replaced` came again as they were, and wait as rows of this load. `restated` are
    those of which something else stands on record now, as columns.
    """

    settled: Sequence[int] = ()
    replaced: Sequence[int] = ()
    restated: Mapping[int, Mapping[str, object]] = field(default_factory=dict)


@dataclass(frozen=True)
class UnmatchedRecord:
    """A key that belongs to nobody here: of a student, a module, a class; and in how many rows it stands."""

    noun: str
    key: str
    rows: int
