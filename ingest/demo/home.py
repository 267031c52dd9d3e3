"""What the demo leaves in the home folder beside the database: its policy, and what it was made from."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.demo.courses import CONTACT, SUPPORT, UNIVERSITY
from ingest.demo.year import Year
from policy import SHIPPED
from policy.calendar import Calendar, Span

_SITE = "https://www.harrowmere.example"
_WHOM_TO_ASK = (
    "",
    "[controller]",
    f'name = "{UNIVERSITY}"',
    'address = "The Registry, Weaver Building, Mill Lane, Harrowmere HM1 4ZZ"',
    "",
    "[data_protection_officer]",
    'name = "Data Protection Officer"',
    'email = "dpo@harrowmere.example"',
    'phone = "01632 960 201"',
    "",
    "[learner_analytics]",
    'name = "Learner Analytics team"',
    'email = "learner-analytics@harrowmere.example"',
    "",
    "[information_compliance]",
    'name = "Information compliance team"',
    'email = "information-compliance@harrowmere.example"',
    'phone = "01632 960 202"',
    "",
    "[regulations]",
    'undergraduate = "Academic Regulation 4.2"',
    f'undergraduate_link = "{_SITE}/regulations/4-2"',
    'postgraduate = "Academic Regulation 12.6"',
    f'postgraduate_link = "{_SITE}/regulations/12-6"',
    "",
    "[retention_schedule]",
    'title = "Records Retention Schedule"',
    f'link = "{_SITE}/retention"',
    "",
    "[complaints]",
    'title = "Complaints about personal data"',
    f'link = "{_SITE}/data-complaints"',
)
"""The rest of `institution.toml`. Telephone numbers are of those kept for plays and films."""
_ANSWERS: Mapping[str, str] = {
    "purpose": "Director of Student Services",
    "purpose.equality": "Head of Equality and Inclusion",
    "policy_document": "Data Protection Officer",
    "assessment.risk": "Learner Analytics Manager",
    "assessment.risk.sensitive": "Head of Student Wellbeing",
    "assessment.risk.keys": "Head of Information Security",
}
"""Which post answers for what in the registers: for a heading, or for all that begin with it."""
_NOTE, _POLICY = "demo.toml", ("calendar.toml", "institution.toml", "registers.toml")


@dataclass(frozen=True)
class Made:
    """What a demo was made from. One that is not complete was stopped while it was being made."""

    day: date
    students: int
    seed: int
    complete: bool = False


def made(home: Path) -> Made | None:
    """The demo of this home; None where there is none."""
    note = home / _NOTE
    return Made(**tomllib.loads(note.read_text("utf-8"))) if note.is_file() else None


def own_policy(home: Path) -> bool:
    """Whether the files that a demo writes are there without a demo: somebody else's, to be left alone."""
    return made(home) is None and any((home / "policy" / name).exists() for name in _POLICY)


def note(home: Path, of: Made) -> None:
    """Write down what the demo is made from, at the start and again when it is complete."""
    lines = ("# The demo university of this folder: what it was made from. Written by `manage.py demo`.",)
    values = (f"{name} = {str(value).lower()}" for name, value in vars(of).items())
    _write(home / _NOTE, *lines, *values)


def write_policy(home: Path, year: Year) -> None:
    """The calendar of the demo, its institution and who answers in its registers, over the shipped ones."""
    folder = home / "policy"
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "calendar.toml", *_calendar(year.calendar))
    _write(
        folder / "institution.toml",
        "# The demo university. Nothing in it is real.",
        f'name = "{UNIVERSITY}"',
        f'support_name = "{SUPPORT}"',
        f'support_contact = "{CONTACT}"',
        "demonstration = true",
        *_WHOM_TO_ASK,
    )
    _write(folder / "registers.toml", "# The demo university. Nobody in it is real.", *_registers())


def _registers() -> Iterator[str]:
    """The shipped registers, with a post wherever somebody answers for something."""
    heading = ""
    for line in (SHIPPED / "registers.toml").read_text("utf-8").splitlines():
        heading = line.strip("[]") if line.startswith("[") else heading
        post = _ANSWERS.get(heading) or _ANSWERS.get(heading.rpartition(".")[0])
        yield f'owner = "{post}"' if line == 'owner = ""' and post else line


def _calendar(calendar: Calendar) -> list[str]:
    lines = [
        "# The academic year of the demo: moved by whole weeks, so that it is term on the day of its making.",
        *_year(calendar),
    ]
    for one in calendar.earlier:
        lines += ["", "[[earlier]]", *_year(one, "earlier.")]
    return lines


def _year(calendar: Calendar, inside: str = "") -> list[str]:
    lines = [f'year = "{calendar.year}"']
    for heading, spans in (("term", calendar.term), ("reading_week", calendar.reading_week)):
        for span in spans:
            lines += ["", f"[[{inside}{heading}]]", *_span(span)]
    return lines


def _span(span: Span) -> list[str]:
    return [f'name = "{span.name}"', f"first = {span.first}", f"last = {span.last}"]


def _write(path: Path, *lines: str) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
