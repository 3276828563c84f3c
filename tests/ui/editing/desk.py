"""The desk of the editor's tests: a real project in a folder, a fake page, and keys by name."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache

from annotator.core.edits import Change, Edit, Focus
from annotator.core.span import Span
from annotator.foundation.catalogue import load_catalogue
from annotator.kurdish.segmentation import segment
from annotator.ui.editing.acts import editing_acts
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.legend import legend_of
from annotator.ui.editing.words import Selection
from annotator.ui.keyboard.keymap import default_keymap
from annotator.ui.keyboard.physical import parse_chord
from annotator.workbench.lexicons import read_lexicon
from annotator.workbench.open_document import OpenDocument
from annotator.workbench.projects import create_project
from annotator.workbench.schemes import read_scheme_text, scheme_from_text
from tests.builders import annotated, set_header

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


class FakeSight:
    """A page whose lines are ten letters long, all of it visible unless told otherwise."""

    def __init__(self, text):
        self._length = len(text)
        self.visible = Span(0, len(text)) if text else None

    def letter_left(self, offset):
        return offset + 1

    def letter_right(self, offset):
        return offset - 1

    def line_above(self, offset):
        return offset - 10

    def line_below(self, offset):
        return offset + 10

    def line_start(self, offset):
        return offset - offset % 10

    def line_end(self, offset):
        return offset - offset % 10 + 9

    def page_above(self, offset):
        return offset - 50

    def page_below(self, offset):
        return offset + 50

    def visible_span(self):
        return self.visible


class Desk:
    """An editor with ears: what it told, wished for and failed at, and a clock one can set."""

    def __init__(self, document, project, language="en", scheme=None, place=None):
        self.now = 0.0
        self.project = project
        self.catalogue = load_catalogue(language)
        self.keymap = default_keymap()
        self.open = OpenDocument(
            project,
            scheme or news_scheme(),
            document,
            set_header("a1", document=document.id),
            segmentation=segment(document.text),
            clock=lambda: NOW,
            ticks=lambda: self.now,
        )
        self.sight = FakeSight(document.text)
        self.editor = Editor(
            self.open,
            catalogue=self.catalogue,
            keymap=self.keymap,
            sight=self.sight,
            acts=editing_acts(lexicon()),
            place=place or Focus(0, 0),
        )
        self.told, self.wishes, self.text_wishes, self.failures = [], [], [], []
        self._listeners = (
            self.told.append,
            self.wishes.append,
            self.text_wishes.append,
            self.failures.append,
        )
        for source, hear in zip(
            (self.editor.noticed, self.editor.wished, self.editor.text_wished, self.editor.failed),
            self._listeners,
            strict=True,
        ):
            source.add(lambda message, hear=hear: hear(message))

    @property
    def set(self):
        return self.open.annotations

    @property
    def text(self):
        return self.editor.text

    def press(self, chords):
        """Press chords one after another; True when the last one meant something."""
        answers = [self.editor.press(parse_chord(chord)) for chord in chords.split()]
        return answers[-1]

    def at(self, words, number=1):
        """Put the caret on the first letter of some words, with nothing selected."""
        self.editor.place(Selection.at(self.span(words, number).start))
        return self

    def select(self, words, number=1):
        """Select exactly these words."""
        span = self.span(words, number)
        self.editor.place(Selection(span.start, span.end))
        return self

    def span(self, words, number=1):
        start = -1
        for _ in range(number):
            start = self.text.index(words, start + 1)
        return Span(start, start + len(words))

    def words_of(self, fragments):
        return fragments.of(self.text)

    @property
    def last(self):
        """The key of the last notice, and its values."""
        return self.told[-1].key, dict(self.told[-1].values)

    def refusal(self):
        """The key of the last notice, which must be a refusal whose sentence can be said."""
        notice = self.told[-1]
        assert notice.is_refusal
        assert self.catalogue.text(notice.key, **dict(notice.values))
        return notice.key

    def titles(self):
        return {choice.key: choice.title for choice in self.editor.choices()}

    def mode(self):
        return type(self.editor.mode).__name__

    def legend(self):
        return legend_of(self.editor, self.keymap)

    def state(self):
        """Everything a refused key must leave as it was."""
        return dict(self.set.records), self.editor.focus, self.editor.mode


@cache
def news_scheme():
    return scheme_from_text(read_scheme_text("ckb-news"))


@cache
def lexicon():
    return read_lexicon()


@contextmanager
def editor_on(folder, notation, *, caret=0, language="en", scheme=None):
    """A desk with the text and annotations of the notation, in a project file in `folder`."""
    document, annotations = annotated(notation)
    with create_project(folder / "work.nishan", clock=lambda: NOW, annotator="a1") as project:
        with project.transaction() as transaction:
            project.documents.add(transaction, document, at="2026-11-21T09:00:00Z")
        desk = Desk(document, project, language, scheme, Focus(caret, caret))
        if annotations.records:
            entities_first = sorted(annotations.records.values(), key=lambda r: r.id[0] != "E")
            changes = tuple(Change(None, record) for record in entities_first)
            desk.open.perform(Edit("edit.import", changes))
        yield desk
