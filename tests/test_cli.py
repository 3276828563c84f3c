"""The command line: every verb, its exit code, its JSON, and what it says when it cannot."""

import json
import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from annotator import __version__
from annotator.cli import main
from annotator.core.ids import DocumentId
from annotator.foundation.paths import resource
from annotator.workbench.clock import system_clock
from annotator.workbench.purging import Purger
from annotator.workbench.trash import Trash
from tests.workbench.projects import (
    ARAM,
    FIRST,
    SECOND,
    SHILAN,
    break_mention,
    complete,
    mark,
    opened,
    write,
)

CHECKOUT = Path(__file__).resolve().parent.parent
BESIDE = (folder / "shared" for folder in CHECKOUT.parents)
SHARED = os.environ.get("NISHAN_SHARED") or next(filter(Path.is_dir, BESIDE), CHECKOUT)
ARTICLES = Path(SHARED) / "articles"
SAMPLE = resource("samples", "01-water.gold.jsonl")


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def project(say, tmp_path):
    """A project of two documents, made by the command line."""
    files = [write(tmp_path, "a.txt", FIRST), write(tmp_path, "b.txt", SECOND)]
    assert say("new", "P", "--annotator", SHILAN)[0] == 0
    assert say("import", "P", *files)[0] == 0
    return tmp_path / "P.nishan"


def finish(project, document="a", *, is_broken=False):
    """Mark a name in a document and complete it."""
    workspace = opened(project, document=document)
    mark(workspace, "هەولێر" if document == "a" else "نەورۆز", "GPE")
    if is_broken:
        break_mention(workspace)
    complete(workspace)
    workspace.close()


def is_one_sentence(text):
    return text.endswith("\n") and text.count("\n") == 1 and "Traceback" not in text


def test_the_version(say):
    assert say("--version") == (0, f"annotator {__version__}\n", "")
    code, out, _ = say("--version", "--json")
    assert code == 0
    assert json.loads(out)["annotator"] == __version__
    assert {"python", "pyside", "sqlite", "schema", "system", "form"} <= json.loads(out).keys()


@pytest.mark.parametrize(
    "words",
    [
        ["--nonsense"],
        ["new"],
        ["import", "P"],
        ["export", "P"],
        ["export", "P", "--output", "x", "--only", "some"],
        ["import", "P", "a.txt", "--format", "docx"],
        ["check"],
    ],
)
def test_wrong_usage_is_2(words, capsys):
    with pytest.raises(SystemExit) as exit_:
        main(words)
    assert exit_.value.code == 2
    assert "annotator" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--help"], *([verb, "--help"] for verb in (
    "new", "import", "export", "check", "info", "demo", "history", "trash"))])  # fmt: skip
@pytest.mark.parametrize("language", ["ckb", "en"])
def test_help_speaks_the_language_of_the_interface(words, language, capsys, monkeypatch):
    monkeypatch.setenv("NISHAN_LANGUAGE", language)
    with pytest.raises(SystemExit) as exit_:
        main(words)
    assert exit_.value.code == 0
    out = capsys.readouterr().out
    assert ("بە JSON" in out) == (language == "ckb")


def test_a_mistyped_verb_opens_no_window(say):
    code, out, err = say("exprot", "P", "--output", "x")
    assert (code, out, is_one_sentence(err)) == (2, "", True)
    assert "exprot" in err
    assert "export" in err


def test_files_open_the_window(monkeypatch, tmp_path):
    called = []
    monkeypatch.setattr("annotator.cli.open_window", lambda paths: called.append(paths) or 0)
    article = write(tmp_path, "a.txt", FIRST)
    assert (main([str(article), "b.txt"]), main([])) == (0, 0)
    assert called == [[article, Path("b.txt")], []]


def test_without_qt_it_says_that_there_is_no_window(say, monkeypatch):
    monkeypatch.setitem(sys.modules, "annotator.app", None)
    for words in ([], ["demo"]):
        code, _, err = say(*words)
        assert (code, is_one_sentence(err)) == (3, True)


