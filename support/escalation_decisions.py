"""What is decided about passing a student on to a senior tutor, as a page hands it on."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class PassOn:
    """Let the senior tutor with this id see the student, for this reason."""

    senior_tutor: str
    reason: str
    why_kept: str = ""
    done: ClassVar[str] = "Passed on. The student and the senior tutor read your reason."


@dataclass(frozen=True)
class End:
    """End it, with what came of it: by the tutor who takes it back, or by the senior tutor."""

    outcome: str
    why_kept: str = ""
    done: ClassVar[str] = "Ended. The student reads what came of it."


Decision = PassOn | End
