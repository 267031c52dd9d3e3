"""How a rating was worked out: what is written on the screen, worked out again by hand."""

import re
from dataclasses import astuple
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from engagement import explanation, measure
from engagement.measure import Counts
from engagement.recent import ModuleScore
from policy import current
from tests.engagement.made import module, standing

RULES = current().engagement


def by_hand(sum_as_written: str) -> tuple[int, int]:
    """What the written sum comes to, and what it says it comes to; both in hundredths, halves up."""
    left, _, right = sum_as_written.rpartition(" = ")
    words = {" ÷ ": "/", " × ": "*", " + ": "+", ", at most 100": ""}
    plain = re.sub(", halved because .*", "", left)
    for written, meant in words.items():
        plain = plain.replace(written, meant)
    plain = re.sub(r"\d+(\.\d+)?", lambda number: f"Fraction('{number[0]}')", plain)
    value = eval(plain, {"Fraction": Fraction})  # noqa: S307 - our own sum, digits and signs only
    if "at most 100" in left:
        value = min(value, Fraction(100))
    if "halved" in left:
        value /= 2
    return int(value * 100 + Fraction(1, 2)), int(Fraction(right) * 100)


@st.composite
def counted(draw) -> Counts:
    few = st.integers(0, 6)
    attended, absent, authorised, cancelled, unrecorded = (draw(few) for _ in range(5))
    on_time, late, missing = (draw(st.integers(0, 3)) for _ in range(3))
    return Counts(
        expected=attended + absent + authorised + cancelled + unrecorded,
        attended=attended,
        authorised=authorised,
        cancelled=cancelled,
        unrecorded=unrecorded,
        active_days=draw(st.integers(0, 14)),
        usual_halves=draw(st.one_of(st.none(), st.integers(1, 28))),
        due=on_time + late + missing,
        on_time=on_time,
        late=late,
        marked=(marked := draw(st.integers(0, 6))),
        mark_points=draw(st.integers(0, 100 * marked)),
    )


def scored(counts: Counts, credits: int = 20) -> ModuleScore:
    parts = measure.parts(counts, RULES.excused)
    return ModuleScore("M1", "Seeing", credits, counts, parts, measure.score(parts, RULES.weights))


@given(counted())
def test_every_part_on_the_screen_can_be_worked_out_again_by_hand(counts):
    found = scored(counts)
    written = explanation.lines(found, RULES)
    values = astuple(found.parts)
    for line, value in zip(written, values, strict=True):
        if value is None:
            assert (line.working, line.score, line.weight) == ("left out", "–", "–")
        else:
            assert by_hand(line.working) == (value, value)


@given(counted())
def test_the_modules_score_follows_from_the_parts_and_weights_on_the_screen(counts):
    found = scored(counts)
    written = explanation.module_sum(found, RULES)
    if found.score is None:
        assert written == "nothing to go by"
        return
    assert by_hand(written) == (found.score, found.score)
    shown = [line for line in explanation.lines(found, RULES) if line.weight != "–"]
    assert all(f"{line.weight} × {line.score}" in written for line in shown)


@given(st.lists(st.tuples(counted(), st.sampled_from([10, 15, 20, 30, 60])), min_size=1, max_size=4))
def test_the_rating_follows_from_the_modules_and_credits_on_the_screen(studied):
    modules = tuple(scored(counts, credits) for counts, credits in studied)
    score = measure.weighted_mean((m.credits, m.score) for m in modules)
    whole = standing(measure.rating(score, RULES.bands), score, modules=modules)
    written = explanation.total(whole)
    if score is None:
        assert written == "nothing to go by"
    else:
        assert by_hand(written) == (score, score)


def test_what_was_left_out_is_said_with_its_reason():
    line = explanation.lines(
        scored(Counts(expected=8, attended=3, authorised=1, cancelled=2, unrecorded=1)), RULES
    )[0]
    assert line.counted == (
        "8 classes in the timetable, left out: 2 cancelled, 1 not recorded and 1 authorised absence; attended 3"
    )
    assert line.working == "100 × 3 ÷ 4 = 75.00"


def test_where_excused_counts_as_met_the_screen_says_so():
    met = RULES.model_copy(update={"excused": "met"})
    counts = Counts(expected=8, attended=3, authorised=1)
    parts = measure.parts(counts, "met")
    line = explanation.lines(module(counts, parts), met)[0]
    assert line.counted.endswith("attended 3, authorised absence from 1 counts as attended")
    assert by_hand(line.working) == (parts.attendance, parts.attendance)


def test_the_words_are_told_with_their_limits():
    assert explanation.bands(RULES).startswith("High from 80, Good from 60, Partial from 40, Low from 20")


@given(st.integers(0, 10_000))
def test_the_word_follows_from_the_limits_on_the_screen(score):
    limits = re.findall(r"(\w+) from (\d+)", explanation.bands(RULES))
    words = [word for word, least in limits if score >= 100 * int(least)]
    assert measure.rating(score, RULES.bands) == (words[0] if words else "Very low")
