"""The stories: nine named tutees of one tutor, each with a course of engagement worth a conversation, or none."""

from dataclasses import dataclass

from ingest.demo.habits import Kind
from ingest.demo.people import Name


@dataclass(frozen=True)
class Story:
    """One story: who carries it, where they study, and what can be seen, in a sentence."""

    kind: Kind
    key: str
    name: Name
    course: str
    stage: int
    sentence: str


STORIES = (
    Story(
        Kind.STEADY,
        "H200001",
        Name("Amara", "Nwosu-Kerridge"),
        "COM",
        2,
        "The steady one: in nearly every class, online most weekdays, and all work in on time.",
    ),
    Story(
        Kind.FADE,
        "H200002",
        Name("Callum", "Brathwaite"),
        "COM",
        2,
        "The slow fade: began the year well and has come less, week by week, for five weeks.",
    ),
    Story(
        Kind.STOP,
        "H200003",
        Name("Zofia", "Wiśniewska"),
        "COM",
        1,
        "The sudden stop: engaged in everything until about two and a half weeks ago, and nothing since.",
    ),
    Story(
        Kind.RETURN,
        "H200004",
        Name("Hamza", "Bukhari"),
        "CIV",
        2,
        "The returner: three weeks of silence, and fully back for the last two.",
    ),
    Story(
        Kind.CARDED,
        "H200005",
        Name("Wei Ling", "Ng"),
        "COM",
        1,
        "Carded but absent: the card is in every class, but for four weeks no page was opened and no work came.",
    ),
    Story(
        Kind.EXCUSED,
        "H200006",
        Name("Siobhán", "O'Rafferty"),
        "COM",
        3,
        "The authorised absence: two weeks agreed with the university, which count neither for nor against.",
    ),
    Story(
        Kind.GAP,
        "H200007",
        Name("Dimitra", "Papathanasiou"),
        "CIV",
        1,
        "The feed gap: attends well, but the registers of one module have not arrived for two weeks.",
    ),
    Story(
        Kind.LEAVER,
        "H200008",
        Name("Oliver", "Tranmere-Holt"),
        "CIV",
        2,
        "The leaver: withdrew two weeks ago, and is no longer shown to anybody.",
    ),
    Story(
        Kind.LAPSED,
        "H200009",
        Name("Farid", "Haddad-Moss"),
        "RES",
        2,
        "The lapsed supervision: a research student, the last two or three meetings missed, a milestone overdue.",
    ),
)


def story(kind: Kind) -> Story:
    """The story of that kind."""
    return next(one for one in STORIES if one.kind is kind)
