"""Words that stand in no message to a student: verdicts, forecasts, blame, threats, ratings, anything of health."""

import re
from collections.abc import Mapping

VERDICTS = (
    r"at[- ]risk",
    r"\brisks?\b",
    r"\bfail(s|ed|ing|ures?)?\b",
    r"\bproblem(s|atic)?\b",
    r"\bpredict\w*",
    r"\bforecast\w*",
    r"\blikely to\b",
    r"\bdisengag\w*",
    r"\bdrop(s|ped|ping)? out\b",
    r"\bpoor(ly)?\b",
    r"\bweak\w*",
    r"\bstruggl\w*",
    r"\bunsatisfactory\b",
    r"\bunacceptable\b",
    r"\binadequate\b",
    r"\bworse\b",
    r"\bworst\b",
    r"\bworr(y|ying|ied)\b",
    r"\bconcern(s|ing)?\b",
    r"\bwarn(s|ing|ings)?\b",
    r"\bflag(s|ged)?\b",
    r"\brank(s|ed|ing)?\b",
    r"\bpercentile\b",
    r"\bbelow average\b",
    r"\bnot on track\b",
)
"""A judgement or a forecast of a person."""

BLAME = (
    r"\bblam\w*",
    r"\bfault\b",
    r"\byou should have\b",
    r"\byou ought\b",
    r"\bneglect\w*",
    r"\bignor(e|ed|ing)\b",
    r"\bcareless\w*",
    r"\blaz(y|iness)\b",
    r"\bskipped\b",
    r"\btruan\w*",
    r"\bunauthorised\b",
    r"\bexcuses?\b",
    r"\bdid not bother\b",
    r"\bonly \d+ of\b",
    r"\bno effort\b",
)
"""Words that put a fault on somebody."""

HEALTH = (
    r"\bill(ness|nesses)?\b",
    r"\bsick(ness)?\b",
    r"\bunwell\b",
    r"\bdepress\w*",
    r"\banxi\w*",
    r"\bstress\w*",
    r"\bmental\w*",
    r"\bmedical\w*",
    r"\bdiagnos\w*",
    r"\bhealth\w*",
    r"\bdisab\w*",
    r"\bpregnan\w*",
)
"""Health, which is neither inferred nor named of anybody."""

COLOURS = (
    r"\bred\b",
    r"\bamber\b",
    r"\bgreen\b",
    r"\borange\b",
    r"\byellow\b",
    r"\btraffic[- ]lights?\b",
    r"\bRAG\b",
)
"""A colour as a status: it says nothing to whoever does not see it, nor to whoever does."""

LABELS = (
    r"\bVery low\b",
    r"\bLow\b",
    r"\bPartial\b",
    r"\bNot enough data\b",
    r"\b\d+ of 100\b",
    r"\bscore\b",
)
"""The rating and its number, which need their explanation beside them."""

NUMBERS = (
    r"\d+(?:[.,]\d+)?\s?%",
    r"\b\d+(?:[.,]\d+)? per ?cent\b",
    r"\b\d+ ?/ ?100\b",
    r"\b\d+ (?:out )?of 100\b",
)
"""A rating as a share or a number, which a message has no room to explain."""

THREATS = (
    r"\bor else\b",
    r"\bfinal notice\b",
    r"\blast chance\b",
    r"\bdisciplin\w*",
    r"\bpenalt\w*",
    r"\bpunish\w*",
    r"\bsanction\w*",
    r"\bconsequences?\b",
    r"\bescalat\w*",
    r"\bwithdrawn from (?:your|the) course\b",
    r"\bmust attend\b",
    r"\byou must\b",
    r"\bcompulsory\b",
    r"\bmandatory\b",
)
"""Pressure: an offered conversation may be declined, and declining changes nothing."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "judges or forecasts": VERDICTS,
    "puts a fault on somebody": BLAME,
    "threatens": THREATS,
    "tells of health": HEALTH,
    "names a rating": LABELS,
    "quotes a number": NUMBERS,
}
"""What a word of a message may do that it should not, and the words that do it. A colour by itself is no status."""

NEVER = frozenset({"quotes a number"})
"""What no message says, whoever writes it: the rest is the writer's choice once they were told, and words of health
need a reason beside that."""


EVERYWHERE = (*VERDICTS, *BLAME, *COLOURS)
"""What stands nowhere a student reads, their own pages included."""


def found(text: str, patterns: tuple[str, ...]) -> list[str]:
    """The words in the text that one of the patterns forbids; the names of colours in markup are not words."""
    plain = re.sub(r":[a-z]+(-[a-z]+)*\[", "[", text)
    return [match[0] for pattern in patterns for match in re.finditer(pattern, plain, _case(pattern))]


def kinds(text: str) -> Mapping[str, tuple[str, ...]]:
    """What the text does that it should not, each with the words that do it, in their order in the list."""
    every = {kind: tuple(dict.fromkeys(found(text, patterns))) for kind, patterns in KINDS.items()}
    return {kind: words for kind, words in every.items() if words}


def _case(pattern: str) -> int:
    """Capitals count only where the pattern has some: `low` is a word like others, `Low` is the rating."""
    return re.IGNORECASE if re.sub(r"\\.", "", pattern).islower() else 0
