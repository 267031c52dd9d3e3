"""What the law wants said beside a copy: purposes, kinds of data, receivers, periods, the rating, and rights."""

from collections.abc import Iterable, Sequence
from datetime import date

from engagement import words
from policy import Policy
from policy.institution import Contact, Institution
from policy.retention import Rule
from privacy.labels import Category, Source
from privacy.pack import LeftOut, Paragraphs, Section
from privacy.purposes import Duty, Purpose


def never() -> tuple[LeftOut, ...]:
    """What is in no copy at all, and why."""
    return (
        LeftOut(
            "Marks that are not released", "Student records tell us a mark when it is released, not before."
        ),
        LeftOut(
            "Your password and the keys of your sessions", "They open your account and say nothing about you."
        ),
        LeftOut(
            "Published figures about groups", "They are rounded counts in which nobody can be recognised."
        ),
        LeftOut(
            "Rows of other students", "They are theirs. Where a row of yours names one, the name is covered."
        ),
    )


def paragraphs(ours: Policy, sections: Sequence[Section], on: date) -> tuple[Paragraphs, ...]:
    """The headings in the order in which the law names them, filled from policy and from what is held."""
    return (
        Paragraphs("What it is used for", _purposes(sections)),
        Paragraphs("Which kinds of data are held", _kinds(sections)),
        Paragraphs("Where they come from", _sources(sections)),
        Paragraphs("Who receives them", _RECEIVERS),
        Paragraphs("How long they are kept", _kept(ours, sections)),
        Paragraphs("How the rating is worked out, and who decides", _logic(ours)),
        Paragraphs("Outside the United Kingdom", _TRANSFERS),
        Paragraphs("What you can ask for", _RIGHTS),
        Paragraphs("How you can complain", _complaint(ours.institution, on)),
    )


_RECEIVERS = (
    "Your personal tutor, and whoever covers for them, for as long as they are that.",
    "A senior tutor, where your tutor passed you on, with the reason; and until that ends.",
    "An adviser, of a single agreed action only, where you said yes to sharing it.",
    "Information compliance, while a request of yours is open, to answer it.",
    "Managers see published figures about groups, and no record. Each share and each disclosure of yours is listed.",
)
_TRANSFERS = (
    "Learner Analytics sends nothing to other organisations by itself. A disclosure of your data, should there be "
    "one, is among the tables here, with its ground.",
)
_RIGHTS = (
    "You can have data corrected, erased or restricted, object to their use, withdraw a consent, and ask not to be "
    "counted in equality monitoring. The page My data has a place for each.",
    "None of this costs anything, and none of it counts against you.",
)


def _purposes(sections: Iterable[Section]) -> tuple[str, ...]:
    held = {why for section in sections for field in section.fields for why in field.about.purposes}
    said = [why.words for why in (*Purpose, *Duty) if why in held]
    return tuple(f"{one}." for one in said)


def _kinds(sections: Sequence[Section]) -> tuple[str, ...]:
    held = {about.category for section in sections for about in section.own}
    kinds = [category.value.replace("_", " ") for category in Category if category in held]
    return (f"{', '.join(kinds).capitalize()}. Each table says of each of its columns which kind it is.",)


def _sources(sections: Iterable[Section]) -> tuple[str, ...]:
    held = {source for section in sections for source in section.sources}
    told = [source.words for source in Source if source in held and source is not Source.HERE]
    own = "What is worked out from them, and what people write, is made in Learner Analytics."
    return (f"{', '.join(told)}." if told else "No other system has told anything.", own)


def _kept(ours: Policy, sections: Iterable[Section]) -> tuple[str, ...]:
    """A sentence for each class of what is held, and where the whole schedule stands."""
    held = {field.about.retention.value for section in sections for field in section.fields}
    rules = {name: rule for name, rule in ours.retention.rules.items() if name in held}
    schedule = ours.institution.retention_schedule
    link = f" ({schedule.link})" if schedule.link else ""
    told = f"The whole is in the university’s {schedule.title}{link}; these are of version {ours.retention.version}."
    return (*(f"As {name}: {_period(rule)}." for name, rule in rules.items()), told)


_ENDS = {
    "course end": "the end of a course",
    "last course end": "the end of your last course",
    "next census": "the day on which the census after the one that counted you is built",
    "load": "the load that could not take a row in",
    "own day": "the day of each line or load",
}


def _period(rule: Rule) -> str:
    """`6 years after the end of your last course`, or until that very day."""
    end = _ENDS[rule.after]
    units = ((rule.years, "year"), (rule.months, "month"), (rule.days, "day"))
    length = " and ".join(words.of(number, unit) for number, unit in units if number)
    until = f"{length} after {end}" if length else f"until {end}"
    return until if rule.action == "delete" else f"{until}, then looked at by a person once a year"


def _logic(ours: Policy) -> tuple[str, ...]:
    rules = ours.engagement
    shares = rules.weights
    bands = rules.bands
    return (
        "For each module, attendance, days in the VLE, work handed in and released marks become parts of 0 to 100, "
        f"weighted {shares.attendance}, {shares.vle}, {shares.submissions} and {shares.marks}. A part about which "
        "nothing is known is left out. Modules are weighted by their credits.",
        f"From {bands.high} up the word is High, from {bands.good} Good, from {bands.partial} Partial, from "
        f"{bands.low} Low, below that Very low. Each week here names the rules it was worked out by; these are of "
        f"version {rules.version}.",
        "No decision about you is taken by a computer alone. A rating can lead to the suggestion of a conversation, "
        "and a person decides whether to offer one. You can ask for a person to look at a rating again.",
        "What equality law protects about a person has no part in it, and neither have fees.",
    )


def _complaint(institution: Institution, on: date) -> tuple[str, ...]:
    regulator = institution.regulator_on(on)
    link = f" ({institution.complaints.link})" if institution.complaints.link else ""
    return (
        f"To the university first, by its {institution.complaints.title}{link} or on the page My data: "
        f"{_reached(institution.information_compliance)}.",
        f"To the data protection officer: {_reached(institution.data_protection_officer)}.",
        f"To the regulator: {regulator.name}, {regulator.link}. And to a court.",
    )


def _reached(contact: Contact) -> str:
    ways = [str(way) for way in (contact.name, contact.email, contact.phone, contact.link) if way]
    return ", ".join(ways) or "not named yet; please ask the university"
