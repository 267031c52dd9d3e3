"""The sentences a tutor reads: a table of standings, and what is said of each."""

from datetime import date

import pytest

from engagement import sentences
from engagement.measure import Rating
from engagement.recent import Part, Recent
from engagement.tutee import Attention
from tests.engagement.made import WINDOW, standing, tutee

NINTH = date(2026, 11, 9)


@pytest.mark.parametrize(
    ("rating", "recent", "said"),
    [
        (
            Rating.VERY_LOW,
            Recent(
                WINDOW,
                attended=2,
                held=8,
                quiet=True,
                last_online=NINTH,
                weak=(Part.ATTENDANCE, Part.VLE),
            ),
            "Attended 2 of 8 classes in the last 14 teaching days; nothing on the VLE since 9 November.",
        ),
        (
            Rating.LOW,
            Recent(
                WINDOW, attended=1, held=8, quiet=True, last_online=NINTH, weak=(Part.VLE, Part.ATTENDANCE)
            ),
            "Nothing on the VLE since 9 November; attended 1 of 8 classes in the last 14 teaching days.",
        ),
        (
            Rating.VERY_LOW,
            Recent(WINDOW, quiet=True, weak=(Part.VLE,)),
            "Nothing on the VLE so far.",
        ),
        (
            Rating.PARTIAL,
            Recent(WINDOW, attended=8, held=8, due=2, missing=1, weak=(Part.SUBMISSIONS,)),
            "1 of 2 pieces of work due in the last 14 teaching days not handed in.",
        ),
        (
            Rating.PARTIAL,
            Recent(WINDOW, online=True, due=1, late=1, weak=(Part.SUBMISSIONS, Part.VLE)),
            "The one piece of work due in the last 14 teaching days handed in late; "
            "fewer days on the VLE than is usual for the modules.",
        ),
        (
            Rating.HIGH,
            Recent(WINDOW, attended=8, held=8, online=True, due=2),
            "Attended 8 of 8 classes in the last 14 teaching days; usual VLE activity; "
            "all 2 pieces of work due handed in on time.",
        ),
        (
            Rating.NOT_ENOUGH,
            Recent(WINDOW, unrecorded=3),
            "3 classes without a register, no VLE data and no work due in the last 14 teaching days.",
        ),
        (
            Rating.NOT_ENOUGH,
            Recent(WINDOW, authorised=1),
            "Authorised absence from 1 class, no VLE data and no work due in the last 14 teaching days.",
        ),
        (Rating.NOT_ENOUGH, Recent(), "No module has been rated lately."),
    ],
)
def test_each_row_says_why_in_one_sentence(rating, recent, said):
    assert sentences.why(standing(rating, 3000, 3000, recent=recent)) == said


def test_a_sharp_fall_is_said_first():
    fallen = standing(Rating.GOOD, 9000, 7000, recent=Recent(WINDOW, attended=6, held=8))
    assert sentences.why(fallen, fallen=True) == (
        "Down 20 points since last week: attended 6 of 8 classes in the last 14 teaching days."
    )


@pytest.mark.parametrize(
    ("hundredths", "said"),
    [
        (None, ""),
        (0, "no change"),
        (49, "no change"),
        (-50, "down 1 point"),
        (1249, "up 12 points"),
        (-1250, "down 13 points"),
    ],
)
def test_a_change_is_said_in_whole_points(hundredths, said):
    assert sentences.change(hundredths) == said


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([], "Nobody is your tutee at present. Students appear here on the day you become their tutor."),
        (["HIGH"], "Your one tutee does not stand out this week."),
        (["LOW"], "Your one tutee may need a conversation this week."),
        (["HIGH", "GOOD"], "Nobody among your 2 tutees stands out this week."),
        (["LOW", "FALL", "GOOD"], "2 of your 3 tutees may need a conversation this week."),
        (
            ["VERY_LOW", "NOT_ENOUGH", "HIGH"],
            "1 of your 3 tutees may need a conversation this week. For 1 there is not enough data to say.",
        ),
        (
            ["NOT_ENOUGH", "NOT_ENOUGH"],
            "Nobody among your 2 tutees stands out this week. For 2 there is not enough data to say.",
        ),
    ],
)
def test_the_list_is_summed_up_in_a_sentence(places, said):
    people = [tutee(f"A{n} B", Attention[place]) for n, place in enumerate(places)]
    assert sentences.summary(people) == said


def test_a_tutee_on_two_courses_is_one_person():
    assert sentences.summary([tutee("A B", Attention.LOW), tutee("A B", Attention.HIGH), tutee("C D")]) == (
        "1 of your 2 tutees may need a conversation this week."
    )


def test_the_number_is_said_with_its_change():
    assert sentences.rating(standing(Rating.LOW, 4000, 3199)) == "31 of 100, down 8 points since last week"
    assert sentences.rating(standing(Rating.LOW, 3199)) == "31 of 100"
    assert sentences.rating(standing(Rating.NOT_ENOUGH)) == "no score"


def test_a_student_is_told_what_the_tutor_reads_word_for_word():
    low = standing(Rating.LOW, 4000, 3199, recent=Recent(WINDOW, attended=1, held=8, weak=(Part.ATTENDANCE,)))
    said = sentences.same_facts((low,))
    assert f"Low, {sentences.rating(low)}. {sentences.why(low)}" in said
