"""A register on paper: what the PDF holds, as JSON can hold it."""

from typing import Any, Protocol

from privacy.register import Cell, Part, Register, Table


class Printed(Protocol):
    """What can be put on paper: a register, of which university, and what the print says of itself."""

    @property
    def register(self) -> Register: ...

    @property
    def institution(self) -> str: ...

    @property
    def stamp(self) -> tuple[str, ...]: ...


def content(of: Printed) -> dict[str, Any]:
    """All that stands on the paper."""
    return {
        "title": of.register.title,
        "institution": of.institution,
        "about": of.register.about,
        "parts": [_part(part) for part in of.register.parts],
        "stamp": list(of.stamp),
    }


def _part(part: Part) -> dict[str, Any]:
    if not isinstance(part, Table):
        return {"title": part.title, "sentences": list(part.sentences), "head": [], "rows": []}
    above = [part.about] if part.about else []
    if not part.rows:
        above.append(part.none)
    rows = [[_cell(cell) for cell in row] for row in part.rows]
    return {"title": part.title, "sentences": above, "head": list(part.head), "rows": rows}


def _cell(value: Cell) -> str:
    return f"{value:,}" if isinstance(value, int) else value
