"""How a student studies: chances of coming, of being online and of handing in, and how they change over the year."""

from dataclasses import dataclass
from enum import Enum
from random import Random


class Kind(Enum):
    """What becomes of a student's engagement."""

    ORDINARY = "ordinary"
    STEADY = "steady"
    FADE = "slow fade"
    STOP = "sudden stop"
    RETURN = "returner"
    CARDED = "carded but absent"
    EXCUSED = "authorised absence"
    GAP = "feed gap"
    LEAVER = "leaver"
    LAPSED = "supervision lapsed"


@dataclass(frozen=True)
class Phase:
    """What is left, from 0 to 1, of the chance of coming to class, of being online, and of handing in."""

    classes: float
    online: float
    work: float


WHOLE = Phase(1, 1, 1)
NOTHING = Phase(0, 0, 0)
CARD_ONLY = Phase(1, 0, 0)
AT_HOME = Phase(0, 0.8, 1)

# When a story turns, in taught days before today: within the seven weeks of teaching that there always are.
_FADES = (35, 5)
_STOPS = 17
_SILENT = range(12, 33)
_CARDED = 28
_EXCUSED = range(14)
_HARDLY, _LURKING = 0.04, 0.25  # what a fade leaves of coming to class, and of being online


@dataclass(frozen=True)
class Habits:
    """One student's chances. `delay` moves the turn of the story, in taught days, towards today.

    `online` is the chance of a working day on one module's pages; `mark` what the work is worth on average.
    """

    kind: Kind
    delay: int
    attends: float
    late: float
    online: float
    on_time: float
    handed_in: float
    mark: int

    def phase(self, since: int) -> Phase:
        """How things stand on a day after which there have been so many taught days."""
        since += self.delay
        match self.kind:
            case Kind.FADE:
                begins, ends = _FADES
                left = min(1.0, max(_HARDLY, (since - ends) / (begins - ends)))
                return Phase(left, _LURKING + (1 - _LURKING) * left, round(left))
            case Kind.STOP:
                return NOTHING if since < _STOPS else WHOLE
            case Kind.RETURN:
                return NOTHING if since in _SILENT else WHOLE
            case Kind.CARDED:
                return CARD_ONLY if since < _CARDED else WHOLE
            case Kind.EXCUSED:
                return AT_HOME if since in _EXCUSED else WHOLE
            case Kind.ORDINARY | Kind.STEADY | Kind.GAP | Kind.LEAVER | Kind.LAPSED:
                return WHOLE

    def excused(self, since: int) -> bool:
        """Whether an absence is authorised on a day after which there have been so many taught days."""
        return self.kind is Kind.EXCUSED and since + self.delay in _EXCUSED


def reliable(kind: Kind, delay: int = 0) -> Habits:
    """Those of somebody in a story: what is seen in their record is the story and not chance."""
    attends, online, mark = (0.97, 0.6, 72) if kind is Kind.STEADY else (0.92, 0.45, 63)
    return Habits(kind, delay, attends, late=0.03, online=online, on_time=1, handed_in=1, mark=mark)


def anybody(kind: Kind, delay: int, rng: Random) -> Habits:
    """Those of one student among many. Diligence shows in everything; a few have little of it."""
    diligence = rng.betavariate(2.3, 1.7)
    return Habits(
        kind,
        delay,
        attends=0.46 + 0.48 * diligence,
        late=rng.uniform(0.02, 0.1),
        online=0.5 * diligence**1.5,
        on_time=0.64 + 0.33 * diligence,
        handed_in=0.8 + 0.19 * diligence,
        mark=round(rng.gauss(62 + 9.5 * diligence, 6)),
    )
