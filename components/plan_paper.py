"""A support plan on paper: what the PDF holds, as values, and the link that leads to it."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from components import plan_words
from engagement import words
from policy.days import LONDON, london_day
from support.action import Action
from support.party import Party
from support.plan import Plan

ADDRESS = "/plan.pdf"
_HEAD = ("What is to be done", "Who", "Where it stands")


def link(plan: Plan) -> None:
    """A link to the PDF of one plan."""
    st.link_button(
        "Download as PDF",
        f"{ADDRESS}?{urlencode({'student': plan.student_id, 'plan': plan.id})}",
        icon=":material/download:",
        help="The plan as it stands, with what became of it. Opening it is written into the access log.",
    )


def content(plan: Plan, who: Party, institution: str, by: str, at: datetime) -> dict[str, Any]:
    """All that stands on the paper, as JSON can hold it; `by` is who asked for it, as `who`, at that moment."""
    today = london_day(at)
    made = f"{plan_words.full(today)}, {at.astimezone(LONDON):%H:%M}"
    return {
        "title": f"Support plan: {plan.student}",
        "institution": institution,
        "aim": plan.aim,
        "said": [said for said in (plan_words.state(plan, who), plan_words.review(plan, today)) if said],
        "head": list(_HEAD),
        "rows": [[one.text, plan_words.owner(one, plan, who), _stands(one, today)] for one in plan.actions],
        "became": plan_words.became(plan),
        "made": f"Made by {by} on {made}. It holds personal data: keep it as you keep a student's record.",
    }


def _stands(action: Action, today: date) -> str:
    stands = words.sentence(plan_words.stands(action, today))
    return f"{stands} {plan_words.shared(action)}".rstrip()
