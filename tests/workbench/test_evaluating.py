"""Two sides scored: documents paired by their texts, sets chosen, everything left out told."""

import io
import re
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from annotator.agreement.sheet import Measure
from annotator.core.annotations import Coverage, SetStatus, StatusRecord
from annotator.core.ids import SetId
from annotator.core.set_header import SetKind
from annotator.formats.base import SetContent
from annotator.formats.conll_write import CONLL
from annotator.formats.gold_write import GOLD
from annotator.foundation.errors import UserError
from annotator.workbench import import_files
from annotator.workbench.evaluating import evaluate
from annotator.workbench.evaluation_reading import Side
from annotator.workbench.scored_layers import MEASURES, ScoredLayer
from tests.agreement.sets import counts, shares
from tests.builders import with_records
from tests.formats.specimens import PLAIN, RICH, bundle, context
from tests.workbench.projects import ARAM, SHILAN, complete, mark, opened, project_with

WRONG = PLAIN.replace("[سلێمانی]GPE", "[سلێمانی]LOC")
BARE = PLAIN.replace("[", "").replace("]GPE", "")
MENTIONS = (ScoredLayer.MENTIONS,)


def clock():
    return datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def side(path, **values):
    return Side(path, clock=clock, **values)


@pytest.fixture
def gold_file(tmp_path):
    """Writes bundles as a gold file, in the order given."""

    def make(name, *bundles):
        stream = io.BytesIO()
        for each in bundles:
            GOLD.write([each], stream, context())
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(stream.getvalue())
        return path

    return make


def with_sets(item, *changes):
    """The bundle with its only set once for each of the changes to its header."""
    content = item.bundle.sets[0]
    sets = tuple(replace(content, header=replace(content.header, **each)) for each in changes)
    return replace(item, bundle=replace(item.bundle, sets=sets))


def with_status(item, status, **coverage):
    """The bundle with another status; layers are complete where nothing else is said."""
    told = dict.fromkeys(("mentions", "events", "quotes"), Coverage.COMPLETE) | coverage
    content = item.bundle.sets[0]
    annotations = with_records(content.annotations, StatusRecord(status, **told))
    sets = (SetContent(content.header, annotations),)
    return replace(item, bundle=replace(item.bundle, sets=sets))


def strict(evaluation):
    """True positives, false positives and false negatives of mentions by span and label."""
    return counts(evaluation.layers[0].sheet.total(Measure.STRICT))


def test_documents_are_scored_and_added_up(gold_file):
    gold = gold_file("gold.jsonl", bundle("a", PLAIN), bundle("b", PLAIN + " و"))
    predicted = gold_file("predicted.jsonl", bundle("a", PLAIN), bundle("b", WRONG + " و"))
    heard = []
    found = evaluate(side(gold), side(predicted), MENTIONS, heard.append)
    assert found.is_whole
    assert strict(found) == (3, 1, 1)
    assert [each.document for each in heard] == ["a", "b"]
    layer = found.layers[0]
    assert (layer.documents, layer.unlooked, layer.is_unstable) == (2, 0, True)
    assert layer.by_document[Measure.STRICT].f1 == pytest.approx((1 + 1 / 2) / 2)
    assert layer.sheet.total(Measure.STRICT).f1 == 3 / 4


def test_a_file_agrees_with_itself_in_every_layer(gold_file):
    gold = gold_file("gold.jsonl", bundle("rich", RICH))
    found = evaluate(side(gold), side(gold))
    assert [layer.layer for layer in found.layers] == list(ScoredLayer)
    for layer in found.layers:
        for measure in MEASURES[layer.layer]:
            assert shares(layer.sheet.total(measure)) == (1, 1, 1), measure


def test_sides_that_change_places_change_precision_and_recall(gold_file):
    gold = gold_file("gold.jsonl", bundle("a", PLAIN), bundle("b", RICH))
    predicted = gold_file("predicted.jsonl", bundle("b", RICH), bundle("a", WRONG))
    there = evaluate(side(gold), side(predicted)).layers
    back = evaluate(side(predicted), side(gold)).layers
    for one, other in zip(there, back, strict=True):
        for measure in MEASURES[one.layer]:
            precision, recall, f1 = shares(one.sheet.total(measure))
            assert shares(other.sheet.total(measure)) == (recall, precision, f1)
            means = other.by_document[measure]
            assert one.by_document[measure] == replace(
                means, precision=means.recall, recall=means.precision
            )


