"""`manage.py backup` and `restore`: a copy of the records while they are in use, and the way back."""

from pathlib import Path
from typing import Annotated

import typer

from auth.viewer import Role, Viewer
from commands import output, ran, start
from data_access import accounts, backups, restoring
from engagement import words


def backup(
    folder: Annotated[Path, typer.Argument(help="A new folder for it.", file_okay=False)],
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Copy the records, the access log and the characteristics. Keys are not in it: back up that folder apart."""
    settings = start.installed()
    made = backups.make(Viewer.service("backup"), folder, start.now())
    ran.note(settings, "backup", start.now())
    said = f"{words.of(len(made), 'file')} in {folder}. The keys are not among them: keep a copy of keys/ elsewhere."
    output.say(json, {"files": made}, said)


def restore(
    username: Annotated[str, typer.Option("--as", help="Who does it: an administrator.")],
    folder: Annotated[Path | None, typer.Argument(help="The folder of a backup.", file_okay=False)] = None,
    bury: Annotated[
        bool,
        typer.Option(
            "--bury", help="Restore nothing; end again what has ended since (after PostgreSQL’s own restore)."
        ),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Put a backup in the place of the records. What was deleted, withdrawn or stopped since it was made stays so.

    Everybody signs in again. Load the newest files of the systems next: what came in since is not in the backup.
    """
    if bury == (folder is not None):
        raise typer.BadParameter("Name the folder of a backup, or say --bury without one.")
    start.installed()
    at = start.now()
    viewer = accounts.acting(username, Role.ADMINISTRATOR, at)
    job = Viewer.service("restore")
    again = backups.restore(viewer, folder, at) if folder else restoring.carry_out(job, at)
    said = (
        f"{'Nothing was restored' if bury else 'Restored'}. Ended again: {again.lines} of the list of what has "
        f"ended; deleted again: {words.of(again.rows, 'row')}. Now load the newest files of the systems."
    )
    output.say(json, {"ended_again": again.lines, "deleted_again": again.rows}, said)
