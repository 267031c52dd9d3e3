"""Classes and who was there, use of services, and days without a feed."""

from dataclasses import dataclass
from datetime import date, datetime

from data_access.tables import Register


@dataclass(frozen=True)
class EventRecord:
    """A class in the timetable."""

    key: str
    module: str
    starts_at: datetime
    ends_at: datetime
    kind: str
    cancelled: bool
    room: str | None = None


@dataclass(frozen=True)
class AttendanceRecord:
    """What the register says of one student at one class."""

    student: str
    event: str
    register: Register


@dataclass(frozen=True)
class ServiceUseRecord:
    """How often a student used a service on one day."""

    student: str
    service: str
    day: int
    count: int


@dataclass(frozen=True)
class GapRecord:
    """Days without a feed, for one module or, with None, for all."""

    module: str | None
    first: date
    last: date
    reason: str
