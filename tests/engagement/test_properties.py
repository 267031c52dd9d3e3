"""What holds of every rating: who does more is never rated lower, and a missing feed is never a nought.

A missing feed may take a part away that was better than the others: the score is then of less, and may be lower or
higher than it was. Beside such a gap nothing is called a fall (`test_tutee`, `test_grounds`).
"""

from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from engagement import measure, weekly
from engagement.measure import Parts
from engagement.weekly import Day, Gaps, Window, Work
from policy import current

RULES = current().engagement
TODAY = 20_000
WINDOW = Window(week=TODAY - 6, as_of=TODAY, days=frozenset(range(TODAY - 13, TODAY + 1)))
PARTS = ("attendance", "vle", "submissions", "marks")


@dataclass(frozen=True)
class Told:
    """Everything told of one student on one module, and how many days the others were active."""

    days: dict[int, Day]
    work: tuple[Work, ...]
    others: tuple[int, ...]
    gaps: Gaps = Gaps()  # noqa: RUF009 - it is frozen

    @property
    def parts(self) -> Parts:
        """The parts by the specification."""
        counts = weekly.counts(self.days, self.work, WINDOW, self.gaps)
        fed = weekly.days_with_a_feed(WINDOW, self.gaps)
        usual = measure.usual_halves((counts.active_days, *self.others), (fed, 14), 4, RULES.vle)
        return measure.parts(replace(counts, usual_halves=usual), RULES.excused)

    @property
    def score(self) -> int | None:
        """The score of these parts."""
        return measure.score(self.parts, RULES.weights)


@st.composite
def days(draw) -> Day:
    attended, absent, authorised, cancelled, unrecorded = (draw(st.integers(0, 2)) for _ in range(5))
    expected = attended + absent + authorised + cancelled + unrecorded
    return Day(draw(st.integers(0, 1)), expected, attended, authorised, cancelled, unrecorded)


@st.composite
def works(draw) -> Work:
    due = draw(st.integers(TODAY - 30, TODAY + 5))
    handed_in = draw(st.one_of(st.none(), st.integers(due - 3, due + 9)))
    mark = draw(st.one_of(st.none(), st.integers(0, 100))) if handed_in is not None else None
    return Work(due, handed_in, handed_in is not None and handed_in > due, mark)


told = st.builds(
    Told,
    st.dictionaries(st.integers(TODAY - 20, TODAY), days(), max_size=10),
    st.lists(works(), max_size=5).map(tuple),
    st.lists(st.integers(0, 14), max_size=24).map(tuple),
)
gap = st.sets(st.integers(TODAY - 13, TODAY), max_size=14).map(frozenset)


def more(of: Told) -> list[Told]:
    """The same student with one thing more done, in every way there is one."""
    found = []
    for on in range(TODAY - 13, TODAY + 1):
        day = of.days.get(on, Day())
        found.append(replace(day, views=day.views + 1))
        if day.expected > day.attended + day.authorised + day.cancelled + day.unrecorded:
            found.append(replace(day, attended=day.attended + 1))
        if day.authorised:
            found.append(replace(day, authorised=day.authorised - 1, attended=day.attended + 1))
        if day.unrecorded:
            found.append(replace(day, unrecorded=day.unrecorded - 1, attended=day.attended + 1))
        found[:] = [replace(of, days=of.days | {on: one}) if isinstance(one, Day) else one for one in found]
    for n, work in enumerate(of.work):
        if not work.given(TODAY):
            came = Work(work.due, TODAY, late=work.due < TODAY)
            found.append(replace(of, work=(*of.work[:n], came, *of.work[n + 1 :])))
        if work.given(TODAY) and work.late:
            in_time = replace(work, handed_in=work.due, late=False)
            found.append(replace(of, work=(*of.work[:n], in_time, *of.work[n + 1 :])))
    return found


@given(told)
def test_more_activity_never_lowers_the_rating_of_whoever_is_active(of):
    before = of.score
    for after in more(of):
        assert before is None or (after.score is not None and after.score >= before)


@given(told, gap, gap)
def test_a_gap_that_is_known_of_never_makes_a_part_lower_than_the_same_silence_unknown(
    of, no_vle, no_registers
):
    silent = replace(of, days={on: _silent(on, day, no_vle, no_registers) for on, day in of.days.items()})
    known = replace(silent, gaps=Gaps(no_vle, no_registers))
    for part in PARTS:
        unknown, now = getattr(silent.parts, part), getattr(known.parts, part)
        assert now is None or (unknown is not None and now >= unknown)


@given(told, gap, gap)
def test_while_no_part_is_left_out_a_gap_that_is_known_of_never_lowers_the_score(of, no_vle, no_registers):
    silent = replace(of, days={on: _silent(on, day, no_vle, no_registers) for on, day in of.days.items()})
    known = replace(silent, gaps=Gaps(no_vle, no_registers))
    left_out = [p for p in PARTS if getattr(known.parts, p) is None and getattr(silent.parts, p) is not None]
    if not left_out:
        assert (known.score or 0) >= (silent.score or 0)


@given(told, gap, gap)
def test_where_a_gap_leaves_a_part_out_the_score_is_that_of_the_others_and_no_nought_is_in_it(
    of, no_vle, no_registers
):
    known = replace(of, gaps=Gaps(no_vle, no_registers)).parts
    there = [(getattr(RULES.weights, p), getattr(known, p)) for p in PARTS if getattr(known, p) is not None]
    assert measure.score(known, RULES.weights) == measure.weighted_mean(there)
    noughts = Parts(*(getattr(known, p) or 0 for p in PARTS))
    without, low = measure.score(known, RULES.weights), measure.score(noughts, RULES.weights)
    assert without is None or without >= low


@given(told, st.sets(st.integers(TODAY - 13, TODAY), min_size=8).map(frozenset))
def test_fewer_than_seven_days_that_were_told_say_nothing_of_the_vle_however_busy_they_were(of, no_vle):
    busy = {on: replace(of.days.get(on, Day()), views=1) for on in WINDOW.days}
    assert replace(of, days=busy, gaps=Gaps(vle=no_vle)).parts.vle is None
    assert replace(of, gaps=Gaps(vle=no_vle)).parts.vle is None


def _silent(on: int, day: Day, no_vle: frozenset[int], no_registers: frozenset[int]) -> Day:
    """What is told of a day when a feed is down: nobody was seen."""
    return replace(
        day,
        views=0 if on in no_vle else day.views,
        attended=0 if on in no_registers else day.attended,
        authorised=0 if on in no_registers else day.authorised,
    )


@given(told)
def test_without_a_feed_the_rating_is_at_least_what_nought_would_make_of_it(of):
    for part in PARTS:
        absent, nought = (replace(of.parts, **{part: value}) for value in (None, 0))
        without, low = (measure.score(parts, RULES.weights) for parts in (absent, nought))
        assert without is None or low is None or without >= low


@given(told)
def test_a_whole_window_without_a_feed_takes_its_part_away(of):
    every = WINDOW.days
    assert replace(of, gaps=Gaps(vle=every)).parts.vle is None
    assert replace(of, gaps=Gaps(attendance=every)).parts.attendance is None


@given(told)
def test_a_rating_is_there_as_soon_as_a_part_is(of):
    there = [getattr(of.parts, part) for part in PARTS if getattr(of.parts, part) is not None]
    assert (of.score is None) is (not there)
    assert not there or min(there) <= of.score <= max(there)
