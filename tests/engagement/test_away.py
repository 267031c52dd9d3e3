"""Days away: which run of registers is an authorised absence, and which is not."""

from datetime import date, timedelta

import pytest

from engagement.away import away
from engagement.facts import Away, Gap, Presence
from privacy.labels import Source
from tests.engagement.made import TERM, classes, facts

A, X, HERE, OFF, BLANK = (
    Presence.AUTHORISED,
    Presence.ABSENT,
    Presence.ATTENDED,
    Presence.CANCELLED,
    Presence.NOT_RECORDED,
)


def runs(*days: tuple[Presence, ...], **changes) -> list[tuple[int, int]]:
    """The first and the last day of each absence, when the registers of one day after another were these."""
    lines = classes(*[(TERM + timedelta(days=n), p) for n, found in enumerate(days) for p in found])
    return [
        ((one.first - TERM).days, (one.last - TERM).days) for one in away(facts(registers=lines, **changes))
    ]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ([(HERE,), (A,), (A,), (HERE,)], [(1, 2)]),
        ([(A,), (), (), (A,)], [(0, 3)]),  # days without a class do not end it
        ([(A,), (X,), (A,)], [(0, 0), (2, 2)]),
        ([(A, HERE)], []),  # came to one class of the day
        ([(A,), (OFF,), (BLANK,), (A,)], [(0, 3)]),  # these say nothing either way
        ([(OFF,), (BLANK,)], []),
        ([(X,), (HERE,)], []),
        ([], []),
    ],
)
def test_an_authorised_absence_runs_over_the_days_on_which_nobody_expected_the_student(days, found):
    assert runs(*days) == found


def test_a_register_inside_a_gap_says_nothing():
    closed = Gap(Source.ATTENDANCE, None, TERM, TERM, "No export")
    assert runs((A,), gaps=[closed]) == []


def test_interruptions_stand_beside_absences_the_oldest_first():
    pause = Away(date(2026, 9, 1), date(2026, 9, 20), "Interruption of study")
    lines = classes((TERM, A))
    found = away(facts(registers=lines, interrupted=[pause]))
    assert [one.why for one in found] == ["Interruption of study", "Authorised absence"]
