"""Documents: one news item whose text never changes after import, and its segmentation."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import TypeAlias

from msgspec import Struct

from annotator.core.ids import DocumentId
from annotator.core.span import Span
from annotator.foundation.sha256 import sha256

_Whole: TypeAlias = tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]
_Edges: TypeAlias = tuple[list[int], list[int], dict[int, int], dict[int, int]]


def text_sha256(text: str) -> str:
    """The fingerprint of a text: SHA-256 of its UTF-8 bytes, in hexadecimal."""
    return sha256(text.encode("utf-8")).hexdigest()


class Source(Struct, frozen=True):
    """What the document was read from: file name and hash of the original bytes.

    `newline` is what the file used: ``none``, ``lf``, ``crlf``, ``cr`` or ``mixed``.
    """

    file: str | None
    sha256: str
    encoding: str = "utf-8"
    newline: str = "none"
    has_bom: bool = False


class Metadata(Struct, frozen=True):
    """What is known about a document besides its text; dates as they were written."""

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    author: str | None = None
    license: str | None = None
    split: str | None = None


class Document(Struct, frozen=True):
    """One news item. `text` is what was imported, with CRLF and CR as LF and nothing else changed.

    `id` matches ``[A-Za-z0-9_.-]{1,128}`` and is unique in a project.
    """

    id: DocumentId
    text: str
    source: Source
    metadata: Metadata = Metadata()

    @property
    def sha256(self) -> str:
        """Fingerprint of the text."""
        return text_sha256(self.text)

    @property
    def name(self) -> str:
        """What a list shows: the title, else the id."""
        return self.metadata.title or self.id


class Segmentation:
    """Tokens, sentences and paragraphs of one text, each in order and without overlap.

    A long text is segmented *stretch* by stretch, when somebody asks about a place in it: no
    token, sentence or paragraph crosses the edge of a stretch, and none ends where one begins.
    Whoever asks for all tokens waits for all of them.
    """

    __slots__ = ("_edges", "_find", "_found", "_starts", "_whole")

    def __init__(
        self,
        tokens: tuple[Span, ...],
        sentences: tuple[Span, ...],
        paragraphs: tuple[Span, ...],
    ) -> None:
        self._whole: _Whole | None = (tokens, sentences, paragraphs)
        self._edges: _Edges | None = None
        self._starts: Sequence[int] = (0,)
        self._found: dict[int, Segmentation] = {}
        # None of one that is its own stretch: to hold itself would keep it until somebody looks
        # for cycles, and thousands of documents pass before that.
        self._find: Callable[[int], Segmentation] | None = None

    @classmethod
    def by_stretches(
        cls, starts: Sequence[int], find: Callable[[int], Segmentation]
    ) -> Segmentation:
        """Stretches that begin at `starts`, the first at 0; `find` segments one by its number."""
        made = cls((), (), ())
        made._whole = None
        made._starts = starts
        made._found = {}
        made._find = find
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Segmentation) and self._all() == other._all()

    __hash__ = None  # type: ignore[assignment]  # compared by what it holds, never a key

    def __repr__(self) -> str:
        return f"Segmentation{self._all()}"

    @property
    def tokens(self) -> tuple[Span, ...]:
        """All tokens of the text."""
        return self._all()[0]

    @property
    def sentences(self) -> tuple[Span, ...]:
        """All sentences of the text."""
        return self._all()[1]

    @property
    def paragraphs(self) -> tuple[Span, ...]:
        """All paragraphs of the text."""
        return self._all()[2]

    @property
    def stretch_count(self) -> int:
        """How many stretches there are; at least one."""
        return len(self._starts)

    @property
    def stretch_starts(self) -> Sequence[int]:
        """Where the stretches begin, the first at 0; each goes on to where the next begins."""
        return self._starts

    def stretch_at(self, offset: int) -> int:
        """The number of the stretch that holds `offset`; the last one behind the text."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def stretch(self, number: int) -> Segmentation:
        """The tokens, sentences and paragraphs of one stretch."""
        if self._find is None:
            return self
        found = self._found.get(number)
        if found is None:
            found = self._found[number] = self._find(number)
        return found

    def part(self, first: int, last: int) -> Segmentation:
        """The stretches from the one that holds the offset `first` to the one of `last`."""
        numbers = range(self.stretch_at(first), self.stretch_at(last) + 1)
        if len(numbers) == 1:
            return self.stretch(numbers[0])
        return Segmentation(*_joined(self.stretch(number) for number in numbers))

    def token_range(self, span: Span) -> tuple[int, int]:
        """Indices ``[first, last)`` of the tokens that share a code point with `span`.

        Both are equal when the span holds only spaces.
        """
        starts, ends, _, _ = self._token_edges()
        first = bisect_right(ends, span.start)
        return first, max(first, bisect_left(starts, span.end))

    def aligned_range(self, span: Span) -> tuple[int, int] | None:
        """The `token_range` of a span whose edges are edges of tokens; None of any other."""
        _, _, by_start, by_end = self._token_edges()
        first, last = by_start.get(span.start), by_end.get(span.end)
        return None if first is None or last is None else (first, last + 1)

    def tokens_in(self, span: Span) -> tuple[Span, ...]:
        """The tokens that share a code point with `span`."""
        part = self.part(span.start, span.end)
        first, last = part.token_range(span)
        return part.tokens[first:last]

    def is_aligned(self, span: Span) -> bool:
        """Whether both edges of `span` are edges of tokens."""
        first, last = self._stretch_of(span.start), self._stretch_of(span.end)
        return span.start in first._token_edges()[2] and span.end in last._token_edges()[3]

    def token_at(self, offset: int) -> Span | None:
        """The token that holds `offset`, or that ends there when none starts there."""
        return _at(self.part(offset, offset).tokens, offset)

    def sentence_at(self, offset: int) -> Span | None:
        """The sentence that holds `offset`, or that ends there."""
        return _at(self.part(offset, offset).sentences, offset)

    def paragraph_at(self, offset: int) -> Span | None:
        """The paragraph that holds `offset`, or that ends there."""
        return _at(self.part(offset, offset).paragraphs, offset)

    def _stretch_of(self, offset: int) -> Segmentation:
        return self.stretch(self.stretch_at(offset)) if self._whole is None else self

    def _token_edges(self) -> _Edges:
        """Where tokens start and end, in order, and which token starts or ends at an offset."""
        if self._edges is None:
            tokens = self.tokens
            starts, ends = [token.start for token in tokens], [token.end for token in tokens]
            by_start = {start: index for index, start in enumerate(starts)}
            by_end = {end: index for index, end in enumerate(ends)}
            self._edges = starts, ends, by_start, by_end
        return self._edges

    def _all(self) -> _Whole:
        if self._whole is None:
            self._whole = _joined(map(self.stretch, range(len(self._starts))))
        return self._whole


def _joined(stretches: Iterable[Segmentation]) -> _Whole:
    parts = [(one.tokens, one.sentences, one.paragraphs) for one in stretches]
    tokens, sentences, paragraphs = (tuple(chain(*kind)) for kind in zip(*parts, strict=True))
    return tokens, sentences, paragraphs


def _at(spans: tuple[Span, ...], offset: int) -> Span | None:
    index = bisect_right(spans, offset, key=lambda span: span.start) - 1
    if index >= 0 and spans[index].touches(offset):
        return spans[index]
    return None
