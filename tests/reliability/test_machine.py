"""Everything can be undone, after restarts and crashes too: random sessions against a book (P5).

Each rule does one thing through the workbench and tells the book of it; after each the open
document, and at the end the whole file, must say what the book says. To teach the machine another
kind of act, let `Book.apply` and `faults_acts.perform` know it and add a rule that calls `do`.
"""

import json
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import Phase, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from annotator.core.history import History
from annotator.foundation.errors import Refused, UserError
from annotator.store.documents import Documents
from annotator.store.project_file import ProjectFile
from annotator.workbench.schemes import DEFAULT_SCHEME, read_scheme_text
from annotator.workbench.workspace import open_workspace
from tests.reliability.faults_acts import (
    LABELS,
    PROJECT_ACTS,
    STATUSES,
    clock,
    new_project,
    perform,
    text_of,
)
from tests.reliability.faults_book import Book, content_of
from tests.reliability.faults_kinds import NAME
from tests.reliability.faults_mutants import keep_the_redo_branch
from tests.reliability.faults_run import quick_folder

TEXTS = {"d1": text_of(1), "d2": text_of(2)}
LENGTH = min(map(len, TEXTS.values()))
STEPS = 40

DONE = Counter()
"""How often each rule has run, for the table."""


class Sessions(RuleBasedStateMachine):
    """Sessions of one person on one project; `book` is the model."""

    template: Path

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=self.template.parent))
        self.path = self.folder / NAME
        shutil.copy(self.template, self.path)
        self.book = Book().after(["import", TEXTS])
        self.workspace = None
        self.current = "d1"

    @initialize()
    def begin(self):
        self.open()

    def open(self):
        self.workspace = open_workspace(self.path, clock=clock)
        self.perform_in(self.current)

    def perform_in(self, document):
        self.current = document
        return self.workspace.open(document)

    def do(self, kind, *values):
        is_whole = kind == "import" or kind in PROJECT_ACTS
        act = [kind, *values] if is_whole else [kind, self.current, *values]
        perform(self.workspace, act, folder=self.folder)
        self.book.apply(act)
        DONE[kind] += 1

    @property
    def page(self):
        return self.book.pages[self.current]

    def mentions(self):
        return sorted(name for name in self.page.records if name != "STATUS")

    @rule(
        label=st.sampled_from(LABELS),
        start=st.integers(0, LENGTH - 10),
        length=st.integers(1, 9),
    )
    def add(self, label, start, length):
        if (label, start, start + length) not in self.page.records.values():
            self.do("add", label, start, start + length)

    @precondition(lambda self: self.mentions())
    @rule(data=st.data())
    def delete(self, data):
        names = data.draw(st.lists(st.sampled_from(self.mentions()), min_size=1, unique=True))
        self.do("delete", names)

    @precondition(lambda self: self.mentions())
    @rule(data=st.data(), label=st.sampled_from(LABELS))
    def relabel(self, data, label):
        name = data.draw(st.sampled_from(self.mentions()))
        changed = (label, *self.page.records[name][1:])
        if changed not in self.page.records.values():
            self.do("relabel", name, label)

    @rule(status=st.sampled_from(STATUSES))
    def say_how_far_it_is(self, status):
        if self.workspace.open_document.annotations.status.status.value != status:
            self.do("status", status)

    @precondition(lambda self: self.page.done)
    @rule()
    def undo(self):
        self.do("undo")

    @precondition(lambda self: self.page.undone)
    @rule()
    def redo(self):
        self.do("redo")

    @precondition(lambda self: not self.page.undone)
    @rule()
    def redo_nothing(self):
        with pytest.raises(Refused, match="nothing_to_redo"):
            self.workspace.open_document.redo()

    @precondition(lambda self: not self.page.done)
    @rule()
    def undo_nothing(self):
        with pytest.raises(Refused, match="nothing_to_undo"):
            self.workspace.open_document.undo()

    @rule(data=st.data())
    def turn_to_another_document(self, data):
        self.perform_in(data.draw(st.sampled_from(self.book.here)))

    @precondition(lambda self: len(self.book.here) > 1)
    @rule(data=st.data())
    def throw_away(self, data):
        self.do("remove", data.draw(st.sampled_from(self.book.here)))
        self.stay_where_a_document_is()

    @precondition(lambda self: self.book.trash)
    @rule(data=st.data())
    def take_out_of_the_trash(self, data):
        self.do("restore", data.draw(st.sampled_from(self.book.trash)))

    @precondition(lambda self: self.book.can_undo_project())
    @rule()
    def undo_in_the_project(self):
        self.do("undo project")
        self.stay_where_a_document_is()

    @precondition(lambda self: self.book.undone_steps)
    @rule()
    def redo_in_the_project(self):
        self.do("redo project")
        if self.book.here:
            self.stay_where_a_document_is()

    def stay_where_a_document_is(self):
        """Go to the first document where the one on the page is in the trash."""
        here = self.book.here
        self.perform_in(self.current if self.current in here else here[0])

    @precondition(lambda self: len(self.book.pages) < 5)
    @rule()
    def import_text(self):
        number = len(self.book.pages) + 1
        self.do("import", {f"d{number}": text_of(number)})

    @rule()
    def import_that_fails(self):
        """The second of two texts cannot be stored: the first is not there either."""
        whole, count = Documents.add, iter(range(2))

        def fail(documents, tx, document, *, at):
            whole(documents, tx, document, at=at)
            if next(count) == 1:
                raise UserError("store.full", name=NAME)

        Documents.add = fail
        try:
            with pytest.raises(UserError):
                perform(
                    self.workspace,
                    ["import", {"x1": text_of(98), "x2": text_of(99)}],
                    folder=self.folder,
                )
        finally:
            Documents.add = whole
        DONE["failing import"] += 1

    @rule()
    def close_and_open(self):
        self.workspace.close()
        self.open()
        DONE["reopen"] += 1

    @rule()
    def crash_and_open(self):
        """Go on with the files as they lie there now; the session before never ends."""
        crashed = Path(tempfile.mkdtemp(dir=self.template.parent))
        for file in self.folder.glob(f"{NAME}*"):
            shutil.copy(file, crashed)
        self.workspace.project.close()
        shutil.rmtree(self.folder)
        self.folder, self.path = crashed, crashed / NAME
        self.open()
        DONE["crash"] += 1

    @invariant()
    def what_is_shown_is_what_the_book_says(self):
        if self.workspace is None:
            return
        opened = self.workspace.open_document
        shown = opened.annotations.records
        assert len(shown) == len(self.page.records)
        for name in self.mentions():
            mention = shown[name]
            span = mention.fragments.spans[0]
            assert (mention.label, span.start, span.end) == self.page.records[name]
        assert (opened.next_undo is None) == (not self.page.done)
        assert (opened.next_redo is None) == (not self.page.undone)
        counted = {str(line.id): line.annotations for line in self.workspace.lines()}
        assert counted == {
            name: len(page.records.keys() - {"STATUS"})
            for name, page in self.book.pages.items()
            if page.is_here
        }

    def teardown(self):
        """The whole file at the end, and then everything taken back to the beginning."""
        try:
            if self.workspace is not None:
                self._end()
        finally:
            if self.workspace is not None:
                self.workspace.project.close()
            shutil.rmtree(self.folder)

    def _end(self):
        self.workspace.close()
        with ProjectFile.open(self.path) as project:
            assert content_of(project) == self.book.content()
        self.open()
        for document in self.book.trash:
            self.do("restore", document)
        for document in list(self.book.pages):
            self.perform_in(document)
            while self.page.done:
                self.do("undo")
            assert len(self.workspace.open_document.annotations.records) == 0


