"""Whatever a person can decide on a page of support."""

from support import (
    conversation_decisions,
    escalation_decisions,
    note_decisions,
    plan_decisions,
    sharing_decisions,
)

Decision = (
    conversation_decisions.Decision
    | plan_decisions.Decision
    | note_decisions.Decision
    | sharing_decisions.Decision
    | escalation_decisions.Decision
)
