"""What a register says, in our words: from attended, late and a category; the reason for an absence is dropped."""

from engagement.studies import Register
from ingest.found import Skipped
from ingest.tables import folded

OPTIONAL = Skipped("events that were not compulsory, at which nobody was expected")
OUTSIDE_THE_TIMETABLE = Skipped("events outside the timetable, such as pastoral meetings")
EXIT = Skipped("card reads on the way out")

_YES, _NO = ("1", "true", "yes", "y"), ("0", "false", "no", "n")
# Categories are each institution's own. Only those that say in words that leave was given are taken for that.
_WITH_LEAVE = frozenset(
    folded(name)
    for name in (
        "authorised",
        "authorised absence",
        "authorized",
        "authorized absence",
        "auth",
        "excused",
        "approved",
        "approved absence",
    )
)


def register(attended: str, late: str, category: str) -> str:
    """Present, late, absent or authorised absence; `attended` itself where it says neither yes nor no."""
    if attended.casefold() in _YES:
        return Register.LATE if late.casefold() in _YES else Register.PRESENT
    if attended.casefold() in _NO:
        return Register.AUTHORISED if folded(category) in _WITH_LEAVE else Register.ABSENT
    return attended


def no(flag: str) -> bool:
    """Whether a flag says no; an empty one says nothing."""
    return flag.casefold() in _NO


def unknown_category(attended: str, category: str) -> bool:
    """Whether an absence has a category that means nothing here, so that it counts as plain absence."""
    return no(attended) and bool(category) and folded(category) not in {*_WITH_LEAVE, "absent", "absence"}


def exit_of(direction: str) -> bool:
    """Whether a card was read on the way out."""
    return direction.casefold() in ("o", "out", "exit")
