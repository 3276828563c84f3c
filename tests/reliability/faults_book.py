"""What a project must hold, told without the program: plain lists and dictionaries.

A *book* takes the acts that a child process acknowledges and knows what the project holds then;
`content_of` reads the same from a real project. An act is a list that JSON can carry::

    ["add", document, label, start, end]      ["relabel", document, id, label]
    ["delete", document, [id, …]]             ["status", document, status]
    ["undo", document]  ["redo", document]    ["import", {id: text, …}]
    ["remove", document]  ["restore", document]    (into the trash, and out of it)
    ["undo project"]  ["redo project"]    (the last import, removal or restoration)
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Mention, StatusRecord
from annotator.core.findings import Severity
from annotator.core.history import Act, History, JournalEntry
from annotator.foundation.errors import AnnotatorError
from annotator.store.doctor.ailments import Ailment
from annotator.store.doctor.examining import examine


@dataclass
class Page:
    """One document with one person's annotations."""

    text: str
    records: dict = field(default_factory=dict)
    done: list = field(default_factory=list)
    undone: list = field(default_factory=list)
    last_number: int = 0
    entries: int = 0
    place: tuple | None = None
    is_here: bool = True

    def do(self, changes, focus):
        """Take a step: pairs of a record before and after, by id."""
        self.done.append((changes, focus))
        self.undone.clear()
        self._write({name: after for name, (_, after) in changes.items()}, focus)

    def undo(self):
        changes, focus = self.done.pop()
        self.undone.append((changes, focus))
        self._write({name: before for name, (before, _) in changes.items()}, focus)

    def redo(self):
        changes, focus = self.undone.pop()
        self.done.append((changes, focus))
        self._write({name: after for name, (_, after) in changes.items()}, focus)

    def _write(self, values, focus):
        self.entries += 1
        self.place = focus
        for name, value in values.items():
            self.records.pop(name, None)
            if value is not None:
                self.records[name] = value

    def content(self):
        if not self.entries:
            return None
        return {
            "records": self.records,
            "entries": self.entries,
            "undo": len(self.done),
            "redo": len(self.undone),
            "place": self.place,
        }


class Book:
    """The model of a whole project."""

    def __init__(self):
        self.pages: dict[str, Page] = {}
        self.steps: list = []
        self.undone_steps: list = []

    @property
    def here(self):
        """The documents that are not in the trash."""
        return sorted(name for name, page in self.pages.items() if page.is_here)

    @property
    def trash(self):
        return sorted(name for name, page in self.pages.items() if not page.is_here)

    def can_undo_project(self):
        """Whether the last step in the project can be undone and a document is left."""
        if not self.steps:
            return False
        names, is_here = self.steps[-1]
        return not is_here or bool(set(self.here) - set(names))

    def copy(self):
        return copy.deepcopy(self)

    def apply(self, act):
        kind, *rest = act
        if kind == "import":
            for name, text in rest[0].items():
                self.pages[name] = Page(text)
            self._step(list(rest[0]), is_here=True)
        elif kind in ("remove", "restore"):
            self._step([rest[0]], is_here=kind == "restore")
        elif kind == "undo project":
            self.undone_steps.append(self.steps.pop())
            self._move(self.undone_steps[-1], is_back=True)
        elif kind == "redo project":
            self.steps.append(self.undone_steps.pop())
            self._move(self.steps[-1])
        elif kind in ("undo", "redo"):
            getattr(self.pages[rest[0]], kind)()
        else:
            self._edit(kind, self.pages[rest[0]], rest[1:])

    def _step(self, names, *, is_here):
        self.steps.append((names, is_here))
        self.undone_steps.clear()
        self._move(self.steps[-1])

    def _move(self, step, *, is_back=False):
        for name in step[0]:
            self.pages[name].is_here = step[1] is not is_back

    def _edit(self, kind, page, values):
        if kind == "add":
            label, start, end = values
            page.last_number += 1
            record = (label, start, end)
            page.do({f"T{page.last_number}": (None, record)}, (start, end))
        elif kind == "relabel":
            name, label = values
            before = page.records[name]
            page.do({name: (before, (label, *before[1:]))}, before[1:])
        elif kind == "delete":
            page.do({name: (page.records[name], None) for name in values[0]}, (0, 0))
        else:
            assert kind == "status", kind
            page.do({"STATUS": (page.records.get("STATUS"), (values[0],))}, (0, 0))

    def after(self, *acts):
        """Another book, some acts later."""
        later = self.copy()
        for act in acts:
            later.apply(act)
        return later

    def content(self):
        """What `content_of` gives for a project with the same content."""
        return {
            _key(name, page.is_here): (page.text, page.content())
            for name, page in self.pages.items()
        }


class Inconsistent(AssertionError):
    """Every row is as it was written, and yet they do not belong together: one is of another time.

    Opening does not look for that. The doctor must name it.
    """


def is_named_by_doctor(path):
    """Whether the doctor finds an error in a file, and does not change it."""
    whole = path.read_bytes()
    said = [each for each in examine(path) if isinstance(each, Ailment)]
    assert path.read_bytes() == whole
    return any(each.severity is Severity.ERROR for each in said)


def content_of(project):
    """Everything that annotators have put into a project, after a full check of it.

    Raises `Inconsistent` where the journal adds up to something else than what is stored.
    """
    project.check()
    found = {}
    for is_here, entries in (
        (True, project.documents.entries()),
        (False, project.documents.removed()),
    ):
        for entry in entries:
            text = project.documents.get(entry.id).text
            found[_key(entry.id, is_here)] = (text, _set_content(project, entry.id))
    return found


def _key(name, is_here):
    return str(name) if is_here else f"{name} in the trash"


def _set_content(project, document):
    headers = project.annotations.headers(document)
    assert len(headers) <= 1, "a book knows one person's work"
    if not headers:
        return None
    (header,) = headers
    held = project.annotations.read(header)
    entries = project.journal.entries(header)
    _check_journal(entries, held)
    history = History(entries)
    return {
        "records": {_name(record): _plain(record) for record in held.records.values()},
        "entries": len(entries),
        "undo": history.depth,
        "redo": _redo_depth(history, len(entries)),
        "place": project.places.get(document, header.annotators[0]),
    }


def _check_journal(entries, held):
    """What is stored is what the journal adds up to, entry by entry."""
    replayed = AnnotationSet()
    try:
        for entry in entries:
            replayed = replayed.apply(entry.edit)
    except AnnotatorError as error:
        raise Inconsistent("the journal does not fit itself") from error
    if dict(replayed.records) != dict(held.records):
        raise Inconsistent("the journal tells of another set")


def _redo_depth(history, seq):
    count = 0
    while (step := history.next_redo) is not None:
        count += 1
        history.record(JournalEntry(seq + count, Act.REDO, step.edit, "", target=step.seq))
    return count


def _name(record):
    return "STATUS" if isinstance(record, StatusRecord) else record.id


def _plain(record):
    match record:
        case Mention():
            span = record.fragments.spans[0]
            return (record.label, span.start, span.end)
        case StatusRecord():
            return (record.status.value,)
    return repr(record)
