"""Lists in the notes of documents: plain Python, no database."""

from markupsafe import Markup


def make_list(texts):
    """Return texts as a list in HTML, each of them escaped."""
    return Markup("<ul>%s</ul>") % Markup().join(Markup("<li>%s</li>") % text for text in texts)