@pytest.mark.parametrize(("display", "told"), [("", "no screen"), (":99", ":99")])
def test_a_screen_that_is_not_there_is_told_before_qt_ends_the_program(
    say, monkeypatch, display, told
):
    monkeypatch.setenv("NISHAN_LANGUAGE", "en")
    monkeypatch.setattr("annotator.app.sys.platform", "linux")
    monkeypatch.setattr("annotator.app.silent_screen", lambda _: display)
    for words in ([], ["demo"]):
        code, out, err = say(*words)
        assert (code, out, is_one_sentence(err)) == (3, "", True)
        assert told in err


@pytest.mark.parametrize("is_bundled", [True, False])
def test_formats_tell_what_the_installed_program_lacks(say, monkeypatch, is_bundled):
    monkeypatch.setenv("NISHAN_LANGUAGE", "en")
    monkeypatch.setattr("annotator.cli.format_verbs.is_bundled", lambda: is_bundled)
    told = "Not in the installed program" if is_bundled else "Needs the package"
    assert told in say("formats")[1]


def test_new(say, tmp_path):
    code, out, err = say("new", "P", "--annotator", SHILAN)
    assert (code, err) == (0, "")
    assert "P.nishan" in out
    assert [path.name for path in tmp_path.iterdir()] == ["P.nishan"]


@pytest.mark.parametrize(
    ("name", "made"), [("P", "P.nishan"), ("v1.2", "v1.2.nishan"), ("Q.nishan", "Q.nishan")]
)
def test_new_adds_the_suffix_that_others_find(say, tmp_path, name, made):
    code, out, _ = say("new", name, "--json")
    assert (code, json.loads(out)) == (0, {"project": made})
    assert say("info", name)[0] == 0
    assert (tmp_path / made).is_file()


@pytest.mark.parametrize(
    "words",
    [
        ["P"],
        ["nowhere/P"],
        ["Q", "--scheme", "nothing"],
        ["Q", "--annotator", " "],
        [""],
        ["."],
        ["/"],
        ["a\udcff"],
        ["x" * 5000],
    ],
)
def test_what_cannot_be_made_is_one_sentence(say, project, words, monkeypatch):
    for language in ("en", "ckb"):
        monkeypatch.setenv("NISHAN_LANGUAGE", language)
        code, out, err = say("new", *words)
        assert (code, out, is_one_sentence(err)) == (3, "", True)
    code, out, err = say("new", *words, "--json")
    assert (code, set(json.loads(out)), is_one_sentence(err)) == (3, {"error", "message"}, True)


def test_import_tells_what_came_in(say, tmp_path):
    say("new", "P")
    good, again = write(tmp_path, "a.txt", FIRST), write(tmp_path, "again.txt", FIRST)
    bad = write(tmp_path, "bad.txt", b"\xff\xff")
    code, out, err = say("import", "P", good, again)
    assert (code, err) == (0, "")
    assert "Imported: documents: 1," in out
    assert str(again) in out
    code, out, err = say("import", "P", bad)
    assert (code, err) == (1, "")
    assert str(bad) in out


def test_import_answers_in_json(say, tmp_path):
    say("new", "P")
    bad = write(tmp_path, "in/bad.txt", b"\xff\xff")
    write(tmp_path, "in/good.txt", FIRST)
    code, out, _ = say("import", "P", "in", "--json")
    answer = json.loads(out)
    assert code == 1
    assert (answer["imported"], answer["sets"], answer["refused"]) == (["good"], 0, 1)
    (problem,) = answer["problems"]
    assert (problem["key"], problem["is_refusal"]) == ("formats.bytes_invalid", True)
    assert bad.name in problem["source"]
    assert problem["message"]


def test_import_warns_where_others_write(say, tmp_path):
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    assert say("new", folder / "P")[0] == 0
    code, out, err = say("import", folder / "P", write(tmp_path, "a.txt", FIRST))
    assert (code, err.count("\n")) == (0, 1)
    assert "P.nishan lies where other computers can change it (Dropbox)" in err
    assert "Dropbox" not in out


