"""The four systems in words: how they stand, when they were loaded, and what the loads brought."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from engagement import words
from engagement.feeds import Feed, Load, Punctual
from policy.days import LONDON, london_day

_DAY = timedelta(days=1)


def summary(feeds: Sequence[Feed], at: datetime) -> str:
    """What an administrator should know first: who is late, who was never loaded, what waits."""
    late = [feed.system.words for feed in feeds if feed.punctual(at) is Punctual.LATE]
    never = [feed.system.words for feed in feeds if feed.punctual(at) is Punctual.NEVER]
    waiting = sum(feed.waiting for feed in feeds)
    said = [f"Late: **{words.listed(late)}**."] if late else []
    if len(never) == len(feeds):
        said = ["Nothing has been loaded yet: begin with student records, under “Load a file”."]
    elif never:
        said.append(f"Never loaded: **{words.listed(never)}**.")
    if not said:
        said = ["All four systems are on time."]
    if waiting:
        said.append(f"**{words.of(waiting, 'fault')}** in quarantined rows to be mended or set aside.")
    return " ".join(said)


def state(feed: Feed, at: datetime) -> str:
    """A mark and a word: `✓ On time`, `▲ Late since 06:00 on Sun 22 Nov`, `○ Never loaded`."""
    if feed.due is None:
        return ":gray-badge[○ Never loaded]"
    if feed.punctual(at) is Punctual.LATE:
        return f":orange-badge[▲ Late since {moment(feed.due)}]"
    return ":green-badge[✓ On time]"


def allowed(feed: Feed) -> str:
    """`Expected at least every 26 hours`, in days where it is whole ones."""
    if feed.allowed % _DAY or feed.allowed == _DAY:
        return f"Expected at least every {words.of(feed.allowed // timedelta(hours=1), 'hour')}"
    return f"Expected at least every {words.of(feed.allowed // _DAY, 'day')}"


def moment(at: datetime) -> str:
    """`06:00 on Sun 22 Nov`."""
    local = at.astimezone(LONDON)
    return f"{local:%H:%M} on {words.short_day(london_day(at))}"


def brought(load: Load) -> str:
    """What became of the rows of a load."""
    if load.unchanged and not load.quarantined:
        return f"{words.of(load.rows, 'row')}, all of them here already"
    said = f"{words.of(load.accepted, 'row')} taken in"
    return f"{said}, {load.quarantined:,} quarantined" if load.quarantined else said


def by(load: Load) -> str:
    """Who loaded it."""
    job = load.by.removeprefix("service:")
    return load.by if job == load.by else f"the job “{job}”"
