"""``annotator evaluate``: the table, the JSON, the table by document, and what it refuses."""

import csv
import json

import pytest

from tests.formats.specimens import PLAIN, RICH, bundle
from tests.workbench.projects import FIRST, SHILAN, complete, mark, opened, project_with, write
from tests.workbench.test_evaluating import BARE, WRONG, gold_file as gold_file


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


HEADS = ["gold", "predicted", "right", "wrong", "missed", "precision", "recall", "F1"]


def test_the_table_has_counts_and_shares(say, gold_file):
    gold, predicted = (
        gold_file("g.jsonl", bundle("a", PLAIN)),
        gold_file("p.jsonl", bundle("a", WRONG)),
    )
    code, out, err = say("evaluate", gold, predicted, "--layer", "mentions", "--labels")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "Mentions: documents scored: 1"
    assert "fewer than 20" in lines[1]
    assert lines[2].split() == HEADS
    strict = next(line for line in lines if "strict" in line)
    assert strict.split()[-8:] == ["2", "2", "1", "1", "1", "0.500", "0.500", "0.500"]
    label = next(line for line in lines if line.strip().startswith("LOC"))
    assert label.split() == ["LOC", "0", "1", "0", "1", "0", "0.000", "–", "0.000"]
    means = next(line for line in lines if "mean of labels" in line)
    assert means.split()[-3:] == ["0.500", "0.500", "0.333"]


def test_without_labels_there_is_a_row_a_measure(say, gold_file):
    gold = gold_file("g.jsonl", bundle("a", RICH))
    _, out, _ = say("evaluate", gold, gold)
    assert len(out.splitlines()) == 3 * 3 + 3 + 6 + 7 + 4 + 1
    assert out.splitlines()[-1] == "By label, type and role: --labels."
    assert len(say("evaluate", gold, gold, "--labels")[1].splitlines()) > 80


def test_labels_are_left_out_where_they_do_not_count(say, gold_file):
    gold = gold_file("g.jsonl", bundle("a", RICH))
    answer = json.loads(say("evaluate", gold, gold, "--json")[1])
    told = {
        name: sorted(measure.keys() - {"micro", "macro"})
        for layer in answer["layers"].values()
        for name, measure in layer["measures"].items()
    }
    assert (told["strict"], told["boundary"], told["overlap"]) == (["label"], [], ["label"])
    assert (told["tri_i"], told["tri_c"]) == ([], ["type"])
    assert (told["arg_i"], told["arg_c"]) == (["type"], ["role", "type"])
    assert answer["layers"]["mentions"]["measures"]["boundary"]["macro"].keys() == {"document"}


def test_a_share_of_nothing_is_a_dash(say, gold_file):
    gold, predicted = (
        gold_file("g.jsonl", bundle("a", PLAIN)),
        gold_file("p.jsonl", bundle("a", BARE)),
    )
    _, out, _ = say("evaluate", gold, predicted, "--layer", "mentions")
    strict = next(line for line in out.splitlines() if "strict" in line)
    assert strict.split()[-8:] == ["2", "0", "0", "0", "2", "–", "0.000", "0.000"]
    answer = json.loads(say("evaluate", gold, predicted, "--json")[1])
    micro = answer["layers"]["mentions"]["measures"]["strict"]["micro"]
    assert (micro["precision"], micro["recall"], micro["f1"]) == (None, 0, 0)


