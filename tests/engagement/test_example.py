"""The worked example: whatever is chosen, it is counted and rated by the measure itself, and missing is never low."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from engagement import example, measure
from engagement.example import Example
from engagement.measure import Counts
from policy import current

RULES = current().engagement
CLASSES, DAYS, PIECES = st.integers(0, 12), st.integers(0, RULES.windows.full_time), st.integers(0, 4)
EXAMPLES = st.builds(
    Example,
    attended=CLASSES,
    missed=CLASSES,
    authorised=CLASSES,
    cancelled=CLASSES,
    active_days=DAYS,
    usual_days=st.integers(RULES.vle.smallest_median_days, RULES.windows.full_time),
    on_time=PIECES,
    late=PIECES,
    missing=PIECES,
    marked=PIECES,
    mean_mark=st.integers(0, 100),
    no_registers=st.booleans(),
    no_vle=st.booleans(),
    nothing_due=st.booleans(),
)
EVERYTHING = {"no_registers": False, "no_vle": False, "nothing_due": False}


def test_the_ordinary_student_at_the_start_is_the_one_worked_out_by_hand():
    found = example.rated(Example(), RULES)
    assert found.counts == Counts(
        expected=9,
        attended=6,
        authorised=1,
        active_days=5,
        usual_halves=12,
        due=2,
        on_time=1,
        late=1,
        marked=2,
        mark_points=116,
    )
    # 6 ÷ 8, 5 ÷ 6, 1½ ÷ 2 and 116 ÷ 2, by the weights 4 : 3 : 2 : 5.
    assert (found.parts.attendance, found.parts.vle, found.parts.submissions, found.parts.marks) == (
        7500,
        8333,
        7500,
        5800,
    )
    assert found.score == 7071


@given(EXAMPLES)
def test_every_example_is_what_the_measure_says_of_its_counts(tried):
    found = example.rated(tried, RULES)
    assert found.parts == measure.parts(found.counts, RULES.excused)
    assert found.score == measure.score(found.parts, RULES.weights)


@given(EXAMPLES)
def test_what_was_chosen_is_what_is_counted(tried):
    tried = replace(tried, **EVERYTHING)
    counts = example.rated(tried, RULES).counts
    assert counts.expected - counts.cancelled - counts.authorised == tried.attended + tried.missed
    assert (counts.attended, counts.active_days) == (tried.attended, tried.active_days)
    assert counts.usual_halves == 2 * tried.usual_days
    assert (counts.on_time, counts.late, counts.missing) == (tried.on_time, tried.late, tried.missing)
    assert (counts.marked, counts.mark_points) == (
        tried.marked + tried.missing,
        tried.marked * tried.mean_mark,
    )


@given(EXAMPLES)
def test_a_part_that_no_system_tells_of_drops_out_and_leaves_its_weight_to_the_others(tried):
    known = example.rated(replace(tried, **EVERYTHING), RULES)
    without = example.rated(replace(tried, no_vle=True, no_registers=True, nothing_due=False), RULES)
    assert without.parts.vle is None
    assert without.parts.attendance is None
    assert (without.parts.submissions, without.parts.marks) == (known.parts.submissions, known.parts.marks)
    undue = example.rated(replace(tried, nothing_due=True), RULES)
    assert undue.parts.submissions is None
