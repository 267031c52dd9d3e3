"""Who takes part in support: the student, the tutor, and those whom both ask to help."""

from enum import StrEnum


class Party(StrEnum):
    """One side of an agreement, or the owner of an action. A service is reached by the student, not through us."""

    STUDENT = "student"
    TUTOR = "tutor"
    ADVISER = "adviser"
    SERVICE = "service"
