"""The words of a consent: where it stands, what it covers, and its ledger, the same for both sides."""

from components.plain import plain
from engagement import words
from policy.days import london_day
from privacy.consent import Consent, State, Step

BADGES = {
    State.ASKED: ":orange-badge[waits for your student]",
    State.SIGNED: ":orange-badge[waits for your student]",
    State.GIVEN: ":green-badge[given]",
    State.REFUSED: ":gray-badge[not given]",
    State.TAKEN_BACK: ":gray-badge[no longer asked]",
    State.WITHDRAWN: ":gray-badge[withdrawn]",
    State.LAPSED: ":gray-badge[ended]",
}
_BECAME = {
    State.ASKED: "asked for",
    State.SIGNED: "signed in a meeting",
    State.GIVEN: "given",
    State.REFUSED: "not given",
    State.TAKEN_BACK: "no longer asked for",
    State.WITHDRAWN: "withdrawn",
    State.LAPSED: "ended by itself, with the plan, the course or its last day",
}


def covers(one: Consent, reader: str = "the student") -> str:
    """What, what for, who and how long, in lines; or that the words of it are held no longer.

    The student is called `reader`: on their own page they are “you”.
    """
    asked = f"**What:** {plain(one.what)}  \n**What for:** {plain(one.why)}  \n"
    if not one.text:
        asked = (
            "**What it was about** is not held any more: a day after it ended the words were destroyed.  \n"
        )
    plan = f"the plan “{plain(one.aim)}”" if one.aim else "its plan"
    return (
        f"{asked}"
        f"**Who reads it:** {plain(words.listed(one.recipients))}, and {reader}  \n"
        f"**For how long:** until {plan} or the course ends, and until "
        f"{words.day(one.last_day)} {one.last_day.year} at the latest"
    )


def ledger(one: Consent) -> str:
    """Every line of it, the first first, and which text it is about."""
    lines = [f"- {_line(step)}" for step in one.steps]
    about = f"Text {plain(one.version)}, SHA-256 {one.sha256[:16]}…"
    return "\n".join([*lines, "", f":gray[{about}]"])


def _line(step: Step) -> str:
    on = london_day(step.at)
    by = f" by {plain(step.by)}" if step.by else ""
    how = f" {step.method.value}" if step.method else ""
    typed = f", “{plain(step.typed)}”" if step.typed else ""
    shut = "; what was written was shut at that moment" if step.state is State.WITHDRAWN else ""
    return f"{words.day(on)} {on.year}: {_BECAME[step.state]}{by}{how}{typed}{shut}"
