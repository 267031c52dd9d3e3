"""Whether this installation is fit for real students: the policy's lines, the keys, and the database's own fences."""

from datetime import date

import policy
from data_access import fences, keys
from data_access.keys import KeysMissing
from policy import production
from policy.production import Line
from policy.settings import Settings
from privacy.labels import Retention


def lines(settings: Settings, today: date) -> tuple[Line, ...]:
    """Every line of `manage.py check --production`."""
    return (
        _keys(settings),
        _schedule(),
        _fences(settings),
        *production.lines(policy.current(), settings, today),
    )


def missing(settings: Settings, today: date) -> tuple[Line, ...]:
    """The lines that stop a production start."""
    return tuple(line for line in lines(settings, today) if line.missing)


def _schedule() -> Line:
    title = "The retention schedule has a rule for every class of records"
    unruled = policy.current().retention.unruled({one.value for one in Retention})
    return Line(title, f"Write rules for {', '.join(unruled)} in retention.toml." if unruled else "")


def _fences(settings: Settings) -> Line:
    title = "The database itself keeps managers from people’s rows, and the application from characteristics"
    return Line(title, fences.missing(settings))


def _keys(settings: Settings) -> Line:
    title = "The keys are there, whole, and readable by their owner alone"
    try:
        keys.read(settings.home)
    except KeysMissing as fault:
        return Line(title, str(fault))
    return Line(title)
