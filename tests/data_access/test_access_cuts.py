"""The access log once lines are over their time: what goes, what stays, and that no other cut is taken for it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, func, insert, select, update

import policy
from auth.refusals import MovedOn
from data_access import (
    access_chain,
    access_cuts,
    access_log,
    anchors,
    database,
    disposals,
    disposing,
    gate,
    legal_holds,
    own_requests,
    ownerless,
    who_looked,
)
from data_access.access_log import Line, Verdict
from data_access.tables import (
    AccessCut,
    AccessLine,
    AgreementAcceptance,
    Attendance,
    FeedGap,
    RightsCase,
    TimetableEvent,
    VleDay,
)
from privacy.case_decisions import Ask
from privacy.labels import Retention, Source
from privacy.request import Kind
from privacy.retention import State
from tests.cast import ADA, BEN, CAL, NOW, ROS, TODAY
from tests.data_access.disposing import DAY, NIGHT
from tests.data_access.test_access_log import LOOK

LATE = NOW.replace(year=NOW.year + 6)
"""The day on which the lines of today are over their time: six years are kept."""
REASON = "They may still be asked for"


@pytest.fixture
def logged(store):
    """Five lines of NOW that name Ben; Ros, Ada and Ben are here still in six years."""
    store.change(update(AgreementAcceptance).values(expires_at=LATE + 99 * DAY))
    for n in range(5):
        look(NOW + n * timedelta(minutes=1))
    return store


def look(at: datetime, of=BEN, by=ADA) -> None:
    access_log.record(Line(by.viewer, LOOK, (of.number,), at))


def lines() -> list[int]:
    with database.logging() as log:
        return list(log.scalars(select(AccessLine.seq).order_by(AccessLine.seq)))


def approved(at: datetime) -> int:
    """The number of the proposal about the log, once Ros has approved it."""
    disposals.propose(NIGHT, at)
    (one,) = (
        each
        for each in disposals.proposals(ROS.viewer, at)
        if each.kind == Retention.AUDIT and each.state is State.PROPOSED
    )
    disposals.approve(ROS.viewer, one.id, at)
    return one.id


def cut_off(at: datetime) -> int:
    number = approved(at)
    disposing.carry_out(ROS.viewer, at)
    return number


def harm(*statements) -> None:
    with database.logging() as log:
        for statement in statements:
            log.execute(statement)


def test_what_is_over_its_time_goes_once_it_is_approved_and_what_is_kept_holds_from_there_on(logged):
    anchors.drop(NIGHT, NOW)
    look(LATE - DAY)
    assert not [one for one in disposals.due(NIGHT, LATE - DAY) if one.kind == Retention.AUDIT and one.rows]
    disposing.carry_out(ROS.viewer, LATE)  # nothing is approved
    assert lines()[:6] == [1, 2, 3, 4, 5, 6]
    number = cut_off(LATE)
    assert lines()[0] == 6
    found = anchors.verify(NIGHT, LATE)
    assert (found.broken_at, found.cut.certificate, found.cut.line) == (None, number, 5)
    assert found.lines == len(lines())
    assert found.cut.said == (
        f"Lines up to number 5, of 23 November 2026, were disposed of under certificate {number}."
    )
    (done,) = (one for one in disposals.proposals(ROS.viewer, LATE) if one.id == number)
    assert (done.state, done.rows, done.people, len(done.sha256)) == (State.DONE, done.rows, 0, 64)
    assert done.rows >= 5
    assert not [one for one in disposals.due(NIGHT, LATE) if one.kind == Retention.AUDIT and one.rows]


def test_a_second_cut_goes_on_from_the_first_and_every_anchor_still_holds(logged):
    first = cut_off(LATE)
    anchors.drop(NIGHT, LATE)
    last = lines()[-1]
    again = LATE + 6 * 366 * DAY
    logged.change(update(AgreementAcceptance).values(expires_at=again + DAY))
    second = cut_off(again)
    found = anchors.verify(NIGHT, again)
    assert (found.broken_at, found.cut.certificate) == (None, second)
    assert lines()[0] > last
    with database.logging() as log:
        assert log.scalars(select(AccessCut.certificate).order_by(AccessCut.last)).all() == [first, second]


def test_each_line_goes_on_its_day_and_a_student_reads_who_looked_up_to_then(logged):
    kept = datetime.combine(TODAY + DAY, NOW.timetz())
    look(kept)
    for at, first in ((LATE - DAY, 1), (LATE, 6), (LATE + DAY, 7)):
        disposals.propose(NIGHT, at)
        for one in disposals.proposals(ROS.viewer, at):
            if one.state is State.PROPOSED and one.kind == Retention.AUDIT:
                disposals.approve(ROS.viewer, one.id, at)
        disposing.carry_out(ROS.viewer, at)
        assert lines()[0] == first
        mine = [one.at for one in who_looked.of(BEN.viewer, at) if not one.own]
        assert (kept in mine) is (first < 7)


_LINE, _CUT = AccessLine, AccessCut


@pytest.mark.parametrize(
    ("broken", "statements"),
    [
        (9, [delete(_LINE).where(_LINE.seq.between(9, 10))]),  # more goes than the certificate says
        (9, [update(_LINE).where(_LINE.seq == 9).values(reason="x")]),
        (1, [delete(_CUT)]),
        (1, [update(_CUT).values(certificate=99)]),
        (1, [update(_CUT).values(until=NOW + DAY)]),
        (1, [update(_CUT).values(last=9), delete(_LINE).where(_LINE.seq == 9)]),
        (
            9,
            [  # a second cut, which whoever has not the key cannot seal
                insert(_CUT).values(last=9, last_mac="x", until=NOW, certificate=1, at=LATE, mac="0" * 64),
                delete(_LINE).where(_LINE.seq == 9),
            ],
        ),
    ],
)
def test_no_other_cut_is_taken_for_one_under_a_certificate(logged, broken, statements):
    for _ in range(3):
        look(NOW)
    cut_off(LATE)
    for _ in range(4):
        look(LATE)
    assert anchors.verify(NIGHT, LATE).broken_at is None
    harm(*statements)
    assert anchors.verify(NIGHT, LATE).broken_at == broken


def test_a_log_that_was_emptied_without_a_certificate_or_begun_anew_is_not_the_one_that_was_anchored(logged):
    cut_off(LATE)
    anchors.drop(NIGHT, LATE)
    harm(delete(_LINE))
    assert access_log.verify(NIGHT, LATE).broken_at is None
    assert anchors.verify(NIGHT, LATE) == Verdict(0, 6, access_log.verify(NIGHT, LATE).cut)
    for _ in range(9):
        look(LATE)
    assert anchors.verify(NIGHT, LATE).broken_at


def test_where_every_line_went_the_next_one_goes_on_from_the_last(logged):
    with database.logging() as log:
        assert access_cuts.cut(log, 7, LATE, (), LATE) == 5
        assert access_chain.end(log).line == 5
    look(LATE)
    assert lines() == [6]
    assert anchors.verify(NIGHT, LATE).broken_at is None


def test_from_the_first_line_about_somebody_who_is_held_back_all_stay_until_that_is_over(logged):
    look(NOW, CAL)
    look(NOW)
    reference = own_requests.ask(CAL.viewer, Ask(Kind.ACCESS, "Everything"), LATE - 2 * DAY)
    cut_off(LATE)
    assert lines()[0] == 6  # the first that names Cal
    held = legal_holds.place(ROS.viewer, reference, "", "A claim before the court", LATE)
    number = approved(LATE)
    disposing.carry_out(ROS.viewer, LATE)
    assert lines()[0] == 6
    everybody = legal_holds.place(ROS.viewer, "", Retention.AUDIT, "An inquiry of the regulator", LATE)
    logged.change(update(RightsCase).values(ended_at=LATE))
    legal_holds.lift(ROS.viewer, held, LATE)
    disposing.carry_out(ROS.viewer, LATE)
    assert lines()[0] == 6
    legal_holds.lift(ROS.viewer, everybody, LATE)
    assert number in disposing.carry_out(ROS.viewer, LATE)
    assert lines()[0] == 8
    assert anchors.verify(NIGHT, LATE).broken_at is None


def test_a_line_dated_ahead_goes_with_those_around_it_and_one_dated_back_stays_behind_later_ones(logged):
    look(LATE + 900 * DAY)  # line 6, as of a day to come; those after it are of today
    look(NOW)
    look(LATE + 900 * DAY)  # line 8: nothing after it says that it is old
    look(LATE - DAY)
    look(NOW - 9999 * DAY)  # line 10 says that it is old, and was written after one that is kept
    assert sum(one.rows for one in disposals.due(NIGHT, LATE) if one.kind == Retention.AUDIT) == 6
    cut_off(LATE)
    assert lines()[:3] == [8, 9, 10]
    assert anchors.verify(NIGHT, LATE).broken_at is None


def test_many_write_and_check_while_it_is_cut_bite_by_bite_and_one_chain_is_left(logged, monkeypatch):
    monkeypatch.setattr(access_cuts, "BITE", 7)
    for _ in range(60):
        look(NOW)
    number = approved(LATE)

    def write(n: int) -> None:
        with gate.reading(ADA.viewer, BEN.id, LOOK, LATE + n * timedelta(minutes=10)):
            pass

    with ThreadPoolExecutor(6) as pool:
        cutting = [pool.submit(disposing.carry_out, ROS.viewer, LATE) for _ in range(2)]
        writing = [pool.submit(write, n) for n in range(40)]
        checking = [pool.submit(anchors.verify, NIGHT, LATE) for _ in range(20)]
        assert [one.result().broken_at for one in checking] == [None] * 20
        for one in (*writing, *cutting):
            one.result()
    assert sorted(one.result().count(number) for one in cutting) == [0, 1]
    found = anchors.verify(NIGHT, LATE)
    assert (found.broken_at, found.cut.line) == (None, 65)
    with database.logging() as log:
        assert log.scalar(select(func.count()).select_from(AccessCut)) > 8
    (done,) = (one for one in disposals.proposals(ROS.viewer, LATE) if one.id == number)
    assert done.rows >= 65


def test_what_is_broken_off_after_a_bite_holds_and_is_done_by_the_next_run_under_the_same_certificate(
    logged, monkeypatch
):
    monkeypatch.setattr(access_cuts, "BITE", 2)
    number, real = approved(LATE), access_cuts.cut

    def failing(*what):
        if lines()[0] > 2:
            raise OSError("the power is gone")
        return real(*what)

    monkeypatch.setattr(access_cuts, "cut", failing)
    with pytest.raises(OSError, match="power"):
        disposing.carry_out(ROS.viewer, LATE)
    assert lines()[0] == 3
    assert anchors.verify(NIGHT, LATE).broken_at is None
    with pytest.raises(MovedOn):  # it has begun to go
        disposals.refuse(ROS.viewer, number, REASON, LATE)
    monkeypatch.setattr(access_cuts, "cut", real)
    assert number in disposing.carry_out(ROS.viewer, LATE)
    assert access_cuts.taken(number, LATE) == 5


def test_no_job_cuts_it_however_it_was_approved(logged):
    approved(LATE)
    disposing.carry_out(NIGHT, LATE)
    assert lines()[0] == 1


def test_what_feeds_told_of_days_stays_while_a_fact_as_old_is_kept(logged):
    rule = policy.current().retention.rules[Retention.AUDIT]
    gap = {"system": Source.VLE, "first": TODAY, "last": TODAY, "reason": "x"}
    logged.change(insert(FeedGap).values(gap))
    with gate.reading(NIGHT, None, legal_holds.LOOK, LATE) as opened:
        assert "feed_gap" not in ownerless.over(opened, Retention.AUDIT, rule, LATE)
    cut_off(LATE)
    with logged.session() as session:
        assert session.scalar(select(func.count()).select_from(FeedGap)) == 1
    logged.change(delete(VleDay), delete(Attendance), delete(TimetableEvent))
    with gate.reading(NIGHT, None, legal_holds.LOOK, LATE) as opened:
        assert ownerless.over(opened, Retention.AUDIT, rule, LATE)["feed_gap"] == 1
