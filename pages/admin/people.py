"""People and roles: who has which role and why, the yearly review, and cover for tutors who are away."""

import streamlit as st

import policy
from auth.refusals import Refusal
from auth.sessions import asking
from auth.viewer import Role
from components import parts, people_cover, people_grants, people_list, people_review
from components.people_decisions import Arrange, Decision, End, Give, Keep, TakeAway
from data_access import cover, people_and_roles, roles
from policy.days import london_day

viewer, at = asking()
today = london_day(at)
colleagues = people_and_roles.colleagues(viewer, at)
titles = {role.value: role.words for role in people_and_roles.STAFF}
decided: Decision | None = None

st.title("People and roles", anchor=False)
st.markdown(people_list.summary(colleagues, len(people_review.due(colleagues))))
part, place = parts.open_one(
    "Who has which role", "Give or take a role", "To be reviewed", "Cover for a tutor"
)
with place:
    match part:
        case "Who has which role":
            people_list.show(colleagues, list(titles.values()))
        case "Give or take a role":
            if chosen := people_grants.choose(colleagues):
                decided = people_grants.change(chosen, titles, today)
        case "To be reviewed":
            decided = people_review.show(colleagues, policy.current().access.review_months)
        case _:
            covers, tutors = cover.arranged(viewer, at), cover.tutors(viewer, at)
            decided = people_cover.show(covers, tutors, colleagues, today)

try:
    match decided:
        case Give(username, role, first, last, reason):
            people_and_roles.give(viewer, username, Role(role), first, last, reason, at)
        case TakeAway(username, role, reason):
            roles.revoke(viewer, username, Role(role), reason, at)
        case Keep(grant):
            people_and_roles.keep(viewer, grant, at)
        case Arrange(absent, covering, first, last, reason):
            cover.arrange(viewer, absent, covering, first, last, reason, at)
        case End(number):
            cover.end(viewer, number, at)
except Refusal as refusal:
    st.error(refusal.sentence)
else:
    if decided:
        st.toast(decided.done, icon=":material/check:")
        st.rerun()
