"""Why a request may be refused, or done only in part: each with the law, in words for a letter."""

from collections.abc import Mapping
from enum import StrEnum

from privacy.request import Kind


class Ground(StrEnum):
    """A ground in law. The value stands in letters and registers, so that they can be counted."""

    PUBLIC_TASK = "E1"
    LEGAL_CLAIMS = "E2"
    COMPELLING = "O1"
    ACCURATE = "C1"
    OTHERS = "R1"
    NOT_HELD = "N1"
    UNIDENTIFIED = "N2"
    EXCESSIVE = "N3"

    @property
    def words(self) -> str:
        """The ground as a letter says it."""
        return _WORDS[self]


_WORDS: Mapping[Ground, str] = {
    Ground.PUBLIC_TASK: "The data are still needed for a task that the university carries out in the public interest "
    "(UK GDPR, Article 17(3)(b)).",
    Ground.LEGAL_CLAIMS: "The data are needed to make or answer a legal claim (UK GDPR, Article 17(3)(e)).",
    Ground.COMPELLING: "There are compelling legitimate grounds for using the data that weigh more than your "
    "interests (UK GDPR, Article 21(1)).",
    Ground.ACCURATE: "We looked into it with whoever recorded the data, and found them accurate "
    "(UK GDPR, Article 16).",
    Ground.OTHERS: "A part speaks of other people, who did not agree, and it is not reasonable to show it without "
    "that (Data Protection Act 2018, Schedule 2, paragraph 16).",
    Ground.NOT_HELD: "Learner Analytics does not hold what you asked about.",
    Ground.UNIDENTIFIED: "We could not make sure that it was you who asked (UK GDPR, Article 12(2)).",
    Ground.EXCESSIVE: "The request is manifestly unfounded or excessive (UK GDPR, Article 12(5)).",
}
_ALWAYS = (Ground.NOT_HELD, Ground.UNIDENTIFIED, Ground.EXCESSIVE)
_OWN: Mapping[Kind, tuple[Ground, ...]] = {
    Kind.ACCESS: (Ground.OTHERS,),
    Kind.RECTIFICATION: (Ground.ACCURATE,),
    Kind.ERASURE: (Ground.PUBLIC_TASK, Ground.LEGAL_CLAIMS),
    Kind.RESTRICTION: (Ground.LEGAL_CLAIMS,),
    Kind.OBJECTION: (Ground.COMPELLING, Ground.LEGAL_CLAIMS),
}


def grounds(kind: Kind) -> tuple[Ground, ...]:
    """The grounds on which a request of this kind may be refused; none for a complaint, which is always answered."""
    return () if kind is Kind.COMPLAINT else (*_OWN.get(kind, ()), *_ALWAYS)
