"""A consent of Ben's, asked for by Ada, with words about his health that stand nowhere else."""

from dataclasses import replace
from datetime import datetime, timedelta

from auth.viewer import Viewer
from data_access import consents, sensitive_notes
from privacy.consent import Wanted
from tests.cast import ADA, AVI, BEN, NOW
from tests.planned import Planned
from tests.shared import share

WHAT = "Which of your classes are hard to reach with your hay fever"
WHY = "So that the plan can name other times for them"
SECRET = "Zyrtecol makes Ben drowsy until noon. He sleeps badly. Mornings are hard."
NEED = "Avi must know which hours to avoid"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
JOB = Viewer.service("dispose")


def ask(ready: Planned, **changes: object) -> int:
    """Ada asks Ben; the number of the consent."""
    wanted = replace(Wanted(ready.plan, WHAT, WHY, (AVI.id,)), **changes)  # type: ignore[arg-type]
    return consents.ask(ADA.viewer, BEN.id, wanted, NOW)


def give(number: int, at: datetime = NOW, typed: str = "Ben Quaverley") -> None:
    """Ben says yes to the text as it stands."""
    (one,) = (each for each in consents.of(BEN.viewer, None, at) if each.id == number)
    consents.give(BEN.viewer, number, one.sha256, typed, at)


def passed_on(ready: Planned, consent: int) -> int:
    """A note under it, of which Avi reads the last sentence; the number of the share."""
    note = sensitive_notes.write(ADA.viewer, BEN.id, consent, SECRET, NOW)
    shared = share(ready)
    sensitive_notes.share(ADA.viewer, BEN.id, note, shared, (2,), NEED, NOW)
    return shared
