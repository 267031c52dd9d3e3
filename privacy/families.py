"""Measures that tell of each other, and so are held against the attacker together."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """Measures by name, the dearest first. If `apart` nobody has two of them; else whoever has any has the first."""

    measures: tuple[str, ...]
    apart: bool = False
