"""What is known of the notice's versions: those that were published, and one that is to be."""

from dataclasses import dataclass
from datetime import datetime

from policy.notice import Notice


@dataclass(frozen=True)
class Published:
    """A version as it was published; `by` is empty for one that came with the policy folder.

    `read_by` is how many students have said that they read it.
    """

    notice: Notice
    published_at: datetime
    by: str
    read_by: int


@dataclass(frozen=True)
class Publish:
    """The decision to put this version in the place of the one called `after`, which was before their eyes."""

    notice: Notice
    after: str
