"""The hand-worked cases, by the plain specification: one student at a time."""

from collections import defaultdict
from dataclasses import replace

import pytest

from engagement import measure, weekly, words
from engagement.measure import Parts
from engagement.studies import Mode, Register
from engagement.weekly import Day, Gaps, Work
from policy import current
from policy.days import number
from policy.engagement import Engagement
from tests.engagement.cases import Answer, Case, Studied, cases


def test_there_are_more_than_forty_and_no_two_say_the_same():
    assert len(cases()) >= 40
    assert len({case.says for case in cases()}) == len(cases())


@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_case_comes_out_as_with_a_pencil(case):
    assert answer(case, case.modules) == case.answer
    if case.then:
        assert answer(case, case.corrected) == case.then


def answer(case: Case, modules: tuple[Studied, ...]) -> Answer:
    rules = current().engagement.model_copy(update={"excused": case.excused})
    rated = [_rated(case, studied, rules) for studied in modules]
    total = measure.weighted_mean((s.credits, score) for s, (_, score) in zip(modules, rated, strict=True))
    parts, score = rated[0]
    return written(vars(parts), score, total, rules)


def written(parts: dict[str, int | None], score: int | None, total: int | None, rules: Engagement) -> Answer:
    """An answer as it is written in the table."""

    def said(value: int | None) -> str:
        return "–" if value is None else words.hundredths(value)

    found = {part: said(parts[part]) for part in ("attendance", "vle", "submissions", "marks")}
    return Answer(found, said(score), measure.rating(total, rules.bands), said(total))


def _rated(case: Case, studied: Studied, rules: Engagement) -> tuple[Parts, int | None]:
    part_time = case.mode is Mode.PART_TIME
    length = rules.windows.part_time if part_time else rules.windows.full_time
    fixed = rules.vle.fixed_days_part_time if part_time else rules.vle.fixed_days_full_time
    window = weekly.windows(current().calendar, length, studied.first, studied.last, case.today)[-1]
    gaps = Gaps(
        vle=weekly.span(*studied.no_vle) if studied.no_vle else frozenset(),
        attendance=weekly.span(*studied.no_registers) if studied.no_registers else frozenset(),
    )
    counts = weekly.counts(_days(studied), _work(studied), window, gaps)
    fed = weekly.days_with_a_feed(window, gaps)
    usual = measure.usual_halves((counts.active_days, *studied.others), (fed, length), fixed, rules.vle)
    parts = measure.parts(replace(counts, usual_halves=usual), rules.excused)
    return parts, measure.score(parts, rules.weights)


def _days(studied: Studied) -> dict[int, Day]:
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for held in studied.classes:
        day = counts[number(held.on)]
        day["expected"] += held.times
        if name := _COUNT.get(held.register):
            day[name] += held.times
    for on in studied.online:
        counts[number(on)]["views"] += 1
    return {day: Day(**found) for day, found in counts.items()}


_COUNT = {
    Register.PRESENT: "attended",
    Register.LATE: "attended",
    Register.AUTHORISED: "authorised",
    Register.NOT_RECORDED: "unrecorded",
    None: "cancelled",
}


def _work(studied: Studied) -> list[Work]:
    return [
        Work(
            number(piece.extended or piece.due),
            number(piece.handed_in) if piece.handed_in else None,
            piece.late,
            piece.mark,
        )
        for piece in studied.work
        if not piece.exam
        and not piece.carried_over
        and (piece.handed_in or piece.extended or piece.due >= studied.joined)
    ]
