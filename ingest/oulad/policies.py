"""The policy of an OULAD installation: teaching goes on all the time, and the university is a data set."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from ingest.oulad.presentations import Presentation

_OURS = "# Written by `manage.py load oulad`, and again by the next; without this line it is left alone.\n"
_INSTITUTION = """name = "Open data set"
support_name = "Whoever installed this"
support_contact = ""
"""


def write(folder: Path, presentations: Sequence[Presentation], today: date) -> None:
    """Put calendar and institution into the policy folder, unless somebody has written their own."""
    folder.mkdir(parents=True, exist_ok=True)
    _put(folder / "calendar.toml", calendar(presentations, today))
    _put(folder / "institution.toml", _INSTITUTION)


def calendar(presentations: Sequence[Presentation], today: date) -> str:
    """A term for each half-year that has begun, each to the day before the next: distance teaching rests never.

    The last goes on to the end of what has begun.
    """
    begun = [p for p in presentations if p.starts <= today] or list(presentations)
    starts = {p.starts: p.name for p in begun}
    firsts = sorted(starts)
    lasts = [first - timedelta(days=1) for first in firsts[1:]] + [max(p.ends for p in begun)]
    terms = [_term(starts[first], first, last) for first, last in zip(firsts, lasts, strict=True)]
    return "\n".join([f'year = "{_year(firsts[0], lasts[-1])}"\n', *terms])


def _term(name: str, first: date, last: date) -> str:
    return f'[[term]]\nname = "Presentation {name}"\nfirst = {first}\nlast = {last}\n'


def _year(first: date, last: date) -> str:
    return f"{first.year}" if first.year == last.year else f"{first.year}/{last.year % 100:02}"


def _put(file: Path, text: str) -> None:
    """Replace the file in one step: whoever reads it finds the old text or the new."""
    if file.exists() and not file.read_text(encoding="utf-8").startswith(_OURS):
        return
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(_OURS + text, encoding="utf-8")
    beside.replace(file)
