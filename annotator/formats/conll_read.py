"""Reading CoNLL columns: the first is the token, the last its tag, a blank line ends a sentence.

The text is what the file tells of it: tokens with one space between them, a line a sentence. The
spaces of the article itself are in no such file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from msgspec import Struct

from annotator.core.document import Document, Metadata, Source
from annotator.core.ids import DocumentId
from annotator.core.span import Fragments
from annotator.formats.base import Bundle, ImportProblem, Note, ReadOptions
from annotator.formats.conll_rows import DOCSTART as DOCSTART, Row, Rows, documents_of
from annotator.formats.conll_tags import Evidence, Tag, TagError, TagScheme, is_closed, label_runs
from annotator.formats.decode import decode_characters
from annotator.formats.safe_names import file_name, file_stem, safe_id
from annotator.formats.set_builder import SetBuilder
from annotator.formats.text_checks import newline_style, text_warnings
from annotator.foundation.errors import UserError


def read_conll(stream: BinaryIO, options: ReadOptions) -> Iterator[Bundle | ImportProblem]:
    """The documents of a CoNLL file; one whose tags are wrong is told with its line.

    Tags are IOB1, IOB2 or BIOES (BILUO), which the file itself shows. Raises `UserError` when the
    file cannot be read as text.
    """
    data = stream.read(options.max_bytes + 1)
    encoded = decode_characters(data, options.encoding, max_bytes=options.max_bytes)
    text = encoded.text.replace("\r\n", "\n").replace("\r", "\n")
    source = Source(
        file_name(options.source),
        hashlib.sha256(data).hexdigest(),
        encoded.encoding,
        newline_style(encoded.text),
        encoded.has_bom,
    )
    seen = _Seen.of(text)
    for note in (*encoded.warnings, *seen.notes()):
        yield ImportProblem.from_note(note, source=options.source)
    yield from _Reader(options.source, source, seen).read(documents_of(text))


class _Seen(Struct, frozen=True):
    """What only the whole file shows: the scheme of its tags, and of what there is more."""

    scheme: TagScheme
    documents: int
    columns: int

    @classmethod
    def of(cls, text: str) -> _Seen:
        evidence, documents, columns = Evidence(), 0, 0
        for rows in documents_of(text):
            documents += 1
            sentences = _tags(rows)
            if not is_closed(sentences):
                for tags in sentences:
                    evidence.add(tags)
            if rows.is_wide and not rows.is_numbered:
                columns = max(columns, rows.columns or 0)
        return cls(evidence.scheme, documents, columns)

    def notes(self) -> Iterator[Note]:
        if self.scheme is TagScheme.IOB1:
            yield Note("formats.conll_iob1")
        if self.columns:
            yield Note("formats.conll_more_columns", {"count": self.columns})


class _Reader(Struct, frozen=True):
    """Makes bundles of what stands in one file."""

    name: str
    source: Source
    seen: _Seen

    def read(self, documents: Iterable[Rows]) -> Iterator[Bundle | ImportProblem]:
        taken: set[str] = set()
        for number, rows in enumerate(documents, 1):
            identifier = self._id(rows, number)
            try:
                if identifier in taken:
                    raise UserError("formats.conll_twice", document=identifier)
                taken.add(identifier)
                bundle = self._bundle(rows, identifier)
            except UserError as error:
                line = rows.error_line or rows.line
                yield ImportProblem.from_error(error, source=self.name, line=line)
                continue
            for note in text_warnings(bundle.document.text):
                yield ImportProblem.from_note(note, source=self.name, line=rows.line)
            yield bundle

    def _id(self, rows: Rows, number: int) -> DocumentId:
        """What the file calls the document, else the name of the file, with a number if needed."""
        stem = file_stem(self.name)
        is_only = self.seen.documents == 1
        return safe_id(rows.name or (stem if is_only else f"{stem}-{number}"))

    def _bundle(self, rows: Rows, identifier: DocumentId) -> Bundle:
        if rows.error is not None:
            raise rows.error
        sentences = [sentence for sentence in rows.sentences if sentence]
        text = "\n".join(" ".join(row.form for row in sentence) for sentence in sentences)
        if not text:
            raise UserError("formats.conll_empty", document=identifier)
        if rows.is_numbered:
            raise UserError("formats.conll_numbered")
        title = rows.name if rows.name and rows.name != identifier else None
        document = Document(identifier, text, self.source, Metadata(title=title))
        builder = SetBuilder(file_name(self.name))
        self._mentions(rows, sentences, builder)
        return Bundle(document, (builder.build(identifier),))

    def _mentions(
        self, rows: Rows, sentences: Sequence[Sequence[Row]], builder: SetBuilder
    ) -> None:
        """Add the mentions of a document. Raises `UserError` where its tags contradict."""
        scheme = TagScheme.BIOES if is_closed(_tags(rows)) else self.seen.scheme
        offset = 0
        for sentence in sentences:
            starts = []
            for row in sentence:
                starts.append(offset)
                offset += len(row.form) + 1
            try:
                for run in label_runs([row.tag for row in sentence], scheme):
                    last = run.last - 1
                    end = starts[last] + len(sentence[last].form)
                    builder.mention(run.label, Fragments.at(starts[run.first], end))
            except TagError as error:
                row = sentence[error.token]
                rows.error_line = row.line
                values = {"tag": row.written, "token": row.form, "scheme": scheme.value.upper()}
                raise UserError("formats.conll_order", **values) from None


def _tags(rows: Rows) -> list[list[Tag]]:
    return [[row.tag for row in sentence] for sentence in rows.sentences]
