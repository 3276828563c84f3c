"""Export in any format, convert and stats on the command line: exit codes, sentences, JSON."""

import json
import os
from pathlib import Path

import orjson
import pytest

from annotator.cli import arguments, export_verbs, main
from annotator.foundation.paths import resource
from annotator.workbench import converting
from tests.workbench.projects import FIRST, SECOND, SHILAN, complete, mark, opened, write
from tests.workbench.small_formats import EACH, LINES

SAMPLE = resource("samples", "01-water.gold.jsonl")


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    """Two more formats, as others will add theirs."""
    formats = (*arguments.FORMATS, LINES, EACH)
    for module in (arguments, converting):
        monkeypatch.setattr(module, "FORMATS", formats)
    by_id = {known.id: known for known in formats}
    monkeypatch.setattr(export_verbs, "format_by_id", by_id.__getitem__)
    monkeypatch.setattr(converting, "format_by_id", lambda name, _: by_id[name])
    kept = converting.target_format
    monkeypatch.setattr(converting, "target_format", lambda path, name: kept(path, name, formats))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def project(say, tmp_path):
    """A project with the sample, and two texts of which one is complete."""
    files = [write(tmp_path, "a.txt", FIRST), write(tmp_path, "b.txt", SECOND), SAMPLE]
    assert say("new", "P", "--annotator", SHILAN)[0] == 0
    assert say("import", "P", *files)[0] == 0
    workspace = opened(tmp_path / "P.nishan", document="a")
    mark(workspace, "هەولێر", "GPE")
    complete(workspace)
    workspace.close()
    return tmp_path / "P.nishan"


def test_export_in_another_format_tells_what_it_lost(say, project):
    code, out, err = say("export", "P", "--format", "lines", "--output", "x.lines")
    assert (code, err) == (0, "")
    losses = Path("x.lines.losses.jsonl").read_bytes().splitlines()
    lines = out.splitlines()
    assert lines[0].startswith("Exported to")
    told = [line for line in lines if line.startswith("Losses (")]
    assert told == [
        "Losses (event): 15. Such an annotation is an event, which this format has no place for",
        "Losses (quote): 9. Such an annotation is a quote, which this format has no place for",
    ]
    assert lines[-1] == "All losses, one by one: x.lines.losses.jsonl"
    assert "events: 0, quotes: 0; errors: 0" in lines[0]  # what is in the data, not what was chosen
    code, out, _ = say("export", "P", "--format", "lines", "--output", "x.lines", "--json")
    answer = json.loads(out)
    assert (code, answer["format"], sum(answer["losses"].values())) == (0, "lines", len(losses))
    assert answer["path"] == "x.lines"
    assert "In the data: Events 0 of 15; Quotes 0 of 9. The losses tell the rest." in lines[2]
    assert (answer["losses_file"], answer["card"]) == ("x.lines.losses.jsonl", None)
    assert (answer["held"]["events"], answer["held"]["mentions"]) == (0, answer["mentions"])


def test_a_text_with_two_sets_is_told_to_be_there_twice(say, project):
    other = write(project.parent, "second.jsonl", SAMPLE.read_bytes())
    assert say("import", "P", other, "--annotator", "ئارام")[0] == 0
    words = ("export", "P", "--format", "hf-tokens", "--only", "all", "--output", "out")
    assert "contradict each other: 1. Take one set" in say(*words)[1]
    assert json.loads(say(*words, "--json")[1])["repeated"] == 1
    assert "contradict" not in say(*words, "--annotator", "ئارام")[1]


def test_the_suffix_of_the_target_tells_the_format(say, project):
    for name, known in (("x.conll", "conll"), ("x.jsonl", "gold"), ("x.json", "gold-readable")):
        code, out, _ = say("export", "P", "--output", name)
        assert (code, Path(name).is_file(), f"({known})" in out) == (0, True, True)
    assert "B-GPE" in Path("x.conll").read_text(encoding="utf-8")
    for name in ("x.csv", "data.v1"):
        assert say("export", "P", "--output", name)[0] == 0
    assert Path("x.csv", "mentions.csv").is_file()
    assert Path("data.v1", "gold.jsonl").is_file()
    Path("old.conll").mkdir()
    assert say("export", "P", "--output", "old.conll")[0] == 0
    assert Path("old.conll", "gold.jsonl").is_file()


def test_options_of_the_format(say, project):
    words = ("export", "P", "--format", "each", "--output", "out", "--option", "style=loud")
    assert say(*words)[0] == 0
    assert "GPE!" in Path("out/a.lines").read_text(encoding="utf-8")
    code, out, err = say("export", "P", "--output", "other", "--option", "style=loud")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert not Path("other").exists()
    code, out, err = say("convert", SAMPLE, "x.conll", "--option", "tagging=xyz")
    assert (code, out, "bio, bioes" in err) == (2, "", True)


