"""Who the people are that a student's rows point at: colleagues by name, and other students never."""

from sqlalchemy import or_, select

from auth.viewer import Role
from data_access.gate import Opened
from data_access.tables import Person, RoleGrant
from privacy.pack import YOU
from privacy.redaction import Reason, mark


class Names:
    """The names that may stand in one student's copy, read once."""

    def __init__(self, opened: Opened, person: int) -> None:
        question = (
            select(Person.number, Person.given_name, Person.family_name)
            .outerjoin(RoleGrant, RoleGrant.person == Person.number)
            .where(or_(Person.number == person, RoleGrant.role != Role.STUDENT))
            .distinct()
        )
        rows = opened.session.execute(question)
        self._names = {row.number: f"{row.given_name} {row.family_name}" for row in rows}
        self._names[person] += YOU

    def of(self, number: int | None) -> str | None:
        """The name; of another student that there is another person, and no more."""
        if number is None:
            return None
        return self._names.get(number, mark(Reason.OTHER_PERSON))
