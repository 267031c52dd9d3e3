"""What is said of a week and of a piece of work."""

from dataclasses import replace
from datetime import timedelta

from components import timeline_words
from engagement.facts import Presence, WorkState
from tests.engagement.made import TERM, TODAY, classes, facts, timeline, work


def test_a_weeks_classes_are_said_by_what_became_of_them():
    lines = classes((TERM, Presence.ATTENDED), (TERM, Presence.ATTENDED), (TERM, Presence.LATE))
    first, second = timeline(facts(registers=lines)).stretches[:2]
    assert timeline_words.classes(first) == "2 attended, 1 late"
    assert "No classes" in timeline_words.attendance(second)
    assert "No feed" in timeline_words.attendance(timeline(facts(reach={})).stretches[0])


def test_a_piece_of_work_is_said_with_its_day_and_what_became_of_it():
    piece = work(TERM, WorkState.LATE, extended=True, handed_in=TERM + timedelta(days=2))
    assert timeline_words.piece(piece) == (
        "<b>Essay</b> (M1)<br>Late: due Mon 21 Sep after an extension, handed in Wed 23 Sep"
        "<br>Source: Student records, loaded Mon 23 Nov"
    )
    assert "handed in" not in timeline_words.piece(replace(piece, handed_in=None, state=WorkState.OPEN))
    assert piece.loaded == TODAY
