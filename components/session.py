"""What only the browser can do for a session: fetch its cookie for a ticket, drop it again, load a page anew."""

import streamlit as st

_POST = """
const asked = new Set();

export default function ({ data, parentElement }) {
  if (asked.has(data.once)) return;
  asked.add(data.once);
  if (!data.address) return window.location.replace(data.next);
  fetch(data.address, {
    method: "POST",
    headers: { "content-type": "application/json", "x-learner-analytics": "1" },
    body: JSON.stringify({ ticket: data.ticket }),
  })
    .then((answer) => {
      if (!answer.ok) throw new Error(answer.status);
      if (data.next) window.location.replace(data.next);
      else window.location.reload();
    })
    .catch(() => { parentElement.textContent = data.sorry; });
}
"""
_post = st.components.v2.component("la_session", js=_POST)


def arrive(ticket: str) -> None:
    """Trade the ticket for the cookie, then load the same address again."""
    sorry = "Signing in took too long. Please try once more."
    _post(key="arrive", data={"address": "/session", "ticket": ticket, "once": ticket, "sorry": sorry})


def leave() -> None:
    """Drop the cookie and what the browser kept, then load the front page."""
    sorry = "You are signed out. Please close this window."
    _post(key="leave", data={"address": "/session/end", "once": "leave", "next": "/", "sorry": sorry})


def reload() -> None:
    """Load the front page anew, with nothing left of what this tab had open."""
    _post(key="reload", data={"once": "reload", "next": "/"})
