"""Converting tells which names the scheme does not have, and maps them where that is asked for."""

import json
from pathlib import Path

import pytest

from annotator.cli import main
from annotator.foundation.paths import resource
from tests.workbench.projects import write

RECORDS = (
    {"text": "ئازاد لە هەولێر بوو.", "label": [[0, 5, "PERSON"], [9, 15, "GPE"]]},
    {"text": "نەورۆز هات.", "label": [[0, 6, "PERSON"], [7, 10, "Verb"]]},
)


@pytest.fixture
def say(capsys, tmp_path, monkeypatch):
    """Convert a file of doccano; the exit code, standard output and standard error."""
    monkeypatch.chdir(tmp_path)
    lines = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in RECORDS)
    write(tmp_path, "in.jsonl", lines)

    def run(target, *words):
        code = main(["convert", "in.jsonl", target, "--from", "doccano", *words])
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def labels(path):
    records = map(json.loads, Path(path).read_text(encoding="utf-8").splitlines())
    return [[mention["label"] for mention in record["mentions"]] for record in records]


def test_names_that_the_scheme_does_not_have_are_told(say):
    code, out, _ = say("x.jsonl")
    assert (code, labels("x.jsonl")) == (1, [["PERSON", "GPE"], ["PERSON", "Verb"]])
    assert "written as they are: PERSON (2), Verb (1). --map OLD=NEW says" in out
    assert say("x.conll")[0] == 0  # other formats have no scheme to be checked by
    answer = json.loads(say("x.jsonl", "--json")[1])
    assert [(each["name"], each["count"]) for each in answer["unknown"]] == [
        ("PERSON", 2), ("Verb", 1),
    ]  # fmt: skip


def test_names_become_what_is_asked_for(say):
    code, out, err = say("x.jsonl", "--map", "PERSON=PER", "--map", "Verb=", "--map", "X=ORG")
    assert (code, labels("x.jsonl")) == (0, [["PER", "GPE"], ["PER"]])
    assert "written as they are" not in out
    assert "Verb" in out
    assert "--map: the files do not use the name X." in err
    answer = json.loads(say("y.jsonl", "--map", "PERSON=PER", "--map", "Verb=", "--json")[1])
    assert main(["check", "x.jsonl"]) == 0
    assert (answer["unknown"], answer["left_out"]) == ([], {"Verb": 1})


def test_a_name_that_the_scheme_does_not_have_is_no_answer(say):
    code, out, err = say("x.jsonl", "--map", "PERSON=HUMAN")
    assert (code, out, Path("x.jsonl").exists()) == (3, "", False)
    assert "HUMAN" in err


def test_links_to_what_is_left_out_are_counted(tmp_path, capsys):
    sample = resource("samples", "01-water.gold.jsonl")
    words = ["convert", str(sample), str(tmp_path / "x.jsonl"), "--map", "PER="]
    assert main(words) == 0
    told = "With that went arguments, speakers, addressees and other links: 23"
    assert told in capsys.readouterr().out
    assert main([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["left_out_links"] > 1


def test_the_unit_of_offsets_can_be_named(tmp_path, capsys):
    text = "🙂 ئازاد هات."
    record = {"text": text, "label": [[3, 6, "PER"]]}  # a piece of a word, so nothing shows it
    file = write(tmp_path, "in.jsonl", json.dumps(record))
    words = ["convert", str(file), str(tmp_path / "x.jsonl"), "--from", "doccano"]
    found = []
    for more in ((), ("--unit", "utf-16"), ("--unit", "utf-8")):
        assert main([*words, *more]) == (1 if "utf-8" in more else 0)
        (line,) = (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()
        found.append([mention["text"] for mention in json.loads(line)["mentions"]])
    assert found == [[text[3:6]], [text[2:5]], []]
    assert "--unit on the command line" in capsys.readouterr().out


def test_what_cannot_be_read_is_told_with_file_and_line(tmp_path, capsys):
    ragged = write(tmp_path, "ragged.conll", "ئازاد\tO\nهات\tx\tO\n")
    words = ["convert", str(ragged), str(tmp_path / "k.jsonl")]
    assert main(words) == 3
    assert f"{ragged}, line 2: The line has 3 columns" in capsys.readouterr().err
    assert main([*words, "--json"]) == 3
    answer = json.loads(capsys.readouterr().out)
    assert (answer["error"], answer["source"], answer["line"]) == (
        "formats.conll_columns", str(ragged), 2,
    )  # fmt: skip


def test_a_project_is_exported(tmp_path, capsys):
    assert main(["new", str(tmp_path / "p")]) == 0
    assert main(["convert", str(tmp_path / "p.nishan"), str(tmp_path / "x.jsonl")]) == 3
    assert "is a project: write what is in it with annotator export" in capsys.readouterr().err


def test_texts_with_several_sets_lead_to_a_project(tmp_path, capsys):
    sample = resource("samples", "01-water.gold.jsonl").read_bytes()
    both = write(tmp_path, "g.jsonl", sample + sample.replace(b'"a1"', b'"a2"'))
    assert main(["convert", str(both), str(tmp_path / "x.conll")]) == 0
    out = capsys.readouterr().out
    assert "annotator export PROJECT --annotator NAME" in out
    assert "Take one set of each" not in out
