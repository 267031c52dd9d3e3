"""What a person does on a page under test: press a button by its label, and read all that stands there."""

from streamlit.testing.v1 import AppTest


def pressed(app: AppTest, label: str) -> AppTest:
    """The application after a press of the first button with that label."""
    next(button for button in app.button if button.label == label).click()
    return app.run()


def said(app: AppTest) -> str:
    """The sentences and warnings on the page, as one text, without the backslashes of markup."""
    return "\n".join(one.value for one in (*app.markdown, *app.warning)).replace("\\", "")
