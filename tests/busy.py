"""The cast in the middle of a term: of Ben and Cal stands all that can be written, a word of its own in each text.

The words stand nowhere else, so that whoever is sent one was shown that very text.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from auth.viewer import Viewer
from data_access import (
    consents,
    database,
    disclosures,
    disputes,
    escalations,
    notes,
    offering,
    own_requests,
    plan_agreement,
    plans,
    ratings,
    sensitive_notes,
    sharing,
)
from data_access.tables import SourceKey
from privacy.case_decisions import Ask
from privacy.consent import Wanted as Asked
from privacy.disclosed import Ground, Record
from privacy.dispute import CLAIMS, Kind, Target
from privacy.labels import Source
from privacy.request import Kind as Request
from support.action import Wanted
from support.offer import Format, Invitation
from support.party import Party
from tests.cast import ADA, AVI, BEN, CAL, EVE, NOW, ROS, SUE, TODAY, TOM, Member

DAY = timedelta(days=1)
OF_BEN: Mapping[str, tuple[Member, ...]] = {
    "offer": (ADA, BEN),
    "aim": (ADA, BEN, SUE),
    "action": (ADA, BEN, SUE),
    "shared": (ADA, BEN, SUE, AVI),
    "note": (ADA, BEN, SUE),
    "draft": (ADA,),  # and nobody's but its author's
    "wish": (ADA, BEN),
    "sensitive": (ADA, BEN),
    "passed": (ADA, BEN, SUE),
    "request": (BEN, ROS),
    "dispute": (BEN, EVE, ROS),  # a request too; the administrator reads it without a name
    "given": (BEN, ROS),
}
"""What is written about Ben, and whose eyes it is for. Of Cal there is the same, but for what leaves him and Tom."""


OF_CAL: Mapping[str, tuple[Member, ...]] = {
    text: (TOM, CAL) if BEN in who else (TOM,)
    for text, who in OF_BEN.items()
    if ADA in who and text != "passed"
}


def word(student: Member, text: str) -> str:
    """The word that this text about this student holds, and nothing else."""
    return f"{text}canary{student.given.lower()}"


def texts() -> Iterator[tuple[Member, str, tuple[Member, ...]]]:
    """Every text: about whom, which, and for whose eyes."""
    yield from ((BEN, text, who) for text, who in OF_BEN.items())
    yield from ((CAL, text, who) for text, who in OF_CAL.items())


def fill() -> None:
    """Write it all, by those who write it. Ben alone is passed on, shared with an adviser, and asks for something."""
    ratings.refresh(Viewer.service("rate"), NOW)
    with database.writing() as session:
        session.add(SourceKey(system=Source.STUDENT_RECORDS, key="S11", person=BEN.number))
    for student, tutor in ((BEN, ADA), (CAL, TOM)):
        said = {text: f"About {word(student, text)} and more of it" for text in OF_BEN}
        plan = _support(student, tutor, said)
        _sensitive(student, tutor, plan, said)
    _beyond(
        plans.of(BEN.viewer, None, NOW)[0].actions[1].id,
        {t: f"About {word(BEN, t)} and more of it" for t in OF_BEN},
    )


def _support(student: Member, tutor: Member, said: Mapping[str, str]) -> int:
    offered = Invitation(Format.PHONE, "", said["offer"], 30, (NOW + DAY,))
    offering.make(tutor.viewer, student.id, offered, [], NOW)
    own = Wanted(said["action"], Party.STUDENT, TODAY + 7 * DAY)
    advised = Wanted(said["shared"], Party.ADVISER, TODAY + 14 * DAY, adviser=AVI.id)
    plan = plans.draft(tutor.viewer, student.id, said["aim"], TODAY + 28 * DAY, (own, advised), None, NOW)
    plans.propose(tutor.viewer, student.id, plan, NOW)
    (proposed,) = plans.of(student.viewer, None, NOW)
    plan_agreement.agree(student.viewer, plan, proposed.wording, {proposed.actions[1].id}, NOW)
    notes.share(tutor.viewer, student.id, notes.begin(tutor.viewer, student.id, said["note"], NOW), 1, NOW)
    notes.begin(tutor.viewer, student.id, said["draft"], NOW)
    return plan


def _sensitive(student: Member, tutor: Member, plan: int, said: Mapping[str, str]) -> None:
    asked = Asked(plan, said["wish"], "So that the plan can name other times")
    number = consents.ask(tutor.viewer, student.id, asked, NOW)
    (consent,) = consents.of(student.viewer, None, NOW)
    consents.give(student.viewer, number, consent.sha256, f"{student.given} {student.family}", NOW)
    sensitive_notes.write(tutor.viewer, student.id, number, said["sensitive"], NOW)


def _beyond(action: int, said: Mapping[str, str]) -> None:
    sharing.share(ADA.viewer, BEN.id, action, AVI.id, "To find a timetable together", NOW)
    escalations.pass_on(ADA.viewer, BEN.id, SUE.id, said["passed"], NOW)
    own_requests.ask(BEN.viewer, Ask(Request.ACCESS, said["request"]), NOW)
    disputes.say(BEN.viewer, Target(Kind.ATTENDANCE, 100), CLAIMS[Kind.ATTENDANCE][0], said["dispute"], NOW)
    given = Record("S11", "Council", said["given"], Ground.LEGAL_REQUIREMENT, "Section 115 of the Act", TODAY)
    disclosures.record(ROS.viewer, given, NOW)