def run(examples, steps, template, **values):
    machine = type("Machine", (Sessions,), {"template": template})
    DONE.clear()
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        **values,
    )
    run_state_machine_as_test(machine, settings=chosen)


@pytest.fixture
def template():
    with quick_folder() as name:
        folder = Path(name)
        small = folder / "small.json"
        small.write_text(without_events(), encoding="utf-8")
        yield new_project(folder / "template.nishan", TEXTS, scheme=small)


def without_events():
    """The labels of the usual scheme: it is read at every start, and no act here needs the rest."""
    whole = json.loads(read_scheme_text(DEFAULT_SCHEME))
    return json.dumps({**whole, "event_types": whole["event_types"][:1]}, ensure_ascii=False)


def tell(tell_result, examples):
    acts = sum(DONE.values())
    tell_result(
        promise="P5, P16, P19",
        technique="random sessions against a model, restarts and crashes",
        ci=f"150 x {STEPS} steps",
        full="1,000 x 100 steps",
        result=f"{examples:,} sessions, {acts:,} acts, {DONE['crash']:,} crashes: 0 bad",
    )


def test_every_session_says_what_the_book_says(template, tell_result):
    run(150, STEPS, template)
    wanted = {"add", "delete", "relabel", "undo", "redo", "status", "import", "failing import"}
    wanted |= set(PROJECT_ACTS)
    assert wanted | {"crash", "reopen"} <= DONE.keys()
    tell(tell_result, 150)


@pytest.mark.heavy
def test_many_long_sessions_say_what_the_book_says(template, tell_result):
    run(1_000, 100, template, derandomize=False)
    tell(tell_result, 1_000)


def test_the_machine_finds_a_history_that_keeps_what_could_be_redone(template, monkeypatch):
    monkeypatch.setattr(History, "_do", History._do)  # so that it is put back afterwards
    keep_the_redo_branch()
    with pytest.raises((AssertionError, Refused, BaseExceptionGroup)):
        run(40, 20, template, phases=(Phase.generate,), report_multiple_bugs=False)
