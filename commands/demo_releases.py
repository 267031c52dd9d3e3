"""The demo's equality monitoring: characteristics for everybody, and every release that is due, approved."""

from collections.abc import Callable
from datetime import datetime

from auth.viewer import Viewer
from commands.demo_support import acting
from data_access import equality, release_decisions, releasing
from ingest.demo import signins
from ingest.demo.equality import profiles
from ingest.demo.last_year import last_year
from ingest.demo.university import University
from privacy.releases import Cohort

_JOB = Viewer.service("demo")


def write(of: University, at: datetime, report: Callable[[int, int], None]) -> None:
    """Keep the characteristics, build each release, and approve it as the demo's compliance officer."""
    students = [*of.students, *last_year(of).students]
    equality.put(_JOB, profiles(students, of.chance("equality")), at)
    officer = acting(signins.COMPLIANCE, at)
    for _ in range(2):  # weeks are due once their census is built
        wanted = releasing.due(_JOB, at)
        for done, one in enumerate(wanted, start=1):
            number = releasing.make(_JOB, one, at)
            if number is not None and one.cohort is not Cohort.WEEK:
                release_decisions.approve(officer, number, at)
            report(done, len(wanted))
