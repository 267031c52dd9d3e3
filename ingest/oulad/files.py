"""The files of an OULAD folder: six small tables and the click table, whole or in parts."""

from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path

from auth.refusals import Refusal

SMALL = ("courses", "assessments", "vle", "studentInfo", "studentRegistration", "studentAssessment")
CLICKS = "studentVle"
_TEXT = (".csv", ".csv.gz")
_ANY = (*_TEXT, ".parquet")


class NotOulad(Refusal):
    """The folder does not hold the seven tables; the sentence says what is expected."""


@dataclass(frozen=True)
class Files:
    """Where the tables are: one file for each small one, and the parts of the click table in order."""

    small: dict[str, Path]
    clicks: tuple[Path, ...]


def find(folder: Path) -> Files:
    """The files to load. Raises NotOulad when a table is missing or there twice."""
    if not folder.is_dir():
        raise NotOulad(f"There is no folder {folder}.")
    _named(folder)
    return Files({name: _small(folder, name) for name in SMALL}, _clicks(folder))


def digest(files: list[Path]) -> str:
    """One SHA-256 over the names and contents of these files."""
    whole = sha256()
    for file in files:
        with file.open("rb") as content:
            whole.update(file.name.encode() + b"\0" + file_digest(content, "sha256").digest())
    return whole.hexdigest()


def _small(folder: Path, name: str) -> Path:
    found = [folder / f"{name}{ending}" for ending in _TEXT if (folder / f"{name}{ending}").is_file()]
    if not found:
        raise NotOulad(
            f"{folder} has no {name}.csv or {name}.csv.gz; OULAD is seven tables and all are needed."
        )
    if len(found) > 1:
        raise NotOulad(f"{folder} has both {name}.csv and {name}.csv.gz; please leave one of them.")
    return found[0]


def _clicks(folder: Path) -> tuple[Path, ...]:
    """Files with `raw` in their name are samples of the published rows: only loaded when alone."""
    parts = [file for file in sorted(folder.glob(f"{CLICKS}*")) if file.name.endswith(_ANY)]
    chosen = [file for file in parts if "raw" not in file.name] or parts
    if not chosen:
        raise NotOulad(
            f"{folder} has no {CLICKS}.csv, {CLICKS}.csv.gz or {CLICKS}.parquet; it may come in parts."
        )
    for file in chosen:
        _named(file)
    stems = [file.name.partition(".")[0] for file in chosen]
    for stem in stems:
        if stems.count(stem) > 1:
            raise NotOulad(f"{folder} has {stem} in more than one format; please leave one of them.")
    return tuple(chosen)


def _named(path: Path) -> None:
    """Refuse a name that is no text: nothing that reads or records it could say which file it was."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise NotOulad(f"The name {path.name!a} is not written in UTF-8; please rename it.") from None