def test_nothing_predicted_has_no_precision(gold_file):
    gold = gold_file("gold.jsonl", bundle("a", PLAIN))
    predicted = gold_file("predicted.jsonl", bundle("a", BARE))
    found = evaluate(side(gold), side(predicted), MENTIONS)
    assert shares(found.layers[0].sheet.total(Measure.STRICT)) == (None, 0, 0)
    back = evaluate(side(predicted), side(gold), MENTIONS)
    assert shares(back.layers[0].sheet.total(Measure.STRICT)) == (0, None, 0)


def test_the_order_of_the_files_does_not_matter(gold_file):
    bundles = [bundle(name, PLAIN + " " + name) for name in "abcd"]
    gold = gold_file("gold.jsonl", *bundles)
    predicted = gold_file("predicted.jsonl", *bundles[::-1])
    assert strict(evaluate(side(gold), side(predicted), MENTIONS)) == (8, 0, 0)


def test_what_is_not_compared_is_told(gold_file):
    gold = gold_file(
        "gold.jsonl", bundle("a", PLAIN), bundle("b", PLAIN + " و"), bundle("c", PLAIN + " ئێستا"),
        bundle("e", RICH),
    )  # fmt: skip
    predicted = gold_file(
        "predicted.jsonl", bundle("a", PLAIN), bundle("b", PLAIN + " ئەو"), bundle("d", "وشە"),
        bundle("f", RICH),
    )  # fmt: skip
    found = evaluate(side(gold), side(predicted), MENTIONS)
    pairs = found.pairs
    assert pairs.pairs == (("a", "a"), ("e", "f"))
    assert pairs.renamed == (("e", "f"),)
    assert (pairs.differing, pairs.missing, pairs.extra) == (("b",), ("c",), ("d",))
    assert not found.is_whole
    assert strict(found) == (10, 0, 0)


def test_nothing_in_common_is_refused(gold_file, tmp_path):
    gold = gold_file("gold.jsonl", bundle("a", PLAIN))
    with pytest.raises(UserError) as caught:
        evaluate(side(gold), side(gold_file("other.jsonl", bundle("a", RICH))))
    assert caught.value.key == "evaluate.nothing_in_common"


def test_of_several_sets_one_must_be_chosen(gold_file):
    gold = gold_file("gold.jsonl", bundle("a", PLAIN))
    twice = gold_file("twice.jsonl", bundle("a", PLAIN, sets=("a1", "a2")), bundle("b", "وشە"))
    with pytest.raises(UserError) as caught:
        evaluate(side(gold), side(twice))
    assert (caught.value.key, caught.value.values["sets"]) == ("evaluate.which_set", "a1, a2")
    with pytest.raises(UserError) as caught:
        evaluate(side(gold), side(twice, wanted="a3"))
    assert caught.value.key == "evaluate.no_such_set"
    assert (caught.value.values["wanted"], caught.value.values["sets"]) == ("a3", "a1, a2")
    found = evaluate(side(gold), side(twice, wanted="a2"), MENTIONS)
    assert strict(found) == (2, 0, 0)
    # Nobody was asked about b, which has no set a2.
    assert found.pairs.extra == ("b",)


def test_a_document_without_the_wanted_set_is_told(gold_file):
    gold = gold_file("gold.jsonl", bundle("a", PLAIN), bundle("b", RICH))
    predicted = gold_file("p.jsonl", bundle("a", PLAIN, sets=("a1", "a2")), bundle("b", RICH))
    found = evaluate(side(gold), side(predicted, wanted="a2"), MENTIONS)
    assert (found.unannotated, found.is_whole, strict(found)) == (("b",), False, (2, 0, 0))


