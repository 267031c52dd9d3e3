"""Whose records may not go now, although they are due: a hold, or a request that is not answered yet."""

from sqlalchemy import select

from data_access.gate import Opened
from data_access.tables import LegalHold, RightsCase
from privacy.request import Kind
from privacy.retention import Why


def people(opened: Opened, kind: str, why: Why = Why.DUE) -> frozenset[int | None]:
    """The numbers of the people held back for the classes in `kind`; None among them is everybody."""
    kinds = ["", *kind.split()]
    question = select(LegalHold.student).where(LegalHold.lifted_at.is_(None), LegalHold.kind.in_(kinds))
    cases = select(RightsCase.student).where(RightsCase.ended_at.is_(None))
    if why is Why.ERASURE:  # the request itself is still open while it is carried out
        cases = cases.where(RightsCase.kind != Kind.ERASURE)
    return frozenset([*opened.session.scalars(question), *opened.session.scalars(cases)])