def test_splits(say, project):
    words = ("export", "P", "--only", "all", "--output", "out", "--split", "1/1/1", "--seed", "4")
    code, out, err = say(*words)
    assert (code, err) == (0, "")
    assert "Divided into train 1, dev 1, test 1; groups of near duplicates kept together: 0" in out
    assert {"train.jsonl", "dev.jsonl", "test.jsonl"} <= set(os.listdir("out"))
    answer = json.loads(say(*words, "--json")[1])
    assert answer["splits"] == {"train": 1, "dev": 1, "test": 1}
    manifest = json.loads(Path("out/manifest.json").read_bytes())
    assert (manifest["options"]["split"], manifest["options"]["seed"]) == ("1/1/1", 4)


def test_near_duplicates_that_could_not_stay_together_are_named(say, tmp_path):
    words = " ".join(f"وشە{number}" for number in range(40))
    rows = [("a", words, "train"), ("b", f"{words} کۆتایی", "dev")]
    for name, text, split in rows:
        record = orjson.loads(SAMPLE.read_bytes().splitlines()[0])
        write(tmp_path, f"{name}.txt", text)
        say("convert", f"{name}.txt", f"{name}.jsonl")
        record = orjson.loads(Path(f"{name}.jsonl").read_bytes())
        record["doc"]["split"] = split
        Path(f"{name}.jsonl").write_bytes(orjson.dumps(record) + b"\n")
    say("new", "Q")
    assert say("import", "Q", "a.jsonl", "b.jsonl", "--annotator", "شیلان")[0] == 0
    words = ("export", "Q", "--only", "all", "--output", "out", "--split", "1/1/0")
    assert "Not together, because they say different splits themselves: " in say(*words)[1]
    code, out, _ = say(*words, "--ignore-splits")
    assert (code, "Not together" in out) == (0, False)
    assert "groups of near duplicates kept together: 1" in out


@pytest.mark.parametrize(
    "words",
    [
        ["export", "P", "--output", "x", "--split", "80/20"],
        ["export", "P", "--output", "x", "--split", "0/0/0"],
        ["export", "P", "--output", "x", "--seed", "much"],
        ["export", "P", "--output", "x", "--option", "style"],
        ["export", "P", "--output", "x", "--option", "=loud"],
        ["export", "P", "--output", "x", "--format", "plain-text"],
        ["convert", "a.txt"],
        ["convert", "a.txt", "x", "--to", "news-json"],
        ["convert", "a.txt", "x", "--from", "lines"],
        ["stats"],
    ],
)
@pytest.mark.parametrize("language", ["ckb", "en"])
def test_wrong_usage_is_2(words, language, capsys, monkeypatch):
    monkeypatch.setenv("NISHAN_LANGUAGE", language)
    with pytest.raises(SystemExit) as exit_:
        main(words)
    assert exit_.value.code == 2
    assert "annotator" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["export", "P", "--output", "x.jsonl", "--split", "8/1/1"],
        ["export", "P", "--output", "a.txt", "--format", "each"],
        ["export", "P", "--output", "x", "--annotator", "gold"],
        ["export", "P", "--output", "a.txt/x"],
        ["convert", "nothing.txt", "x.jsonl"],
        ["convert", "a.txt", "x"],
        ["convert", "a.txt", "a.txt", "--to", "gold"],
        ["convert", "a.txt", "x.jsonl", "--scheme", "nothing"],
        ["stats", "nothing"],
    ],
)
@pytest.mark.parametrize("language", ["ckb", "en"])
def test_what_cannot_be_done_is_one_sentence(say, project, words, language, monkeypatch):
    monkeypatch.setenv("NISHAN_LANGUAGE", language)
    before = sorted(os.listdir())
    code, out, err = say(*words)
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert sorted(os.listdir()) == before


@pytest.mark.parametrize(
    "words", [("export", "P", "--only", "all", "--output"), ("convert", SAMPLE)]
)
def test_files_of_somebody_else_in_a_folder_stay_unless_they_may_go(say, project, tmp_path, words):
    folder = tmp_path / "out"
    folder.mkdir()
    mine = write(folder, "gold.jsonl", "mine")
    target = (*words, folder, *(("--to", "gold") if words[0] == "convert" else ()))
    code, out, err = say(*target)
    assert (code, out, mine.read_text(encoding="utf-8")) == (3, "", "mine")
    assert str(mine) in err
    assert "--overwrite" in err
    for further in (("--overwrite",), ()):
        assert say(*target, *further)[0] == 0
    assert "ckb-gold" in mine.read_text(encoding="utf-8")


def is_kept(say, words):
    """Whether an export refuses to go over what somebody has changed in an exported folder."""
    assert say(*words)[0] == 0
    (edited,) = (path for path in sorted(Path("out").glob("01*")) if path.suffix != ".txt")
    kept = edited.read_bytes()
    edited.write_bytes(kept + b"\n")
    code, out, err = say(*words)
    assert (code, out, edited.read_bytes()) == (3, "", kept + b"\n")
    assert f"{edited.name}; such files: 1. Nothing was written." in err
    assert say(*words, "--overwrite")[0] == 0
    return "--overwrite" in err and edited.read_bytes() == kept


