"""Words that tell of events: nouns with their light verbs, verbs, and triggers marked before.

The noun of a light verb is its head and the verb stands at the end of the clause
(``پێشوازی لە شاندێک کرد``), so a trigger often has two pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from annotator.core.annotations import Annotation
from annotator.core.ids import Layer
from annotator.core.proposals import Proposal
from annotator.core.span import Fragments, Span
from annotator.kurdish.lexicon import TriggerEntry
from annotator.kurdish.normalize import fold_text
from annotator.suggest.base import Reason, Suggestion
from annotator.suggest.knowledge import Knowledge
from annotator.suggest.passage import FEWEST_WORDS, Passage
from annotator.suggest.phrases import Match, phrase_matches

_REACH = 12
"""How many words after its noun a light verb is looked for."""

_CLAUSE_ENDS = frozenset("،؛.؟!:,;")
_STRAIGHT_MARK = '"'
_OUTER = ("دا", "یش", "ش")
_DEFINITE = ("ەکە", "کە", "ەکان", "کان")
_WITH_VERB, _ALONE = 0.8, 0.6
_DOUBT = 1.0


class Triggers(Struct, frozen=True):
    """Suggests events by their triggers, without arguments."""

    id: str = "triggers"
    title_key: str = "suggester.triggers"
    layers: frozenset[Layer] = frozenset({Layer.EVENT})

    def suggest(
        self, passage: Passage, _nearby: Sequence[Annotation], knowledge: Knowledge
    ) -> Iterable[Suggestion]:
        """Triggers of the list and of the memory; where both know the words, both speak."""
        known = (
            knowledge.lists.trigger_phrases,
            knowledge.project.phrases(Layer.EVENT),
            knowledge.document.phrases(Layer.EVENT),
        )
        taken: set[int] = set()
        for match in phrase_matches(passage, known, with_clitics=True):
            entry = knowledge.lists.triggers.get(match.key)
            if _is_in_title(passage, match):
                continue
            trigger = _trigger(passage, match, entry, taken)
            for event_type in _types(match.key, entry, knowledge):
                if trigger is None or not knowledge.scheme.has_event_type(event_type):
                    continue
                listed = entry is not None and entry.event_type == event_type
                yield Suggestion(
                    Proposal(self.id, Layer.EVENT, event_type, trigger),
                    _score(match.key, event_type, trigger, knowledge, is_listed=listed),
                    _reason(match.key, event_type, knowledge),
                )


def _is_in_title(passage: Passage, match: Match) -> bool:
    """Whether it stands in quotation marks around two words or so, which are a name."""
    return any(
        quotation.content.contains(match.span)
        and len(quotation.content.of(passage.text).split()) < FEWEST_WORDS
        for quotation in passage.quotations
    )


def _types(key: str, entry: TriggerEntry | None, knowledge: Knowledge) -> Iterator[str]:
    found = dict.fromkeys(() if entry is None else (entry.event_type,))
    for memory in (knowledge.project, knowledge.document):
        marked = memory.labels(Layer.EVENT, key)
        found.update(dict.fromkeys(label for label, times in marked.items() if times > 0))
    return iter(found)


def _marked(key: str, knowledge: Knowledge) -> dict[str, int]:
    counts: dict[str, int] = {}
    for memory in (knowledge.project, knowledge.document):
        for label, times in memory.labels(Layer.EVENT, key).items():
            counts[label] = counts.get(label, 0) + times
    return counts


def _score(
    key: str, event_type: str, trigger: Fragments, knowledge: Knowledge, *, is_listed: bool
) -> float:
    refused = sum(
        memory.refusals(Layer.EVENT, key, event_type)
        for memory in (knowledge.project, knowledge.document)
    )
    marked = _marked(key, knowledge)
    prior = (_WITH_VERB if trigger.head is not None else _ALONE) if is_listed else _DOUBT / 2
    weight = 2.0 if is_listed else _DOUBT
    return (marked.get(event_type, 0) + prior * weight) / (sum(marked.values()) + refused + weight)


def _reason(key: str, event_type: str, knowledge: Knowledge) -> Reason:
    times = _marked(key, knowledge).get(event_type, 0)
    if times:
        return Reason("reason.trigger_marked", (("count", times),))
    return Reason("reason.trigger_listed")


def _trigger(
    passage: Passage, match: Match, entry: TriggerEntry | None, taken: set[int]
) -> Fragments | None:
    """The noun with its verb, the noun alone, or None where it tells nothing without a verb.

    `taken` are the words that are the verb of a noun before: of several nouns the first has the
    verb (``سوپاسی پشتیوانیی ئەمریکای کرد``). A definite noun has none.
    """
    noun = Span(match.span.start, _noun_end(passage, match))
    verb = None
    if entry is not None and not _is_definite(passage, match, noun):
        verb = _verb(passage, match, entry)
    if verb is not None and verb not in taken:
        taken.add(verb)
        return Fragments.merged(_joined(passage, noun, passage.words[verb].span), noun)
    return None if entry is not None and entry.needs_verb else Fragments((noun,))


def _joined(passage: Passage, noun: Span, verb: Span) -> tuple[Span, ...]:
    """One span where only a space parts noun and verb, else two."""
    is_next = not passage.text[noun.end : verb.start].strip()
    return (Span(noun.start, verb.end),) if is_next else (noun, verb)


def _noun_end(passage: Passage, match: Match) -> int:
    """The end of the noun with its inner suffixes: triggers keep -ی and -ەکە, not -دا and -یش."""
    end = passage.words[match.last - 1].span.end
    outer = next((suffix for suffix in _OUTER if _suffix(passage, match, end).endswith(suffix)), "")
    end -= len(outer)
    if _suffix(passage, match, end).endswith("انە"):  # the copula after a plural
        end -= 1
    return end


def _suffix(passage: Passage, match: Match, end: int) -> str:
    """What stands between the stem of a match and an offset."""
    return fold_text(passage.text[match.span.end : end])


def _is_definite(passage: Passage, match: Match, noun: Span) -> bool:
    return _suffix(passage, match, noun.end).startswith(_DEFINITE)


def _verb(passage: Passage, match: Match, entry: TriggerEntry) -> int | None:
    """The index of the light verb of a noun: the first after it in its clause, or None.

    A verb that is part of other words of saying (``قسەی کرد``), or stands behind one lonely
    quotation mark, belongs to something else.
    """
    if entry.verb is None:
        return None
    sentence = passage.sentences_around(match.span)
    marks = 0
    for index in range(match.last, min(match.last + _REACH, len(passage.words))):
        span = passage.words[index].span
        written = fold_text(span.of(passage.text))
        if span.end > sentence.end or (written in _CLAUSE_ENDS and marks % 2 == 0):
            return None
        marks += written == _STRAIGHT_MARK
        if marks % 2 == 0 and entry.verb.ready.fullmatch(written):
            return None if _belongs_to_cue(passage, match, span) else index
    return None


def _belongs_to_cue(passage: Passage, match: Match, verb: Span) -> bool:
    return any(cue.span.contains(verb) and cue.span.start >= match.span.end for cue in passage.cues)


TRIGGERS = Triggers()
