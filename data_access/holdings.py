"""All that is held about the student who asks, table by table, with the rows of those that systems tell."""

from datetime import datetime

from auth.viewer import Role, Viewer
from data_access import dispute_rows, gate, pack_rows
from data_access.packs import READ
from privacy import held
from privacy.held import Holding


def of(viewer: Viewer, at: datetime) -> tuple[Holding, ...]:
    """By source; a student whose course has ended sees it too."""
    with gate.reading(viewer, None, READ, at, only={Role.STUDENT}) as opened:
        sections = pack_rows.sections(opened, viewer.person, at)
        return held.holdings(sections, dispute_rows.marked(opened))