def test_work_of_others_in_an_exported_folder_is_not_exported_over(say, project):
    words = ("export", "P", "--only", "all", "--format", "brat", "--output", "out")
    assert is_kept(say, words)


@pytest.mark.parametrize("known", ["brat", "cas-xmi"])
def test_nor_is_it_converted_over(say, known):
    assert is_kept(say, ("convert", SAMPLE, "out", "--to", known))


def test_a_file_of_somebody_else_stays_unless_it_may_go(say, project):
    for words in (("export", "P", "--output", "x.jsonl"), ("convert", SAMPLE, "y.jsonl")):
        mine = write(project.parent, words[-1], "mine")
        code, out, err = say(*words)
        assert (code, out, mine.read_text(encoding="utf-8")) == (3, "", "mine")
        assert f"{mine.name} is there already" in err
        for further in (("--overwrite",), ()):
            assert say(*words, *further)[0] == 0
        mine.write_bytes(mine.read_bytes() + b"\n")
        assert say(*words)[0] == 3


def test_what_makes_no_sense_together_says_what_would(say, project):
    for option in (("--seed", "3"), ("--seed", "0"), ("--ignore-splits",)):
        code, out, err = say("export", "P", "--output", "out", *option)
        assert (code, out, Path("out").exists()) == (2, "", False)
        assert err.startswith(option[0])
    err = say("export", "P", "--output", "out", "--option", "tagging=bio")[2]
    assert err == "The format gold offers nothing to choose, so there is no option tagging.\n"
    code, _, err = say("export", "P", "--output", "P.nishan")
    assert (code, "is the project that is exported" in err) == (3, True)
    write(project.parent, "taken", "x")
    err = say("export", "P", "--output", "taken")[2]
    assert "taken is a file, and a folder is to be written." in err


def test_a_split_that_got_no_document_is_told(say, project):
    words = ("export", "P", "--only", "all", "--output", "out")
    out = say(*words, "--split", "100/1/1")[1]
    assert "No document came into: dev, test." in out
    told = json.loads(Path("out/manifest.json").read_bytes())["options"]
    assert told["empty_splits"] == ["dev", "test"]
    assert "- **no document came into: dev, test**" in Path("out/README.md").read_text("utf-8")
    assert json.loads(say(*words, "--split", "2/1/0", "--json")[1])["empty_splits"] == []
    assert "empty_splits" not in Path("out/manifest.json").read_text("utf-8")


def test_a_card_elsewhere_is_told(say):
    words = ("convert", SAMPLE, "out", "--to", "gold")
    assert "card" not in say(*words)[1]
    Path("out/README.md").write_bytes(b"# Mine")
    card = Path("out", "DATASET.md")
    assert f"The dataset card is in {card}:" in say(*words)[1].splitlines()[-1]
    assert json.loads(say(*words, "--json")[1])["card"] == str(card)
    card.write_bytes(b"# Mine as well")
    told = "No dataset card was written into out: what lies there under the names README.md, DATAS"
    assert told in say(*words)[1].splitlines()[-1]


def test_convert(say, tmp_path):
    code, out, err = say("convert", SAMPLE, "x.lines")
    assert (code, err) == (0, "")
    assert out.startswith("Converted to")
    assert "Losses (event)" in out
    assert "In the data: Events 0 of" in out
    assert "events: 0; quotes: 0; bytes" in out
    assert out.endswith("All losses, one by one: x.lines.losses.jsonl\n")
    write(tmp_path, "old.txt", "باران".encode("cp1256"))
    words = ("convert", "old.txt", "x.dat", "--from", "plain-text", "--to", "gold")
    assert say(*words)[0] == 3
    assert say(*words, "--encoding", "windows-1256")[0] == 0
    assert Path("x.dat/gold.jsonl").is_file()


def test_convert_tells_what_was_refused(say, tmp_path):
    write(tmp_path, "x.jsonl", SAMPLE.read_bytes() + b"not json\n")
    code, out, _ = say("convert", "x.jsonl", "y.jsonl", "--from", "gold")
    assert (code, len(out.splitlines())) == (1, 2)
    code, out, _ = say("convert", "x.jsonl", "y.jsonl", "--from", "gold", "--json")
    answer = json.loads(out)
    assert (code, answer["refused"], answer["documents"], answer["path"]) == (1, 1, 1, "y.jsonl")
    assert answer["problems"][0]["line"] == len(SAMPLE.read_bytes().splitlines()) + 1


def test_stats(say, project, monkeypatch):
    code, out, err = say("stats", "P")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert "Documents: 3" in lines
    assert "Annotation sets: complete 2" in lines
    assert any(line.startswith("Tokens: ") for line in lines)
    assert any(line.startswith("    direct: ") for line in lines)
    answer = json.loads(say("stats", "P", "--json")[1])
    assert (answer["documents"], answer["sets"]["complete"]) == (3, 2)
    mentions = answer["labels"]["mentions"]
    assert sum(mentions.values()) == answer["totals"]["mentions"] > 1
    monkeypatch.setenv("NISHAN_LANGUAGE", "ckb")
    assert "بەڵگەنامەکان: ٣" in say("stats", "P")[1]
