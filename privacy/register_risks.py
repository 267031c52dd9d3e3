"""The risks that the impact assessment weighs: what each is, what is done about it, and what shows that it is."""

from dataclasses import dataclass

from engagement import words
from policy import Policy
from privacy import register_security
from privacy.consent import State
from privacy.register_facts import Facts


@dataclass(frozen=True)
class Risk:
    """One risk, as it would hurt somebody, and what the application does about it."""

    title: str
    control: str


RISKS = {
    "tutors": Risk(
        "A tutor opens the record of somebody who is not their tutee",
        "One gate asks role, relationship, purpose and day at every read, and writes looks and refusals down.",
    ),
    "creep": Risk(
        "Data are turned to discipline, immigration checks or the judging of staff",
        "Six purposes and no seventh: an act without one cannot be put into words. Nothing is exported in bulk.",
    ),
    "stigma": Risk(
        "A label is taken for the student, and comes true",
        "Words are neutral, every score is shown with its sums, and students read what their tutor reads.",
    ),
    "bias": Risk(
        "The rating notices one group more than another without cause",
        "Releases compare groups, with a verdict on each gap; no characteristic is part of the rating.",
    ),
    "gaps": Risk(
        "Data are wrong or missing, and a student looks quiet who is not",
        "Missing is never low; a disputed datum is left out of the rating at once, and marked wherever it stands.",
    ),
    "recognised": Risk(
        "Somebody is recognised in figures about a group",
        "Releases are frozen, rounded and suppressed, attacked by the program before approval, and approved by hand.",
    ),
    "sensitive": Risk(
        "Health or belief finds its way into ordinary notes",
        "A note is looked through for such words before it is kept; sensitive notes need consent and are sealed.",
    ),
    "overdue": Risk(
        "Records are kept for longer than anybody needs them",
        "Each column has a class, each class a rule; a job proposes what is due, and certificates prove it went.",
    ),
    "outside": Risk(
        "Data reach somebody outside the university",
        "No page loads anything from elsewhere; a contract that has ended switches off what it covers.",
    ),
    "stamping": Risk(
        "People follow suggestions without thinking",
        "A suggestion is a reason to look: each is confirmed or put aside singly, by a person, with a reason.",
    ),
    "withdrawal": Risk(
        "Consent is withdrawn and the note can still be read",
        "Withdrawal locks in the same transaction; a day later the key is destroyed.",
    ),
    "keys": Risk(
        "Keys are lost or stolen",
        "Keys lie apart from the records and from every backup, readable by their owner alone, and can be changed.",
    ),
}


def evidence(name: str, facts: Facts, ours: Policy) -> str:
    """What shows today that the control of this risk works, or that it does not."""
    match name:
        case "tutors":
            return register_security.chain(facts.measured)
        case "creep":
            return (
                f"{len({one.why for one in facts.grants})} purposes and duties in {len(facts.grants)} grants."
            )
        case "bias":
            return f"{len(facts.releases)} releases of figures by group so far."
        case "gaps":
            late = [load.system.words for load in facts.loads if load.accepted < load.rows]
            return f"Last loads with rows left out: {', '.join(late) or 'none'}."
        case "recognised":
            return released(facts)
        case "sensitive":
            return f"{len(facts.consents)} consents asked for so far."
        case "overdue":
            return f"People with records over their time and not held back: {facts.overdue}."
        case "outside":
            return f"Disclosures in twelve months: {sum(facts.by_ground.values())}."
        case "stamping":
            days = words.of(ours.engagement.suggestions.working_days, "working day")
            return f"A suggestion without an answer for {days} comes first in the tutor’s list."
        case "withdrawal":
            withdrawn = sum(one.state is State.WITHDRAWN for one in facts.consents)
            return f"Consents withdrawn so far: {withdrawn}."
        case "keys":
            return "HTTPS alone." if facts.https else "Not over HTTPS."
        case _:
            return f"Rules of the rating: version {ours.engagement.version}."


def released(facts: Facts) -> str:
    """What the audit of the last release found."""
    if not facts.releases:
        return "There is no release yet."
    last = max(facts.releases, key=lambda one: one.census)
    return (
        f"Last census {last.census:%-d %B %Y}: {last.small} figures hidden as too small, {last.beside} beside them, "
        f"{last.unsaid} not said at all."
    )
