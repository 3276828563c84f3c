"""The suggestions of an open document, kept up to date off the key path, and their precision."""

import gc
import weakref

import pytest

from annotator.core.commands.records import delete
from annotator.core.commands.suggestions import Offer, accept, accept_as, reject
from annotator.core.span import Span
from annotator.foundation.errors import UserError
from annotator.store.suggestions import Suggestions
from annotator.suggest import registry
from annotator.workbench import suggesting
from annotator.workbench.lexicons import read_lexicon
from annotator.workbench.precision import Precision
from annotator.workbench.suggesting import AHEAD, MOST_FRESHENED, SuggestionIndex
from tests.workbench.projects import mark, opened, project_with, span_of

LEXICON = read_lexicon()
TEXT = "شیلان لە دهۆک هات. شیلان و ئارام لە زاخۆ سەردانی دهۆکیان کرد."
OTHER = "شیلان دوێنێ لە شاری دهۆک بوو."
LINE = "هیچ شتێک لەم دێڕە نووسراوەدا نییە کە ناوێک بێت یان ڕووداوێک.\n"
LONG = "شاری دهۆک.\n" + LINE * 700 + "شاری زاخۆ.\n"


@pytest.fixture
def workspace_on(tmp_path):
    """A workspace on a document with this text, or on one of several."""
    made = []

    def build(text=TEXT, **others):
        path = project_with(tmp_path, {"a": text, **others})
        made.append(opened(path, document="a"))
        return made[-1]

    yield build
    for workspace in made:
        workspace.close()


def index_of(workspace):
    return SuggestionIndex(workspace.open_document, workspace.project, lambda: LEXICON)


def walk(index, text):
    """Every suggestion by Tab, as words and label."""
    found, offset = [], -1
    while (one := index.next_after(offset)) is not None:
        found.append((one.fragments.of(text), one.proposal.label))
        offset = one.span.start
    return found


def do(workspace, edit):
    return workspace.open_document.perform(edit)


def offers(*suggestions):
    return [Offer(one.proposal, one.details) for one in suggestions]


def no_entity(_annotations, _label, _proposal):
    return None


def accepting(workspace, *suggestions):
    annotations = workspace.open_document.annotations
    edit = accept(annotations, workspace.scheme, offers(*suggestions), entity_for=no_entity)
    return do(workspace, edit)


def rejecting(workspace, *suggestions):
    proposals = [one.proposal for one in suggestions]
    return do(workspace, reject(workspace.open_document.annotations, proposals))


def test_suggestions_are_walked_forward_and_back(workspace_on):
    index = index_of(workspace_on())
    assert walk(index, TEXT) == [
        ("دهۆک", "GPE"),
        ("زاخۆ", "GPE"),
        ("سەردانی کرد", "Movement.Visit"),
        ("دهۆک", "GPE"),
    ]
    last = index.previous_before(len(TEXT))
    assert last.span == Span(TEXT.rindex("دهۆک"), TEXT.rindex("دهۆک") + 4)
    before = index.previous_before(last.span.start)
    assert before.proposal.label == "Movement.Visit"
    assert index.previous_before(0) is None
    assert index.next_after(len(TEXT)) is None


def test_at_and_overlapping_tell_what_is_known_and_compute_nothing(workspace_on):
    index = index_of(workspace_on())
    place = span_of(TEXT, "دهۆک")
    assert (
        index.overlapping(Span(0, len(TEXT))),
        index.at(place.start),
        index.precision("dates"),
    ) == (
        (),
        (),
        Precision(),
    )
    assert index.refresh()
    assert [one.span for one in index.at(place.start)] == [place]
    assert index.at(place.start + 1) == ()
    assert [one.span for one in index.overlapping(Span(place.end - 1, place.end + 3))] == [place]
    assert len(index.overlapping(Span(0, len(TEXT)))) == 4


def test_a_mark_takes_the_suggestion_away_at_once_and_suggests_its_words_later(workspace_on):
    workspace = workspace_on()
    index = index_of(workspace)
    index.refresh()
    told = []
    index.changed.add(told.append)
    assert not index.is_stale
    mark(workspace, "دهۆک", "GPE")
    assert index.is_stale
    assert (len(index.overlapping(Span(0, len(TEXT)))), len(told)) == (3, 1)
    mark(workspace, "شیلان", "PER")
    assert index.refresh()
    assert len(told) == 2
    found = walk(index, TEXT)
    assert found[0] == ("شیلان", "PER")
    assert [one.proposal.suggester for one in index.at(TEXT.rindex("شیلان"))] == ["propagation"]
    assert not index.refresh()


def test_undo_brings_a_suggestion_back_and_forgets_what_was_learned(workspace_on):
    workspace = workspace_on()
    index = index_of(workspace)
    before = walk(index, TEXT)
    mark(workspace, "شیلان", "PER")
    assert len(walk(index, TEXT)) == len(before) + 1
    workspace.open_document.undo()
    assert walk(index, TEXT) == before


