"""The words of xAPI 1.0.3 that statements are made of: IRIs, words in several languages, accounts, and who did it."""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_NAMED = ("account", "mbox", "mbox_sha1sum", "openid")


def refuse(sentence: str) -> PydanticCustomError:
    """What is wrong with a statement, in a sentence."""
    return PydanticCustomError("not_allowed", sentence)


def _iri(text: str) -> str:
    if not _IRI.fullmatch(text):
        raise refuse("An id in the statement is no IRI, as xAPI demands.")
    return text


def _tag(text: str) -> str:
    if not _TAG.fullmatch(text):
        raise refuse("A language in the statement is no language tag, such as en-GB.")
    return text


Iri = Annotated[str, AfterValidator(_iri)]
Words = dict[Annotated[str, AfterValidator(_tag)], str]


class Part(BaseModel):
    """A part of a statement. What is not named in it is dropped."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class Account(Part):
    """An account: the site, and the key of the person there."""

    home_page: Iri = Field(alias="homePage")
    name: str


class Actor(Part):
    """One person, or a group."""

    kind: Literal["Agent", "Group"] = Field(default="Agent", alias="objectType")
    account: Account | None = None
    mbox: str | None = None
    mbox_sha1sum: str | None = None
    openid: str | None = None
    member: list[Any] | None = None

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        ways = sum(getattr(self, name) is not None for name in _NAMED)
        if ways > 1:
            raise refuse("A person or group in the statement is named in more than one way.")
        if ways == 0 and not (self.kind == "Group" and self.member):
            raise refuse("A person or group in the statement has no account or other identifier.")
        return self
