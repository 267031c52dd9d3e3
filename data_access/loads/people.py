"""People as rows: a number and an opaque id once minted are theirs for good; and the keys that lead to them."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.loads.changes import Change, Values, compare, look_up
from data_access.loads.numbers import Nouns
from data_access.records import Batch
from data_access.tables import Person, SourceKey
from privacy.labels import Source


def changes(session: Session, nouns: Nouns, batch: Batch, run: int) -> list[Change]:
    """The people whom the batch brings, and the keys by which student records and the other systems know them."""
    nouns.people.mint(person.key for person in batch.people)
    numbers = {nouns.people[person.key] for person in batch.people}
    found = look_up(session, select(Person.number, Person.id), Person.number, numbers)
    ids = {row.number: row.id for row in found}
    people: list[Values] = [
        {
            "number": (number := nouns.people[person.key]),
            "id": ids.get(number) or secrets.token_urlsafe(9),
            "given_name": person.given_name,
            "family_name": person.family_name,
            "run": run,
        }
        for person in batch.people
    ]
    keys: list[Values] = [
        {"system": Source.STUDENT_RECORDS, "key": person.key, "person": nouns.people[person.key], "run": run}
        for person in batch.people
    ]
    nouns.people.learn(identity.person for identity in batch.identities)
    keys += [
        {"system": identity.system, "key": identity.key, "person": nouns.people[identity.person], "run": run}
        for identity in batch.identities
    ]
    return [
        compare(session, people, (Person.number,), Person.number),
        compare(session, keys, (SourceKey.system, SourceKey.key), SourceKey.key),
    ]
