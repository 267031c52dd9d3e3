"""The protocol: nothing from the day on, nothing about who people are, nothing of the test to learn from."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

import policy
from ingest.oulad import evaluation
from ingest.oulad.evaluation import NotToBeEvaluated, cohort, outcomes, plan, told
from policy.engagement import Weights
from tests.ingest.evaluation_folder import DAY, TESTED, tables, write
from tests.tree import ROOT, imported, name

# Weights of its own, so that what is worked out by hand here outlives another choice of the shipped ones.
WEIGHTS = Weights(attendance=4, vle=3, submissions=3, marks=4)
RULES = policy.current().engagement.model_copy(update={"weights": WEIGHTS})
PLAN = plan(["2013B"], ["2013J"], [DAY])


def said(folder: Path) -> dict[str, list[str]]:
    """What each model says of each student tested, to the last digit."""
    read = told.read(folder, PLAN)
    found = evaluation.judgements(read, PLAN, cohort.at(read, PLAN.test, DAY), RULES)
    return {each.model: [repr(risk) for risk in each.risk.tolist()] for each in found}


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> dict[str, list[str]]:
    return said(write(tmp_path_factory.mktemp("plain")))


def later(table: str, column: int, change: Callable[[list[str]], list[str] | None]) -> str:
    """The table with its rows dated on the day or after it changed, or left out."""
    head, *rows = tables()[table].splitlines()
    made = [head]
    for row in rows:
        fields = row.split(",")
        day = fields[column]
        changed = change(fields) if day.lstrip("-").isdigit() and int(day) >= DAY else fields
        if changed is not None:
            made.append(",".join(changed))
    return "\n".join(made) + "\n"


def anything_later(chance: random.Random) -> dict[str, str]:
    """Clicks, hand-ins, due dates and withdrawals from the day on, all of them otherwise."""

    def day() -> str:
        return str(chance.randrange(DAY, 200))

    def click(row: list[str]) -> list[str] | None:
        return [*row[:4], day(), str(chance.randrange(1, 99))] if chance.random() < 0.5 else None

    def work(row: list[str]) -> list[str] | None:
        banked, mark = str(chance.randrange(2)), str(chance.randrange(101))
        return [*row[:2], day(), banked, mark] if chance.random() < 0.5 else None

    clicks = "".join(
        f"AAA,2013J,{n},502,{day()},5\nAAA,2013B,{n + 20},501,{day()},5\n"
        for n in TESTED
        if chance.random() < 0.7
    )
    handed_in = "".join(f"102,{n},{day()},0,90\n" for n in (2, 3, 5) if chance.random() < 0.7)
    return {
        "studentVle": later("studentVle", 4, click) + clicks,
        "studentAssessment": later("studentAssessment", 2, work) + handed_in + f"101,3,{day()},0,88\n",
        "assessments": later("assessments", 4, lambda row: [*row[:4], day(), "7"]),
        "studentRegistration": later("studentRegistration", 4, lambda row: [*row[:4], day()]).replace(
            "AAA,2013J,1,-30,?", f"AAA,2013J,1,-30,{day()}"
        ),
    }


@pytest.mark.parametrize("seed", range(3))
def test_nothing_dated_on_the_day_or_later_moves_any_model(plain, tmp_path, seed):
    assert said(write(tmp_path, **anything_later(random.Random(seed)))) == plain


def test_what_is_dated_before_it_does(plain, tmp_path):
    other = said(write(tmp_path, studentVle=tables()["studentVle"].replace("AAA,2013J,2,502,15,2\n", "")))
    moved = {model for model, risks in other.items() if risks != plain[model]}
    assert {"rating", "rating_without_marks", "vle_alone", "nula", "logistic"} <= moved


def test_nobodys_characteristics_move_any_model(plain, tmp_path):
    other = tables()["studentInfo"].replace(
        ",F,Scotland,A Level,20-30%,0-35,0,60,N,", ",M,Wales,PhD,?,55<=,3,120,Y,"
    )
    folder = write(tmp_path, studentInfo=other)
    assert ",F," not in other
    assert said(folder) == plain
    groups = evaluation.evaluate(folder, PLAN, RULES).groups
    assert {g.group for g in groups} == {"M", "55<=", "Y", "not known"}


def test_only_the_last_step_knows_the_file_that_reads_characteristics():
    files = sorted((ROOT / "ingest").rglob("*.py"))
    knowing = [name(file) for file in files if "ingest.oulad.evaluation.groups" in imported(file)]
    assert knowing == ["ingest/oulad/evaluation/__init__.py"]


def test_how_it_ends_for_those_tested_moves_no_model(plain, tmp_path):
    people = tables()["studentInfo"].splitlines()
    other = {"Pass": "Fail", "Fail": "Distinction", "Withdrawn": "Pass", "Distinction": "Withdrawn"}
    turned = [
        row.rpartition(",")[0] + "," + other[row.rpartition(",")[2]] if ",2013J," in row else row
        for row in people
    ]
    assert said(write(tmp_path, studentInfo="\n".join(turned) + "\n")) == plain


def test_nobody_is_both_learned_from_and_tested(tmp_path):
    read = told.read(write(tmp_path), PLAN)
    learned, tested = (cohort.at(read, names, DAY) for names in (PLAN.train, PLAN.test))
    codes = [{each.presentations[m.module].code for m in each.members} for each in (learned, tested)]
    assert codes == [{"AAA-2013B"}, {"AAA-2013J"}]
    assert len(outcomes(read, learned).bad) == len(learned.members) == 30


@pytest.mark.parametrize(
    ("train", "test", "days", "says"),
    [
        ("2013B", "2013B", DAY, "2013B is named both to train and to test"),
        ("2013B", "2015J", DAY, "There is no presentation 2015J in this folder; it has 2013B, 2013J."),
        ("2013J", "2013B", DAY, "2013B comes before 2013J"),
        ("2013B", "2013J", 6, "Day 6 is too early; day 7 is the first"),
        ("2013B", "2013J", 241, "Day 241 is too late; AAA-2013B ends on day 240."),
        ("", "2013J", DAY, "name at least one presentation"),
    ],
)
def test_what_would_be_no_fair_test_is_refused_in_a_sentence(tmp_path, train, test, days, says):
    with pytest.raises(NotToBeEvaluated, match=says):
        evaluation.evaluate(write(tmp_path), plan([train] if train else [], [test], [days]), RULES)


def test_a_presentation_without_clicks_is_refused(tmp_path):
    clicks = [row for row in tables()["studentVle"].splitlines() if "2013B" not in row]
    with pytest.raises(NotToBeEvaluated, match="The click table has nothing of AAA-2013B"):
        told.read(write(tmp_path, studentVle="\n".join(clicks) + "\n"), PLAN)


def test_where_all_end_alike_there_is_nothing_to_tell_apart(tmp_path):
    people = tables()["studentInfo"].replace(",Fail\n", ",Pass\n")
    with pytest.raises(NotToBeEvaluated, match="have the same kind of result"):
        evaluation.evaluate(write(tmp_path, studentInfo=people), PLAN, RULES)


def test_too_few_to_learn_from_are_refused(tmp_path):
    people = tables()["studentInfo"]
    few = "".join(
        row.replace(",Fail\n", ",Pass\n") if ",2013B," in row and int(row.split(",")[2]) > 28 else row
        for row in people.splitlines(keepends=True)
    )
    with pytest.raises(NotToBeEvaluated, match="too few students to learn from on day 28"):
        evaluation.evaluate(write(tmp_path, studentInfo=few), PLAN, RULES)
