"""From the spans and arrows that a record tells to a bundle, for every format of that shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import BinaryIO

from msgspec import Struct, field
from msgspec.structs import replace

from annotator.core.annotations import Attributes
from annotator.core.document import Document, Metadata, Source
from annotator.core.ids import AnnotatorId, DocumentId, SetId
from annotator.core.set_header import SetKind
from annotator.formats.base import Bundle, ImportProblem, Note, ReadOptions, SetContent
from annotator.formats.foreign_json import ForeignRecord, foreign_records
from annotator.formats.foreign_text import ForeignSpan, ForeignText
from annotator.formats.safe_names import file_name, safe_id
from annotator.formats.span_graph import Arrow, Node, NodeKind, SpanGraph
from annotator.formats.span_graph_read import set_of_graph
from annotator.formats.word_edges import WordEdges
from annotator.foundation.errors import UserError

_SHOWN, _LONGEST = 5, 60
"""Fields that one sentence names, and code points of what each says."""


class ToldNode(Struct, frozen=True):
    """A labelled span as a file tells it."""

    id: str
    kind: NodeKind
    label: str
    place: ForeignSpan
    attrs: Attributes = ()


class ToldSet(Struct):
    """The spans and arrows of one set, and what in them cannot be read at all.

    `name` is that of whoever made it, or of the program, where the file tells one, and `person`
    what people call that person. `unheld` is
    what was said of more than marked text: the field or question, and the answer.
    """

    nodes: list[ToldNode] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    unheld: list[tuple[str, str]] = field(default_factory=list)
    name: str | None = None
    kind: SetKind = SetKind.ANNOTATOR
    person: str | None = None


class ToldDocument(Struct, frozen=True):
    """What a record of a file tells."""

    id: DocumentId
    text: str
    source: Source
    metadata: Metadata
    sets: Sequence[ToldSet]
    proofs: Sequence[ForeignSpan] = ()
    notes: Sequence[Note] = ()
    unheld: Sequence[tuple[str, str]] = ()


def told_bundles(
    stream: BinaryIO, options: ReadOptions, tell: Callable[[ForeignRecord], ToldDocument]
) -> Iterator[Bundle | ImportProblem]:
    """The documents that `tell` finds in the records of a file; a `UserError` costs one record.

    Raises `UserError` where the file or one of its lines is too large.
    """
    edges = WordEdges()
    for item in foreign_records(stream, options):
        if isinstance(item, ImportProblem):
            yield item
            continue
        try:
            told = tell(item)
        except UserError as error:
            yield ImportProblem.from_error(error, source=options.source, line=item.line)
            continue
        yield from bundle_of_told(told, options, edges, line=item.line)


def bundle_of_told(
    told: ToldDocument, options: ReadOptions, edges: WordEdges, *, line: int | None
) -> Iterator[Bundle | ImportProblem]:
    """What is wrong with a record, and then its bundle: a bad annotation never costs the others."""
    source = options.source
    places = [node.place for one in told.sets for node in one.nodes]
    places.extend(told.proofs)
    try:
        text = ForeignText(told.id, told.text, places, unit=options.unit, edges=edges)
    except UserError as error:
        key = error.key.replace("formats.text_", "formats.foreign_text_")
        yield ImportProblem(source, key, {**error.values, "document": told.id}, line)
        return
    unheld = [pair for one in told.sets for pair in one.unheld]
    for note in (*text.notes, *told.notes, *_about_unheld([*told.unheld, *unheld])):
        yield ImportProblem.from_note(_about(note, told.id), source=source, line=line)
    contents: list[SetContent] = []
    for one in told.sets:
        content, notes, refusals = _content(one, text, told.id, file_name(source))
        for refusal in refusals:
            values = {**refusal.values, "document": told.id}
            yield ImportProblem(source, refusal.key, values, line)
        for note in notes:
            yield ImportProblem.from_note(_about(note, told.id), source=source, line=line)
        contents.append(_named(content, one, [other.header.id for other in contents]))
    origin = replace(told.source, newline=text.newline)
    yield Bundle(Document(told.id, text.text, origin, told.metadata), tuple(contents))


def _about_unheld(pairs: Sequence[tuple[str, str]]) -> Iterator[Note]:
    """One sentence on what is left out, with as much of it as one reads."""
    shown = [f"{name}: {_clipped(said)}" for name, said in dict.fromkeys(pairs)]
    if shown:
        more = ["…"] if len(shown) > _SHOWN else []
        yield Note("formats.foreign_fields", {"fields": "; ".join(shown[:_SHOWN] + more)})


def _clipped(said: str) -> str:
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"


def _about(note: Note, document: DocumentId) -> Note:
    return Note(note.key, {**note.values, "document": document})


def _content(
    told: ToldSet, text: ForeignText, document: DocumentId, source: str
) -> tuple[SetContent, Sequence[Note], Sequence[Note]]:
    """The set, what to tell about it, and why annotations of it were left out."""
    refusals = [Note("formats.foreign_unreadable", {"annotation": name}) for name in told.unread]
    nodes: dict[str, Node] = {}
    for one in told.nodes:
        if one.id in nodes:
            refusals.append(Note("formats.foreign_twice", {"annotation": one.id}))
            continue
        try:
            nodes[one.id] = Node(one.id, one.kind, one.label, text.span(one.place), one.attrs)
        except UserError as error:
            refusals.append(Note(error.key, error.values))
    read = set_of_graph(SpanGraph(list(nodes.values()), told.arrows), document, source)
    return read.content, read.notes, refusals


def _named(content: SetContent, told: ToldSet, taken: Sequence[SetId]) -> SetContent:
    """The set as that of its annotator, where one is told, and with an id of its own."""
    base = content.header.id if told.name is None else SetId(safe_id(told.name))
    is_personal = told.name is not None and told.kind is SetKind.ANNOTATOR
    free = (base if number == 1 else SetId(f"{base}-{number}") for number in count(1))
    header = replace(
        content.header,
        id=next(name for name in free if name not in taken),
        kind=told.kind,
        annotators=(AnnotatorId(base),) if is_personal else (),
    )
    called = told.person or (told.name if told.name != base else None)
    return replace(content, header=header, person=called if is_personal else None)
