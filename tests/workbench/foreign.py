"""A small foreign format for the tests of mapping: JSON lines of spans, events and their roles.

``{"text", "spans": [[words, label, attributes?]], "events": [[words, type, [[role, words]],
attributes?]], "late": true}``: words stand for the place where they first occur; `late` is a
document whose offsets had to be counted anew.
"""

import json

import pytest

from annotator.core.annotations import Argument, MentionTarget
from annotator.core.document import Document, Metadata, Source
from annotator.core.ids import DocumentId
from annotator.core.span import Fragments
from annotator.formats.base import Bundle, Format, ImportProblem, Note
from annotator.formats.registry import FORMATS, format_by_id, guess_format
from annotator.formats.set_builder import SetBuilder
from annotator.workbench import import_files

TEXT = "🙂 ئازاد لە هەولێر لەگەڵ نەورۆز کۆبووەوە."
SUFFIX = ".spans"


def read_spans(stream, options):
    """Bundles and problems of a file."""
    for number, line in enumerate(stream, start=1):
        data = json.loads(line)
        if "text" not in data:
            note = Note("formats.text_empty", {"source": options.source})
            yield ImportProblem(options.source, note.key, note.values, number)
            continue
        text = data["text"]
        if data.get("late"):
            note = Note("formats.warning_utf_16")
            yield ImportProblem.from_note(note, source=options.source, line=number)
        document = Document(
            DocumentId(data.get("id", f"d{number}")),
            text,
            Source(options.source, "0" * 64),
            Metadata(),
        )
        yield Bundle(document, (_set(data, text, document),) if "spans" in data else ())


def _set(data, text, document):
    builder = SetBuilder("x.spans")
    mentions = {}
    for words, label, *attrs in data["spans"]:
        entity = builder.entity(label, words)
        mentions[words] = builder.mention(
            label, _place(text, words), entity=entity, attrs=_pairs(attrs)
        )
    for words, kind, roles, *attrs in data.get("events", ()):
        event = builder.event(kind, _place(text, words), attrs=_pairs(attrs))
        builder.arguments(
            event, [Argument(role, MentionTarget(mentions[filler])) for role, filler in roles]
        )
    return builder.build(document.id)


def _place(text, words):
    start = text.index(words)
    return Fragments.at(start, start + len(words))


def _pairs(attrs):
    return tuple(sorted(attrs[0].items())) if attrs else ()


SPANS = Format("spans", "formats.title_gold", (SUFFIX,), read=read_spans)


@pytest.fixture
def spans_format(monkeypatch):
    """The format among the others."""
    known = (*FORMATS, SPANS)
    monkeypatch.setattr(import_files, "guess_format", lambda *given: guess_format(*given, known))
    monkeypatch.setattr(import_files, "format_by_id", lambda name: format_by_id(name, known))


MEETING = {
    "text": TEXT,
    "id": "meeting",
    "spans": [
        ["ئازاد", "PERSON", {"sure": "yes"}],
        ["نەورۆز", "PERSON"],
        ["هەولێر", "کەشتی", {"facet": "place"}],
    ],
    "events": [
        ["کۆبووەوە", "Meet", [["Entity", "ئازاد"], ["Entity", "نەورۆز"], ["Where", "هەولێر"]]],
    ],
}


def spans_file(folder, *records, name="x.spans"):
    """A file of this format."""
    path = folder / name
    path.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    return path
