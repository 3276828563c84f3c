"""What of the editor's state is to be seen on the page, as one scene.

Beside the annotations that is what a search has found, what the rules have to say, and the places
of a review. All of it is built only for the visible page and what is near it.
"""

from __future__ import annotations

from msgspec.structs import replace

from annotator.core.annotations import Annotation
from annotator.core.findings import Severity
from annotator.core.span import Span
from annotator.foundation.catalogue import RIGHT_TO_LEFT
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.suggested import suggested
from annotator.ui.keyboard.layouts import caps
from annotator.ui.late_editing import finding_sentence
from annotator.ui.textview.scene import Fill, Hint, Scene, Wave
from annotator.ui.textview.scene_builder import ViewState, build_scene, nearby

HIT_COLOR, HIT_FILL = "#d9a300", 0.3


LONGEST_WAVE = 60
"""Code points. What is longer has the wave under its first word: text must stay readable."""


def page_scene(
    editor: Editor, *, language: str, visible: Span, moved: Annotation | None = None
) -> Scene:
    """The scene of a page that shows `visible`; `language` is that of its chips.

    `moved` is an annotation as a drag would leave it, in place of the one with its id.
    """
    mode, current, near = editor.mode, editor.current, nearby(visible)
    proposed = suggested(editor, near)
    marks = mode.hints if mode else ()
    hints = tuple(Hint(mark.offset, _caps(mark.letters, language)) for mark in marks)
    view = ViewState(
        anchor=editor.selection.anchor,
        caret=editor.selection.caret,
        selected=proposed.selected or (current.id if current is not None else editor.selected),
        hints=hints,
        visible=visible,
    )
    records = editor.overlapping(near)
    if moved is not None:
        records = [moved if record.id == moved.id else record for record in records]
    scene = build_scene(
        records,
        editor.scheme,
        language=language,
        view=view,
        waves=_waves(editor, near),
        suggestions=proposed.records,
        find=proposed.finding(editor.annotations.get),
    )
    if editor.search.origin is not None:
        lit = (Fill(hit, HIT_COLOR, HIT_FILL) for hit in editor.search.within(near))
        scene = replace(scene, fills=(*scene.fills, *lit))
    if mode is None:
        return scene
    from annotator.ui.review_scene import with_review

    return with_review(scene, mode, near)


def _caps(letters: str, language: str) -> str:
    """The letters of a hint, in Sorani with what a Kurdish keyboard prints on their keys."""
    if language not in RIGHT_TO_LEFT:
        return letters
    kurdish = "".join(caps(letter).kurdish for letter in letters)
    return f"{letters} {kurdish}" if kurdish else letters


def _waves(editor: Editor, near: Span) -> list[Wave]:
    """Waves under what errors and warnings are about; mere hints stand only in the list."""
    sentences: dict[Span, list[str]] = {}
    for said in editor.findings.overlapping(near):
        if said.span is not None and said.severity is not Severity.INFO:
            sentences.setdefault(said.span, []).append(finding_sentence(editor, said))
    return [Wave(_waved(editor, span), "\n".join(told)) for span, told in sentences.items()]


def _waved(editor: Editor, span: Span) -> Span:
    if len(span) <= LONGEST_WAVE:
        return span
    first = editor.words.at(span.start)
    return span if first is None else first.clip(span) or span
