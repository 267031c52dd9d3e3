"""The demo's equality monitoring: characteristics for everybody, and a release of the last censuses."""

from collections.abc import Callable
from datetime import datetime

import policy
from auth.viewer import Viewer
from commands.demo_support import acting
from data_access import equality, releases, releasing
from ingest.demo import signins
from ingest.demo.equality import profiles
from ingest.demo.last_year import last_year
from ingest.demo.university import University
from policy.days import london_day

_JOB = Viewer.service("demo")
_CENSUSES = 3


def write(of: University, at: datetime, report: Callable[[int, int], None]) -> None:
    """Keep the characteristics, build each release, and approve it as the demo's compliance officer."""
    students = [*of.students, *last_year(of).students]
    equality.put(_JOB, profiles(students, of.chance("equality")), at)
    ours, officer = policy.current(), acting(signins.COMPLIANCE, at)
    past = ours.release.censuses(ours.calendar, london_day(at))[-_CENSUSES:]
    for done, (since, on) in enumerate(past, start=1):
        releases.approve(officer, releasing.build(_JOB, since, on, at), at)
        report(done, len(past))