def test_json_holds_everything(say, gold_file):
    gold = gold_file("g.jsonl", bundle("a", RICH), bundle("b", PLAIN), bundle("c", "وشە"))
    predicted = gold_file("p.jsonl", bundle("a", RICH), bundle("b", PLAIN + "."))
    code, out, _ = say("evaluate", gold, predicted, "--json")
    answer = json.loads(out)
    assert code == 1
    assert (answer["differing"], answer["missing"], answer["extra"]) == (["b"], ["c"], [])
    assert (answer["documents"], answer["unannotated"], answer["renamed"]) == (1, [], {})
    assert list(answer["layers"]) == ["mentions", "events", "quotes"]
    found = answer["layers"]["events"]["measures"]["arg_c_attached"]
    assert found["micro"] == {
        "gold": 5, "predicted": 5, "tp": 5, "fp": 0, "fn": 0, "found": 5,
        "precision": 1, "recall": 1, "f1": 1,
    }  # fmt: skip
    assert found["macro"].keys() == {"document", "type", "role"}
    assert found["role"]["Topic"]["gold"] == 2
    assert answer["layers"]["quotes"]["averages"]["cue"] == {"mean": 1, "pairs": 1}


def test_quotes_tell_how_close_they_are(say, gold_file):
    gold = gold_file("g.jsonl", bundle("a", RICH))
    _, out, _ = say("evaluate", gold, gold, "--layer", "quotes")
    assert "Dice of the contents, mean over 1 pairs of quotes: 1.000" in out


def test_what_is_left_out_is_told(say, gold_file):
    gold = gold_file("g.jsonl", bundle("a", PLAIN), bundle("b", RICH), bundle("c", "وشە"))
    predicted = gold_file("p.jsonl", bundle("a", PLAIN), bundle("x", RICH), bundle("y", "هیچ"))
    code, out, _ = say("evaluate", gold, predicted)
    assert code == 1
    assert "Not scored, for nothing was predicted for them (1): c" in out
    assert "Not scored, for they are not in gold (1): y" in out
    assert "b was compared with x: the ids differ, the text is the same." in out


def test_a_record_that_cannot_be_read_is_told(say, gold_file):
    gold = gold_file("g.jsonl", bundle("a", PLAIN))
    predicted = gold_file("p.jsonl", bundle("a", PLAIN))
    predicted.write_bytes(predicted.read_bytes() + b"{}\n")
    code, out, _ = say("evaluate", gold, predicted)
    assert code == 1
    assert out.splitlines()[-1].startswith(f"{predicted}: ")
    problems = json.loads(say("evaluate", gold, predicted, "--json")[1])["problems"]
    assert [(each["line"], each["is_refusal"]) for each in problems] == [(2, True)]


def test_layers_nobody_looked_at_are_told(say, tmp_path):
    path = project_with(tmp_path, {"a": FIRST})
    workspace = opened(path, document="a")
    mark(workspace, "هەولێر", "GPE")
    workspace.close()
    code, out, _ = say("evaluate", "news", "news")
    assert code == 0
    assert "Events: documents scored: 0\n  Not scored, because in gold" in out
    assert "not marked as complete: documents: 1" in out


def test_several_sets_are_refused_with_a_list(say, tmp_path, gold_file):
    twice = gold_file("t.jsonl", bundle("a", PLAIN, sets=("a1", "a2")))
    code, out, err = say("evaluate", twice, twice)
    assert (code, out) == (3, "")
    assert "a1, a2" in err
    assert "--gold-set" in err
    code, _, _ = say("evaluate", twice, twice, "--gold-set", "a1", "--predicted-set", "a2")
    assert code == 0


def test_a_person_of_a_project_may_be_named(say, tmp_path):
    path = project_with(tmp_path, {"a": FIRST})
    workspace = opened(path, document="a")
    mark(workspace, "هەولێر", "GPE")
    complete(workspace)
    workspace.close()
    code, out, _ = say("evaluate", path, path, "--gold-set", SHILAN, "--json")
    assert code == 0
    assert json.loads(out)["layers"]["mentions"]["measures"]["strict"]["micro"]["tp"] == 1


