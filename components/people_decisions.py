"""What an administrator decides on *People and roles*, and how the page says that it is done."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Give:
    """Give this role to the colleague of this username; without a last day until it is taken away."""

    username: str
    role: str
    first: date
    last: date | None
    reason: str
    done = "The role is given."


@dataclass(frozen=True)
class TakeAway:
    """Take this role away from them."""

    username: str
    role: str
    reason: str
    done = "The role is taken away."


@dataclass(frozen=True)
class Keep:
    """This grant is still needed."""

    grant: int
    done = "The review is on record."


@dataclass(frozen=True)
class Arrange:
    """Let the colleague of this username cover for the absent tutor with this id."""

    absent: str
    covering: str
    first: date
    last: date
    reason: str
    done = "The cover is arranged."


@dataclass(frozen=True)
class End:
    """End this cover."""

    cover: int
    done = "The cover has ended."


Decision = Give | TakeAway | Keep | Arrange | End
