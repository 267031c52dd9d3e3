"""The hand-worked cases of `cases.toml`, read: what the systems told, and what a pencil makes of it."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from engagement.studies import Mode, Register

CANCELLED = "cancelled"


@dataclass(frozen=True)
class Class:
    """So many classes of one day at which the same was said of the student; None for cancelled ones."""

    on: date
    register: Register | None
    times: int


@dataclass(frozen=True)
class Piece:
    """A piece of work, as its line tells of it."""

    due: date
    extended: date | None
    handed_in: date | None
    late: bool
    mark: int | None
    exam: bool
    carried_over: bool


@dataclass(frozen=True)
class Studied:
    """One student on one module, and how often the module's other students were active in the window."""

    first: date
    last: date
    joined: date
    credits: int
    classes: tuple[Class, ...]
    online: tuple[date, ...]
    others: tuple[int, ...]
    work: tuple[Piece, ...]
    no_vle: tuple[date, date] | None
    no_registers: tuple[date, date] | None


@dataclass(frozen=True)
class Answer:
    """What comes out, as it is written: hundredths with their point, or –."""

    parts: dict[str, str]
    score: str
    word: str
    total: str


@dataclass(frozen=True)
class Case:
    """One case; `corrected` is what the systems told later, and `then` what follows from that."""

    says: str
    today: date
    mode: Mode
    excused: str
    modules: tuple[Studied, ...]
    answer: Answer
    corrected: tuple[Studied, ...]
    then: Answer | None

    def __str__(self) -> str:
        return self.says


_MODULE = {
    "module",
    "joined",
    "credits",
    "classes",
    "online",
    "others",
    "work",
    "no_vle",
    "no_registers",
}
_PARTS = ("attendance", "vle", "submissions", "marks")


@cache
def cases() -> list[Case]:
    """All of them, in the order of the file."""
    text = Path(__file__).with_name("cases.toml").read_text("utf-8")
    return [_case(told) for told in tomllib.loads(text)["case"]]


def _case(told: dict[str, Any]) -> Case:
    assert told["working"].strip(), told["says"]
    first = {name: value for name, value in told.items() if name in _MODULE}
    more = tuple(_studied(other) for other in told.get("also", ()))
    later = told.get("corrected")
    return Case(
        says=told["says"],
        today=_day(told.get("today", "22 Nov")),
        mode=Mode(told.get("mode", "full-time")),
        excused=told.get("excused", "excluded"),
        modules=(_studied(first), *more),
        answer=_answer(told["gives"]),
        corrected=(_studied(first | later), *more) if later else (),
        then=_answer(told["then"]) if later else None,
    )


def _answer(told: dict[str, str]) -> Answer:
    parts = {part: told.get(part, "–") for part in _PARTS}
    there = [value for value in parts.values() if value != "–"]
    # Of a single part the score is that part, and of a single module the total is its score.
    score = told.get("score", there[0] if len(there) == 1 else "–")
    assert "score" in told or len(there) < 2, told
    return Answer(parts, score, told["word"], told.get("total", score))


def _studied(told: dict[str, Any]) -> Studied:
    first, last = _span(told.get("module", "21 Sep – 13 Dec"))
    silent = (first, last) if "online" not in told else None
    return Studied(
        first=first,
        last=last,
        joined=_day(told["joined"]) if "joined" in told else first,
        credits=told.get("credits", 20),
        classes=tuple(_classes(told.get("classes", ()))),
        online=tuple(map(_day, told.get("online", ()))),
        others=tuple(told.get("others", ())),
        work=tuple(map(_piece, told.get("work", ()))),
        no_vle=_span(told["no_vle"]) if "no_vle" in told else silent,
        no_registers=_span(told["no_registers"]) if "no_registers" in told else None,
    )


def _classes(told: list[str]) -> Iterator[Class]:
    for line in told:
        times, _, rest = line.rpartition(" × ")
        number, month, said = rest.split(" ", 2)
        register = None if said == CANCELLED else Register(said)
        yield Class(_day(f"{number} {month}"), register, int(times or 1))


def _piece(line: str) -> Piece:
    due, *others = line.split(", ")
    found = Piece(_day(due.removeprefix("due ")), None, None, False, None, False, False)
    told: dict[str, Any] = {}
    for said in others:
        words, _, value = said.rpartition(" ")
        if said in ("exam", "carried over"):
            told[said.replace(" ", "_")] = True
        elif words == "mark":
            told["mark"] = int(value)
        else:
            what, on = said.rsplit(" ", 2)[0], _day(" ".join(said.rsplit(" ", 2)[1:]))
            told |= {
                "extended to": {"extended": on},
                "handed in": {"handed_in": on},
                "late on": {"handed_in": on, "late": True},
            }[what]
    return Piece(**(vars(found) | told))


def _span(said: str) -> tuple[date, date]:
    first, _, last = said.partition(" – ")
    return _day(first), _day(last)


def _day(said: str) -> date:
    """`9 Nov`, of the academic year 2026/27."""
    found = datetime.strptime(f"{said} 2027", "%d %b %Y").date()  # noqa: DTZ007
    return found.replace(year=2026) if found.month >= 9 else found