def test_the_adjudicated_set_goes_first(gold_file):
    right = with_sets(bundle("a", PLAIN), {"kind": SetKind.ADJUDICATED, "id": SetId("gold")})
    gold = gold_file("gold.jsonl", bundle("a", WRONG, sets=("a1", "a2")), right)
    predicted = gold_file("predicted.jsonl", bundle("a", PLAIN))
    assert strict(evaluate(side(gold), side(predicted), MENTIONS)) == (2, 0, 0)
    assert strict(evaluate(side(gold, wanted="a1"), side(predicted), MENTIONS)) == (1, 1, 1)


def test_each_document_may_have_a_set_of_its_own(gold_file):
    gold = gold_file(
        "gold.jsonl", bundle("a", PLAIN, sets=("a1",)), bundle("b", RICH, sets=("a2",))
    )
    assert evaluate(side(gold), side(gold)).is_whole


def test_a_set_that_comes_twice_is_told(gold_file):
    """What is scored is the first one, so the figures hang on the order of the lines."""
    gold = gold_file("gold.jsonl", bundle("a", PLAIN))
    for number, texts in enumerate(((PLAIN, WRONG), (WRONG, PLAIN))):
        predicted = gold_file(f"p{number}.jsonl", *(bundle("a", text) for text in texts))
        found = evaluate(side(gold), side(predicted), MENTIONS)
        (problem,) = found.predicted.problems
        assert (problem.key, problem.values) == (
            "evaluate.set_twice", {"document": "a", "set": "a1"},
        )  # fmt: skip
        assert not found.is_whole
    # Two sets of one document are not the same set.
    both = gold_file("both.jsonl", bundle("a", PLAIN, sets=("a1", "a2")))
    assert evaluate(side(gold), side(both, wanted="a2"), MENTIONS).is_whole


def test_a_document_with_two_texts_is_told(gold_file):
    gold = gold_file("gold.jsonl", bundle("a", PLAIN), bundle("a", RICH))
    found = evaluate(side(gold), side(gold), MENTIONS)
    assert [problem.key for problem in found.gold.problems] == ["evaluate.two_texts"]
    assert (found.is_whole, strict(found)) == (False, (2, 0, 0))


def test_a_layer_nobody_looked_at_is_not_scored(gold_file):
    done, begun = SetStatus.COMPLETE, SetStatus.IN_PROGRESS
    none, part = Coverage.NONE, Coverage.PARTIAL
    finished = with_status(bundle("a", PLAIN), done, events=none)
    found = evaluate(*[side(gold_file("gold.jsonl", finished))] * 2)
    mentions, events, quotes = found.layers
    assert [(each.documents, each.unlooked) for each in (mentions, events, quotes)] == [
        (1, 0), (0, 1), (1, 0),
    ]  # fmt: skip
    assert found.unfinished == 0
    # A format that tells nothing of it: empty documents count where the layer is found elsewhere.
    gold = gold_file(
        "foreign.jsonl",
        with_status(bundle("a", PLAIN), begun, mentions=part, events=none, quotes=none),
        with_status(bundle("b", "وشە"), begun, mentions=none, events=none, quotes=none),
    )
    found = evaluate(side(gold), side(gold))
    assert [(each.documents, each.unlooked) for each in found.layers] == [(2, 0), (0, 2), (0, 2)]
    assert found.unfinished == 2


def test_folders_are_read_and_a_bad_file_costs_no_other(gold_file, tmp_path):
    gold_file("folder/a.jsonl", bundle("a", PLAIN))
    gold_file("folder/b.jsonl", bundle("b", RICH))
    folder = tmp_path / "folder"
    (folder / "c.txt").write_bytes(b"\x00\xff\x00")
    found = evaluate(side(folder), side(gold_file("b.jsonl", bundle("b", RICH))), MENTIONS)
    assert found.pairs.missing == ("a",)
    assert [problem.is_refusal for problem in found.gold.problems] == [True]
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match=r"import\.nothing_found"):
        evaluate(side(tmp_path / "empty"), side(folder))


