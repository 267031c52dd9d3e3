"""Swipe logs made from a week that is known: whoever was there is found, in each form that readers write them."""

from datetime import timedelta
from random import Random

import pytest

from engagement.studies import Register
from tests.ingest.swiping import Class, Registration, clock, heard, known

PRESENT, LATE, ABSENT = Register.PRESENT, Register.LATE, Register.ABSENT
DICE = Random(7)
MODULES = [f"M{n}" for n in range(6)]
STUDENTS = [f"w{n:03}" for n in range(60)]
REGISTERED: list[Registration] = [
    (student, module, -30, None) for student in STUDENTS for module in DICE.sample(MODULES, 3)
]
# A class a day of each module, in three rooms, never back to back.
CLASSES: list[Class] = [
    (f"{module}-{day}", module, f"Room {n % 3}", day * 24 + 9 + 3 * (n // 3), day * 24 + 11 + 3 * (n // 3))
    for day in range(5)
    for n, module in enumerate(MODULES)
]
HERE = known(CLASSES, REGISTERED, frozenset(STUDENTS))


def week():
    """What happened: the register of everyone at every class, and each swipe as student, time, class and room."""
    registers, swipes = {}, []
    for key, module, room, starts, _ in CLASSES:
        for student in (student for student, taken, *_ in REGISTERED if taken == module):
            if DICE.random() < 0.3:
                registers[student, key] = ABSENT
                continue
            minutes = DICE.randint(-15, 50)
            registers[student, key] = LATE if minutes > 15 else PRESENT
            swipes.append((student, clock(starts) + timedelta(minutes=minutes), key, room))
            if DICE.random() < 0.2:  # once more, on the way to the machine for coffee
                swipes.append((student, clock(starts) + timedelta(minutes=minutes + 30), key, room))
    DICE.shuffle(swipes)
    return registers, swipes


REGISTERS, SWIPES = week()
CANTEEN = [(student, clock(5 * 24), "", "Canteen") for student in STUDENTS[:20]]


@pytest.mark.parametrize(
    ("file", "header", "row"),
    [
        ("log.csv", "student_id,at,room", "{0},{1:%Y-%m-%dT%H:%M:%SZ},{3}"),
        ("log.csv", "Student ID;Room;At", "{0};{3};{1:%Y-%m-%d %H:%M}+00:00"),
        ("log.csv", "student_id,event_id,room,at,reader", "{0},{2},{3},{1:%Y-%m-%dT%H:%M},7"),
        ("access.tsv", "USERNAME\tTIMESTAMP\tTYPE\tSITE", "{0}\t{1:%Y-%m-%dT%H:%M:%SZ}\t10.1.1.1\t{3}"),
    ],
)
def test_a_week_of_swipes_tells_who_was_there(file, header, row):
    lines = [row.format(*swipe) for swipe in (*SWIPES, *CANTEEN)]
    found = heard(file, "\n".join([header, *lines]) + "\n", HERE)
    assert found.said == REGISTERS
    assert found.admission.left_out == {"no_class": len(CANTEEN)}
    assert (found.admission.lost, found.admission.repeated, found.admission.faults) == (0, 0, [])


def test_by_the_key_of_the_class_the_room_does_not_matter():
    lines = [f"{student},{key},{at:%Y-%m-%dT%H:%M}" for student, at, key, _ in SWIPES]
    text = "\n".join(["student_id,event_id,at", *lines, f"w000,,{clock(5 * 24):%Y-%m-%dT%H:%M}"])
    assert heard("log.csv", text, HERE).said == REGISTERS


def test_a_reader_that_was_out_of_order_makes_nobody_absent():
    broken = {key for key, *_ in CLASSES if key.startswith("M2")}
    few = [swipe for swipe in SWIPES if swipe[2] not in broken or swipe[0] == STUDENTS[0]]
    lines = [f"{student},{at:%Y-%m-%dT%H:%M},{room}" for student, at, _, room in (*few, *CANTEEN)]
    said = heard("log.csv", "\n".join(["student_id,at,room", *lines]), HERE).said
    assert {key: register for key, register in said.items() if key[1] not in broken} == {
        key: register for key, register in REGISTERS.items() if key[1] not in broken
    }
    assert all(student == STUDENTS[0] for student, event in said if event in broken)
