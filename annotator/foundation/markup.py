"""Plain text inside the markup of tooltips."""

from __future__ import annotations

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def escaped(text: str) -> str:
    """The text with what markup is made of written as entities.

    As `html.escape` does, which brings the names of two thousand characters along.
    """
    return text.translate(_ENTITIES)