def test_import_of_gold_to_somebody_and_twice(say):
    say("new", "P")
    assert say("import", "P", SAMPLE, "--annotator", ARAM)[0] == 0
    code, out, _ = say("import", "P", SAMPLE, "--annotator", ARAM)
    assert code == 0
    assert "a1" in out.splitlines()[1]
    assert json.loads(say("info", "P", "--json")[1])["annotators"] == [ARAM]


def test_import_reads_the_encoding_and_the_format_it_is_told(say, tmp_path):
    say("new", "P")
    old = write(tmp_path, "old.dat", "باران".encode("cp1256"))
    assert say("import", "P", old)[0] == 1
    words = ("--format", "plain-text", "--encoding", "windows-1256")
    assert say("import", "P", old, *words)[0] == 0


@pytest.mark.parametrize(
    "words",
    [
        ["import", "nothing", "a.txt"],
        ["import", "P", "nothing.txt"],
        ["import", "a.txt", "a.txt"],
        ["info", "nothing"],
        ["info", "."],
        ["info", "a\udcff"],
        ["info", "/"],
        ["info", "circle.nishan"],
        ["check", "a\udcff.nishan"],
        ["check", "nothing.nishan"],
        ["check", "nothing.jsonl"],
        ["check", "."],
        ["check", "a.txt", "--scheme", "nothing"],
        ["export", "nothing", "--output", "x"],
        ["export", "P", "--output", "x", "--annotator", "کەس"],
        ["export", "P", "--output", "nowhere/x.jsonl", "--only", "all"],
        ["export", "P", "--output", "a.txt", "--only", "all"],
        ["export", "P", "--output", "x.jsonl", "--only", "approved"],
    ],
)
@pytest.mark.parametrize("language", ["ckb", "en"])
def test_what_cannot_be_done_is_one_sentence(say, project, words, language, monkeypatch):
    monkeypatch.setenv("NISHAN_LANGUAGE", language)
    Path("circle.nishan").symlink_to("circle.nishan")
    code, out, err = say(*words)
    assert (code, out, is_one_sentence(err)) == (3, "", True)


def test_export_of_nothing_names_the_way_out(say, project, monkeypatch):
    for language in ("en", "ckb"):
        monkeypatch.setenv("NISHAN_LANGUAGE", language)
        code, _, err = say("export", "P", "--output", "gold.jsonl")
        assert (code, is_one_sentence(err), "--only all" in err) == (3, True, True)
    assert not Path("gold.jsonl").exists()


def test_export_all_writes_every_document_also_empty_ones(say, project):
    finish(project)
    assert say("export", "P", "--output", "gold", "--only", "all")[0] == 0
    records = [orjson.loads(line) for line in Path("gold/gold.jsonl").read_bytes().splitlines()]
    assert [(r["doc_id"], len(r["mentions"])) for r in records] == [("a", 1), ("b", 0)]
    code, out, _ = say("check", "gold/gold.jsonl")
    assert code == 0
    assert "rrors: 0" in out


def test_export_answers_in_json(say, project):
    finish(project)
    code, out, _ = say("--json", "export", "P", "--output", "gold.jsonl", "--reproducible")
    answer = json.loads(out)
    assert (code, answer["sets"], answer["mentions"], answer["path"]) == (0, 1, 1, "gold.jsonl")
    assert answer["size"] == Path("gold.jsonl").stat().st_size


def test_export_of_errors_lists_them_and_writes_nothing(say, project):
    finish(project, is_broken=True)
    code, out, err = say("export", "P", "--output", "gold.jsonl")
    assert (code, is_one_sentence(err), "--draft" in err) == (3, True, True)
    assert "V12 a T1" in out
    code, out, _ = say("export", "P", "--output", "gold.jsonl", "--json")
    answer = json.loads(out)
    assert (code, answer["error"]) == (3, "export.blocked")
    assert {f["document"] for f in answer["findings"]} == {"a"}
    assert not Path("gold.jsonl").exists()
    assert say("export", "P", "--output", "gold.jsonl", "--draft")[0] == 0


