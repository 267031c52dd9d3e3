"""The services whose use is counted, and those whose use never is: that somebody goes there is nobody's business."""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints, model_validator

from policy.strict import Strict

_CONFIDENTIAL = re.compile(
    r"coun[cs]el|councilling|dis-?\s*ab(il|le)|dyslex|neurodiver|chaplain|faith|prayer|well[-\s]*being|\bmental"
    r"|psychologi|psychiatr|therap",
    re.IGNORECASE,
)

"""What such services are called, in the spellings that are met."""


def _not_confidential(words: str) -> str:
    if _CONFIDENTIAL.search(words):
        raise ValueError(
            f"“{words}” cannot be listed: the use of counselling, well-being, disability and chaplaincy services "
            "is never counted. Take it out"
        )
    return words


Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_not_confidential)
]


class Service(Strict):
    """A service: its name in the attendance system, and its title on a page."""

    name: Words
    title: Words


class Services(Strict):
    """`services.toml`."""

    service: tuple[Service, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> "Services":
        names = [_folded(service.name) for service in self.service]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"“{twice}” is listed twice")
        return self

    def listed(self, name: str) -> str | None:
        """The service of that name, however it is cased and spaced, as policy writes it; None if it is not listed."""
        names = (service.name for service in self.service)
        return next((one for one in names if _folded(one) == _folded(name)), None)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
