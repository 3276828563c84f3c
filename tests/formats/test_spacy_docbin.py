"""spaCy itself reads the files, finds nothing wrong with them and trains on them."""

import sys

import pytest
import spacy
from hypothesis import given, settings
from spacy.cli.debug_data import debug_data
from spacy.cli.init_config import init_config
from spacy.cli.train import train
from spacy.tokens import DocBin

from annotator.core.annotations import Entity, MentionLevel
from annotator.core.ids import RecordId
from annotator.formats import spacy_bin, spacy_docbin
from annotator.formats.losses import LossKind
from annotator.formats.spacy_docbin import SPACY_DOCBIN
from annotator.foundation.catalogue import LANGUAGES, load_catalogue, without_isolates
from annotator.foundation.errors import UserError
from tests.formats.made_articles import articles
from tests.formats.specimens import bundle, specimens, with_changed
from tests.formats.written import write

XX = spacy.blank("xx")


def documents(items, **options):
    """The documents that spaCy reads, and the losses."""
    report, files, losses = write(SPACY_DOCBIN, items, options=options)
    found = [doc for data in files.values() for doc in DocBin().from_bytes(data).get_docs(XX.vocab)]
    assert report.records == len(found)
    return found, losses


@settings(max_examples=settings.default.max_examples // 3)
@given(item=articles())
def test_texts_come_back_and_every_annotation_is_there(item):
    (doc,), losses = documents([item])
    text, annotations = item.bundle.document.text, item.bundle.sets[0].annotations
    assert doc.text == text
    tokens = item.segmentation.tokens
    assert [(token.idx, token.text) for token in doc if not token.is_space] == [
        (token.start, token.of(text)) for token in tokens
    ]
    without = {loss.record for loss in losses if loss.kind is LossKind.NO_TOKEN}
    for name, records in [
        ("mentions", annotations.mentions()),
        ("triggers", annotations.events()),
        ("quotes", annotations.quotes()),
    ]:
        assert {span.id_ for span in doc.spans[name]} | without >= {one.id for one in records}
    gold = doc.user_data["gold"]
    for mention in gold["mentions"]:
        record = annotations.mention(mention["id"])
        assert (mention["start"], mention["end"]) == (record.fragments.start, record.fragments.end)
        words = [
            token.i
            for token in doc
            if not token.is_space
            and token.idx < record.fragments.end
            and token.idx + len(token) > record.fragments.start
        ]
        first, last = mention["token_start"], mention["token_end"]
        assert (first, last) == (words[0], words[-1] + 1) if words else first == last


def test_entities_are_flat_and_groups_hold_all_there_is():
    item = next(one for one in specimens() if one.bundle.document.id == "rich")
    (doc,), losses = documents([item])
    assert [(one.text, one.label_, one.id_) for one in doc.ents] == [
        ("سەرۆکی هەرێم", "PER", "T1"),
        ("هەولێردا", "GPE", "T4"),
        ("نێردەی ئەمریکا", "NORP", "T5"),
        ("سەرۆک", "PER", "T7"),
        ("می\u200cدیا", "ORG", "T8"),
    ]
    mentions = [(one.id_, one.label_) for one in doc.spans["mentions"]]
    assert mentions[:3] == [("T1", "PER"), ("T2", "TITLE"), ("T3", "GPE")]
    assert [(one.label_, one.text) for one in doc.spans["triggers"]] == [
        ("Contact.Meet", "کۆبووەوە"),
        ("Contact.Negotiate", "جەختی"),
    ]
    assert [one.label_ for one in doc.spans["quotes"]] == ["direct"]
    assert [sentence.text.split()[0] for sentence in doc.sents] == ["😀", "ئەو", "سەرۆک"]
    gold = doc.user_data["gold"]
    assert (gold["doc_id"], gold["set"]["id"]) == ("rich", "a1")
    assert gold["events"][0]["arguments"][1]["implicit"] is True
    told = {(loss.record, loss.kind) for loss in losses}
    assert told == {
        ("T4", LossKind.WIDENED),
        ("T20", LossKind.WIDENED),
        ("T5", LossKind.JOINED),
        ("EV2", LossKind.HEAD),
    }


def test_what_entities_are_can_be_chosen_and_they_know_their_knowledge_base():
    notation = "[[سەرۆکی]PER=E1 [هەرێم]GPE=E2]PER=E1 هات"
    item = bundle("d1", notation, Entity(RecordId("E1"), "PER", "ناو", (("wikidata", "Q9"),)))
    (doc,), _ = documents([item], nesting="innermost")
    assert [(one.text, one.kb_id_) for one in doc.ents] == [("سەرۆکی", "Q9"), ("هەرێم", "")]
    noun = with_changed(item, "T3", level=MentionLevel.NOM)
    (doc,), _ = documents([noun], nesting="innermost")
    assert [one.id_ for one in doc.ents] == ["T2"]
    (doc,), _ = documents([noun], levels="all", nesting="innermost")
    assert [one.id_ for one in doc.ents] == ["T2", "T3"]


def test_spaces_before_the_first_word_are_part_of_its_sentence():
    (doc,), _ = documents([bundle("d1", " \n[هەولێر]GPE هات. ئەو هات.")])
    assert [sentence.text.strip() for sentence in doc.sents] == ["هەولێر هات.", "ئەو هات."]


@pytest.mark.parametrize(("notation", "place"), [("ئەو[ ]GPEهات.", 1), ("ئەو [ ]GPEهات.", 2)])
def test_what_holds_no_word_stands_before_the_next_one(notation, place):
    (doc,), _ = documents([bundle("d1", notation)])
    assert doc[place].text == "هات"
    [mention] = doc.user_data["gold"]["mentions"]
    assert (mention["token_start"], mention["token_end"]) == (place, place)


def test_the_vocabulary_is_that_of_a_blank_pipeline_without_its_factories(monkeypatch):
    whole = XX.vocab
    monkeypatch.setattr(spacy, "blank", None)
    _, files, _ = write(SPACY_DOCBIN, specimens())
    monkeypatch.setattr(spacy_bin, "create_vocab", lambda *_: whole)
    assert write(SPACY_DOCBIN, specimens())[1] == files


def test_a_text_without_words_has_no_annotations():
    (doc,), losses = documents([bundle("d1", "[ \n]GPE")])
    assert (doc.text, len(doc.spans["mentions"])) == (" \n", 0)
    assert doc.user_data["gold"]["mentions"][0]["token_start"] == len(doc)
    assert [(loss.record, loss.kind) for loss in losses] == [("T1", LossKind.NO_TOKEN)]


def test_a_file_holds_so_many_documents(monkeypatch):
    monkeypatch.setattr(spacy_docbin, "BATCH", 2)
    items = [bundle(f"d{number}", "[هەولێر]GPE") for number in range(5)]
    _, files, _ = write(SPACY_DOCBIN, items)
    assert list(files) == ["part-00001.spacy", "part-00002.spacy", "part-00003.spacy"]
    assert [len(DocBin().from_bytes(data)) for data in files.values()] == [2, 2, 1]


def test_without_documents_there_is_no_file():
    report, files, _ = write(SPACY_DOCBIN, [])
    assert (report.documents, report.records, files) == (0, 0, {})


def test_a_file_holds_so_many_words(monkeypatch):
    monkeypatch.setattr(spacy_docbin, "BATCH_WORDS", 3)
    _, files, _ = write(SPACY_DOCBIN, [bundle(name, "ئەو هات") for name in "abc"])
    assert [len(DocBin().from_bytes(data)) for data in files.values()] == [2, 1]


def test_where_spacy_is_missing_one_is_told_what_to_type(monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(UserError) as refused:
        write(SPACY_DOCBIN, [bundle("d1", "وشە")])
    for language in LANGUAGES:
        told = without_isolates(load_catalogue(language).error(refused.value))
        assert "pip install spacy" in told


TRAINING = (
    "[هەولێر]GPE و [سلێمانی]GPE {0}.",
    "[[سەرۆکی]TITLE [هەرێم]GPE]PER  {0} [هات]Movement.Visit.",
    "{0} وشە و وشە.\n",
)


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Two folders of files, as an export gives them."""
    found = {}
    for name, count in (("train", 102), ("dev", 6)):
        items = [
            bundle(f"{name}{number:03}", TRAINING[number % 3].format(f"{name}{number}"))
            for number in range(count)
        ]
        _, files, _ = write(SPACY_DOCBIN, items)
        found[name] = tmp_path_factory.mktemp(name)
        for file_name, data in files.items():
            (found[name] / file_name).write_bytes(data)
    return found


@pytest.fixture(scope="module")
def config(folders, tmp_path_factory):
    """What spaCy is to train, for one pass over the documents."""
    made = init_config(lang="xx", pipeline=["ner", "spancat"], optimize="efficiency", silent=True)
    made["paths"].update({name: str(path) for name, path in folders.items()})
    made["components"]["spancat"]["spans_key"] = "mentions"
    made["components"]["tok2vec"]["model"]["encode"].update(width=16, depth=1)
    made["components"]["tok2vec"]["model"]["embed"].update(width=16, rows=[50] * 4)
    made["training"].update(max_epochs=1, eval_frequency=1000)
    made["training"]["score_weights"] = {}
    path = tmp_path_factory.mktemp("config") / "config.cfg"
    made.to_disk(path)
    return path


def test_spacy_finds_nothing_wrong_with_the_files(config, capsys):
    debug_data(config, silent=False, no_format=True)
    told = capsys.readouterr().out
    assert "102 training docs" in told
    assert "No entities consisting of or starting/ending with whitespace" in told
    assert "No entities crossing sentence boundaries" in told
    assert "0 missing value(s)" in told
    assert "error" not in told.split("Summary")[1]


def test_spacy_trains_on_the_files(config, tmp_path, capsys):
    train(config, tmp_path / "out")
    trained = spacy.load(tmp_path / "out" / "model-last")
    assert trained.pipe_names == ["tok2vec", "ner", "spancat"]
    assert set(trained.get_pipe("ner").labels) == {"GPE", "PER"}
    assert set(trained.get_pipe("spancat").labels) == {"GPE", "PER", "TITLE"}
    assert "Saved pipeline" in capsys.readouterr().out
