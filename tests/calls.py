"""A call of every public function of `data_access`: its arguments are made from what its parameters are."""

import contextlib
import enum
import inspect
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import policy
from auth.viewer import Viewer
from engagement.published import Cell
from policy.notice import Notice
from privacy import dispute, releases
from support.offer import Slot
from tests.cast import NOW, TODAY, Member
from tests.data_access.test_layout import for_viewers

LATER = NOW + timedelta(days=1)
PLAIN: Mapping[Any, Any] = {
    bool: True,
    int: 1,
    str: "Words that are long enough to be a reason",
    date: TODAY,
    datetime: LATER,
    timedelta: timedelta(minutes=1),
    releases.State: releases.State.APPROVED,
    Cell: Cell("report", "row", "heading", "value"),
    Path: Path("/dev/null/nowhere"),
    Slot: Slot(1, NOW - timedelta(hours=1), 30),
}
NAMED: Mapping[str, Any] = {
    "at": NOW,
    "received_at": NOW,
    "claim": dispute.CLAIMS[next(iter(dispute.Kind))][0],
}


@dataclass(frozen=True)
class Call:
    """One way to call a function. It is named after the function, or after the decision that it carries out."""

    name: str
    function: Callable[..., Any]
    decided: type | None = None

    @property
    def about_one(self) -> bool:
        """Whether it is told about whom it is, as one and not as several."""
        return (
            self.name != "conversation_decisions.SendToSeveral"
            and "student_id" in inspect.signature(self.function).parameters
        )

    def answer(self, viewer: Viewer, about: str, number: int) -> str:
        """All that it tells of whom has this id, written out. Every number it asks for is this one."""
        asked = {name: number if one == 1 else one for name, one in self._arguments(about).items()}
        found = self.function(viewer, **asked)
        if isinstance(found, contextlib.AbstractContextManager):
            with found as inside:
                return repr(inside)
        return repr(list(found) if isinstance(found, Iterator) else found)

    def made(self, viewer: Viewer, about: Member) -> None:
        """Call it; what it hands out to be entered is entered and left, and what it tells one by one is begun."""
        found = self.function(viewer, **self._arguments(about.id))
        if isinstance(found, contextlib.AbstractContextManager):
            with found:
                pass
        elif isinstance(found, Iterator):
            next(found, None)

    def _arguments(self, about: str) -> dict[str, Any]:
        hints = get_type_hints(self.function)
        hints |= {"decided": self.decided} if self.decided else {}
        named = {**NAMED, "student_id": about}
        return {p.name: value(p.name, hints[p.name], named) for p in _needed(self.function)}


def calls() -> Iterator[Call]:
    """Every function that takes the viewer first, once for each of the decisions it carries out."""
    for name, function in for_viewers().items():
        hint = get_type_hints(function).get("decided")
        for one in get_args(hint) if isinstance(hint, types.UnionType) else ():
            yield Call(f"{one.__module__.rpartition('.')[2]}.{one.__name__}", function, one)
        if not isinstance(hint, types.UnionType):
            yield Call(name, function)


def _needed(function: Callable[..., Any]) -> Iterator[inspect.Parameter]:
    """What it must be given, but for the viewer."""
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_POSITIONAL:
            yield parameter


def value(name: str, kind: Any, named: Mapping[str, Any]) -> Any:
    """Something of this type, under this name, that is fit to be asked for."""
    options, origin = get_args(kind), get_origin(kind)
    if name in named:
        return named[name]
    if kind in PLAIN:
        return PLAIN[kind]
    if kind is Notice:
        return policy.current().notice
    if isinstance(kind, types.UnionType):
        return value(name, options[0], named)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {value(name, options[0], named): value(name, options[1], named)}
    if isinstance(origin, type) and issubclass(origin, Iterable):
        return (value(name, options[0], named),)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return next(iter(kind))
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        asked = (f for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING)
        return kind(**{f.name: value(f.name, hints[f.name], named) for f in asked})
    return None