def test_the_table_by_document(say, tmp_path, gold_file):
    gold = gold_file("g.jsonl", bundle("a", RICH), bundle("b", PLAIN))
    predicted = gold_file("p.jsonl", bundle("a", RICH), bundle("b", BARE))
    table = tmp_path / "scores.csv"
    assert say("evaluate", gold, predicted, "--per-document", table)[0] == 0
    with table.open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    assert len(found) == 2 * (3 + 6 + 7)
    strict = [row for row in found if row["measure"] == "strict"]
    assert [list(row.values()) for row in strict] == [
        ["a", "mentions", "strict", "8", "8", "8", "0", "0", "1.000000", "1.000000", "1.000000"],
        ["b", "mentions", "strict", "2", "0", "0", "0", "2", "", "0.000000", "0.000000"],
    ]


def test_no_table_is_left_where_nothing_could_be_scored(say, tmp_path, gold_file):
    gold, other = gold_file("g.jsonl", bundle("a", RICH)), gold_file("p.jsonl", bundle("b", PLAIN))
    code, _, err = say("evaluate", gold, other, "--per-document", "scores.csv")
    assert (code, "Nothing can be scored" in err) == (3, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["g.jsonl", "p.jsonl"]


def test_it_speaks_sorani(say, gold_file, monkeypatch):
    monkeypatch.setenv("NISHAN_LANGUAGE", "ckb")
    gold = gold_file("g.jsonl", bundle("a", RICH))
    _, out, _ = say("evaluate", gold, gold)
    assert "١.٠٠٠" in out
    assert "وتەکان" in out


def test_texts_with_other_spaces_are_told_together(say, gold_file):
    many = [bundle(f"d{number:02}", f"{PLAIN} {number}") for number in range(12)]
    spread = [bundle(f"x{number:02}", f"{PLAIN}  {number}") for number in range(12)]
    gold, predicted = gold_file("g.jsonl", *many), gold_file("p.jsonl", *spread)
    code, out, _ = say("evaluate", gold, predicted, "--layer", "mentions")
    assert (code, out.count("was compared with")) == (0, 10)
    assert "And 2 more documents under other ids" in out
    assert "differ in their spaces, as those from CoNLL do: 12." in out
    answer = json.loads(say("evaluate", gold, predicted, "--json")[1])
    assert (answer["respaced"]["d00"], len(answer["renamed"])) == ("x00", 12)


def test_the_format_is_told_by_from(say, tmp_path, gold_file):
    odd = gold_file("g.data", bundle("a", RICH))
    assert say("evaluate", odd, odd)[0] == 3
    assert say("evaluate", odd, odd, "--from", "gold")[0] == 0


def test_a_path_that_is_not_there_is_told(say, gold_file):
    code, _, err = say("evaluate", gold_file("g.jsonl", bundle("a", PLAIN)), "/nonexist")
    assert code == 3
    assert err == "There is no file, folder or project /nonexist: check the name.\n"


def test_a_format_that_only_goes_out_is_told_what_can_be_compared(say, gold_file, tmp_path):
    gold = gold_file("g.jsonl", bundle("a", PLAIN))
    rows = json.dumps([{"tokenized_text": ["هەولێر"], "ner": [[0, 0, "GPE"]]}])
    write(tmp_path / "gliner", "train.json", rows)
    code, _, err = say("evaluate", gold, tmp_path / "gliner")
    assert code == 3
    assert "is in no format that can be compared" in err
    assert "gold, " in err


def test_the_unit_of_offsets_can_be_named(say, tmp_path):
    """The gold was made of the same file, read with the unit that it counts."""
    record = {"text": "🙂 ئازاد هات.", "label": [[3, 6, "PER"]]}  # a piece of a word shows nothing
    (tmp_path / "told.jsonl").write_text(json.dumps(record), encoding="utf-8")
    way = ("told.jsonl", "gold.jsonl", "--from", "doccano", "--to", "gold")
    assert say("convert", *way, "--unit", "utf-16")[0] == 0
    right = []
    for more in ((), ("--unit", "utf-16")):
        _, out, _ = say("evaluate", "gold.jsonl", "told.jsonl", "--layer", "mentions", *more)
        strict = next(line for line in out.splitlines() if "strict" in line)
        right.append(strict.split()[-6])
    assert right == ["0", "1"]
