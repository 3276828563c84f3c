"""Rules of the mention layer: duplicates, overlap and nesting, labels, and how names are cut."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from annotator.core.annotations import Mention, MentionLevel
from annotator.core.findings import Facts, Finding, FunctionRule, Severity, finding
from annotator.core.ids import Layer
from annotator.core.scheme import LabelGroup, Scheme
from annotator.core.span import Span

# Postpositions and the additive clitic that Sorani writes onto names (validation.md, V25).
CLITICS = ("دا", "ەوە", "وە", "یش", "ش")


def label_group(scheme: Scheme, label: str) -> LabelGroup | None:
    """What the label is for; None where the scheme does not have it."""
    return scheme.label(label).group if scheme.has_label(label) else None


def check_duplicates(facts: Facts) -> Iterator[Finding]:
    """V15: two mentions with the same fragments and label, two quotes with the same content."""
    seen: dict[object, Mention] = {}
    for mention in facts.annotations.mentions():
        first = seen.setdefault((mention.fragments.spans, mention.label), mention)
        if first is not mention:
            yield finding(
                "V15.mention",
                Severity.ERROR,
                record=mention.id,
                span=mention.fragments.envelope,
                text=facts.excerpt(mention.fragments),
                label=mention.label,
                other=first.id,
            )
    contents: dict[object, str] = {}
    for quote in facts.annotations.quotes():
        other = contents.setdefault((quote.content.spans, quote.type), quote.id)
        if other != quote.id:
            yield finding(
                "V15.quote",
                Severity.ERROR,
                record=quote.id,
                span=quote.content.envelope,
                text=facts.excerpt(quote.content),
                other=other,
            )


def check_overlap(facts: Facts) -> Iterator[Finding]:
    """V16: mentions do not cross, and lie in each other only as the scheme lets them.

    A sweep over the distinct fragments from left to right, longer ones first. `active` holds the
    keys ``(end, -start)`` of those not yet left behind, in order; since all of them started
    earlier, those that end inside the new fragment cross it and the next one is the innermost
    around it. So one finding per fragment suffices: what is left shows when that one is mended.
    """
    holders = _holders(facts)
    active: list[tuple[int, int]] = []
    for span in sorted(holders, key=lambda s: (s.start, -s.end)):
        del active[: bisect_left(active, (span.start + 1, -span.start))]
        place = bisect_left(active, (span.end, -span.end))
        if place > 0:
            yield from _crossing(facts, holders, span, _span(active[place - 1]))
        if place < len(active):
            yield from _nesting(facts, holders, span, _span(active[place]))
        insort(active, (span.end, -span.start))


def _holders(facts: Facts) -> Mapping[Span, Sequence[Mention]]:
    holders: defaultdict[Span, list[Mention]] = defaultdict(list)
    for mention in facts.annotations.mentions():
        for span in mention.fragments.spans:
            holders[span].append(mention)
    return holders


def _span(key: tuple[int, int]) -> Span:
    return Span(-key[1], key[0])


def _crossing(
    facts: Facts, holders: Mapping[Span, Sequence[Mention]], span: Span, earlier: Span
) -> Iterator[Finding]:
    mention, other = holders[span][0], holders[earlier][0]
    yield finding(
        "V16.crossing",
        Severity.WARNING,
        record=mention.id,
        span=span,
        text=facts.excerpt(mention.fragments),
        other=facts.excerpt(other.fragments),
    )


def _nesting(
    facts: Facts, holders: Mapping[Span, Sequence[Mention]], span: Span, around: Span
) -> Iterator[Finding]:
    scheme = facts.scheme
    outer_labels = {m.label for m in holders[around] if scheme.has_label(m.label)}
    for mention in holders[span]:
        inner = mention.label
        if not outer_labels or not scheme.has_label(inner):
            continue
        if not any(scheme.may_nest(outer, inner) for outer in outer_labels):
            yield finding(
                "V16.nesting",
                Severity.WARNING,
                record=mention.id,
                span=span,
                text=facts.excerpt(mention.fragments),
                inner=inner,
                outer=min(outer_labels),
            )


def check_two_labels(facts: Facts) -> Iterator[Finding]:
    """V17: one piece of text has one label; overlay labels may lie over another."""
    first: dict[tuple[Span, ...], Mention] = {}
    for mention in facts.annotations.mentions():
        if label_group(facts.scheme, mention.label) is LabelGroup.OVERLAY:
            continue
        other = first.setdefault(mention.fragments.spans, mention)
        if other.label != mention.label:
            yield finding(
                "V17",
                Severity.WARNING,
                record=mention.id,
                span=mention.fragments.envelope,
                text=facts.excerpt(mention.fragments),
                label=mention.label,
                other=other.label,
            )


def check_import_labels(facts: Facts) -> Iterator[Finding]:
    """V23: labels that only receive other people's data (MISC) are to be replaced."""
    for mention in facts.annotations.mentions():
        if label_group(facts.scheme, mention.label) is LabelGroup.IMPORT:
            yield finding(
                "V23",
                Severity.WARNING,
                record=mention.id,
                span=mention.fragments.envelope,
                text=facts.excerpt(mention.fragments),
                label=mention.label,
            )


def check_clitics(facts: Facts) -> Iterator[Finding]:
    """V25: the same name stands with a final clitic here and without it there.

    The mention with the clitic is named. A name that merely ends in these letters (بەغدا) is left
    alone, because nothing shorter is annotated as a name.
    """
    named = [m for m in facts.annotations.mentions() if m.level is MentionLevel.NAM]
    texts = {m.id: m.fragments.of(facts.document.text) for m in named}
    folded = {text: facts.fold(text) for text in set(texts.values())}
    clitics = tuple((clitic, facts.fold(clitic)) for clitic in CLITICS)
    stems = {(m.label, folded[texts[m.id]]) for m in named}
    for mention in named:
        name = folded[texts[mention.id]]
        for clitic, ending in clitics:
            if name.endswith(ending) and (mention.label, name[: -len(ending)]) in stems:
                yield finding(
                    "V25",
                    Severity.INFO,
                    record=mention.id,
                    span=mention.fragments.envelope,
                    text=facts.excerpt(mention.fragments),
                    clitic=clitic,
                    stem=name[: -len(ending)],
                )
                break


RULES = (
    FunctionRule("V15", None, check_duplicates, may_block=True),
    FunctionRule("V16", Layer.MENTION, check_overlap),
    FunctionRule("V17", Layer.MENTION, check_two_labels),
    FunctionRule("V23", Layer.MENTION, check_import_labels),
    FunctionRule("V25", Layer.MENTION, check_clitics),
)
