"""What the keys do in an open document, loaded when the first key or the legend asks for it.

The page is painted before. All that the window wants of the modules behind the keys goes through
here, so that none of them is loaded by the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.edits import Edit
    from annotator.core.findings import Finding
    from annotator.core.ids import RecordId
    from annotator.kurdish.lexicon import Lexicon
    from annotator.ui.editing.editor import Editor
    from annotator.ui.editing.inspection import Row
    from annotator.ui.editing.legend_entries import Legend
    from annotator.ui.keyboard.keymap import Keymap

Acts: TypeAlias = Mapping[str, "Callable[[Editor], None]"]


class LateEditing(Mapping[str, "Callable[[Editor], None]"]):
    """All acts of the editor by their ids; `lexicon` serves the proposals for quotes."""

    def __init__(self, lexicon: Callable[[], Lexicon]) -> None:
        self._lexicon = lexicon

    @cached_property
    def _acts(self) -> Acts:
        from annotator.ui.editing.acts import editing_acts

        return editing_acts(self._lexicon())

    def __getitem__(self, identifier: str) -> Callable[[Editor], None]:
        return self._acts[identifier]

    def __iter__(self) -> Iterator[str]:
        return iter(self._acts)

    def __len__(self) -> int:
        return len(self._acts)


class Overlaid(Mapping[str, "Callable[[Editor], None]"]):
    """Acts over other acts, which are asked for only what is not among the upper ones."""

    def __init__(self, upper: Acts, lower: Acts) -> None:
        self._upper = upper
        self._lower = lower

    def __getitem__(self, identifier: str) -> Callable[[Editor], None]:
        found = self._upper.get(identifier)
        return self._lower[identifier] if found is None else found

    def __iter__(self) -> Iterator[str]:
        return iter({**self._lower, **self._upper})

    def __len__(self) -> int:
        return len({*self._lower, *self._upper})


def legend_of(editor: Editor, keymap: Keymap) -> Legend:
    """What the keys do in the present state."""
    from annotator.ui.editing import legend

    return legend.legend_of(editor, keymap)


def inspect(editor: Editor) -> tuple[Row, ...]:
    """The rows for the annotation that is meant."""
    from annotator.ui.editing import inspection

    return inspection.inspect(editor)


def finding_sentence(editor: Editor, said: Finding) -> str:
    """The sentence of a finding."""
    from annotator.ui.editing import seeking

    return seeking.finding_sentence(editor, said)


def show_finding(editor: Editor, said: Finding) -> None:
    """Go to a finding and say its sentence."""
    from annotator.ui.editing import seeking

    seeking.show_finding(editor, said)


def go_to(editor: Editor, identifier: RecordId) -> None:
    """Put the caret on an annotation and select it. Raises `Refused` where there is none."""
    from annotator.ui.editing import marking

    marking.go_to(editor, identifier)


def go_to_first_hit(editor: Editor) -> None:
    """Go to the first hit from where the search was begun."""
    from annotator.ui.editing import seeking

    seeking.go_to_first_hit(editor)


def go_to_hit(editor: Editor, *, forward: bool) -> None:
    """Go to the next (previous) hit."""
    from annotator.ui.editing import seeking

    seeking.go_to_hit(editor, forward=forward)


def end_find(editor: Editor, *, is_kept: bool) -> None:
    """End the search: the hit stays selected if it `is_kept`."""
    from annotator.ui.editing import seeking

    seeking.end_find(editor, is_kept=is_kept)


def review(editor: Editor, identifier: str) -> bool:
    """Review the suggestion with this id; False where none is known so."""
    from annotator.ui.editing import suggesting

    return suggesting.review(editor, identifier)


def move_anchor(
    annotations: AnnotationSet, identifier: RecordId, *, start: int | None, end: int | None
) -> Edit:
    """Move the boundaries of an annotation. Raises `Refused` where that cannot be done."""
    from annotator.core.commands.spans import Part, move_boundary

    return move_boundary(annotations, identifier, Part.ANCHOR, start=start, end=end)
