"""What an officer decides about a student's copy, as a page hands it on."""

from dataclasses import dataclass
from typing import ClassVar

from privacy.pack_state import Cover


@dataclass(frozen=True)
class Begin:
    """Begin a copy."""

    done: ClassVar[str] = "Begun. The texts that may speak of others stand here."


@dataclass(frozen=True)
class Decide:
    """What is covered in one text, known by its place and its hash."""

    id: str
    place: str
    sha256: str
    covers: tuple[Cover, ...]
    done: ClassVar[str] = "Kept."


@dataclass(frozen=True)
class Check:
    """Everything was looked at."""

    id: str
    done: ClassVar[str] = "Checked. A colleague can issue it now."


@dataclass(frozen=True)
class SendBack:
    """Another look is needed."""

    id: str
    reason: str
    done: ClassVar[str] = "Sent back."


@dataclass(frozen=True)
class Issue:
    """Open it for the student."""

    id: str
    done: ClassVar[str] = "Issued. The student is told, and the link opens for seven days."


@dataclass(frozen=True)
class Withdraw:
    """End it before its time."""

    id: str
    reason: str
    done: ClassVar[str] = "Withdrawn. The link opens no more."


Decision = Begin | Decide | Check | SendBack | Issue | Withdraw
