"""What each row of the template is: fields with a meaning and an example, and nothing beside them."""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field


class Record(BaseModel):
    """One row of one sheet. The class says which sheet; its docstring says what a row is.

    What stands in a column of `withheld` is never kept with a fault, and never shown. A row that says nothing without
    them is not `replayable`: only a new file mends it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)

    sheet: ClassVar[str]
    withheld: ClassVar[frozenset[str]] = frozenset()
    replayable: ClassVar[bool] = True

    @classmethod
    def required(cls) -> list[str]:
        """The columns that a file must have."""
        return [name for name, field in cls.model_fields.items() if field.is_required()]


def said(meaning: str, example: object, *, default: object = ...) -> Any:
    """A field, with its meaning and an example as the template and its page print them."""
    return Field(default, description=meaning, examples=[example])
