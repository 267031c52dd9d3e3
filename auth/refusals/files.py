"""Refusals about files of the installation: its backups and its registers."""

from auth.refusals import Refusal


class FolderTaken(Refusal):
    """The folder holds something already. Name a new one."""


class BackupElsewhere(Refusal):
    """The records are in PostgreSQL: use pg_dump, and after pg_restore run `manage.py restore --bury`."""


class BackupDamaged(Refusal):
    """The backup is not whole, so nothing was changed."""


class NoSuchRegister(Refusal):
    """There is no such register, or it is not kept as such a file. The page Registers has the links."""
