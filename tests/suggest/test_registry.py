"""What every suggester keeps to, whatever it looks for; and how good all of them are together."""

import json
from functools import cache

import pytest
from hypothesis import given, settings, strategies as st

from annotator.core.ids import Layer
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.paths import resource
from annotator.kurdish.segmentation import segment
from annotator.suggest.passage import Passage, passage_spans
from annotator.suggest.ranking import LEAST_SCORE, Marks
from annotator.suggest.registry import SUGGESTERS, suggest, suggester
from tests.builders import annotated
from tests.suggest.readers import knowledge, lists, marks, memory, passage

SAMPLES = ["01-water", "02-airport", "03-congress", "04-flood", "05-court"]
LEARNED = memory("[شاندەکە]ORG لە [زانکۆ]ORG [خوێندنەوە]Contact.Meet")
IDS = [one.id for one in SUGGESTERS]


@cache
def sample(name):
    return resource(f"samples/{name}.txt").read_text(encoding="utf-8")


@cache
def known():
    told = knowledge()
    return type(told)(told.scheme, told.lists, LEARNED, LEARNED)


def suggestions_in(text, told=None):
    segmentation = segment(text)
    found = []
    for span in passage_spans(text, segmentation):
        read = Passage(text, segmentation, span, lexicon=lists().lexicon)
        found += suggest(read, Marks(), told or known())
    return found


def test_ids_differ_and_lead_back():
    assert len(set(IDS)) == len(IDS)
    assert [suggester(identifier) for identifier in IDS] == list(SUGGESTERS)
    assert suggester("oracle") is None


@pytest.mark.parametrize("one", SUGGESTERS, ids=IDS)
class TestContract:
    def test_it_has_a_title_in_both_languages(self, one):
        titles = {load_catalogue(language).text(one.title_key) for language in ("ckb", "en")}
        assert len(titles) == 2

    def test_it_says_something_about_the_samples_and_always_the_same(self, one):
        told = []
        for name in SAMPLES:
            found = [list(one.suggest(passage(sample(name)), (), known())) for _ in range(2)]
            assert found[0] == found[1]
            told += found[0]
        assert told
        for suggestion in told:
            assert suggestion.proposal.suggester == one.id
            assert suggestion.proposal.layer in one.layers
            assert 0 <= suggestion.score <= 1

    def test_its_pieces_of_text_are_trimmed_and_inside(self, one):
        for name in SAMPLES:
            text = sample(name)
            for suggestion in one.suggest(passage(text), (), known()):
                details = suggestion.details
                pieces = [*suggestion.fragments.spans, *details.marks]
                pieces += details.cue.spans if details.cue else ()
                assert all(piece.end <= len(text) for piece in pieces)
                assert all(piece.of(text).strip() == piece.of(text) for piece in pieces)

    def test_its_reasons_can_be_said(self, one):
        for suggestion in one.suggest(passage(sample(SAMPLES[0])), (), known()):
            for language in ("ckb", "en"):
                reason = suggestion.reason
                assert load_catalogue(language).text(reason.key, **dict(reason.values))

    def test_it_has_nothing_to_say_about_nothing(self, one):
        assert list(one.suggest(passage("."), (), known())) == []


words = st.sampled_from(
    ["دهۆک", "سوپای عێراق", "ئەمڕۆ", "گوتی:", "«باران زۆر باری»", "سەردانی", "کرد", "و", ".", "\n"]
)


@settings(max_examples=60)
@given(st.lists(words, max_size=14), st.data())
def test_nothing_is_suggested_on_hand_work_or_where_it_was_refused(parts, data):
    text = " ".join(parts) or "."
    told = suggestions_in(text)
    if not told:
        return
    chosen = data.draw(st.sampled_from(told))
    if chosen.fragments.is_contiguous and chosen.proposal.layer is Layer.MENTION:
        span = chosen.span
        label = chosen.proposal.label
        notation = f"{text[: span.start]}[{span.of(text)}]{label}{text[span.end :]}"
        if f"]{label}" in notation and not notation[span.end + 2 + len(label) :][:1].isalnum():
            document, annotations = annotated(notation)
            read = passage(document.text)
            again = suggest(read, marks(annotations), known())
            assert all(
                not one.span.overlaps(span) or (span.contains(one.span) and one.span != span)
                for one in again
                if one.proposal.layer is Layer.MENTION
            )
    refused = suggest(passage(text), Marks((), [chosen.proposal.place]), known())
    assert chosen.proposal.place not in {one.proposal.place for one in refused}


def test_what_is_shown_is_likely_and_has_an_id_of_its_own():
    for name in SAMPLES:
        found = suggestions_in(sample(name))
        assert all(one.score >= LEAST_SCORE for one in found)
        assert len({one.id for one in found}) == len(found)


@pytest.fixture(scope="module")
def gold():
    return json.loads(resource("samples/01-water.gold.jsonl").read_text(encoding="utf-8"))


class TestQuality:
    """Against the annotated sample: suggestions of a fresh project must be mostly right."""

    def rate(self, gold, layer, right):
        text = gold["text"]
        found = [o for o in suggestions_in(text, knowledge()) if o.proposal.layer is layer]
        told = {(one.span.start, one.span.end, one.proposal.label) for one in found}
        return len(told), len(told & right) / len(told)

    def test_mentions(self, gold):
        right = {(one["start"], one["end"], one["label"]) for one in gold["mentions"]}
        count, precision = self.rate(gold, Layer.MENTION, right)
        assert count >= 20
        assert precision >= 0.9

    def test_events(self, gold):
        right = {
            (one["trigger"]["start"], one["trigger"]["end"], one["type"]) for one in gold["events"]
        }
        count, precision = self.rate(gold, Layer.EVENT, right)
        assert count >= 10
        assert precision >= 0.9

    def test_quotes(self, gold):
        right = {
            (one["content"]["start"], one["content"]["end"], one["type"]) for one in gold["quotes"]
        }
        count, precision = self.rate(gold, Layer.QUOTE, right)
        assert count == 3
        assert precision == 1
