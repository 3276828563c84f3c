"""Files to import, found among what people name."""

import os
import socket

import pytest

from annotator.formats.base import ImportProblem
from annotator.foundation.errors import UserError
from annotator.workbench.reading import (
    PASSED_OVER,
    READABLE,
    FoundFiles,
    find_files,
    reading_error,
    refuse_nothing,
)
from tests.workbench.projects import write


@pytest.fixture
def folder(tmp_path):
    for name in (
        "b.txt",
        "a.TXT",
        "c.pdf",
        "inner/z.jsonl",
        "inner/deep/y.json",
        "another/x.ndjson",
    ):
        write(tmp_path / "news", name, "{}")
    return tmp_path / "news"


def shown(found, folder):
    return [path.relative_to(folder).as_posix() for path in found.files]


def skipped(found):
    refused = [one for one in found.skipped if one.is_refusal]
    return {(os.path.basename(one.source), one.key) for one in refused}


def test_folders_are_walked_in_order_of_name(folder):
    found = find_files([folder])
    assert shown(found, folder) == [
        "a.TXT",
        "b.txt",
        "another/x.ndjson",
        "inner/z.jsonl",
        "inner/deep/y.json",
    ]
    values = {"count": 1, "names": "c.pdf"}
    problem = ImportProblem(str(folder), PASSED_OVER, values, is_refusal=False)
    assert found.skipped == (problem,)


def test_a_file_named_directly_is_taken_once_whatever_its_suffix(folder):
    named = [folder / "c.pdf", folder / "b.txt", folder / "c.pdf"]
    assert find_files(named) == FoundFiles((folder / "c.pdf", folder / "b.txt"))
    assert ".pdf" not in READABLE


def test_links_and_fifos_in_folders_are_named_and_not_taken(folder):
    (folder / "link.txt").symlink_to(folder / "b.txt")
    (folder / "broken.json").symlink_to(folder / "nowhere")
    (folder / "loop").symlink_to(folder)
    (folder / "other.pdf.lnk").symlink_to(folder / "c.pdf")
    os.mkfifo(folder / "pipe.txt")
    found = find_files([folder])
    assert len(found.files) == 5
    assert skipped(found) == {
        ("link.txt", "import.is_link"),
        ("broken.json", "import.is_link"),
        ("loop", "import.is_link"),
        ("pipe.txt", "import.not_a_file"),
    }


def test_a_link_named_directly_is_followed(folder):
    link = folder / "link.txt"
    link.symlink_to(folder / "b.txt")
    assert find_files([link]).files == (link,)


def test_hidden_files_and_the_manifest_of_an_export_are_left_out(tmp_path):
    for name in ("gold.jsonl", "._gold.jsonl", ".git/config.json"):
        write(tmp_path, name, "{}")
    write(tmp_path, "manifest.json", '{"format": "ckb-gold-manifest"}')
    assert shown(find_files([tmp_path]), tmp_path) == ["gold.jsonl"]


def test_a_manifest_without_an_export_is_a_file_like_others(tmp_path):
    write(tmp_path, "manifest.json", "{}")
    assert shown(find_files([tmp_path]), tmp_path) == ["manifest.json"]


def test_a_name_that_is_not_unicode_is_taken(tmp_path):
    path = tmp_path / os.fsdecode(b"\xff.txt")
    try:
        write(tmp_path, path.name, "x")
    except OSError:
        pytest.skip("the file system wants Unicode names")
    assert find_files([tmp_path]).files == (path,)


def test_a_path_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(UserError) as error:
        find_files([tmp_path / "nothing.txt"])
    assert (error.value.key, error.value.values) == (
        "import.no_such_file",
        {"path": str(tmp_path / "nothing.txt")},
    )


def test_what_is_neither_file_nor_folder_is_an_error(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s.txt")
        with pytest.raises(UserError) as error:
            find_files([tmp_path / "s.txt"])
    assert error.value.key == "import.not_a_file"


def test_a_folder_that_cannot_be_listed_is_named(folder, monkeypatch):
    listdir = os.listdir

    def refuse(path):
        if os.path.basename(path) == "inner":
            raise PermissionError(13, "Permission denied", str(path))
        return listdir(path)

    monkeypatch.setattr("annotator.workbench.reading.os.listdir", refuse)
    found = find_files([folder])
    assert shown(found, folder) == ["a.TXT", "b.txt", "another/x.ndjson"]
    assert skipped(found) == {("inner", "import.unreadable")}


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (FileNotFoundError(2, "No such file"), "import.no_such_file"),
        (NotADirectoryError(20, "Not a directory"), "import.no_such_file"),
        (IsADirectoryError(21, "Is a directory"), "file.is_folder"),
        (PermissionError(13, "Permission denied"), "import.unreadable"),
        (OSError(5, "Input/output error"), "import.unreadable"),
        (OSError(), "import.unreadable"),
    ],
)
def test_why_a_file_cannot_be_read(tmp_path, error, key):
    told = reading_error(error, tmp_path)
    assert told.key == key
    assert all(told.values.values())


def test_a_text_comes_in_with_its_annotations_and_not_by_itself(tmp_path):
    for name in ("a.ann", "a.txt", "b.txt", "c.ann", "d.ANN", "d.txt", ".e.ann", "e.txt", "f.txt"):
        write(tmp_path, name, "x")
    (tmp_path / "f.ann").symlink_to(tmp_path / "a.ann")
    (tmp_path / "b.ann").mkdir()
    names = ["a.ann", "b.txt", "c.ann", "d.ANN", "e.txt", "f.txt"]
    assert shown(find_files([tmp_path]), tmp_path) == names
    assert find_files([tmp_path / "a.txt"]).files == (tmp_path / "a.txt",)


def test_the_first_files_that_no_format_reads_are_named_with_their_number(folder):
    for name in ("a.html", "inner/b.docx", ".hidden.pdf", "x1.md", "x2.md", "x3.md"):
        write(folder, name, "")
    (only,) = find_files([folder]).skipped
    assert only.values == {"count": 6, "names": "a.html, c.pdf, x1.md, x2.md, x3.md, …"}


def test_what_belongs_to_annotations_is_not_missed(tmp_path):
    beside = ("README.md", "TypeSystem.xml", "annotation.conf", "visual.conf", "x.txt")
    for name in (*beside, "x.ann", "x.xmi"):
        write(tmp_path, name, "")
    assert [one.values["names"] for one in find_files([tmp_path]).skipped] == ["README.md"]
    write(tmp_path, "manifest.json", '{"format": "ckb-gold-manifest"}')
    assert find_files([tmp_path]).skipped == ()


def test_nothing_to_read_is_refused_with_what_is_there(tmp_path):
    write(tmp_path / "in", "a.html", "")
    found = find_files([tmp_path / "in"])
    with pytest.raises(UserError) as refused:
        refuse_nothing(found, [tmp_path / "in"])
    values = refused.value.values
    assert (values["names"], values["path"]) == ("a.html", str(tmp_path / "in"))
    assert ".jsonl" in values["endings"]
    (tmp_path / "in" / "l.txt").symlink_to(tmp_path)
    refuse_nothing(find_files([tmp_path / "in"]), [])
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError) as refused:
        refuse_nothing(find_files([tmp_path / "empty"]), [])
    assert refused.value.values["names"] == "–"
