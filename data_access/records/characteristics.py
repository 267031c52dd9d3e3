"""What a load tells of characteristics: beside its batch, and never in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from privacy.characteristics import Profile


@dataclass(frozen=True)
class CharacteristicsRecord:
    """The profiles of students by their key in student records.

    `whole` where everybody is told of who has any; what is held of those in `refused`, whose row could not be read,
    stays as it is.
    """

    profiles: Mapping[str, Profile] = field(repr=False)
    whole: bool
    refused: frozenset[str] = frozenset()
