"""`manage.py registers`: every register as HTML, PDF and XLSX, into a folder of their own."""

from pathlib import Path
from typing import Annotated

import typer

import policy
from auth.refusals.files import FolderTaken
from auth.viewer import Viewer
from commands import output, start
from data_access import registers as stored
from privacy import registers as known

JOB = Viewer.service("registers")
KINDS = ("html", "pdf", "xlsx")


def registers(
    out_dir: Annotated[Path, typer.Argument(help="A folder that is empty or not there yet.")],
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Print every register, with the date, the version and the SHA-256 of the configuration it came from."""
    from web.registers import file  # it brings Streamlit, for which every other command would wait a second

    start.installed()
    at = start.now()
    if out_dir.exists() and (not out_dir.is_dir() or any(out_dir.iterdir())):
        raise FolderTaken
    found = stored.facts(JOB, at, measured=True)
    out_dir.mkdir(parents=True, exist_ok=True)
    prints = [known.printed(name, found, policy.current(), at) for name in known.REGISTERS]
    names = [f"{one.file}.{kind}" for one in prints for kind in KINDS]
    with output.progress(json, "Printing the registers") as report:
        for number, (one, kind) in enumerate(((one, kind) for one in prints for kind in KINDS), start=1):
            (out_dir / f"{one.file}.{kind}").write_bytes(file(one, kind))
            report(number, len(names))
    digest = prints[0].sha256
    output.say(
        json,
        {"registers": len(prints), "files": names, "sha256": digest, "folder": out_dir},
        f"Printed {len(prints)} registers as HTML, PDF and XLSX into {out_dir}. Configuration {digest}.",
    )
