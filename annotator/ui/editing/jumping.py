"""The modes in which letters on the page lead there: to annotations, or to any word in sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.annotations import anchor_of
from annotator.core.ids import RecordId
from annotator.foundation.errors import Refused
from annotator.ui.editing.choices import Choice, Choices, HintMark, Mode
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.hints import hint_codes
from annotator.ui.editing.words import Selection, is_word


class Landing(Struct, frozen=True):
    """A place to jump to: where its letters stand, where the caret lands, and what is there."""

    shown_at: int
    offset: int
    title: str
    record: RecordId | None = None


class JumpPicker(Struct, frozen=True, dict=True):
    """The mode after J: letters lead to the places in sight, the nearest have the shortest."""

    editor: Editor
    heading: str
    landings: Callable[[Editor], Sequence[Landing]]
    back: Mode | None
    prefix: str = ""

    record: RecordId | None = None

    @property
    def hints(self) -> tuple[HintMark, ...]:
        """The letters that are still to be typed."""
        return tuple(
            HintMark(landing.record, landing.shown_at, code[len(self.prefix) :])
            for landing, code in self._coded()
            if code.startswith(self.prefix)
        )

    def is_exclusive(self) -> bool:
        """Letters lead somewhere here and nothing else."""
        return True

    def choices(self) -> Choices:
        """One key for each first letter, Backspace takes a letter back, Escape leaves."""
        letters: dict[str, Choice] = {}
        for landing, code in self._coded():
            if code.startswith(self.prefix):
                key, rest = code[len(self.prefix)], code[len(self.prefix) + 1 :]
                letters.setdefault(key, self._letter(key, landing, is_last=not rest))
        back, enter = self.editor.sentence("choice.back"), self.editor.enter
        shorter = replace(self, prefix=self.prefix[:-1]) if self.prefix else self.back
        return (
            *letters.values(),
            Choice("Backspace", back, partial(enter, shorter)),
            Choice("Escape", back, partial(enter, self.back)),
        )

    def _letter(self, key: str, landing: Landing, *, is_last: bool) -> Choice:
        deeper = partial(self.editor.enter, replace(self, prefix=self.prefix + key))
        run = partial(self._land, landing) if is_last else deeper
        return Choice(key, landing.title if is_last else "…", run, is_unlisted=True)

    def _land(self, landing: Landing) -> None:
        self.editor.enter(self.back)
        self.editor.place(Selection.at(landing.offset), select=landing.record)

    def _coded(self) -> list[tuple[Landing, str]]:
        near = self.editor.selection.caret
        found = sorted(self.landings(self.editor), key=lambda one: abs(one.offset - near))
        return list(zip(found, hint_codes(len(found)), strict=False))


def annotations_in_sight(editor: Editor) -> list[Landing]:
    """Every annotation on the visible page; one that began above has its letters at the top."""
    visible = editor.sight.visible_span()
    top = 0 if visible is None else visible.start
    landings = []
    for record in editor.in_sight():
        anchor = anchor_of(record)
        shown_at, title = max(anchor.start, top), anchor.of(editor.text)
        landings.append(Landing(shown_at, anchor.start, title, record.id))
    return landings


def words_in_sight(editor: Editor) -> list[Landing]:
    """Every word that begins on the visible page."""
    visible = editor.sight.visible_span()
    if visible is None:
        return []
    text = editor.text
    return [
        Landing(token.start, token.start, token.of(text))
        for token in editor.document.segmentation.tokens_in(visible)
        if visible.covers(token.start) and is_word(text, token)
    ]


def _jumping(
    heading: str, nothing: str, landings: Callable[[Editor], Sequence[Landing]]
) -> Callable[[Editor], None]:
    def act(editor: Editor) -> None:
        if not landings(editor):
            raise Refused(nothing)
        editor.enter(JumpPicker(editor, editor.sentence(heading), landings, editor.mode))

    return act


JUMPING: Mapping[str, Callable[[Editor], None]] = MappingProxyType(
    {
        "jump.annotation": _jumping(
            "legend.jump_annotation", "refused.no_annotation_in_sight", annotations_in_sight
        ),
        "jump.word": _jumping("legend.jump_word", "refused.no_word_in_sight", words_in_sight),
    }
)
