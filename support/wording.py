"""Whether a text may go to a student as it is: supportive, and without a rating, a threat or a guess about health."""

from policy import wording

_INSTEAD = {
    "judges or forecasts": "Say what you noticed and ask how things are",
    "puts a fault on somebody": "Say what you noticed and ask how things are",
    "threatens": "A conversation may be declined, and declining changes nothing",
    "tells of health": "A message never names health; leave it for the conversation, if the student brings it up",
    "names a rating": "A rating stands on the student's own page, with its explanation beside it",
    "quotes a number": "Numbers stand on the student's own page, with their explanation beside them",
}


def check(text: str) -> list[str]:
    """What should be put differently, a sentence each; empty when the text may go as it is."""
    return [_sentence(kind, words) for kind, words in wording.kinds(text).items()]


def refused(text: str) -> list[str]:
    """Those of the same sentences that stop it: of a number that is quoted."""
    found = wording.kinds(text).items()
    return [_sentence(kind, words) for kind, words in found if kind in wording.NEVER]


def _sentence(kind: str, words: tuple[str, ...]) -> str:
    """`“fails”, “poor”: this judges or forecasts. Say what you noticed and ask how things are.`"""
    return f"{', '.join(f'“{word}”' for word in words)}: this {kind}. {_INSTEAD[kind]}."
