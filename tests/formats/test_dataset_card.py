"""The dataset card: what is in the data, how it is read, and nothing that changes by itself."""

from collections import Counter

from msgspec.structs import replace

from annotator.core.document import Metadata
from annotator.formats.citron import CITRON
from annotator.formats.dataset_card import CARD_MARK, Agreement, Card, card_text
from annotator.formats.gold_manifest import ManifestFile
from annotator.formats.gold_write import GOLD
from annotator.formats.set_tally import LAYERS, SetTally, layer_labels
from tests.formats.specimens import PLAIN, bundle, context, specimens

FILES = (ManifestFile("train.jsonl", 3, 9, "ab"), ManifestFile("dev.jsonl", 1, 3, "cd"))


def tally_of(items):
    tally = SetTally()
    for item in items:
        tally.add(item)
    return tally


def card(items=None, **values):
    told = {
        "name": "هەواڵ",
        "format": GOLD,
        "context": context(),
        "tally": tally_of(specimens() if items is None else items),
        "files": FILES,
        "losses": {},
    }
    return card_text(Card(**(told | values)))


def section(text, title):
    """The lines of one section that say something."""
    return [line for line in text.split(f"## {title}\n")[1].split("\n## ")[0].splitlines() if line]


def test_a_tally_counts_everything_that_passes():
    items = specimens()
    tally = tally_of(items)
    assert (tally.documents, tally.splits) == (4, {None: 3, "dev": 1})
    assert tally.sets == 5
    assert (tally.annotators, tally.statuses) == ({"a1", "a2"}, {"approved": 5})
    assert tally.characters == sum(len(item.bundle.document.text) for item in items)
    assert tally.tokens == sum(len(item.segmentation.tokens) for item in items)
    assert tally.sentences == sum(len(item.segmentation.sentences) for item in items)
    for layer in LAYERS:
        every = Counter()
        for item in items:
            for content in item.bundle.sets:
                every.update(layer_labels(content.annotations)[layer])
        assert (tally.counts(layer), tally.total(layer)) == (every, every.total())
    assert tally.of("mentions", "dev") == {"GPE": 2}
    assert tally.of("mentions", "test") == {}


def test_the_head_is_what_hugging_face_reads():
    head = card().split("---\n")[1]
    assert head.splitlines() == [
        CARD_MARK, "language:", "- ckb", 'pretty_name: "هەواڵ"', "task_categories:",
        "- token-classification", "task_ids:", "- named-entity-recognition", "configs:",
        "- config_name: default", "  data_files:", "  - split: train", '    path: "train.jsonl"',
        "  - split: dev", '    path: "dev.jsonl"',
    ]  # fmt: skip
    whole = card(files=(ManifestFile("gold.jsonl", 4, 9, "ab"),))
    assert '  - split: train\n    path: "gold.jsonl"\n' in whole
    assert "configs:" not in card(files=(ManifestFile("x.spacy", 1, 9, "ab"),))
    assert "configs:" not in card(format=replace(GOLD, suffixes=(".ann",)))


def test_in_folders_of_splits_only_the_data_is_read():
    names = ("dev/data.jsonl", "dev/features.json", "test/data.jsonl")
    files = tuple(ManifestFile(name, None, 9, "ab") for name in names)
    text = card(format=replace(GOLD, id="x", write=None, write_files=GOLD.write), files=files)
    assert text.split("data_files:\n")[1].split("---")[0].splitlines() == [
        "  - split: dev", '    path: "dev/data.jsonl"',
        "  - split: test", '    path: "test/data.jsonl"',
    ]  # fmt: skip
    many = tuple(ManifestFile(f"{number}.jsonl", None, 9, "ab") for number in range(20))
    assert "configs:" not in card(files=many)


def test_sizes_are_told_by_split():
    lines = section(card(), "Size")
    assert lines[0] == "|  | dev | none | all |"
    assert lines[2] == "| documents | 1 | 3 | 4 |"
    assert lines[3].startswith("| mentions | 2 | ")
    alone = section(card([bundle("a", PLAIN)]), "Size")
    assert alone[:3] == ["|  | all |", "|---|---:|", "| documents | 1 |"]


