"""The figures of the window over all modules."""

from dataclasses import replace
from datetime import date

from engagement.measure import Counts, Parts
from engagement.recent import Part, Window, classes, recent
from policy import current
from tests.engagement.made import WINDOW, module

RULES = current().engagement
BUSY = Counts(expected=10, attended=5, authorised=2, cancelled=1, unrecorded=1, active_days=0, due=2, late=1)


def test_classes_are_counted_as_the_measure_counts_them():
    assert classes([BUSY, BUSY], "excluded") == (10, 12)
    assert classes([BUSY], "met") == (7, 8)


def test_the_modules_are_added_up():
    found = recent([module(BUSY), module(BUSY)], WINDOW, RULES)
    assert (found.attended, found.held, found.due, found.late, found.missing) == (10, 12, 4, 2, 2)
    assert (found.authorised, found.unrecorded) == (4, 2)


def test_weak_parts_are_those_under_good_by_credits_the_lowest_first():
    light = module(BUSY, Parts(10_000, 2000, None))
    heavy = replace(module(BUSY, Parts(5000, 9000, None)), credits=60)
    assert recent([light], WINDOW, RULES).weak == (Part.VLE,)
    assert recent([heavy], WINDOW, RULES).weak == (Part.ATTENDANCE,)
    assert recent([module(BUSY, Parts(5999, 0, 6000))], WINDOW, RULES).weak == (Part.VLE, Part.ATTENDANCE)


def test_quiet_needs_a_feed_that_told_of_nothing():
    told, silent = Parts(None, 0, None), Parts(None, None, None)
    assert recent([module(BUSY, told)], WINDOW, RULES).quiet
    assert not recent([module(BUSY, silent)], WINDOW, RULES).quiet
    assert not recent([module(replace(BUSY, active_days=1), told)], WINDOW, RULES).quiet


def test_a_window_says_how_far_it_looks_back():
    first = date(2026, 9, 21)
    assert WINDOW.words == "the last 14 teaching days"
    assert Window(first, first, 5, 14).words == "the 5 teaching days so far"
    assert Window(first, first, 1, 14).words == "the first teaching day"
