"""Tables that several registers have: how long records are kept, who handles them, and what was given outside."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from policy import Policy
from policy.processors import IN_HOUSE, Integration, Processor
from policy.registers import Use
from privacy.characteristics import Dimension
from privacy.labels import About, Retention, Source
from privacy.purposes import Duty, Purpose
from privacy.register import Table, day, listed, said
from privacy.register_facts import Facts
from privacy.retention import period


def purposes(ours: Policy) -> Table:
    """The six purposes with their reasons in law; every one of them is there."""
    rows = ((one.words, *_reasons(ours.registers.purpose[one.value])) for one in Purpose)
    head = ("Purpose", "Why the law allows it", "For special categories", "Who answers for it")
    return Table("What the data are used for", head, tuple(rows))


def _reasons(use: Use) -> tuple[str, str, str]:
    basis = listed([one.words for one in use.basis])
    return basis, listed([one.words for one in use.special], "none are used"), said(use.owner)


def kept(ours: Policy) -> Table:
    """Every rule of the retention schedule."""
    rows = (
        (
            kind,
            period(rule),
            rule.action,
            "by itself" if rule.automatic else "after approval",
            rule.authority,
        )
        for kind, rule in sorted(ours.retention.rules.items())
    )
    head = ("Class of records", "Kept until", "Then", "How", "On whose authority")
    about = f"Schedule {ours.retention.version}."
    return Table("How long records are kept", head, tuple(rows), about)


def processors(ours: Policy, today: date) -> Table:
    """Every company that is listed, and its contract."""
    rows = tuple(_processor(ours, one, today) for one in ours.processors.processor)
    head = ("Processor", "Does", "Data", "Used here for", "Where, and what allows it", "Contract", "Runs")
    none = "No company is listed. What each system rests on stands below; blanks are to be filled in."
    return Table("Companies that handle data under contract", head, rows, none=none)


def _processor(ours: Policy, one: Processor, today: date) -> tuple[str, ...]:
    where = listed(one.countries) + (f" ({one.transfer})" if one.abroad else "")
    begins, ends = day(one.begins), day(one.ends)
    runs = "" if one.runs(today) else " (not today)"
    used = listed([use.words for use in ours.processors.uses(one)], "nothing")
    return one.name, one.service, listed(one.data), used, where, one.contract, f"{begins} – {ends}{runs}"


def integrations(ours: Policy) -> Table:
    """Who runs each system; a blank is said."""
    names = {"": said(""), IN_HOUSE: "the university itself"}
    rows = ((use.words, names.get(by := ours.processors.integration[use], by)) for use in Integration)
    return Table("Who runs what", ("What", "Who"), tuple(rows))


def grounds(facts: Facts) -> Table:
    """How many disclosures of the last twelve months rest on each ground."""
    rows = tuple((ground.words, number) for ground, number in facts.by_ground.items())
    about = "Written down in the last twelve months. No name is in these figures."
    return Table("Given to organisations outside", ("Ground", "Disclosures"), rows, about)


def people(facts: Facts) -> Table:
    """How many people there are data about."""
    students = ((f"Students, {level}", number) for level, number in facts.students.items())
    staff = ((f"Staff: {role.lower()}", number) for role, number in facts.staff.items())
    return Table("Whose data", ("People", "How many today"), (*students, *staff))


def sources(facts: Facts) -> Table:
    """By source and kind how many columns tell of people, what for, and under which class they are kept."""
    groups: dict[tuple[str, str], list[About]] = defaultdict(list)
    for one in facts.columns:
        if one.personal:
            groups[one.about.source.words, one.about.category.replace("_", " ")].append(one.about)
    rows = ((*key, len(groups[key]), *_together(groups[key])) for key in sorted(groups))
    head = ("From", "Kind of data", "Columns", "What for", "Kept as")
    return Table("Which data, and where they come from", head, (*rows, _characteristics()))


def _characteristics() -> tuple[str | int, ...]:
    """The separate store, which no record reaches."""
    kind = "equality characteristics, apart and without names"
    return (
        Source.STUDENT_RECORDS.words,
        kind,
        len(Dimension),
        Purpose.EQUALITY.words,
        Retention.EQUALITY.value,
    )


def _together(columns: Sequence[About]) -> tuple[str, str]:
    reasons = why([purpose for one in columns for purpose in one.purposes])
    return reasons, listed(sorted({one.retention.value for one in columns}))


def why(reasons: Collection[Purpose | Duty]) -> str:
    """The purposes in their order, then the duties."""
    return listed([one.words for one in (*Purpose, *Duty) if one in reasons])