def test_accepting_all_alike_is_one_step(workspace_on):
    workspace = workspace_on()
    index = index_of(workspace)
    first = index.next_after(-1)
    alike = index.alike(first)
    assert [one.fragments.of(TEXT) for one in alike] == ["دهۆک", "دهۆک"]
    accepting(workspace, *alike)
    assert [one[0] for one in walk(index, TEXT)] == ["زاخۆ", "سەردانی کرد"]
    workspace.open_document.undo()
    assert len(walk(index, TEXT)) == 4


def test_alike_are_counted_as_far_as_they_are_known_and_nothing_is_read_for_it(workspace_on, done):
    workspace = workspace_on(LONG + "شاری دهۆک.\n")
    index = index_of(workspace)
    first = index.next_after(-1)
    assert (index.count_alike(first), index.knows_all_alike(first), len(done)) == (1, False, 1)
    assert len(index.alike(first)) == index.count_alike(first) == 2
    assert (index.knows_all_alike(first), len(done), index.is_stale) == (True, 2, True)
    accepting(workspace, first)
    assert index.count_alike(first) == 1
    workspace.open_document.undo()
    assert len(index.alike(first)) == 2


def test_alike_are_found_before_the_one_under_review_too(workspace_on):
    index = index_of(workspace_on(LONG + "شاری دهۆک.\n"))
    (last,) = index.read_at(len(LONG) + 5)
    assert [one.span.start for one in index.alike(last)] == [5, last.span.start]


def test_for_all_alike_no_more_is_read_than_time_allows(workspace_on, done, monkeypatch):
    workspace = workspace_on("شاری دهۆک.\n" * 4000)
    index = index_of(workspace)
    first = index.next_after(-1)
    known = index.count_alike(first)
    assert len(index.alike(first)) > known > 100
    assert len(done) == 1 + MOST_FRESHENED
    assert not index.knows_all_alike(first)
    monkeypatch.setattr(suggesting, "MOST_LOOKED_THROUGH", 0)
    index.alike(first)
    assert len(done) == 1 + MOST_FRESHENED
    monkeypatch.undo()


def test_only_the_passage_of_a_place_is_read_for_it(workspace_on, done):
    index = index_of(workspace_on(LONG))
    last = LONG.rindex("زاخۆ")
    assert [one.fragments.of(LONG) for one in index.read_at(last)] == ["زاخۆ"]
    assert index.read_at(last + 1) == ()
    assert len(done) == 1


def test_a_rejection_holds_after_a_restart_and_can_be_undone_then(workspace_on):
    workspace = workspace_on()
    index = index_of(workspace)
    first = index.next_after(-1)
    rejecting(workspace, first)
    assert index.next_after(-1).fragments.of(TEXT) == "زاخۆ"
    path = workspace.path
    workspace.close()
    again = opened(path, document="a")
    try:
        index = index_of(again)
        assert index.next_after(-1).fragments.of(TEXT) == "زاخۆ"
        again.open_document.undo()
        assert index.next_after(-1) == first
        again.open_document.redo()
        assert index.next_after(-1) != first
    finally:
        again.close()


def test_what_was_marked_in_other_documents_is_suggested(workspace_on):
    workspace = workspace_on(b=OTHER)
    workspace.open("b")
    mark(workspace, "شیلان", "PER")
    workspace.open("a")
    index = index_of(workspace)
    assert walk(index, TEXT)[0] == ("شیلان", "PER")
    assert index.next_after(-1) is not None
    assert index.at(0)[0].reason.key == "reason.marked_before"


def test_what_was_refused_elsewhere_is_suggested_no_more(workspace_on):
    text = " و ".join(["دهۆک"] * 3)
    workspace = workspace_on(b=text)
    workspace.open("b")
    rejecting(workspace, *index_of(workspace).alike(index_of(workspace).next_after(-1)))
    workspace.open("a")
    assert "دهۆک" not in {words for words, _ in walk(index_of(workspace), TEXT)}


def test_another_persons_marks_teach_nothing(workspace_on):
    workspace = workspace_on(b=OTHER)
    workspace.open("b")
    mark(workspace, "شیلان", "PER")
    workspace.change_annotator("نەورۆز")
    workspace.open("a")
    assert walk(index_of(workspace), TEXT)[0] == ("دهۆک", "GPE")


def test_damage_in_another_document_costs_only_its_lessons(workspace_on):
    workspace = workspace_on(b=OTHER)
    workspace.open("b")
    mark(workspace, "شیلان", "PER")
    workspace.open("a")
    with workspace.project.transaction() as transaction:
        transaction.execute('UPDATE annotations SET body = \'{"fragments": {"spans": []}}\'')
    assert walk(index_of(workspace), TEXT)[0] == ("دهۆک", "GPE")


