"""Personal tutors: the data set has none, so each presentation is given some, about 25 students each."""

from collections import defaultdict
from collections.abc import Sequence

from data_access.records import EnrolmentRecord, PersonRecord, RegistrationRecord, TutoringRecord

_TUTEES = 25


def tutor_key(presentation: str, number: int) -> str:
    """The key of a tutor in student records, such as oulad-tutor-AAA-2013J-01."""
    return f"oulad-tutor-{presentation}-{number:02}"


def tutors(
    enrolments: Sequence[EnrolmentRecord], registrations: Sequence[RegistrationRecord]
) -> tuple[list[PersonRecord], list[TutoringRecord]]:
    """The tutors, and whom each has from the day of enrolment: dealt out in the order of student numbers."""
    by_module: dict[str, list[EnrolmentRecord]] = defaultdict(list)
    for enrolment, registration in zip(enrolments, registrations, strict=True):
        by_module[registration.module].append(enrolment)
    people: list[PersonRecord] = []
    tutorings: list[TutoringRecord] = []
    for module, members in by_module.items():
        many = max(1, round(len(members) / _TUTEES))
        keys = [tutor_key(module, n) for n in range(1, many + 1)]
        people += [PersonRecord(key, "Tutor", f"{module} {n:02}") for n, key in enumerate(keys, 1)]
        members.sort(key=lambda enrolment: int(enrolment.student))
        tutorings += [
            TutoringRecord(enrolment.key, keys[n % many], enrolment.starts, None)
            for n, enrolment in enumerate(members)
        ]
    return people, tutorings
