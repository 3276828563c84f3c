"""Rules of the quote layer: content, cue, speaker, nesting and repetition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, assert_never

from annotator.core.annotations import (
    Entity,
    Evidence,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Party,
    Quote,
    QuoteType,
    SpanTarget,
    SpeakerForm,
)
from annotator.core.findings import Facts, Finding, FunctionRule, Severity, finding
from annotator.core.ids import Layer
from annotator.core.rules.pieces import closing_links, common_parts, letters_of
from annotator.core.span import Span

SpeakerKey: TypeAlias = tuple[str, str]


def _about(facts: Facts, code: str, severity: Severity, quote: Quote, **values: object) -> Finding:
    span, text = quote.content.envelope, facts.excerpt(quote.content)
    return finding(code, severity, record=quote.id, span=span, text=text, **values)


def check_content(facts: Facts) -> Iterator[Finding]:
    """V40: the content holds a word."""
    letters = letters_of(facts)
    for quote in facts.annotations.quotes():
        if letters.within(quote.content.spans) == 0:
            span = quote.content.envelope
            yield finding("V40", Severity.ERROR, record=quote.id, span=span, identifier=quote.id)


def check_cue(facts: Facts) -> Iterator[Finding]:
    """V44: an indirect quote has a cue, for without one nothing tells that it is a quote."""
    for quote in facts.annotations.quotes():
        if quote.type is QuoteType.INDIRECT and quote.cue is None:
            yield _about(facts, "V44", Severity.WARNING, quote)


def check_separation(facts: Facts) -> Iterator[Finding]:
    """V45: cue and speaker stand outside the content, except in a quote with a parent."""
    for quote in facts.annotations.quotes():
        if quote.parent is not None:
            continue
        cue = () if quote.cue is None else quote.cue.spans
        if any(common_parts(quote.content.spans, cue)):
            yield _about(facts, "V45.cue", Severity.ERROR, quote)
        if any(common_parts(quote.content.spans, _speaker_spans(facts, quote))):
            yield _about(facts, "V45.speaker", Severity.ERROR, quote)


def _speaker_spans(facts: Facts, quote: Quote) -> tuple[Span, ...]:
    match quote.speaker.who:
        case SpanTarget(fragments):
            return fragments.spans
        case MentionTarget(identifier):
            mention = facts.known(identifier, Mention)
            return () if mention is None else mention.fragments.spans
        case _:
            return ()


def check_speaker_form(facts: Facts) -> Iterator[Finding]:
    """V46: a speaker named is a mention, and explicit evidence can be pointed at."""
    for quote in facts.annotations.quotes():
        speaker = quote.speaker
        if speaker.form is SpeakerForm.NAME and not isinstance(speaker.who, MentionTarget):
            yield _about(facts, "V46.name", Severity.WARNING, quote)
        points = isinstance(speaker.who, MentionTarget | SpanTarget)
        if speaker.evidence is Evidence.EXPLICIT and not points:
            yield _about(facts, "V46.explicit", Severity.WARNING, quote)


def check_speaker_label(facts: Facts) -> Iterator[Finding]:
    """V47: who speaks is of a kind that can (in the default scheme PER, ORG, GPE, NORP)."""
    allowed = facts.scheme.speaker_labels
    for quote in facts.annotations.quotes():
        label = _party_label(facts, quote.speaker.who)
        if allowed and label is not None and label not in allowed:
            yield _about(facts, "V47", Severity.WARNING, quote, label=label)


def _party_label(facts: Facts, party: Party | None) -> str | None:
    """The label of the entity behind a party, else of the mention itself."""
    match party:
        case MentionTarget(identifier):
            mention = facts.known(identifier, Mention)
            if mention is None:
                return None
            linked = facts.known(mention.entity, Entity)
            return mention.label if linked is None else linked.label
        case SpanTarget(entity=identifier) | ImplicitTarget(identifier):
            entity = facts.known(identifier, Entity)
            return None if entity is None else entity.label
        case None:
            return None
        case _:
            assert_never(party)


def check_parents(facts: Facts) -> Iterator[Finding]:
    """V48: a quote lies in the content of its parent, and no quote is its own ancestor."""
    quotes = {quote.id: quote for quote in facts.annotations.quotes()}
    graph = {q.id: () if q.parent is None else (q.parent,) for q in quotes.values()}
    for source, target in closing_links(graph):
        yield _about(facts, "V48.cycle", Severity.ERROR, quotes[source], other=target)
    for quote in quotes.values():
        parent = facts.known(quote.parent, Quote)
        if parent is None:
            continue
        inside = common_parts(quote.content.spans, parent.content.spans)
        if tuple(inside) != quote.content.spans:
            yield _about(facts, "V48.outside", Severity.ERROR, quote, other=parent.id)


def check_repetition(facts: Facts) -> Iterator[Finding]:
    """V49: the same saying of the same speaker is tied together by a cluster."""
    text = facts.document.text
    seen: dict[tuple[SpeakerKey, str], Quote] = {}
    for quote in facts.annotations.quotes():
        speaker = _speaker_key(facts, quote.speaker.who)
        if speaker is None:
            continue
        first = seen.setdefault((speaker, facts.fold(quote.content.of(text))), quote)
        if first is not quote and (quote.cluster is None or quote.cluster != first.cluster):
            yield _about(facts, "V49", Severity.WARNING, quote, other=first.id)


def _speaker_key(facts: Facts, party: Party | None) -> SpeakerKey | None:
    """What is equal for equal speakers: the entity, else the mention or the words."""
    match party:
        case MentionTarget(identifier):
            mention = facts.known(identifier, Mention)
            entity = None if mention is None else mention.entity
            return ("mention", identifier) if entity is None else ("entity", entity)
        case SpanTarget(fragments, entity):
            if entity is not None:
                return "entity", entity
            return "words", facts.fold(fragments.of(facts.document.text))
        case ImplicitTarget(entity):
            return "entity", entity
        case None:
            return None
        case _:
            assert_never(party)


RULES = (
    FunctionRule("V40", Layer.QUOTE, check_content, may_block=True),
    FunctionRule("V44", Layer.QUOTE, check_cue),
    FunctionRule("V45", Layer.QUOTE, check_separation, may_block=True),
    FunctionRule("V46", Layer.QUOTE, check_speaker_form),
    FunctionRule("V47", Layer.QUOTE, check_speaker_label),
    FunctionRule("V48", Layer.QUOTE, check_parents, may_block=True),
    FunctionRule("V49", Layer.QUOTE, check_repetition),
)
