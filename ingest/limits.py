"""How much a file may ask of us before it is refused. Fixed here and in `docs/feeds.md`."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """`upload` bounds what comes through the page; a load from the command line is bounded by memory alone.

    `bad` is how many rows may be bad before the rest is not worth reading: every one of them is kept.
    """

    upload: int | None = 50 * MIB
    unpacked: int | None = 300 * MIB
    entries: int = 200
    ratio: int = 200
    rows: int | None = 1_050_000
    bad: int = 100_000
    columns: int = 64
    cell: int = 131_072
    memory: int = 1536 * MIB
    seconds: int = 60


FROM_PAGE = Limits()
FROM_COMMAND = Limits(upload=None, unpacked=None, rows=None, seconds=3600)
