"""The acts that go to what was looked for and to what the rules have found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from annotator.core.annotations import Event, Mention, Quote
from annotator.core.findings import Finding
from annotator.foundation.errors import Refused
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.spoken import spoken
from annotator.ui.editing.words import Selection
from annotator.workbench.findings import FindingsIndex

QUICK_CHECK = 20_000
"""Code points of a document that is checked within one frame."""


def open_find(editor: Editor) -> None:
    """Ask what to look for; what is selected is proposed."""
    search = editor.search
    span = editor.selection.span if search.origin is None else None
    if search.origin is None:
        search.origin = editor.selection
    editor.search_wished.tell(span.of(editor.text) if span else search.wanted.words)
    editor.changed.tell(None)


def go_to_first_hit(editor: Editor) -> None:
    """Go to the first hit from where the search was begun, else round to the first of all."""
    search = editor.search
    origin = search.origin or editor.selection
    begin = min(origin.anchor, origin.caret)
    hit = search.after(begin) or search.after(0)
    editor.place(origin if hit is None else Selection(hit.start, hit.end))


def go_to_hit(editor: Editor, *, forward: bool) -> None:
    """Go to the next (previous) hit, round at the end; nothing looked for yet: ask."""
    search, selection = editor.search, editor.selection
    if not search.wanted.words.strip():
        open_find(editor)
        return
    if not search.hits:
        raise Refused("refused.no_hits", words=search.wanted.words)
    begin = min(selection.anchor, selection.caret)
    if forward:
        is_hit = search.number_of(selection.span) > 0
        hit = search.after(begin + 1 if is_hit else begin)
    else:
        hit = search.before(begin)
    if hit is None:
        hit = search.hits[0 if forward else -1]
        editor.tell("notice.search_round_end" if forward else "notice.search_round_start")
    editor.place(Selection(hit.start, hit.end))


def end_find(editor: Editor, *, is_kept: bool) -> None:
    """End the search: the hit stays selected if it `is_kept`, else the eye goes back."""
    origin, editor.search.origin = editor.search.origin, None
    editor.place(editor.selection if is_kept or origin is None else origin)


def go_to_finding(editor: Editor, *, forward: bool) -> None:
    """Go to the next (previous) place about which a rule has something to say, and say it."""
    index = editor.findings
    if index.is_stale and len(editor.text) <= QUICK_CHECK:
        index.refresh()
    begin = min(editor.selection.anchor, editor.selection.caret)
    last = editor.finding
    here = last if last is not None and last.span and last.span.start == begin else None
    step = index.next_after if forward else index.previous_before
    said = step(here, begin - 1 if forward and here is None else begin)
    if said is None:
        said = step(None, -1 if forward else len(editor.text) + 1)
    if said is None:
        editor.tell("notice.still_checking" if index.is_stale else "notice.no_findings")
        return
    show_finding(editor, said)


def show_finding(editor: Editor, said: Finding) -> None:
    """Go to a finding and say its sentence.

    What concerns an annotation selects that; what concerns only the text selects the words.
    """
    editor.enter(None)
    editor.finding = said
    record = editor.annotations.get(said.record)
    if said.span is not None and isinstance(record, Mention | Event | Quote):
        editor.place(Selection.at(said.span.start), select=record.id)
    elif said.span is not None:
        editor.place(Selection(said.span.start, said.span.end))
    editor.tell(
        "notice.finding",
        severity=editor.sentence(f"severity.{said.severity.value}"),
        sentence=finding_sentence(editor, said),
    )


def finding_sentence(editor: Editor, said: Finding) -> str:
    """The sentence of a finding, with labels, types and roles called as the scheme calls them.

    It is made once: the page asks for those in sight at every key press.
    """
    if said not in editor.sentences:
        values = spoken(editor.catalogue, editor.scheme, dict(said.values))
        editor.sentences[said] = editor.sentence(said.key, **values)
    return editor.sentences[said]


def can_go_to_finding(index: FindingsIndex) -> bool:
    """Whether there is one to go to."""
    return any(said.span is not None for said in index.findings)


SEEKING: Mapping[str, Callable[[Editor], None]] = MappingProxyType(
    {
        "find.open": open_find,
        "find.next": partial(go_to_hit, forward=True),
        "find.previous": partial(go_to_hit, forward=False),
        "finding.next": partial(go_to_finding, forward=True),
        "finding.previous": partial(go_to_finding, forward=False),
    }
)
