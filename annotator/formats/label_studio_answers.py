"""What people answer in Label Studio besides marking text: about one region, or the whole task.

A choice, a rating or a note that belongs to a region is an attribute of what is marked there. One
that is about the task is about the text as a whole, for which a set has no place.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from annotator.formats.base import JsonObject
from annotator.formats.foreign_graph import ToldSet
from annotator.formats.news_fields import line_of

LABELS = ("labels", "hypertextlabels")
"""The kinds of results that mark text with labels."""


class Answer(Struct, frozen=True):
    """One answer: the id of the result, which is that of its region, the question, and the text."""

    region: str
    question: str
    text: str


def answer_of(result: JsonObject) -> Answer | None:
    """What a result says that marks no text with labels; None where it says nothing."""
    kind, value = result.get("type"), result.get("value")
    if not isinstance(kind, str) or kind in LABELS or not isinstance(value, dict):
        return None
    told = value.get(kind, value.get("text"))
    lines = (line_of(one) for one in (told if isinstance(told, list) else [told]))
    text = ", ".join(line for line in lines if line)
    question = line_of(result.get("from_name")) or kind
    return Answer(str(result.get("id")), question, text) if text else None


def add_answers(found: ToldSet, answers: Iterable[Answer]) -> None:
    """Give marked text what is answered about it, and remember the rest as what is left out."""
    attributes: dict[str, dict[str, str]] = {}
    regions = {region_of(node.id) for node in found.nodes}
    for answer in answers:
        if answer.region in regions:
            attributes.setdefault(answer.region, {})[answer.question] = answer.text
        else:
            found.unheld.append((answer.question, answer.text))
    found.nodes[:] = [
        replace(node, attrs=tuple(sorted(attributes.get(region_of(node.id), {}).items())))
        for node in found.nodes
    ]


def node_id(region: str, nth: int) -> str:
    """The id of the span for one label of a region, from 1."""
    return region if nth == 1 else f"{region}#{nth}"


def region_of(node: str) -> str:
    """The id of the region whose label a span is."""
    region, _, nth = node.rpartition("#")
    return region if region and nth.isdecimal() else node
