"""The refusals about the gaps of the four systems."""

from auth.refusals import Refusal


class DaysNotOver(Refusal):
    """Please look at the days again: the last must not come before the first, and none may be still to come."""


class NoSuchModule(Refusal):
    """There is no module with this code. Please copy it from student records, letter by letter."""


class NotByTheDay(Refusal):
    """Gaps are recorded of the VLE and of attendance alone. The other systems are loaded whole: load them again."""


class RecordedAlready(Refusal):
    """This gap is on record already."""
