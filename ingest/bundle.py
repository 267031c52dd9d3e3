"""What was handed in: one file, a folder or an archive, as named members that can be opened, within limits."""

import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ingest.found import NotReadable, name_of
from ingest.limits import Limits

_ARCHIVE, _GZIP, _OLE = b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0"
_WORKBOOK = "[Content_Types].xml"
# What unpacking raises: a wrong checksum, bytes that are no packed ones, an end too early, a packing nobody knows,
# a name that is not in the letters it says.
_DAMAGED = (
    zipfile.BadZipFile,
    gzip.BadGzipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    UnicodeDecodeError,
)


@dataclass(frozen=True)
class Member:
    """One file of the bundle. `name` is what people see; `open` may be called again."""

    name: str
    open: Callable[[], BinaryIO]

    @property
    def stem(self) -> str:
        """The name without folder and ending, in lower case: `users` of `SDS/Users.csv`."""
        return PurePosixPath(self.name).name.split(".")[0].casefold()

    @property
    def start(self) -> bytes:
        """The first 64 KiB."""
        with self.open() as file:
            return file.read(1 << 16)

    @property
    def workbook(self) -> bool:
        """Whether it is a workbook of the modern kind."""
        return self.start.startswith(_ARCHIVE)


@contextmanager
def opened(path: Path, limits: Limits) -> Iterator[tuple[Member, ...]]:
    """The members of a file, a folder or an archive. Raises NotReadable for what must not be opened."""
    if path.is_dir():
        files = sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith("."))
        yield tuple(_checked(_plain(p), limits) for p in files)
        return
    if not path.is_file():
        raise NotReadable("missing", f"There is no file {name_of(path)}.")
    if limits.upload and path.stat().st_size > limits.upload:
        raise NotReadable(
            "size", f"The file has more than {limits.upload >> 20} MB. Load it from the command line."
        )
    start = _plain(path).start
    if start.startswith(_ARCHIVE):
        with _archive(path, limits) as archive:
            yield _members(path, archive, limits)
    elif start.startswith(_GZIP):
        yield (_gunzipped(path, limits),)
    else:
        yield (_checked(_plain(path), limits),)


def _plain(path: Path) -> Member:
    return Member(name_of(path), lambda: path.open("rb"))


def _checked(member: Member, limits: Limits) -> Member:
    """Refuse by content what only its name makes look like text, and old or locked workbooks."""
    start = member.start
    ending = PurePosixPath(member.name).suffix.casefold()
    if start.startswith(_OLE):
        raise NotReadable(
            "old_workbook",
            f"{member.name} is an old or a locked workbook. Save it as .xlsx, unlocked.",
        )
    if ending in (".xlsx", ".xlsm") and not start.startswith(_ARCHIVE):
        raise NotReadable(
            "not_a_workbook", f"{member.name} is called a workbook and is none. Export it again."
        )
    if ending in (".xlsm", ".xlsb", ".ods", ".xls"):
        raise NotReadable("workbook_kind", f"{member.name}: only .xlsx workbooks are read. Save it as .xlsx.")
    if start.startswith(_ARCHIVE):
        with member.open() as file, _archive(file, limits):
            pass
    return member


@contextmanager
def _archive(file: Path | BinaryIO, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """An archive whose list of contents is sound. Checked before anything in it is unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            _sound(archive.infolist(), limits)
            yield archive
    except _DAMAGED as fault:
        raise NotReadable(
            "archive", "The archive is cut short or damaged. Export or download it again."
        ) from fault


def _sound(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > limits.entries:
        raise NotReadable("entries", f"The archive holds more than {limits.entries} files.")
    if len({name.casefold() for name in names}) < len(names):
        raise NotReadable("entries", "The archive holds the same file twice.")
    if any(
        name.startswith(("/", "\\")) or ".." in PurePosixPath(name).parts or ":" in name for name in names
    ):
        raise NotReadable("path", "The archive holds a file with a path that leads out of it.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise NotReadable("password", "The archive is locked with a password.")
    unpacked, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if (limits.unpacked and unpacked > limits.unpacked) or unpacked > limits.ratio * max(packed, 4096):
        raise NotReadable("bomb", "The archive would unpack to far more than it may.")


def _members(path: Path, archive: zipfile.ZipFile, limits: Limits) -> tuple[Member, ...]:
    if _WORKBOOK in archive.namelist():
        if any(name.casefold().endswith("vbaproject.bin") for name in archive.namelist()):
            raise NotReadable("macros", "The workbook holds macros. Save it as .xlsx without them.")
        return (_checked(_plain(path), limits),)
    if "mimetype" in archive.namelist():
        raise NotReadable("workbook_kind", "Only .xlsx workbooks are read. Save it as .xlsx.")
    files = [name for name in archive.namelist() if not name.endswith("/") and "__MACOSX" not in name]
    members = tuple(Member(name, partial(_entry, archive, name)) for name in files)
    if any(member.start.startswith((_ARCHIVE, _GZIP)) for member in members):
        raise NotReadable("nested", "The archive holds another archive. Unpack it first.")
    return members


def _entry(archive: zipfile.ZipFile, name: str) -> BinaryIO:
    return BytesIO(_unpacked(archive, name))


def _unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    """One entry, never more of it than its list of contents promised: the list may lie."""
    promised = archive.getinfo(name).file_size
    with archive.open(name) as entry:
        found = entry.read(promised + 1)
    if len(found) != promised:
        raise NotReadable("archive", f"{name} in the archive is not what its list of contents says.")
    return found


def _gunzipped(path: Path, limits: Limits) -> Member:
    size, allowed = path.stat().st_size, limits.unpacked
    most = min(limits.ratio * max(size, 4096), allowed or 1 << 62)
    total = 0
    try:
        with gzip.open(path) as file:
            while piece := file.read(1 << 20):
                total += len(piece)
                if total > most:
                    raise NotReadable("bomb", "The file would unpack to far more than it may.")
    except _DAMAGED as fault:
        raise NotReadable(
            "archive", "The file is cut short or damaged. Export or download it again."
        ) from fault
    return Member(name_of(path).removesuffix(".gz"), lambda: gzip.open(path))  # type: ignore[return-value, arg-type]