def test_a_file_that_cannot_be_read_is_refused(gold_file, tmp_path):
    gold = gold_file("gold.jsonl", bundle("a", PLAIN))
    with pytest.raises(UserError, match=r"import\.no_such_file"):
        evaluate(side(tmp_path / "none.jsonl"), side(gold))
    with pytest.raises(UserError, match=r"formats\.suffix_unknown"):
        evaluate(side(gold.rename(tmp_path / "gold.docx")), side(tmp_path / "gold.docx"))


def test_the_format_may_be_told(gold_file, tmp_path):
    gold = gold_file("gold.jsonl", bundle("a", PLAIN))
    odd = gold.rename(tmp_path / "gold.data")
    assert strict(evaluate(*[side(odd, format_id="gold")] * 2, MENTIONS)) == (2, 0, 0)


def test_files_that_change_meanwhile_are_noticed(gold_file):
    gold = side(gold_file("gold.jsonl", bundle("a", PLAIN), bundle("b", RICH)))
    predicted = side(gold_file("predicted.jsonl", bundle("a", PLAIN), bundle("b", RICH)))

    look = predicted.look

    def look_and_change():
        seen = look()
        gold_file("gold.jsonl", bundle("b", "هیچ"))
        return seen

    predicted.look = look_and_change
    with pytest.raises(UserError, match=r"evaluate\.changed"):
        evaluate(gold, predicted, MENTIONS)


def test_a_project_is_compared_with_a_project_even_with_itself(tmp_path):
    path = project_with(tmp_path, {"a": "ئازاد لە هەولێر بوو.", "b": "باران باری."})
    for person, label in ((SHILAN, "GPE"), (ARAM, "LOC")):
        workspace = opened(path, annotator=person, document="a")
        mark(workspace, "هەولێر", label)
        mark(workspace, "ئازاد", "PER")
        complete(workspace)
        workspace.close()
    with pytest.raises(UserError, match=r"evaluate\.which_set"):
        evaluate(side(path), side(path))
    holder = opened(path)
    try:
        found = evaluate(side(path, wanted=SHILAN), side(path, wanted="a2"), MENTIONS)
    finally:
        holder.close()
    assert strict(found) == (1, 1, 1)
    assert found.unannotated == ("b",)


def test_a_medium_that_fails_is_told(gold_file, monkeypatch):
    gold = gold_file("gold.jsonl", bundle("a", PLAIN))

    def fail(path, format_id):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(import_files, "chosen_format", fail)
    with pytest.raises(UserError, match=r"import\.unreadable"):
        evaluate(side(gold), side(gold))


def test_formats_of_several_files_find_what_lies_beside(gold_file, tmp_path, monkeypatch):
    gold = gold_file("gold.jsonl", bundle("a", PLAIN))
    asked, names = {}, ("a.txt", "none", "../a.txt", "\0", "link")

    def read(stream, options):
        asked.update({name: options.beside(name) for name in names})
        return GOLD.read(stream, options)

    monkeypatch.setattr(
        import_files, "chosen_format", lambda path, format_id: replace(GOLD, read=read)
    )
    (tmp_path / "a.txt").write_bytes(b"text")
    (tmp_path / "link").symlink_to(tmp_path / "a.txt")
    evaluate(side(gold), side(gold), MENTIONS)
    assert asked == {"a.txt": b"text"} | dict.fromkeys(names[1:])


def test_predictions_of_tokens_are_scored_on_the_text_of_gold(gold_file, tmp_path):
    items = (bundle("a", PLAIN), bundle("b", "😀  [هەولێر]GPE، «گوتی»."))
    gold = gold_file("gold.jsonl", *items)
    stream = io.BytesIO()
    CONLL.write(items, stream, context())
    predicted = tmp_path / "model.conll"
    words = stream.getvalue().decode()
    predicted.write_text(re.sub(r"(هەولێر\s)B-GPE", r"\1O", words), encoding="utf-8")
    found = evaluate(side(gold), side(predicted), MENTIONS)
    assert strict(found) == (2, 0, 1)
    assert found.pairs.respaced == (("a", "model-1"), ("b", "model-2"))
    assert found.is_whole
    assert strict(evaluate(side(predicted), side(gold), MENTIONS)) == (2, 1, 0)