def test_check_finds_errors_and_names_the_files(say, project):
    finish(project)
    assert say("check", "P.nishan")[0] == 0
    workspace = opened(project, document="a")
    break_mention(workspace)
    workspace.close()
    say("export", "P", "--output", "gold.jsonl", "--draft")
    code, out, _ = say("check", "P.nishan", "gold.jsonl")
    assert code == 1
    assert [line for line in out.splitlines() if line.endswith(":")] == ["P.nishan:", "gold.jsonl:"]
    assert out.count("V12 a T1") == 2
    code, out, _ = say("check", "P.nishan", "gold.jsonl", "--json")
    answer = json.loads(out)
    told = {(f["path"], f["document"], f["annotation"], f["rule"]) for f in answer}
    assert {("P.nishan", "a", "T1", "V12"), ("gold.jsonl", "a", "T1", "V12")} <= told
    assert all(finding["message"] for finding in answer)


def test_info(say, project, monkeypatch):
    finish(project)
    code, out, err = say("info", "P")
    assert (code, err) == (0, "")
    assert "Documents: 2" in out
    assert f"Annotators: {SHILAN}" in out
    assert "complete 1" in out
    answer = json.loads(say("info", "P", "--json")[1])
    assert (answer["documents"], answer["sets"]["complete"]) == (2, 1)
    monkeypatch.setenv("NISHAN_LANGUAGE", "ckb")
    assert "بەڵگەنامەکان: ٢" in say("info", "P")[1]


def test_demo_is_handed_on(monkeypatch):
    app = pytest.importorskip("annotator.app")
    called = []
    monkeypatch.setattr(app, "run_demo", lambda: called.append(None) or 0)
    monkeypatch.setattr(app, "run_headless_demo", lambda folder, say: called.append(folder) or 0)
    assert (main(["demo"]), main(["demo", "--headless", "out"])) == (0, 0)
    assert called == [None, Path("out")]


def test_nothing_in_a_name_steers_the_terminal(say, tmp_path):
    say("new", "P")
    evil = write(tmp_path, "a\x1b[31m\u202etxt.exe.txt", b"\xff")
    _, out, _ = say("import", "P", evil)
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "<U+001B>[31m<U+202E>txt.exe.txt" in out


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyboardInterrupt(), 130),
        (MemoryError(), 3),
        (OSError(28, "No space left on device", "/x/P.nishan"), 3),
        (PermissionError(13, "Permission denied"), 3),
        (OSError("odd"), 3),
    ],
)
@pytest.mark.parametrize("language", ["ckb", "en"])
def test_accidents_are_one_sentence(say, project, monkeypatch, error, code, language):
    def fail(*_):
        raise error

    monkeypatch.setenv("NISHAN_LANGUAGE", language)
    monkeypatch.setattr("annotator.cli.verbs.facts_of", fail)
    told = say("info", "P")
    assert (told[0], told[1], is_one_sentence(told[2])) == (code, "", True)
    monkeypatch.undo()
    monkeypatch.chdir(project.parent)
    assert say("info", "P")[0] == 0


def test_the_bar_is_drawn_for_people_only(say, project, monkeypatch, tmp_path):
    files = [write(tmp_path, f"{n}.txt", f"{FIRST} {n}") for n in range(3)]
    assert say("import", "P", *files)[2] == ""
    more = [write(tmp_path, f"more-{n}.txt", f"{SECOND} {n}") for n in range(3)]
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    err = say("import", "P", *more)[2]
    assert err.endswith(f"[{'#' * 30}] 3/3\n")


def run(*words, **choices):
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), **choices.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-m", "annotator", *map(str, words)],
        capture_output=True,
        env=environment,
        timeout=60,
        **choices,
    )


