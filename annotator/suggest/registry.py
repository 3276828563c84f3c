"""Every suggester, and all of them run over one passage."""

from __future__ import annotations

from annotator.suggest.base import Suggester, Suggestion
from annotator.suggest.dates import DATES
from annotator.suggest.gazetteer import GAZETTEER
from annotator.suggest.knowledge import Knowledge
from annotator.suggest.passage import Passage
from annotator.suggest.propagation import PROPAGATION
from annotator.suggest.quotes import QUOTES
from annotator.suggest.ranking import Marks, ranked
from annotator.suggest.triggers import TRIGGERS

SUGGESTERS: tuple[Suggester, ...] = (PROPAGATION, GAZETTEER, DATES, TRIGGERS, QUOTES)


def suggester(identifier: str) -> Suggester | None:
    """The suggester with this id; None for one that this program does not know."""
    return next((one for one in SUGGESTERS if one.id == identifier), None)


def suggest(passage: Passage, marks: Marks, knowledge: Knowledge) -> tuple[Suggestion, ...]:
    """What to show of all that the suggesters find in a passage, in reading order."""
    found = (
        suggestion
        for one in SUGGESTERS
        for suggestion in one.suggest(passage, marks.annotations, knowledge)
    )
    return ranked(found, marks, knowledge.scheme)