@pytest.fixture
def done(monkeypatch):
    """The passages that were suggested for, in order."""
    passages = []
    real = registry.suggest

    def suggest(passage, marks, knowledge):
        passages.append(passage.span)
        return real(passage, marks, knowledge)

    monkeypatch.setattr(registry, "suggest", suggest)
    return passages


class TestLongDocuments:
    def test_a_key_suggests_for_a_few_passages_and_the_rest_comes_in_slices(
        self, workspace_on, done
    ):
        index = index_of(workspace_on(LONG))
        first = index.next_after(-1)
        assert first.fragments.of(LONG) == "دهۆک"
        assert len(done) == 1
        assert index.next_after(first.span.start) is None
        assert len(done) == 1 + AHEAD
        assert index.next_after(first.span.start) is None
        while index.is_stale:
            before = len(done)
            index.refresh(limit=2)
            assert len(done) - before in (1, 2)
        assert index.next_after(first.span.start).fragments.of(LONG) == "زاخۆ"
        assert len(done) == len(set(done)) > 2 * AHEAD

    def test_what_is_near_comes_first(self, workspace_on, done):
        index = index_of(workspace_on(LONG))
        end = Span(len(LONG) - 12, len(LONG) - 1)
        assert index.refresh(end, limit=1)
        assert [one.fragments.of(LONG) for one in index.overlapping(end)] == ["زاخۆ"]
        assert len(done) == 1

    def test_an_edit_concerns_the_passages_with_its_place_and_its_words(self, workspace_on, done):
        workspace = workspace_on(LONG)
        index = index_of(workspace)
        index.refresh()
        everywhere = len(done)
        mark(workspace, "دهۆک", "GPE")
        done.clear()
        index.refresh()
        assert done == [Span(0, done[0].end)]
        mark(workspace, "دێڕە", "LOC")
        done.clear()
        index.refresh()
        assert len(done) == everywhere


class TestPrecision:
    def test_every_suggester_tells_what_became_of_its_suggestions(self, workspace_on):
        workspace = workspace_on(b=OTHER)
        workspace.open("b")
        elsewhere = index_of(workspace)
        accepting(workspace, elsewhere.at(0) or elsewhere.next_after(-1))
        rejecting(workspace, elsewhere.next_after(-1))
        workspace.open("a")
        index = index_of(workspace)
        first = index.next_after(-1)
        annotations = workspace.open_document.annotations
        (offer,) = offers(first)
        do(
            workspace,
            accept_as(annotations, workspace.scheme, offer, "LOC", entity_for=no_entity),
        )
        accepting(workspace, index.next_after(first.span.start))
        weighed = Precision(accepted=1, corrected=1, rejected=1)
        assert index.precision("dates") == Precision(accepted=1)
        assert index.precision("gazetteer") == weighed
        assert index.precision("quotes") == Precision()
        workspace.open_document.undo()
        assert index.precision("gazetteer") == Precision(corrected=1, rejected=1)
        workspace.open_document.redo()
        again = index_of(workspace)
        again.refresh()
        assert again.precision("gazetteer") == weighed

    def test_what_cannot_be_read_counts_for_nothing(self, workspace_on, monkeypatch):
        def tally(*_, **__):
            raise UserError("store.damaged", name="news")

        workspace = workspace_on()
        index = index_of(workspace)
        monkeypatch.setattr(Suggestions, "tally", tally)
        rejecting(workspace, index.next_after(-1))
        assert index.precision("gazetteer") == Precision(rejected=1)

    def test_a_corrected_mention_that_was_deleted_still_counts_against(self, workspace_on):
        workspace = workspace_on()
        index = index_of(workspace)
        (offer,) = offers(index.next_after(-1))
        annotations = workspace.open_document.annotations
        do(
            workspace,
            accept_as(annotations, workspace.scheme, offer, "LOC", entity_for=no_entity),
        )
        do(workspace, delete(workspace.open_document.annotations, ["T1"]))
        assert index.precision("gazetteer") == Precision(corrected=1)


def test_an_index_does_not_live_on_in_its_document(workspace_on):
    workspace = workspace_on()
    index = index_of(workspace)
    index.refresh()
    gone = weakref.ref(index)
    del index
    gc.collect()
    assert gone() is None
    mark(workspace, "دهۆک", "GPE")


def test_an_edit_before_anybody_asked_costs_nothing(workspace_on, done):
    workspace = workspace_on()
    index = index_of(workspace)
    mark(workspace, "دهۆک", "GPE")
    assert (done, index.is_stale) == ([], True)
    assert walk(index, TEXT)[0] == ("زاخۆ", "GPE")


def test_nothing_is_suggested_about_nothing(workspace_on):
    index = index_of(workspace_on("."))
    assert (index.next_after(-1), index.previous_before(3)) == (None, None)
    assert (index.refresh(), index.overlapping(Span(0, 1))) == (False, ())
    assert (index.read_at(0), index.is_stale) == ((), False)
