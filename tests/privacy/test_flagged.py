"""Whether flags serve all alike: the figures by hand, and against an attacker who knows every rule and every cell."""

from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.backtest import BAD, OTHERS
from privacy.cells import Cells, Counted
from privacy.characteristics import UNKNOWN, Dimension, Profile
from privacy.disclosure import MEANING, ONS_10_5_OFS
from privacy.evidence import Verdict
from privacy.flagged import Student, cells
from privacy.grouping import Grouping
from privacy.hiding import CANDIDATES
from privacy.lattice import Lattice, Node
from privacy.release import Audit, Release
from tests.privacy.linear_attacker import LinearAttacker

FLAGS = ("rating", "suggestion")


def students(sex, bad, count, rated, *, suggested=0):
    """So many of one sex, of whom so many were rated low and so many had a suggestion."""
    profile = Profile({Dimension.SEX: sex}) if sex else None
    flags = [
        frozenset(name for name, many in (("rating", rated), ("suggestion", suggested)) if n < many)
        for n in range(count)
    ]
    return [Student(profile, bad, held) for held in flags]


def said(of):
    found = {}
    for cell in cells(of, FLAGS):
        assert cell.report == "groups"
        found.setdefault(cell.row, {})[cell.heading] = cell.value
    return found


def test_the_shares_of_each_group_are_those_of_a_pencil_with_the_verdict_on_their_gap():
    of = students("Female", True, 60, 45) + students("Male", True, 61, 20, suggested=30)
    of += students("Female", False, 120, 12) + students("Male", False, 130, 14)
    found = said(of)
    assert found["sex/0/*"][f"{BAD}: people"] == "120"  # 121
    assert found["sex/1/Female"] == {
        f"{BAD}: people": "60",
        f"{BAD}: rating": "76",  # 45 of 60, to two points
        f"{BAD}: suggestion": "[DPL]",
        f"{OTHERS}: people": "120",
        f"{OTHERS}: rating": "10",
        f"{OTHERS}: suggestion": "[DPL]",
    }
    male = found["sex/2/Male"]
    assert (male[f"{BAD}: people"], male[f"{BAD}: rating"]) == ("60", "32")  # 20 of 61
    assert male[f"{BAD}: rating: evidence"] == Verdict.LIKELY
    assert male[f"{OTHERS}: rating: evidence"] == Verdict.UNCLEAR
    assert found["sex/3/Other"][f"{BAD}: people"] == "[c]"


def test_somebody_of_whom_nothing_is_held_is_not_known_and_half_of_these_hide_every_group():
    known = students("Female", True, 40, 20) + students("Male", True, 40, 20)
    some = said(known + students(None, True, 40, 10))
    assert some["sex/4/Not known"][f"{BAD}: people"] == "40"
    assert some["sex/1/Female"][f"{BAD}: rating"] == "50"
    most = said(known + students(None, True, 90, 10))
    assert {most[f"sex/{row}"][f"{BAD}: people"] for row in ("1/Female", "2/Male")} == {"[x]"}
    assert most["sex/0/*"][f"{BAD}: people"] == "170"


def test_only_sex_age_disability_and_deprivation_are_told_in_their_coarsest_groups():
    found = said(students("Female", True, 30, 10))
    assert {row.split("/")[0] for row in found} == {
        "sex", "age on entry", "disability", "deprivation of the home area",
    }  # fmt: skip
    assert [row for row in found if row.startswith("disability/")] == [
        "disability/0/*", "disability/1/None known", "disability/2/Disability declared", "disability/3/Not known",
    ]  # fmt: skip


def test_a_last_year_of_nobody_says_only_marks():
    assert {value for row in said([]).values() for value in row.values()} <= {*MEANING, *Verdict}


def test_where_rounding_would_give_a_small_group_away_another_is_hidden_beside_it():
    found = said(students("Female", True, 113, 50) + students("Male", True, 113, 50))
    heads = [found[f"sex/{row}"][f"{BAD}: people"] for row in ("0/*", "1/Female", "2/Male", "3/Other")]
    assert heads[0] == "225"  # 223 to 227, where 115 and 115 would be 226 and more
    assert sorted(heads[1:]) == ["115", "[c]", "[c]"]


SEXES = ("Female", "Male", "Other", UNKNOWN)
counts = st.tuples(*[st.integers(23, 200)] * 2, *[st.integers(0, 12)] * 2)


@given(counts)
@settings(max_examples=40, deadline=None)
def test_no_hidden_group_is_known_better_than_a_rounded_one(many):
    of = [
        one for sex, count in zip(SEXES, many, strict=True) for one in students(sex, True, count, count // 2)
    ]
    heads = {
        ("u", row.split("/", 2)[2]): told[f"{BAD}: people"]
        for row, told in said(of).items()
        if row.startswith("sex/")
    }
    exact = {("u", (sex,)): count for sex, count in zip(SEXES, many, strict=True)}
    hidden = [("u", sex) for sex in SEXES if heads["u", sex] == "[c]"]
    beside = tuple(key for key in hidden if exact["u", (key[1],)] >= ONS_10_5_OFS.smallest)
    table = Counted(Cells(Lattice.of([Node("u", "", "university")]), Grouping.flat(SEXES)), exact)
    attacker = LinearAttacker({"t": table}, {"t": Release(heads, {}, Audit(0, beside))}, ONS_10_5_OFS)
    for key in hidden:
        low, high = attacker.people("t", key)
        assert high - low + 1 >= CANDIDATES
