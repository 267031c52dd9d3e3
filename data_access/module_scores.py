"""What the latest rating of an enrolment was made of, module by module, and its last day on the VLE."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select

from data_access.gate import Opened
from data_access.prepared import ENROLMENTS, Statement, once, parameter, run
from data_access.tables import Module, ModuleWeek, Registration, VleDay
from engagement.measure import Counts, Parts
from engagement.recent import ModuleScore
from policy.days import day


@once
def _modules(opened: Opened) -> Statement:
    columns = opened.columns(
        ModuleWeek.enrolment,
        Module.code,
        Module.title,
        Module.credits,
        ModuleWeek.attendance,
        ModuleWeek.vle,
        ModuleWeek.submissions,
        ModuleWeek.marks,
        ModuleWeek.score,
        ModuleWeek.expected,
        ModuleWeek.attended,
        ModuleWeek.authorised,
        ModuleWeek.cancelled,
        ModuleWeek.unrecorded,
        ModuleWeek.active_days,
        ModuleWeek.usual_halves,
        ModuleWeek.due,
        ModuleWeek.on_time,
        ModuleWeek.late,
        ModuleWeek.marked,
        ModuleWeek.mark_points,
    )
    return (
        select(*columns)
        .join(Module, Module.id == ModuleWeek.module)
        .where(ModuleWeek.enrolment.in_(ENROLMENTS), ModuleWeek.week.in_(parameter("weeks", expanding=True)))
        .order_by(ModuleWeek.enrolment, Module.code)
    )


def module_scores(opened: Opened, weeks: Collection[int]) -> dict[int, list[ModuleScore]]:
    """The modules of each opened enrolment as they were rated in these weeks; none where nothing was."""
    asked = {"enrolments": opened.enrolments, "weeks": list(weeks)}
    found = defaultdict(list)
    for enrolment, code, title, credits, *worked_out in run(opened, _modules, asked):
        parts, score, counts = Parts(*worked_out[:4]), worked_out[4], Counts(*worked_out[5:])
        found[enrolment].append(ModuleScore(code, title, credits, counts, parts, score))
    return found


@once
def _last_online(opened: Opened) -> Statement:
    enrolment, last = opened.columns(Registration.enrolment, VleDay.day)
    used = (VleDay.student == Registration.student) & (VleDay.module == Registration.module)
    return (
        select(enrolment, func.max(last))
        .join_from(Registration, VleDay, used)
        .where(Registration.enrolment.in_(ENROLMENTS), VleDay.day <= parameter("today"))
        .group_by(Registration.enrolment)
    )


def last_online(opened: Opened, enrolments: Collection[int], today: int) -> dict[int, date]:
    """The last day of VLE use of each of these enrolments; one without any is not in it."""
    asked = {"enrolments": enrolments, "today": today}
    return {row[0]: day(row[1]) for row in run(opened, _last_online, asked)}
