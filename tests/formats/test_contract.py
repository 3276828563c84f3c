"""What every format promises, asked of each one in the registry.

A format says what it holds. What it says it holds must come back where it can be read; whatever it
says it does not hold must be named among the losses, record by record.
"""

from collections import Counter

import pytest

from annotator.core.annotations import (
    Argument,
    Entity,
    Event,
    Mention,
    MentionLevel,
    MentionTarget,
    Quote,
    QuoteType,
    SpanTarget,
    Speaker,
)
from annotator.core.ids import RecordId
from annotator.core.scheme import LabelGroup
from annotator.core.span import Fragments, Span
from annotator.formats.base import Holds
from annotator.formats.losses import LossKind
from annotator.formats.registry import FORMATS
from annotator.foundation.catalogue import LANGUAGES, load_catalogue
from annotator.workbench.format_wording import (
    choice_word,
    format_note,
    holds_word,
    loss_word,
    option_title,
)
from tests.formats.specimens import SCHEME, article_of, specimens
from tests.formats.written import read, write

WRITERS = [known for known in FORMATS if known.can_write]
BOTH = [known for known in WRITERS if known.can_read]
ITEMS = specimens()


def named(known):
    return known.id


every_writer = pytest.mark.parametrize("known", WRITERS, ids=named)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("known", FORMATS, ids=named)
def test_it_can_be_told_in_words(known, language):
    catalogue = load_catalogue(language)
    assert catalogue.text(known.title)
    assert format_note(catalogue, known).endswith(".")
    for option in known.options:
        assert option_title(catalogue, option)
        assert len({choice_word(catalogue, value) for value in option.values}) > 1
    assert all(holds_word(catalogue, part) for part in known.holds)
    assert all(loss_word(catalogue, kind) for kind in LossKind)


@every_writer
def test_it_writes_the_same_bytes_for_the_same_articles(known):
    report, files, losses = write(known, ITEMS)
    again = write(known, specimens())
    assert (report, files, losses) == again
    assert report.documents == len(ITEMS)
    assert report.size == sum(map(len, files.values()))


@every_writer
def test_nothing_at_all_can_be_written(known):
    report, files, losses = write(known, [])
    assert (report.documents, losses) == (0, [])
    if known.can_read:
        assert read(known, files)[0] == []


def records_of(kind):
    """Every record of a kind in the specimens, with the article it is in."""
    return [
        (item, record)
        for item in ITEMS
        for record in item.bundle.sets[0].annotations.records.values()
        if isinstance(record, kind)
    ]


def is_overlay(mention):
    return SCHEME.label(mention.label).group is LabelGroup.OVERLAY


def fillers(event):
    return [a for a in event.arguments if not isinstance(a.target, MentionTarget)]


MUST_BE_NAMED = [
    (Holds.EVENTS, Event, lambda item, event: True),
    (Holds.QUOTES, Quote, lambda item, quote: True),
    (Holds.ANY_ARGUMENT, Event, lambda item, event: fillers(event)),
    (Holds.KB, Entity, lambda item, entity: entity.kb),
    (Holds.ENTITIES, Mention, lambda item, mention: mention.entity is not None),
    (Holds.ATTRIBUTES, (Mention, Event, Quote), lambda item, record: record.attrs),
    (Holds.LEVELS, Mention, lambda item, mention: mention.level is not MentionLevel.NAM),
    (Holds.OVERLAYS, Mention, lambda item, mention: is_overlay(mention)),
    (Holds.DISCONTINUOUS, Mention, lambda item, mention: not mention.fragments.is_contiguous),
    (
        Holds.SUBTOKEN,
        Mention,
        lambda item, mention: not item.segmentation.is_aligned(mention.fragments.envelope),
    ),
]


@pytest.mark.parametrize(
    ("part", "kind", "concerns"), MUST_BE_NAMED, ids=[row[0].value for row in MUST_BE_NAMED]
)
@every_writer
def test_what_it_cannot_hold_is_named(known, part, kind, concerns):
    if part in known.holds:
        return
    _, _, losses = write(known, ITEMS)
    told = {(loss.document, loss.record) for loss in losses}
    concerned = [
        (item.bundle.document.id, record.id)
        for item, record in records_of(kind)
        if concerns(item, record)
    ]
    assert concerned, "the specimens hold everything"
    assert told.issuperset(concerned)


@every_writer
def test_losses_name_what_is_there_and_each_only_once(known):
    _, _, losses = write(known, ITEMS)
    there = {
        (item.bundle.document.id, content.header.id, identifier)
        for item in ITEMS
        for content in item.bundle.sets
        for identifier in content.annotations.records
    }
    assert there.issuperset((loss.document, loss.set, loss.record) for loss in losses)
    assert max(Counter(losses).values(), default=1) == 1


