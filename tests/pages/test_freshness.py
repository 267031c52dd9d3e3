"""How fresh the data are: said at the foot of every page that shows what the four systems told."""

import pytest

from pages import PAGES
from tests.apptest import opened, signed_in
from tests.cast import ADA, BEN, SUE

SAY_SO = {
    "tutor/tutees.py",
    "tutor/timeline.py",
    "tutor/support.py",
    "student/engagement.py",
    "student/support.py",
    "senior/overview.py",
    "senior/student.py",
    "everyone/emergency.py",
}
SAY_IT_OTHERWISE = {
    "student/data.py": "each row says when it was loaded",
    "admin/sources.py": "each system has a card that says it",
    "manager/accuracy.py": "figures that were published say of which year and on which day they were made",
    "manager/impact.py": "likewise",
    "manager/equality.py": "a release says of which census it is",
    "manager/response.py": "likewise",
    "manager/cohorts.py": "a release says of which week it is",
}
NOTHING_OF_THEIRS = {
    "tutor/consent.py": "notes and consents, written here",
    "tutor/messages.py": "messages, written here",
    "student/consent.py": "consents, given here",
    "student/messages.py": "messages, written here",
    "adviser/shared.py": "actions and extracts that were shared, written here",
    "admin/people.py": "roles, given here",
    "compliance/requests.py": "requests, made here",
    "compliance/consents.py": "consents, given here",
    "compliance/retention.py": "what is due by the schedule, in counts",
    "compliance/registers.py": "registers, kept here",
    "compliance/releases.py": "what was built, and waits to be approved",
    "compliance/log.py": "the access log, kept here",
    "compliance/notice.py": "the notice, kept here",
    "everyone/measure.py": "rules, and no data",
    "everyone/account.py": "one's own account",
    "everyone/notice.py": "the notice",
    "everyone/help.py": "whom to ask",
}


def test_every_page_says_how_fresh_its_data_are_or_is_named_with_the_reason_why_not():
    asks = {page.path for page in PAGES if "freshness.show(" in page.script.read_text("utf-8")}
    assert asks == SAY_SO
    assert SAY_SO | SAY_IT_OTHERWISE.keys() | NOTHING_OF_THEIRS.keys() == {page.path for page in PAGES}
    assert not SAY_IT_OTHERWISE.keys() & NOTHING_OF_THEIRS.keys()


@pytest.mark.parametrize(
    ("member", "path"),
    [(ADA, "tutor/support.py"), (BEN, "student/support.py"), (SUE, "senior/overview.py")],
    ids=lambda asked: getattr(asked, "given", asked),
)
def test_a_page_ends_with_how_far_each_system_reaches(university, member, path):
    (page,) = [page for page in PAGES if page.path == path]
    with signed_in(member) as app:
        app.run()
        opened(app, page)
    assert not app.exception
    assert app.caption[-1].value.startswith(
        "Data up to: Student records Sun 22 Nov · VLE Sun 22 Nov · Timetable"
    )
