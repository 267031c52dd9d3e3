"""The registers of compliance: what they are printed from, that they name nobody, and who is handed them."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import delete, insert, update

import policy
from auth.refusals import NotOpenToYourRole
from auth.viewer import Viewer
from data_access import disclosures, registers
from data_access.access_log import pseudonym
from data_access.tables import AccessLine, EnrolmentAgreement, Level, SourceKey
from policy.processors import IN_HOUSE, Integration, Processor, Processors
from privacy import registers as known
from privacy.labels import Source
from privacy.purposes import Purpose
from privacy.register import Print, Table
from privacy.register_page import page
from privacy.register_workbook import workbook
from tests.cast import ADA, AVI, BEN, CAST, EVE, MO, NOW, ROS, STUDENTS, SUE, TOM
from tests.data_access.asking import asked
from tests.data_access.test_disclosures import COURT
from web.registers import file

JOB = Viewer.service("registers")
DAY = timedelta(days=1)
COMPANY = Processor(
    name="Harbour Hosting Ltd",
    service="runs the servers",
    data=("everything",),
    countries=("United Kingdom", "Norway"),
    transfer="UK adequacy regulations",
    contract="PROC-14",
    begins=NOW.date() - 30 * DAY,
    ends=NOW.date() + 60 * DAY,
)


@pytest.fixture
def known_student(store):
    store.change(insert(SourceKey).values(system=Source.STUDENT_RECORDS, key="W1", person=BEN.number))
    return store


def ours():
    """The shipped policy with one company in it."""
    used = dict.fromkeys(Integration, IN_HOUSE) | {Integration.HOSTING: COMPANY.name}
    return replace(policy.current(), processors=Processors(integration=used, processor=(COMPANY,)))


def printed(name: str, at=NOW, of=None) -> Print:
    return known.printed(name, registers.facts(JOB, at, measured=True), of or policy.current(), at)


def cells(of: Print) -> list[str]:
    return [
        str(cell)
        for part in of.register.parts
        if isinstance(part, Table)
        for row in part.rows
        for cell in row
    ]


def table(of: Print, title: str) -> Table:
    return next(part for part in of.register.parts if isinstance(part, Table) and part.title == title)


def text_of(of: Print, kind: str) -> str:
    """Everything that stands in the file; of a spreadsheet the text of its parts."""
    body = file(of, kind)
    if kind != "xlsx":
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_the_record_of_processing_has_every_purpose_processor_and_rule(store):
    of = printed("processing", of=ours())
    there = cells(of)
    assert {purpose.words for purpose in Purpose} <= set(there)
    assert {COMPANY.name, *policy.current().retention.rules} <= set(there)
    assert {rule.authority for rule in policy.current().retention.rules.values()} <= set(there)
    assert {COMPANY.name, "Norway", "UK adequacy regulations"} <= set(
        table(of, "Outside the United Kingdom").rows[0]
    )


def test_it_counts_people_by_level_and_by_role(store):
    rows = dict(table(printed("processing"), "Whose data").rows)
    assert rows[f"Students, {Level.UNDERGRADUATE.value}"] == 2
    assert rows["Staff: personal tutor"] == 3
    assert rows["Staff: information compliance"] == 1


def test_agreement_coverage_counts_both_agreements(store):
    store.change(delete(EnrolmentAgreement).where(EnrolmentAgreement.enrolment == 1))
    of = printed("agreement")
    (row,) = table(of, "Active enrolments, by where they came from").rows
    assert row == ("Student records: test", 2, 1, 1, "50%")
    assert dict(table(of, "The staff’s confidentiality agreement").rows)["Accepted by"] == (
        "7 of 8 people of staff, 87%"
    )


def test_requests_are_counted_by_kind_and_named_nowhere(store):
    reference = asked(at=NOW - 40 * DAY)
    of = printed("rights")
    assert dict(table(of, "Today").rows) == {"Open": 1, "Past the day of the answer": 1}
    assert reference not in page(of).decode()


def test_the_registers_by_pseudonym_say_what_was_given_and_not_what_it_rests_on(known_student):
    disclosures.record(ROS.viewer, COURT, NOW)
    of = printed("disclosures")
    (row,) = table(of, "Every disclosure").rows
    assert (row[0], row[1]) == (pseudonym(BEN.number), COURT.recipient)
    assert COURT.evidence not in page(of).decode()
    assert ("A court ordered it", 1) in table(printed("processing"), "Given to organisations outside").rows
    assert pseudonym(BEN.number) not in page(printed("processing")).decode()


@pytest.mark.parametrize("name", known.REGISTERS)
def test_no_print_names_anybody(known_student, name):
    disclosures.record(ROS.viewer, COURT, NOW)
    of = printed(name)
    for kind in ("html", "xlsx"):
        text = text_of(of, kind)
        found = [m.given for m in CAST if m.family in text or m.id in text or f"{m.username}@" in text]
        assert found == []
        assert not [student for student in STUDENTS if student.canaries[1] in text]
        assert "W1<" not in text


@pytest.mark.parametrize("name", known.REGISTERS)
def test_every_print_says_when_by_which_version_and_from_which_configuration(store, name):
    of = printed(name)
    assert of.register.name == name
    assert of.register.title == known.REGISTERS[name][0]
    for said in of.stamp:
        assert said in page(of).decode()
    assert "23 November 2026 at 10:00 by Learner Analytics 0.1.0" in of.stamp[0]
    assert of.sha256 in of.stamp[1]


@pytest.mark.parametrize("kind", ["html", "pdf", "xlsx"])
def test_the_same_facts_at_the_same_moment_are_the_same_bytes(store, kind):
    facts = registers.facts(JOB, NOW, measured=True)
    first, second = (file(known.printed("dpia", facts, policy.current(), NOW), kind) for _ in range(2))
    assert first == second


def test_a_change_of_the_configuration_changes_the_digest_and_a_student_does_not(store):
    facts, now = registers.facts(JOB, NOW), policy.current()
    before = known.digest(facts, now)
    assert known.digest(replace(facts, students={}, signed=0), now) == before
    idle = now.access.model_copy(update={"idle_minutes": 29})
    assert known.digest(facts, replace(now, access=idle)) != before
    assert known.digest(facts, ours()) != before
    assert known.digest(replace(facts, grants=facts.grants[1:]), now) != before
    assert known.digest(replace(facts, columns=facts.columns[1:]), now) != before


def test_no_cell_of_a_spreadsheet_is_a_formula(known_student):
    hostile = replace(COURT, recipient='=HYPERLINK("https://x.test","Court")', items="+1-1", later=None)
    disclosures.record(ROS.viewer, hostile, NOW)
    book = openpyxl.load_workbook(io.BytesIO(workbook(printed("disclosures"))))
    found = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert hostile.recipient in {cell.value for cell in found}
    assert {cell.data_type for cell in found} <= {"s", "n"}


def test_a_broken_access_log_is_said_in_the_print(store):
    registers.facts(ROS.viewer, NOW)
    store.change(update(AccessLine).where(AccessLine.seq == 1).values(reason="changed"))
    rows = dict(table(printed("processing"), "How the data are kept safe").rows)
    assert rows["Access log"] == "Broken at line 1: look into it at once."


def test_without_measuring_nothing_is_counted_that_takes_long(store):
    of = known.printed("dpia", registers.facts(ROS.viewer, NOW), policy.current(), NOW)
    assert table(of, "How much is stored").none == "Counted when this register is downloaded."
    assert dict(table(printed("dpia"), "How much is stored").rows)["attendance"] == 27


@pytest.mark.parametrize("member", [ADA, TOM, SUE, AVI, MO, EVE, BEN], ids=lambda m: m.given)
def test_nobody_but_compliance_and_the_job_reads_them(store, member):
    with pytest.raises(NotOpenToYourRole):
        registers.facts(member.viewer, NOW)