def test_a_real_process_speaks_utf_8_in_any_locale(project):
    done = run("info", "P", env={"LC_ALL": "C", "PYTHONUTF8": "0", "NISHAN_LANGUAGE": "ckb"})
    assert done.returncode == 0
    assert SHILAN in done.stdout.decode("utf-8")
    assert done.stderr == b""


def test_a_real_process_fails_with_one_sentence():
    done = run("info", "nothing")
    assert (done.returncode, done.stdout) == (3, b"")
    assert is_one_sentence(done.stderr.decode("utf-8"))


def test_a_reader_that_has_gone_is_no_accident(project):
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "annotator", "info", "P"]
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run(
        command, stdout=writer, stderr=subprocess.PIPE, env=environment, timeout=60
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
def test_an_answer_that_cannot_be_written_is_one_sentence(project):
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "annotator", "info", "P"]
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, env=environment, timeout=60, check=False
        )
    assert (done.returncode, is_one_sentence(done.stderr.decode())) == (3, True)


def test_a_process_without_streams_does_its_work(project):
    script = (
        "import sys; sys.stdout = sys.stderr = None\n"
        "from annotator.cli import main\n"
        "raise SystemExit(main(['info', 'P']))"
    )
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        capture_output=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_the_command_line_imports_no_qt():
    script = "import sys, annotator.cli; print([m for m in sys.modules if 'PySide6' in m])"
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, timeout=60, check=True
    )
    assert done.stdout.strip() == b"[]"


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the articles are not here")
def test_the_three_articles_come_in_unchanged(say):
    say("new", "P")
    code, out, _ = say("import", "P", ARTICLES, "--json")
    files = sorted(ARTICLES.glob("*.txt"))
    assert (code, len(files)) == (0, 3)
    assert json.loads(out)["imported"] == [path.stem for path in files]
    assert say("export", "P", "--output", "gold", "--only", "all")[0] == 0
    records = [orjson.loads(line) for line in Path("gold/gold.jsonl").read_bytes().splitlines()]
    texts = {record["doc_id"]: record["text"] for record in records}
    told = {path.stem: path.read_bytes().decode("utf-8").replace("\r\n", "\n") for path in files}
    assert texts == told
    assert DocumentId(files[0].stem) in texts
    assert say("check", "gold/gold.jsonl", "P.nishan")[0] == 0


@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_a_warning_about_a_file_is_told_and_is_no_refusal(tmp_path, capsys, flags):
    project = tmp_path / "p.nishan"
    assert main(["new", str(project)]) == 0
    text = tmp_path / "f.txt"
    text.write_bytes("ئەمڕۆ لە هەولێر کۆبوونەوە کرا.".encode("utf-16"))
    capsys.readouterr()
    assert main(["import", str(project), str(text), *flags]) == 0
    said = capsys.readouterr().out
    assert "UTF-16" in said
    if flags:
        assert json.loads(said)["problems"][0]["is_refusal"] is False


