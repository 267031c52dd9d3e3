"""Card swipes matched to the timetable: a table of cases, and the same found again by plain counting."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from engagement.studies import Register
from ingest.admission import Admission
from ingest.staging import Staged, Summary
from ingest.swipes import attended
from policy.attendance import Attendance
from tests.ingest.swiping import RULES, Card, Class, Registration, clock, known, told

PRESENT, LATE, ABSENT = Register.PRESENT, Register.LATE, Register.ABSENT
CLASSES: list[Class] = [
    ("algebra", "M", "CG-204", 9, 10),
    ("botany", "N", "CG-204", 10, 11),
    ("chemistry", "O", "B1", 9, 10),
    ("field-work", "O", None, 13, 17),
    ("night", "M", "Dome", 23, 26),
]
REGISTERED: list[Registration] = [
    ("ann", "M", -50, None),
    ("ann", "N", -50, None),
    ("bob", "M", -50, 0),
    ("cat", "N", 0, None),
    ("dan", "M", -50, -1),  # left the day before
    ("eve", "M", 1, None),  # comes tomorrow
    ("fay", "O", -50, None),
    ("gus", "O", -50, None),
    ("hal", "O", -50, None),
    ("ivy", "O", -50, None),
]
PEOPLE = frozenset({student for student, *_ in REGISTERED} | {"tess"})
HERE = known(CLASSES, REGISTERED, PEOPLE)


def with_share(share: int) -> Attendance:
    return RULES.model_copy(update={"swiped_share": share})


@pytest.mark.parametrize(
    ("cards", "said"),
    [
        ([("bob", "08:45:00", "CG-204")], {("bob", "algebra"): PRESENT}),
        ([("bob", "08:44:59", "CG-204")], {}),  # a second too early
        ([("bob", "09:15:00", "CG-204")], {("bob", "algebra"): PRESENT}),
        ([("bob", "09:15:01", "CG-204")], {("bob", "algebra"): LATE}),
        ([("bob", "10:00:00", "CG-204")], {("bob", "algebra"): LATE}),  # as it ends
        ([("bob", "10:00:01", "CG-204")], {}),
        ([("bob", "09:02:00", "cg-204 ")], {("bob", "algebra"): PRESENT}),  # however the room is written
        ([("bob", "09:02:00", "CG-205")], {}),
        ([("card-7", "09:02:00", "CG-204")], {("ann", "algebra"): PRESENT}),
        ([("dan", "09:02:00", "CG-204")], {}),
        ([("eve", "09:02:00", "CG-204")], {}),
        ([("tess", "09:02:00", "CG-204")], {}),  # a member of staff
        # Several swipes at one class: the first counts.
        ([("bob", "09:40:00", "CG-204"), ("bob", "09:05:00", "CG-204")], {("bob", "algebra"): PRESENT}),
        # Back to back: the registration decides.
        ([("bob", "09:50:00", "CG-204")], {("bob", "algebra"): LATE}),
        ([("cat", "09:50:00", "CG-204")], {("cat", "botany"): PRESENT}),
        # Registered on both: the next one only with a swipe at the first.
        ([("ann", "09:50:00", "CG-204")], {("ann", "algebra"): LATE}),
        (
            [("ann", "09:02:00", "CG-204"), ("ann", "09:50:00", "CG-204")],
            {("ann", "algebra"): PRESENT, ("ann", "botany"): PRESENT},
        ),
        (
            [("ann", "09:47:00", "CG-204"), ("ann", "09:50:00", "CG-204")],
            {("ann", "algebra"): LATE, ("ann", "botany"): PRESENT},
        ),
        (
            [("ann", "09:02:00", "#algebra"), ("ann", "09:50:00", "CG-204")],
            {("ann", "algebra"): PRESENT, ("ann", "botany"): PRESENT},
        ),
        # By the key, wherever it was and whoever it is; of its day, or the one beside it.
        ([("tess", "09:20:00", "#field-work")], {("tess", "field-work"): PRESENT}),
        ([("bob", "11:00:00", "#algebra")], {("bob", "algebra"): LATE}),
        # A class that runs past midnight.
        ([("bob", "2026-11-19T00:05:00Z", "Dome")], {("bob", "night"): LATE}),
    ],
)
def test_a_swipe_belongs_to_the_class_that_its_student_would_be_at(cards, said):
    assert told(cards, HERE, with_share(100)).said == said


def test_an_unknown_key_of_a_class_leaves_it_to_the_room_or_is_counted_as_unknown():
    alone = told([("bob", "09:02:00", "#astronomy")], HERE)
    assert (alone.said, alone.admission.lost) == ({}, 1)
    assert dict(alone.admission.unmatched) == {("class", "astronomy"): 1}


AFTERWARDS: Card = ("tess", "12:00:00", "Canteen")


@pytest.mark.parametrize(
    ("cards", "share", "said"),
    [
        # Two of four swiped, and the class is over.
        (["fay", "gus"], 50, {"fay": PRESENT, "gus": PRESENT, "hal": ABSENT, "ivy": ABSENT}),
        (["fay", "gus"], 51, {"fay": PRESENT, "gus": PRESENT}),
        (["fay"], 25, {"fay": PRESENT, "gus": ABSENT, "hal": ABSENT, "ivy": ABSENT}),
        (["fay"], 30, {"fay": PRESENT}),
        ([], 1, {}),
    ],
)
def test_who_did_not_swipe_is_absent_where_enough_did(cards, share, said):
    swiped: list[Card] = [(student, "09:02:00", "B1") for student in cards]
    rules = with_share(share)
    assert told([*swiped, AFTERWARDS], HERE, rules).said == {(s, "chemistry"): r for s, r in said.items()}


def test_of_a_class_that_goes_on_when_the_log_ends_nobody_is_absent():
    cards: list[Card] = [("fay", "09:02:00", "B1"), ("gus", "09:03:00", "B1")]
    assert told([*cards, ("tess", "10:00:00", "Canteen")], HERE).said.keys() == {
        ("fay", "chemistry"),
        ("gus", "chemistry"),
    }
    assert len(told([*cards, ("tess", "10:00:01", "Canteen")], HERE).said) == 4


def test_who_swiped_between_two_classes_is_absent_from_neither():
    here = known(CLASSES, [("ann", "M", 0, None), ("ann", "N", 0, None), ("cat", "N", 0, None)], PEOPLE)
    said = told([("ann", "09:50:00", "CG-204"), ("cat", "09:55:00", "CG-204"), AFTERWARDS], here).said
    assert said == {("ann", "algebra"): LATE, ("cat", "botany"): PRESENT}


def test_a_swipe_at_no_class_is_only_counted_and_a_card_of_nobody_is_an_unknown_key():
    found = told(
        [
            ("bob", "09:02:00", "CG-204"),
            ("bob", "09:02:00", "CG-204"),
            ("bob", "12:02:00", "Chapel"),
            ("bob", "12:02:00", ""),
            ("w999", "09:02:00", "CG-204"),
            ("w999", "12:02:00", "Chapel"),
        ],
        HERE,
        with_share(100),
    )
    admission = found.admission
    assert found.said == {("bob", "algebra"): PRESENT}
    assert dict(admission.left_out) == {"no_class": 2}
    assert (admission.repeated, admission.lost) == (1, 2)
    assert dict(admission.unmatched) == {("student", "w999"): 2}
    assert admission.faults == []
    assert "Chapel" not in repr(replace(admission, staged=Staged(admission.staged.folder, Summary())))


def test_without_swipes_no_class_is_looked_up(tmp_path):
    here = known([], [], frozenset())
    here.taught = None  # it would fail if it were asked
    assert attended(Admission(Staged(tmp_path, Summary())), here, RULES) == []


STUDENTS = ("ann", "bob", "cat")
ROOMS = ("A", "B")


@some.composite
def worlds(draw):
    """Classes of an hour in two rooms, some at once or back to back; registrations; and swipes of that morning."""
    begins = draw(some.lists(some.integers(32, 44), min_size=1, max_size=6))
    classes: list[Class] = [
        (f"c{n}", draw(some.sampled_from("MNO")), draw(some.sampled_from(ROOMS)), at / 4, at / 4 + 1)
        for n, at in enumerate(begins)
    ]
    taken = draw(some.sets(some.tuples(some.sampled_from(STUDENTS), some.sampled_from("MNO"))))
    registered: list[Registration] = [(student, module, -9, None) for student, module in sorted(taken)]
    places = some.sampled_from([*ROOMS, "Canteen", "#c0", "#c1"])
    minutes = some.integers(7 * 60, 13 * 60)
    some_cards = some.lists(some.tuples(some.sampled_from(STUDENTS), minutes, places), max_size=12)
    cards: list[Card] = [(who, f"{m // 60:02}:{m % 60:02}:00", where) for who, m, where in draw(some_cards)]
    share = draw(some.sampled_from([1, 34, 67, 100]))
    return classes, registered, cards, with_share(share)


@given(worlds(), some.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_same_is_found_by_plain_counting_and_in_whatever_order_the_swipes_come(world, dice):
    classes, registered, cards, rules = world
    here = known(classes, registered, frozenset(STUDENTS))
    found = told(cards, here, rules)
    assert found.said == plainly(classes, registered, cards, rules)
    shuffled = dice.sample(cards, len(cards))
    again = told(shuffled, here, rules)
    assert again.said == found.said
    assert again.admission.left_out == found.admission.left_out
    # Whoever swiped nowhere near a class of theirs is not there; each row is counted once.
    came = {student for (student, _), said in found.said.items() if said is not ABSENT}
    assert came <= {student for student, *_ in cards}
    assert found.admission.left_out["no_class"] + found.admission.repeated <= len(cards)


def plainly(classes, registered, cards, rules):
    """The rules, one swipe after the other."""
    on = {key: (module, room, clock(starts), clock(ends)) for key, module, room, starts, ends in classes}
    mine = {(student, module) for student, module, *_ in registered}
    swipes = sorted({(who, clock(_hours(time)), where) for who, time, where in cards})
    first: dict[tuple[str, str], object] = {}
    near: set[tuple[str, str]] = set()
    for who, at, where in swipes:
        if where.startswith("#"):
            fits = [where[1:]] if where[1:] in on else []
        else:
            fits = [
                key
                for key, (module, room, starts, ends) in on.items()
                if room == where and starts - rules.before <= at <= ends and (who, module) in mine
            ]
        fits.sort(key=lambda key: (on[key][2], key))
        near |= {(who, key) for key in fits}
        chosen = next((key for key in fits if (who, key) not in first), None)
        if chosen:
            first[who, chosen] = at
    said = {
        (who, key): LATE if at > on[key][2] + rules.late_after else PRESENT
        for (who, key), at in first.items()
    }
    newest = max((at for _, at, _ in swipes), default=None)
    for key, (module, _, _, ends) in on.items():
        those = {student for student, taken in mine if taken == module}
        came = {student for student in those if (student, key) in first}
        if newest and ends < newest and those and len(came) * 100 >= rules.swiped_share * len(those):
            said |= {(student, key): ABSENT for student in those if (student, key) not in near}
    return said


def _hours(time: str) -> float:
    hours, minutes, _ = time.split(":")
    return int(hours) + int(minutes) / 60
