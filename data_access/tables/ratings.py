"""What the measure made of the facts, week by week. Scores and parts are hundredths, 0–10000; absent is null."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped

from data_access.tables.base import COURSE, DERIVED, IDENTITY, Base, column, table


class ModuleWeek(Base):
    """One student on one module in one week: the parts, and the counts they were worked out from.

    `week` is the day number of its Monday, `as_of` the last day looked at. `usual_halves` is the module's
    median of active days in half days, so that it stays a whole number. `gap` says that a gap of a feed lies in
    the days looked back over.
    """

    __tablename__ = "module_week"
    __table_args__ = (
        Index(None, "enrolment", "week"),
        Index(None, "module", "week"),
        table(person="student", clustered=True),
    )

    student: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), primary_key=True)
    module: Mapped[int] = column(DERIVED, ForeignKey("module.id"), primary_key=True)
    week: Mapped[int] = column(DERIVED, primary_key=True)
    enrolment: Mapped[int] = column(COURSE, ForeignKey("enrolment.id"))
    as_of: Mapped[int] = column(DERIVED)
    attendance: Mapped[int | None] = column(DERIVED)
    vle: Mapped[int | None] = column(DERIVED)
    submissions: Mapped[int | None] = column(DERIVED)
    marks: Mapped[int | None] = column(DERIVED)
    score: Mapped[int | None] = column(DERIVED)
    expected: Mapped[int] = column(DERIVED)
    attended: Mapped[int] = column(DERIVED)
    authorised: Mapped[int] = column(DERIVED)
    cancelled: Mapped[int] = column(DERIVED)
    unrecorded: Mapped[int] = column(DERIVED)
    active_days: Mapped[int] = column(DERIVED)
    usual_halves: Mapped[int | None] = column(DERIVED)
    due: Mapped[int] = column(DERIVED)
    on_time: Mapped[int] = column(DERIVED)
    late: Mapped[int] = column(DERIVED)
    marked: Mapped[int] = column(DERIVED)
    mark_points: Mapped[int] = column(DERIVED)
    last_active: Mapped[int | None] = column(DERIVED)
    gap: Mapped[bool] = column(DERIVED, default=False)
    rule: Mapped[str] = column(DERIVED)


class EnrolmentWeek(Base):
    """One enrolment in one week: the credit-weighted score of its modules, and the last day of any activity.

    `disturbed` says that a gap of a feed or an authorised absence lies in the days looked back over: such a week
    is not held against another.
    """

    __tablename__ = "enrolment_week"
    __table_args__ = table(person="enrolment.student", clustered=True)

    enrolment: Mapped[int] = column(COURSE, ForeignKey("enrolment.id"), primary_key=True)
    week: Mapped[int] = column(DERIVED, primary_key=True)
    as_of: Mapped[int] = column(DERIVED)
    score: Mapped[int | None] = column(DERIVED)
    last_active: Mapped[int | None] = column(DERIVED)
    disturbed: Mapped[bool] = column(DERIVED, default=False)
    rule: Mapped[str] = column(DERIVED)


class ResearchWeek(Base):
    """One research enrolment in one week: its parts, and the counts they were worked out from.

    Meetings are those due in the window, milestones those due since the year began.
    """

    __tablename__ = "research_week"
    __table_args__ = table(person="enrolment.student", clustered=True)

    enrolment: Mapped[int] = column(COURSE, ForeignKey("enrolment.id"), primary_key=True)
    week: Mapped[int] = column(DERIVED, primary_key=True)
    as_of: Mapped[int] = column(DERIVED)
    supervision: Mapped[int | None] = column(DERIVED)
    milestones: Mapped[int | None] = column(DERIVED)
    score: Mapped[int | None] = column(DERIVED)
    meetings_due: Mapped[int] = column(DERIVED)
    meetings_held: Mapped[int] = column(DERIVED)
    milestones_due: Mapped[int] = column(DERIVED)
    milestones_on_time: Mapped[int] = column(DERIVED)
    milestones_late: Mapped[int] = column(DERIVED)
    rule: Mapped[str] = column(DERIVED)
