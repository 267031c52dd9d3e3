"""Who may do an action: the student, the tutor, an adviser of today, or a place where students can turn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policy.plans import Plans
from policy.support import Support
from support.action import Adviser
from support.party import Party

Owner = tuple[Party, str]
"""The party, and an adviser's id or a place's name."""


@dataclass(frozen=True)
class Choices:
    """What the forms about plans offer, and the rules by which they are read."""

    advisers: Sequence[Adviser]
    support: Support
    rules: Plans

    def owners(self, who: Party, other: str) -> Mapping[Owner, str]:
        """Each possible owner and how it is called for the side that reads; `other` is the other side's name."""
        student, tutor = ("You", other) if who is Party.STUDENT else (other, "You")
        if who is Party.STUDENT:
            return {(Party.STUDENT, ""): student}
        advisers = {(Party.ADVISER, one.id): f"{one.name}, adviser" for one in self.advisers}
        places = {(Party.SERVICE, place.name): place.name for place in self.support.place}
        return {(Party.STUDENT, ""): student, (Party.TUTOR, ""): tutor, **advisers, **places}
