"""What a university says in its registers: every purpose and risk, known reasons alone, blanks that are counted."""

import tomllib

import pytest
from pydantic import ValidationError

import policy
from policy.registers import RISKS, Basis, Registers, Special
from privacy.purposes import Purpose
from privacy.register_risks import RISKS as TOLD

SHIPPED = (policy.SHIPPED / "registers.toml").read_text("utf-8")


def read(text: str) -> Registers:
    return Registers.model_validate(tomllib.loads(text))


def test_the_shipped_file_has_every_purpose_and_every_risk():
    shipped = read(SHIPPED)
    assert set(shipped.purpose) == {purpose.value for purpose in Purpose}
    assert tuple(TOLD) == RISKS
    assert shipped.unowned == len(Purpose)


def test_legitimate_interests_cannot_be_chosen():
    with pytest.raises(ValidationError, match="legal obligation"):
        read(SHIPPED.replace('["public task"]', '["legitimate interests"]', 1))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[purpose.offer]", "[purpose.discipline]", "“discipline” under .* is unknown here"),
        ("[assessment.risk.keys]", "[assessment.risk.fire]", "“fire” under .* is unknown here"),
        ('[purpose.offer]\nbasis = ["public task"]\nowner = ""\n', "", "“offer” is missing"),
        ('basis = ["public task"]', "basis = []", "needs a reason in law"),
    ],
)
def test_a_file_that_is_not_whole_is_refused_in_a_sentence(old, new, says):
    with pytest.raises(ValidationError, match=says):
        read(SHIPPED.replace(old, new, 1))


@pytest.mark.parametrize(
    ("reason", "article"),
    [
        (Basis.LEGAL_OBLIGATION, "Article 6(1)(c)"),
        (Basis.VITAL_INTERESTS, "Article 6(1)(d)"),
        (Basis.PUBLIC_TASK, "Article 6(1)(e)"),
        (Special.CONSENT, "Article 9(2)(a)"),
        (Special.EQUALITY, "Schedule 1 paragraph 8"),
        (Special.SAFEGUARDING, "Schedule 1 paragraph 18"),
    ],
)
def test_every_reason_has_its_article(reason, article):
    assert reason.words.endswith(article)
