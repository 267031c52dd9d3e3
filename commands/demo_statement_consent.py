"""What the demo's people have agreed to: a consent that holds with a note under it, and one that waits."""

from datetime import datetime, timedelta

from commands.demo_support import acting
from data_access import consents, plan_actions, plans, sensitive_notes, shares, tutees
from ingest.demo import signins
from ingest.demo.habits import Kind
from ingest.demo.stories import story
from privacy.consent import Wanted

_SAID = (
    "The new tablets make the first hour of the day hard. The doctor expects this to be over by January. "
    "Work in the afternoon is fine."
)


def write(at: datetime) -> None:
    """The tutor asks, the student decides, each as themselves; after the demo's support has been written."""
    tutor, student = acting(signins.STAFF[0], at), acting(signins.RETURNER, at)
    name = str(story(Kind.RETURN).name)
    of = next(one.id for one in tutees.in_order(tutor, at) if one.name == name)
    (plan, *_) = plans.of(tutor, of, at)
    (ruth, *_) = plan_actions.advisers(tutor, of, at)
    asked, decided = at - timedelta(days=9), at - timedelta(days=8)
    wanted = Wanted(
        plan.id,
        "How the tablets you take at present change which hours you can work in",
        "So that the plan of the week leaves out the hours that do not work for you",
        (ruth.id,),
    )
    number = consents.ask(tutor, of, wanted, asked)
    (one,) = consents.of(student, None, decided)
    consents.give(student, number, one.sha256, name, decided)
    note = sensitive_notes.write(tutor, of, number, _SAID, decided + timedelta(hours=3))
    running = [each.share.id for each in shares.of(tutor, of, at) if each.share]
    need = "Ruth plans the order of the open work and must know which hours to leave out"
    for share in running[:1]:
        sensitive_notes.share(tutor, of, note, share, (0, 2), need, at - timedelta(days=3))
    later = Wanted(
        plan.id,
        "Whether you need more time for written work, and what has been arranged about it",
        "So that we can ask for it in your other modules too",
    )
    consents.ask(tutor, of, later, at - timedelta(days=1))