def test_what_is_not_in_the_data_is_told():
    told = section(card(held={"mentions": 2, "quotes": 1}), "Size")
    assert [line for line in told if "in the data" in line] == [
        "- **in the data: mentions 2 of 15**; all counts here are of what was annotated"
    ]
    assert "in the data:" not in card()
    told = section(card(came=7, held={"sets": 5}), "Size")
    assert [line for line in told if "in the data" in line] == [
        "- **in the data: annotation sets 5 of 7**; all counts here are of what was annotated "
        "in these sets"
    ]


def test_labels_are_told_with_their_share_the_commonest_first():
    lines = section(card([bundle("a", "[یەک]GPE [دوو]GPE [سێ]GPE [چوار]PER")]), "Mentions by label")
    assert lines == ["| label | all | share |", "|---|---:|---:|", "| `GPE` | 3 | 75.0 % |",
                     "| `PER` | 1 | 25.0 % |"]  # fmt: skip
    text = card()
    assert "## Events by type" in text
    assert "## Arguments by role" in text
    assert "## Quotes by type" in text
    assert "## Events by type" not in card([bundle("a", PLAIN)])


def test_texts_that_are_in_the_data_twice_are_told():
    twice = [bundle("a", PLAIN, sets=("a1", "a2")), bundle("b", PLAIN)]
    told = "texts that are in the data several times: 1"
    assert told in section(card(twice, format=CITRON), "Annotation")[-1]
    assert told not in card(twice)
    assert "several times" not in card([bundle("a", PLAIN)], format=CITRON)


def test_scheme_and_guideline_have_their_hashes():
    lines = section(card(), "Scheme and guideline")
    assert context().scheme.sha256 in lines[0]
    assert lines[1].startswith("- guideline `ckb-news-guide`")


def test_licences_are_counted():
    free = Metadata(license="CC BY 4.0 | *")
    items = [bundle("a", PLAIN, metadata=free), bundle("b", PLAIN), bundle("c", PLAIN)]
    assert section(card(items), "Licences of the documents")[2:] == [
        r"| CC BY 4.0 \| \* | 1 |", "| not told | 2 |",
    ]  # fmt: skip
    assert "not told" not in card(items[:1])


def test_agreement_is_told_where_it_is_known():
    assert "## Agreement" not in card()
    found = (
        Agreement("mentions", "strict", (0.875,), 16), Agreement("events", "tri_c", (0.5, 1.0), 4)
    )  # fmt: skip
    assert section(card(agreement=found), "Agreement")[1:] == [
        "| measure | F1 | lowest | highest | pairs of people | compared |",
        "|---|---:|---:|---:|---:|---:|",
        "| mentions, strict | 0.88 | 0.88 | 0.88 | 1 | 16 |",
        "| events, tri c | 0.75 | 0.50 | 1.00 | 2 | 4 |",
    ]


def test_losses_are_told_by_kind():
    assert section(card(), "Losses") == ["None: everything that was annotated is in the data."]
    assert section(card(losses={"event": 3}), "Losses")[-1] == "| event | 3 |"


def test_many_files_are_only_counted():
    few = section(card(), "Files")
    assert few[2] == "| `train.jsonl` | 9 | `ab` |"
    many = tuple(ManifestFile(f"{n}.txt", None, 2, "") for n in range(20))
    assert section(card(files=many), "Files") == [
        "20 files of 40 bytes; `manifest.json` lists them."
    ]


def test_an_empty_export_and_a_draft_can_be_told():
    text = card([], context=context(is_draft=True))
    assert "It is a draft" in text
    assert "annotators, by their ids: –" in text
    assert "sets by status: –" in text


def test_words_of_others_are_no_markup():
    text = card(name="<b>`x` |\n# y")
    assert "# \\<b\\>\\`x\\` \\| \\# y\n" in text


def test_the_same_data_gives_the_same_card():
    assert card() == card()


def test_parts_without_documents_are_named():
    line = "- **no document came into: dev, test**: there are too few, where near duplicates count "
    assert any(one.startswith(line) for one in section(card(empty_splits=("dev", "test")), "Size"))
    assert "no document came into" not in card()
