"""The appropriate policy document (DPA 2018 sch. 1 part 4) for the special categories that rest on schedule 1."""

from datetime import date

from policy import Policy
from policy.registers import Special
from privacy import register_parts as parts
from privacy.characteristics import Dimension
from privacy.purposes import Purpose
from privacy.register import Register, Table, Text, a_year_on, day, listed, said
from privacy.register_facts import Facts

_HOW = (
    (
        "Lawful, fair and transparent",
        "The privacy notice says it before anybody signs in; students are shown every new version.",
    ),
    (
        "For a purpose",
        "Every read names its purpose, and is refused without one. Equality characteristics are read by the jobs "
        "that count groups alone: no page shows one person’s, and no decision about a person rests on them.",
    ),
    (
        "No more than needed",
        "Sensitive notes exist only under explicit consent, for one plan, for the readers the student named.",
    ),
    (
        "Accurate",
        "Characteristics come from student records and are replaced with each load; students correct them there.",
    ),
    (
        "No longer than needed",
        "The schedule below. A key that is destroyed makes its note unreadable in every copy.",
    ),
    (
        "Safe",
        "Sealed one by one, in stores of their own, keys apart; opened through one gate that writes each look down.",
    ),
    (
        "Shown to be so",
        "The access log is a chain; each promise has a test; these registers are printed from what is in force.",
    ),
)


def register(facts: Facts, ours: Policy, today: date) -> Register:
    """Kept until six months after the processing has ended, and handed to the regulator free of charge."""
    return Register(
        "policy-document",
        "Appropriate policy document",
        "What the law asks for where special categories of data are used for equality monitoring or in an emergency "
        "(DPA 2018, Schedule 1, paragraphs 38 to 41).",
        (
            _conditions(ours),
            Table("How the principles are kept (UK GDPR, Article 5)", ("Principle", "How"), _HOW),
            parts.kept(ours),
            _held(),
            _review(ours),
        ),
    )


def _conditions(ours: Policy) -> Table:
    used = ours.registers.purpose
    rows = [
        (one.words, listed([each.words for each in used[one.value].special]))
        for one in Purpose
        if used[one.value].special
    ]
    rows.append(("Acting in an emergency, for an hour and with a reason", Special.SAFEGUARDING.words))
    return Table("Which condition is relied on", ("For", "Condition"), tuple(rows))


def _held() -> Text:
    names = listed([dimension.value for dimension in Dimension])
    return Text(
        "What is held of this kind",
        (
            f"For equality monitoring, in a store of its own and without names: {names}.",
            "A student who writes that theirs must not be used for it is left out of every census after that.",
            "Beside that, sensitive notes, which rest on explicit consent and not on this document.",
        ),
    )


def _review(ours: Policy) -> Table:
    of = ours.registers.policy_document
    rows = (
        ("Answered for by", said(of.owner)),
        ("Last looked over", said(day(of.reviewed))),
        ("To be looked over again by", said(day(a_year_on(of.reviewed)))),
        ("Kept until", "six months after the processing it describes has ended"),
        ("For the regulator", "on request, free of charge"),
    )
    return Table("Review", ("What", "How it stands"), rows)
