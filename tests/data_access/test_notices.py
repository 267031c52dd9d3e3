"""The privacy notice: one version in force, read once by each student, and none ever changed."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

import policy
from auth.refusals import AgreementNeeded, MovedOn, NotOpenToYourRole, Refusal
from auth.refusals.compliance import NoticeNotUsable, VersionTaken
from auth.viewer import Viewer
from data_access import notice_versions, notices
from data_access.tables import AccessLine, NoticeRead, NoticeVersion
from engagement.studies import Level
from policy import notice
from privacy.notices import Publish
from tests.cast import ADA, BEN, CAL, CAST, DEE, NOW, ROS, TIM, TODAY

JOB = Viewer.service("start")
OURS = policy.current().notice
NEXT = notice.notice("2027-1", TODAY, "The library counts too.", "## Ours\n\nOther words.")
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _shipped_again():
    yield
    policy.use(None)


def publish(of=NEXT, after=OURS.version, by=ROS, at=NOW):
    notice_versions.publish(by.viewer, Publish(of, after), at)


def rows(store, table):
    with store.session() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_a_stranger_reads_the_policy_folders_notice_and_no_line_is_logged_of_it(store):
    before = rows(store, AccessLine)
    assert notices.in_force(None, NOW) == OURS
    assert rows(store, AccessLine) == before


def test_the_start_takes_up_the_policy_folders_notice_once(store):
    for _ in range(2):
        notice_versions.take_up(JOB, NOW)
    (kept,) = notice_versions.all_of(ROS.viewer, NOW)
    assert (kept.notice, kept.published_at, kept.by, kept.read_by) == (OURS, NOW, "", 0)


def test_a_new_file_is_a_new_version_and_the_old_text_stays_on_record(store, tmp_path):
    notice_versions.take_up(JOB, NOW)
    own = "version: weaver-1\nreviewed: 2026-11-20\nsummary: Ours now.\n\n## Ours\n\nWords."
    (tmp_path / "notice.md").write_text(own, "utf-8")
    policy.use(tmp_path)
    notice_versions.take_up(JOB, LATER)
    assert notices.in_force(None, LATER).version == "weaver-1"
    assert [one.notice.text for one in notice_versions.all_of(ROS.viewer, LATER)] == [
        "## Ours\n\nWords.",
        OURS.text,
    ]


def test_a_file_changed_under_its_old_version_changes_nothing_for_anybody(store, tmp_path):
    notice_versions.take_up(JOB, NOW)
    head = f"version: {OURS.version}\nreviewed: 2026-11-20\nsummary: Slipped in.\n\n"
    (tmp_path / "notice.md").write_text(f"{head}## Ours\n\nWords.", "utf-8")
    policy.use(tmp_path)
    notice_versions.take_up(JOB, LATER)
    assert notices.in_force(None, LATER) == OURS


def test_what_compliance_publishes_is_in_force_at_once_and_stays_so_at_the_next_start(store):
    publish()
    notice_versions.take_up(JOB, LATER)
    assert notices.in_force(None, LATER) == NEXT
    newest, first = notice_versions.all_of(ROS.viewer, LATER)
    assert (newest.notice, newest.by, first.notice, first.by) == (NEXT, "Ros Llewellyn", OURS, "")


def test_a_student_is_shown_each_version_until_they_say_once_that_they_read_it(store):
    notice_versions.take_up(JOB, NOW)
    assert notices.unread(BEN.viewer, NOW) == OURS
    for _ in range(2):
        notices.mark_read(BEN.viewer, OURS.version, NOW)
    assert notices.unread(BEN.viewer, NOW) is None
    assert notices.unread(CAL.viewer, NOW) == OURS
    assert rows(store, NoticeRead) == 1
    publish(at=LATER)
    assert notices.unread(BEN.viewer, LATER) == NEXT
    notices.mark_read(BEN.viewer, NEXT.version, LATER)
    assert [one.read_by for one in notice_versions.all_of(ROS.viewer, LATER)] == [1, 1]


def test_having_read_it_is_kept_with_version_digest_and_time_and_logged(store):
    notices.mark_read(BEN.viewer, OURS.version, NOW)
    with store.session() as session:
        row = session.scalars(select(NoticeRead)).one()
    assert (row.person, row.version, row.sha256, row.read_at) == (BEN.number, OURS.version, OURS.sha256, NOW)
    with store.session() as session:
        last = session.scalars(select(AccessLine).order_by(AccessLine.seq)).all()[-1]
    assert (last.action, last.role, last.students) == ("notice_read", BEN.role, "")


def test_nobody_has_read_what_was_replaced_before_they_pressed(store):
    publish()
    with pytest.raises(MovedOn):
        notices.mark_read(BEN.viewer, OURS.version, NOW)
    assert rows(store, NoticeRead) == 0


def test_the_same_version_with_another_text_is_to_be_read_again(store, tmp_path):
    notices.mark_read(BEN.viewer, OURS.version, NOW)
    head = f"version: {OURS.version}\nreviewed: 2026-11-20\nsummary: Other words.\n\n"
    (tmp_path / "notice.md").write_text(f"{head}## Ours\n\nWords.", "utf-8")
    policy.use(tmp_path)
    unread = notices.unread(BEN.viewer, NOW)
    assert unread
    assert unread.summary == "Other words."


def test_staff_are_shown_no_notice_and_read_none_for_a_student(store):
    for member in CAST:
        if member not in (BEN, CAL, DEE):
            assert notices.unread(member.viewer, NOW) is None
            with pytest.raises(NotOpenToYourRole):
                notices.mark_read(member.viewer, OURS.version, NOW)


def test_a_student_who_has_left_still_reads_the_notice(store):
    assert notices.unread(DEE.viewer, NOW) == OURS
    notices.mark_read(DEE.viewer, OURS.version, NOW)
    assert notices.unread(DEE.viewer, NOW) is None


@pytest.mark.parametrize("member", [m for m in CAST if m is not ROS], ids=lambda m: m.given)
def test_nobody_but_compliance_publishes_or_sees_the_versions(store, member):
    refusals = (NotOpenToYourRole, AgreementNeeded) if member is TIM else NotOpenToYourRole
    with pytest.raises(refusals):
        publish(by=member)
    with pytest.raises(refusals):
        notice_versions.all_of(member.viewer, NOW)
    with pytest.raises(NotOpenToYourRole):
        notice_versions.take_up(member.viewer, NOW)
    assert rows(store, NoticeVersion) == 0


def test_two_who_publish_at_once_do_not_bury_each_other(store):
    publish()
    with pytest.raises(MovedOn):
        publish(replace(NEXT, version="2027-2"))
    publish(replace(NEXT, version="2027-2"), after="2027-1")
    assert notices.in_force(None, NOW).version == "2027-2"


@pytest.mark.parametrize(
    ("draft", "refusal", "says"),
    [
        (replace(NEXT, version=OURS.version), VersionTaken, "There was a notice of this version before"),
        (replace(NEXT, version=" "), NoticeNotUsable, "needs a version"),
        (replace(NEXT, summary=" \n"), NoticeNotUsable, "needs a summary"),
        (replace(NEXT, text="Words."), NoticeNotUsable, "must begin with a section"),
        (replace(NEXT, reviewed=date(2026, 11, 24)), NoticeNotUsable, "cannot lie ahead"),
    ],
)
def test_what_cannot_be_published_says_why_and_leaves_nothing(store, draft, refusal, says):
    with pytest.raises(refusal, match=re.escape(says)):
        publish(draft)
    assert notices.in_force(None, NOW) == OURS


def test_a_version_cannot_be_used_a_second_time_after_others(store):
    publish()
    with pytest.raises(Refusal):
        publish(replace(NEXT, version=OURS.version), after=NEXT.version)


def test_the_regulation_shown_follows_the_level_of_the_courses_a_student_is_on(store):
    assert notices.own_levels(BEN.viewer, NOW) == {Level.UNDERGRADUATE}
    assert notices.own_levels(DEE.viewer, NOW) == frozenset()
    with pytest.raises(Refusal):
        notices.own_levels(ADA.viewer, NOW)
