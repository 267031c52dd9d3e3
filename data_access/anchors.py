"""Anchors of the access log: how many lines it has and the seal of the last, written down outside it once a day.

The chain shows that a line was changed; an anchor shows that the last ones were cut off. Copies of the file belong
where whoever can reach this machine cannot.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from auth.permissions import Act, Action
from auth.viewer import Role, Viewer
from data_access import access_chain, access_log, database, gate
from data_access.access_log import Verdict
from privacy.labels import Category
from privacy.purposes import Duty

LOOK = Act(Action.READ, Category.ACCESS_LOG, Duty.AUDIT)


@dataclass(frozen=True)
class Anchor:
    """That the log had so many lines at a moment, and the seal of the last of them."""

    at: datetime
    lines: int
    seal: str


def drop(viewer: Viewer, at: datetime) -> Anchor:
    """Write down how far the log has got. For jobs."""
    gate.only(viewer, "log_anchored", at, Role.SERVICE)
    with database.logging() as connection:
        last = access_chain.end(connection)
    anchor = Anchor(at, last.line, last.seal)
    with _path().open("a", encoding="utf-8") as file:
        file.write(json.dumps({**asdict(anchor), "at": at.isoformat()}) + "\n")
    return anchor


def latest(viewer: Viewer, at: datetime) -> Anchor | None:
    """The newest of them; None before the first."""
    with gate.reading(viewer, None, LOOK, at):
        return next(reversed(_all()), None)


def verify(viewer: Viewer, at: datetime) -> Verdict:
    """Whether the chain holds and has every line that was ever anchored, but those that were disposed of."""
    return access_log.verify(viewer, at, {one.lines: one.seal for one in _all() if one.lines})


def _all() -> list[Anchor]:
    path = _path()
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    told = [json.loads(line) for line in lines]
    return [Anchor(datetime.fromisoformat(one["at"]), one["lines"], one["seal"]) for one in told]


def _path() -> Path:
    return database.settings().home / "access-log-anchors.jsonl"
