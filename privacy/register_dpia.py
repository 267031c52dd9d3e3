"""The data protection impact assessment (UK GDPR art. 35), printed from what is in force and what is decided."""

from datetime import date

from policy import Policy
from privacy import notice_health, register_rights, register_risks
from privacy import register_parts as parts
from privacy.purposes import Duty, Purpose
from privacy.register import Part, Register, Table, Text, a_year_on, day, listed, said
from privacy.register_facts import Facts

_SCREENING = (
    ("Evaluation or scoring of people", "yes: a rating of engagement, with all its sums"),
    ("Systematic monitoring", "yes: registers and use of the VLE, by day"),
    ("Data sets that are matched", "yes: four systems"),
    ("People who cannot easily refuse", "yes: students and their university"),
    ("Special categories", "yes: sensitive notes under consent; equality characteristics, apart"),
    ("Decisions by computer alone", "no: people decide; the most it does is suggest a conversation"),
    ("Outcome", "an assessment is required"),
)
_LEAST = (
    "No photographs, no reasons for absence, no addresses of pages or machines; of the VLE a number for each day.",
    "Of a day of birth the band alone is kept, in the separate store of characteristics.",
)


def register(facts: Facts, ours: Policy, today: date) -> Register:
    """Six sections; what only people can say is blank until they say it."""
    return Register(
        "dpia",
        "Data protection impact assessment",
        "Whether using these data is needed and fair, what could hurt somebody, and what is done about it (UK GDPR, "
        "Article 35). The controls are the application’s; how likely and how grave each risk is, people decide.",
        (
            Table("1 Why it is needed", ("Question", "Answer"), _SCREENING),
            *_description(facts, ours),
            *_proportion(facts, ours, today),
            _consulted(ours),
            _risks(facts, ours),
            _outcome(ours),
        ),
    )


def _description(facts: Facts, ours: Policy) -> tuple[Part, ...]:
    loads = tuple(
        (one.system.words, day(one.at.date()), one.rows, one.accepted, day(one.up_to)) for one in facts.loads
    )
    bands = ours.engagement.bands
    return (
        Table(
            "2 What happens: the last load of each system",
            ("System", "On", "Rows", "Taken in", "Reaches to"),
            loads,
        ),
        parts.people(facts),
        parts.sources(facts),
        _volumes(facts),
        Text(
            "How the rating comes about",
            (
                f"Rules {ours.engagement.version}: High from {bands.high} of 100, Good from {bands.good}, Partial "
                f"from {bands.partial}, Low from {bands.low}. Every sum is on the student’s own page.",
                register_risks.released(facts),
            ),
        ),
    )


def _volumes(facts: Facts) -> Table:
    rows = tuple((name.replace("_", " "), number) for name, number in _rows(facts) if number)
    none = "Nothing is stored yet." if facts.measured else "Counted when this register is downloaded."
    return Table("How much is stored", ("Table", "Rows"), rows, none=none)


def _rows(facts: Facts) -> list[tuple[str, int]]:
    return sorted(facts.measured.rows.items()) if facts.measured else []


def _proportion(facts: Facts, ours: Policy, today: date) -> tuple[Part, ...]:
    found = notice_health.check(facts.notice, ours.institution, today, in_folder=ours.notice)
    open_lines = [one.title for one in found if one.missing]
    said_of = f"Notice {facts.notice.version}. Lines of its check that miss something: {listed(open_lines)}."
    return (
        Text("3 Whether it is proportionate", (*_LEAST, said_of)),
        parts.purposes(ours),
        _served(facts),
        register_rights.performance(facts),
        parts.kept(ours),
        parts.integrations(ours),
    )


def _served(facts: Facts) -> Table:
    """Each purpose and duty with the kinds of data that are held for it; what serves none would be removed."""
    rows = []
    for why in (*Purpose, *Duty):
        kinds = {one.about.category.replace("_", " ") for one in facts.columns if why in one.about.purposes}
        rows.append((why.words, listed(sorted(kinds))))
    unused = sum(not one.about.purposes for one in facts.columns)
    about = f"Columns that serve none of these, and are to be removed: {unused}."
    return Table("Which data serve which purpose", ("Purpose or duty", "Kinds of data"), tuple(rows), about)


def _consulted(ours: Policy) -> Table:
    rows = tuple((one.who, day(one.on), one.said) for one in ours.registers.assessment.consulted)
    none = "Nobody’s view is written down yet: students, tutors, the disability service, the data protection officer."
    return Table("4 Who was asked", ("Who", "When", "What they said"), rows, none=none)


def _risks(facts: Facts, ours: Policy) -> Table:
    weighed = ours.registers.assessment.risk
    rows = tuple(
        (
            risk.title,
            " / ".join(weighed[name].before),
            risk.control,
            register_risks.evidence(name, facts, ours),
            " / ".join(weighed[name].after),
            said(weighed[name].owner),
        )
        for name, risk in register_risks.RISKS.items()
    )
    head = ("Risk", "Before", "What is done", "What shows it", "After", "Answered for by")
    about = "Before and after: how likely / how grave."
    return Table("5 Risks, and what is done about them", head, rows, about)


def _outcome(ours: Policy) -> Table:
    of = ours.registers.assessment
    left = "yes: the regulator must be asked first (Article 36)" if of.high_risk_left else "no"
    rows = (
        ("Signed off by", said(of.signed_by)),
        ("On", said(day(of.signed_on))),
        ("A high risk remains", left),
        ("To be looked at again by", said(day(a_year_on(of.signed_on)))),
        ("Or earlier", "with a new purpose, source or processor, or new rules of the rating"),
    )
    return Table("6 Outcome", ("What", "How it stands"), rows)