def test_without_a_screen_the_window_says_so(tmp_path, capsys, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    project = tmp_path / "p.nishan"
    assert main(["new", str(project)]) == 0
    assert main([str(project)]) == 3
    assert "no screen" in capsys.readouterr().err


def test_a_report_is_written_with_and_without_a_project(say, project, tmp_path):
    target = tmp_path / "r.txt"
    code, out, err = say("report", "--output", target)
    assert (code, err, is_one_sentence(out)) == (0, "", True)
    assert f"annotator: {__version__}" in target.read_text("utf-8")
    assert "documents:" not in target.read_text("utf-8")
    code, out, _ = say("report", "--output", target, "--project", project, "--json")
    assert json.loads(out) == {"report": str(target)}
    text = target.read_text("utf-8")
    assert "documents: 2" in text
    assert SHILAN not in text
    assert FIRST not in text
    assert say("report", "--output", tmp_path)[0] == 3


def test_a_mistake_of_the_program_is_one_sentence_and_its_stack_is_in_the_log(
    say, project, monkeypatch, tmp_path, caplog
):
    def fail(*_):
        raise ZeroDivisionError(FIRST)

    monkeypatch.setattr("annotator.cli.verbs.facts_of", fail)
    code, out, err = say("info", project)
    assert (code, out, is_one_sentence(err)) == (3, "", True)
    assert FIRST not in err
    target = tmp_path / "r.txt"
    assert say("report", "--output", target)[0] == 0
    text = target.read_text("utf-8")
    assert "ZeroDivisionError" in text
    assert "annotator/cli/verbs.py" in text
    assert FIRST not in text
    caplog.clear()


def throw_away(project, *documents):
    """Move documents to the trash, as the window does."""
    workspace = opened(project)
    step = Trash(workspace.project, workspace.changes).remove_documents(documents).step
    workspace.close()
    return step


def test_the_history_is_listed_undone_and_redone(say, project):
    code, out, _ = say("history", "P")
    assert (code, out.count("\n")) == (0, 1)
    assert "Imported: documents: 2" in out
    step = throw_away(project, DocumentId("a"))
    code, out, _ = say("history", "P", "--undo", step)
    assert (code, out) == (0, "Taken back: Moved to the trash: a.\n")
    code, out, _ = say("history", "P", "--json")
    newest, first = json.loads(out)
    assert (newest["step"], newest["is_done"], first["is_done"]) == (step, False, True)
    assert (newest["name"], newest["details"]["name"]) == ("edit.remove_documents", "a")
    code, out, _ = say("history", "P", "--redo", step, "--json")
    assert json.loads(out) == {
        "step": step,
        "is_done": True,
        "left_out": 0,
        "message": "Done again: Moved to the trash: a.",
    }


def test_what_is_no_step_is_refused(say, project):
    for turn in ("--undo", "--redo"):
        code, out, err = say("history", "P", turn, 99)
        assert (code, out) == (3, "")
        assert is_one_sentence(err)


def test_what_was_left_out_is_told_by_the_exit_code(say, project):
    throw_away(project, DocumentId("a"))
    workspace = opened(project)
    purger = Purger(workspace.project, workspace.changes, system_clock)
    purger.run([DocumentId("a")], purger.target())
    workspace.close()
    first = json.loads(say("history", "P", "--json")[1])[-1]["step"]
    code, out, _ = say("history", "P", "--undo", first)
    assert code == 1
    assert out.endswith("changed or deleted since: 1.\n")


def test_a_project_without_history_or_trash_says_so_and_stays_as_it_is(say, tmp_path):
    say("new", "E")
    before = (tmp_path / "E.nishan").read_bytes()
    for verb in ("history", "trash"):
        code, out, _ = say(verb, "E")
        assert code == 0
        assert is_one_sentence(out)
        assert json.loads(say(verb, "E", "--json")[1]) == []
    assert (tmp_path / "E.nishan").read_bytes() == before


def test_the_trash_is_listed_and_given_back(say, project):
    finish(project)
    throw_away(project, DocumentId("a"), DocumentId("b"))
    workspace = opened(project, annotator=ARAM)
    person = workspace.annotator
    workspace.change_annotator(SHILAN)
    Trash(workspace.project, workspace.changes).remove_person(person)
    workspace.close()
    code, out, _ = say("trash", "P")
    assert (code, out.count("\n")) == (0, 3)
    things = json.loads(say("trash", "P", "--json")[1])
    told = {(thing["kind"], thing["id"], thing["annotations"]) for thing in things}
    assert told == {("document", "a", 1), ("document", "b", 0), ("person", person.id, 0)}
    code, out, err = say("trash", "P", "--restore", "a", "zz")
    assert (code, out) == (3, "")
    assert "zz" in err
    assert len(json.loads(say("trash", "P", "--json")[1])) == 3
    code, out, _ = say("trash", "P", "--restore", "a", person.id, "a", "--json")
    assert (code, json.loads(out)) == (0, {"restored": ["a", person.id]})
    assert say("trash", "P", "--restore", "b")[1] == "Taken out of the trash: 1.\n"
    assert json.loads(say("trash", "P", "--json")[1]) == []
