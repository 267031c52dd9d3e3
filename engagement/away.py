"""Days on which nothing was expected of a student: absence that was authorised, and interruptions of study."""

from collections.abc import Iterator
from datetime import date

from engagement.facts import Away, Facts, Presence

AUTHORISED = "Authorised absence"
INTERRUPTED = "Interruption of study"

_SILENT = (Presence.CANCELLED, Presence.NOT_RECORDED, Presence.DISPUTED)


def away(facts: Facts) -> tuple[Away, ...]:
    """Both, oldest first."""
    return tuple(sorted((*facts.interrupted, *_absences(facts)), key=lambda one: (one.first, one.last)))


def _absences(facts: Facts) -> Iterator[Away]:
    """From the first to the last of the days with classes on each of which every absence was authorised.

    Cancelled classes, those without a register and disputed ones say nothing either way.
    """
    days: dict[date, set[Presence]] = {}
    for line in facts.registers:
        presence = facts.trusted(line).presence
        if presence not in _SILENT:
            days.setdefault(line.on, set()).add(presence)
    run: list[date] = []
    for on in sorted(days):
        if days[on] == {Presence.AUTHORISED}:
            run.append(on)
        elif run:
            yield Away(run[0], run[-1], AUTHORISED)
            run = []
    if run:
        yield Away(run[0], run[-1], AUTHORISED)
