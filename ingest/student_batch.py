"""A batch of student records from its staged sheets: what one sheet brings, the sheets after it may speak of."""

from collections.abc import Sequence
from typing import Any

from data_access.loads.known import Known
from engagement.studies import Level
from ingest import enrolment_batch, module_batch, people_batch, research_batch, work_batch
from ingest.admission import Admission, Cells
from policy.institution import Regulations


def nouns(admission: Admission, known: Known, regulations: Regulations) -> dict[str, Sequence[Any]]:
    """The nouns of the batch by their name there."""
    people, contacts = people_batch.people(admission)
    persons = known.people | {person.key for person in people}
    enrolled = enrolment_batch.enrolled(admission, persons, known.whose)
    whose = known.whose | {row["enrolment_id"]: row["student_id"] for row in enrolled}
    modules = module_batch.modules(admission)
    codes = known.modules | {module.code for module in modules}
    assessments = work_batch.assessments(admission, codes)
    works = known.assessments | {assessment.key for assessment in assessments}
    research = _research(known, enrolled)
    return {
        "people": people,
        "contacts": contacts,
        "identities": people_batch.identities(admission, persons),
        "courses": enrolment_batch.courses(admission, enrolled),
        "enrolments": [enrolment_batch.enrolment(row, regulations) for row in enrolled],
        "tutorings": enrolment_batch.tutorings(admission, persons, frozenset(whose)),
        "awards": enrolment_batch.awards(admission, whose),
        "modules": modules,
        "module_keys": module_batch.module_keys(admission, codes),
        "registrations": module_batch.registrations(admission, persons, codes, whose),
        "assessments": assessments,
        "submissions": work_batch.submissions(admission, persons, works),
        "sittings": work_batch.sittings(admission, persons, works),
        "milestones": research_batch.milestones(admission, persons, whose, research),
        "supervisions": research_batch.supervisions(admission, persons, whose, research),
    }


def _research(known: Known, enrolled: list[Cells]) -> frozenset[str]:
    """The enrolments of research students, those that this load brings included."""
    brought = {row["enrolment_id"] for row in enrolled}
    of_research = {row["enrolment_id"] for row in enrolled if Level(row["level"]) is Level.RESEARCH}
    return (known.research - brought) | of_research
