"""The gaps of the back-test: last year by hand, by what the separate store holds; who asked is left out."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert, select

import policy
from auth.refusals import NotOpenToYourRole
from auth.viewer import Viewer
from data_access import backtest, backtest_groups, equality, published, ratings
from data_access.tables import Enrolment, SourceKey
from engagement.backtest import CLOSE_UP, RATED, SUGGESTED, Seen, Week
from engagement.outcome import Outcome
from engagement.published import Family
from privacy.characteristics import Dimension, Profile
from privacy.labels import Source
from privacy.request import Kind
from tests.cast import ADA, BEN, EVE, MO, NOW, ROS, SUE
from tests.data_access import last_year
from tests.data_access.asking import asked
from tests.data_access.last_year import FIRST, GROUPS

EVALUATE, LOAD = Viewer.service("evaluate"), Viewer.service("load")
BANDS = policy.current().engagement.bands
STUDENTS = range(FIRST, FIRST + sum(count for count, *_ in GROUPS))
PASSED = {*STUDENTS[:30], *STUDENTS[59:64]}
WEEK = Week(CLOSE_UP, date(2025, 11, 23), tuple(Seen(n, 1_000, False, Outcome()) for n in STUDENTS))


def keep(university, told):
    """Keep a profile for each of these students of last year, by a key in student records."""
    keys = [{"system": Source.STUDENT_RECORDS, "key": f"ly-{n}", "person": n} for n in told]
    university.change(insert(SourceKey).values(keys))
    equality.put(LOAD, {f"ly-{n}": profile for n, profile in told.items()}, NOW)


def sex(of):
    return Profile({Dimension.SEX: of, Dimension.AGE: "Under 21"})


@pytest.fixture
def then(store):
    last_year.assemble(store)
    return store


def test_the_groups_of_week_eight_are_what_a_pencil_makes_of_them(then):
    keep(then, {n: sex("Male" if n in PASSED else "Female") for n in STUDENTS})
    ratings.refresh(Viewer.service("rate"), NOW)
    backtest.refresh(EVALUATE, NOW)
    found = published.figures(MO.viewer, Family.ACCURACY, NOW).tables["groups"]
    assert found["sex/1/Female"]["left or failed: people"] == "35"  # 24 + 5 + 5
    assert found["sex/1/Female"][f"left or failed: {RATED}"] == "85"  # 29 of 34
    assert found["sex/2/Male"]["others: people"] == "35"  # 30 + 5
    assert found["sex/2/Male"][f"others: {SUGGESTED}"] == "15"  # 5 of 35
    assert found["sex/2/Male"]["left or failed: people"] == "[c]"
    assert found["disability/0/*"]["others: people"] == "35"
    assert found["disability/1/None known"]["others: people"] == "[x]"  # nothing is held of anybody's


def test_each_student_comes_with_their_own_profile_and_flags(then):
    keep(then, {FIRST: sex("Female"), FIRST + 1: sex("Male")})
    found = backtest_groups.students(EVALUATE, WEEK, BANDS, NOW)
    assert [one.profile.held[Dimension.SEX] for one in found[:2]] == ["Female", "Male"]
    assert {one.profile for one in found[2:]} == {None}
    assert {one.flags for one in found} == {frozenset({RATED})}


def test_whoever_asked_not_to_be_counted_is_left_out_at_once(store):
    with store.session() as session:
        own = dict(session.execute(select(Enrolment.student, Enrolment.id)).all())
    seen = tuple(
        Seen(enrolment, 1_000, False, Outcome(failed=who == BEN.number)) for who, enrolment in own.items()
    )
    week = replace(WEEK, seen=seen)
    assert len(backtest_groups.students(EVALUATE, week, BANDS, NOW)) == len(seen)
    asked(Kind.EQUALITY_STOP, "")  # Ben
    left = backtest_groups.students(EVALUATE, week, BANDS, NOW)
    assert len(left) == len(seen) - 1
    assert not any(one.bad for one in left)


def test_no_person_of_any_role_is_answered(university):
    for one in (BEN, ADA, SUE, MO, ROS, EVE):
        with pytest.raises(NotOpenToYourRole):
            backtest_groups.students(one.viewer, WEEK, BANDS, NOW)


def test_a_year_too_short_for_its_eighth_week_is_measured_without_groups(then, monkeypatch):
    ratings.refresh(Viewer.service("rate"), NOW)
    monkeypatch.setattr(backtest, "_teaching", lambda year: [(7, date(2025, 11, 16))])
    backtest.refresh(EVALUATE, NOW)
    found = published.figures(MO.viewer, Family.ACCURACY, NOW).tables
    assert list(found["weeks"]) == ["07"]
    assert set(found["groups"]["sex/0/*"].values()) == {"[c]"}
