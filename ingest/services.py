"""Counts of the services that policy lists. Of any other nothing is kept, not even whose row it was."""

from data_access.loads.known import Known
from data_access.records import ServiceUseRecord
from ingest.admission import Admission, Cells
from ingest.template.attendance import ServiceUse
from policy.days import number
from policy.services import Services

NOT_LISTED = "service_not_listed"


def uses(admission: Admission, known: Known, services: Services) -> list[ServiceUseRecord]:
    """How often students used the listed services, by day. Rows of others are counted, and said how many."""

    def resolve(row: Cells) -> Cells | None:
        service = services.listed(row["service"])
        if service is None:
            admission.left_out[NOT_LISTED] += 1
            return None
        student = known.aliases.get(row["student_id"], row["student_id"])
        return row | {"student_id": student, "service": service}

    rows = admission.rows(ServiceUse, "student_id", "service", "day", resolve=resolve)
    rows = admission.known(ServiceUse, rows, "student_id", "student", known.people)
    if others := admission.left_out[NOT_LISTED]:
        admission.notes.append(
            f"{others:,} rows were of services that policy/services.toml does not list; nothing of them was kept."
        )
    return [ServiceUseRecord(r["student_id"], r["service"], number(r["day"]), r["count"]) for r in rows]