def places(records, kind, text):
    """Where annotations of a kind stand, and with which label or type."""
    return Counter(
        (record.type.value if kind is Quote else record.type if kind is Event else record.label,
         (record.fragments if kind is Mention else
          record.trigger if kind is Event else record.content).of(text))
        for record in records
        if isinstance(record, kind)
    )  # fmt: skip


LAYERS = [(Mention, None), (Event, Holds.EVENTS), (Quote, Holds.QUOTES)]


@pytest.mark.parametrize(("kind", "part"), LAYERS, ids=["mentions", "events", "quotes"])
@pytest.mark.parametrize("known", BOTH, ids=named)
def test_what_it_holds_comes_back(known, kind, part):
    if part is not None and part not in known.holds:
        return
    _, files, losses = write(known, ITEMS)
    lost = {(loss.document, loss.record) for loss in losses if loss.kind is not LossKind.DETAIL}
    wanted, found = Counter(), Counter()
    for item in ITEMS:
        document = item.bundle.document
        for content in item.bundle.sets:
            kept = (
                record
                for record in content.annotations.records.values()
                if (document.id, record.id) not in lost
            )
            wanted += places(kept, kind, document.text)
    bundles, problems = read(known, files)
    assert [problem for problem in problems if problem.is_refusal] == []
    for bundle in bundles:
        for content in bundle.sets:
            found += places(content.annotations.records.values(), kind, bundle.document.text)
    # What is there in another shape comes back in that one, besides.
    assert not wanted - found
    extra = sum((found - wanted).values())
    assert extra <= sum(loss.kind is not LossKind.DETAIL for loss in losses)


@pytest.mark.parametrize("known", BOTH, ids=named)
def test_texts_come_back_as_they_were(known):
    _, files, _ = write(known, ITEMS)
    bundles, _ = read(known, files)
    texts = {bundle.document.text for bundle in bundles}
    for item in ITEMS:
        text = item.bundle.document.text
        if Holds.TEXT in known.holds:
            assert text in texts
        else:
            words = [token.of(text) for token in item.segmentation.tokens]
            assert words in [told.split() for told in texts]


NEWS = "سەرۆکی هەرێم لە شاری هەولێر کۆ بووەوە. ئەو وتەبێژە لێی گوتی باشە دێت."


def headed(*parts):
    """An article whose annotations are contiguous; those named have their last word as head."""

    def place(name, words):
        start = NEWS.index(words)
        end = start + len(words)
        head = Span(start + words.rindex(" ") + 1, end) if name in parts else None
        return Fragments((Span(start, end),), head)

    free = SpanTarget(place("argument", "شاری هەولێر"))
    speaker = Speaker(SpanTarget(place("speaker", "ئەو وتەبێژە")))
    return article_of(
        "d1",
        NEWS,
        [
            Mention(RecordId("T1"), "PER", place("mention", "سەرۆکی هەرێم")),
            Event(RecordId("EV1"), "Contact.Meet", place("trigger", "کۆ بووەوە"),
                  (Argument("Place", free),)),
            Quote(RecordId("Q1"), QuoteType.INDIRECT, place("content", "باشە دێت"),
                  cue=place("cue", "لێی گوتی"), speaker=speaker),
        ],
    )  # fmt: skip


HEADS = ("mention", "trigger", "argument", "content", "cue", "speaker")


@pytest.mark.parametrize("part", HEADS)
@every_writer
def test_a_head_is_written_or_told(known, part):
    record = {"mention": "T1", "trigger": "EV1", "argument": "EV1"}.get(part, "Q1")
    _, plain, before = write(known, [headed()])
    _, files, losses = write(known, [headed(part)])
    is_gone = any(one.record == record and one.is_record for one in before)
    told = [one for one in losses if one.record == record and one not in before]
    assert is_gone or told or plain != files


@every_writer
def test_of_what_is_not_there_at_all_nothing_else_is_told(known):
    """A mention in pieces across the end of a sentence, and an unknown label inside of a word."""
    end = NEWS.index(".")
    across = Fragments((Span(end - 3, end - 1), Span(end + 2, end + 5)))
    records = (
        Mention(RecordId("T1"), "ORG", across),
        Mention(RecordId("T2"), "Unknown", Fragments.at(1, 5)),
    )
    _, _, losses = write(known, [article_of("d1", NEWS, records)])
    for record in ("T1", "T2"):
        told = [one for one in losses if one.record == record]
        assert not any(one.is_record for one in told) or len(told) == 1
