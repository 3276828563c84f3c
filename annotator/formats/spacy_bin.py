"""spaCy's file of documents, filled with arrays and bytes: its own ``Doc``s are slow to make.

A `DocBin` holds a row of numbers for each word, whether a space follows it, and for each document
its groups of spans and what belongs to the user. `DocBin.add` takes all that from a ``Doc``; here
it is made of what an export knows. What number a string has, what else there is in a file and how
it is packed stays spaCy's own. To be loaded where spaCy is wanted: it is large, and few have it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from struct import Struct
from typing import Any

import numpy
from msgspec import msgpack
from spacy.attrs import ENT_ID, ENT_IOB, ENT_KB_ID, ENT_TYPE, NORM, ORTH, SENT_START
from spacy.tokens import DocBin
from spacy.util import get_lang_class
from spacy.vocab import create_vocab

from annotator.formats.spacy_document import SpacyDocument, SpacySpan

LANGUAGE = "xx"
"""spaCy's language of no language in particular; it has none for Sorani."""

_SPAN = Struct(">QQQllll")
"""A span in bytes: id, knowledge base and label, its words, its characters."""

_INSIDE, _OUTSIDE, _BEGIN = 1, 2, 3
"""Where a word is in regard to an entity."""

_STARTS, _GOES_ON = 1, 2**64 - 1
"""Whether a word begins a sentence; the latter is -1 as spaCy writes it."""


class _Numbers(dict[str, int]):
    """The numbers that spaCy gives to strings, each asked for once."""

    def __init__(self, number: Callable[[str], int]) -> None:
        super().__init__()
        self._number = number

    def __missing__(self, string: str) -> int:
        number = self[string] = self._number(string)
        return number


class _Places(dict[str, int]):
    """Different strings in the order in which they were asked for, and the place of each."""

    def __missing__(self, string: str) -> int:
        place = self[string] = len(self)
        return place


class SpacyBin:
    """The documents of one file, with strings of their own, so that none grow for ever."""

    def __init__(self) -> None:
        # That of spacy.blank: each of its many factories slows down all that is packed later.
        self._vocab: Any = create_vocab(LANGUAGE, get_lang_class(LANGUAGE).Defaults)
        self._numbers = _Numbers(self._vocab.strings.add)
        self._bin = DocBin(store_user_data=True)
        self._known = _Places()
        self._words: list[int] = []
        self._spaces: list[bool] = []
        self._ends: list[int] = []
        self._starts: list[int] = []
        self._ents: list[tuple[int, int, int, int, int]] = []
        self._pack = msgpack.Encoder().encode

    def __len__(self) -> int:
        return len(self._ends)

    @property
    def words(self) -> int:
        """How many words the documents have."""
        return len(self._words)

    def add(self, document: SpacyDocument) -> None:
        """Add a document."""
        before, numbers = len(self._words), self._numbers
        self._words.extend(map(self._known.__getitem__, document.words))
        self._spaces.extend(document.spaces)
        self._ends.append(len(self._words))
        self._starts.extend(before + word for word in document.sentence_starts)
        for one in document.ents:
            said = numbers[one.label], numbers[one.id], numbers[one.kb_id]
            self._ents.append((before + one.first, before + one.last, *said))
        made = self._bin
        made.cats.append({})
        made.flags.append({"has_unknown_spaces": False})
        made.span_groups.append(self._groups(document.groups))
        made.user_data.append(self._pack(document.user_data))

    def to_bytes(self) -> bytes:
        """The file; nothing is added after it was asked for."""
        made, ends = self._bin, self._ends[:-1]
        made.tokens = numpy.split(self._rows(), ends)
        made.spaces = numpy.split(numpy.array(self._spaces, dtype=bool).reshape(-1, 1), ends)
        made.strings.update(self._numbers, ("",))
        data: bytes = made.to_bytes()
        return data

    def _rows(self) -> Any:  # noqa: ANN401  # an array
        """The numbers of each word: what it is, whether it begins a sentence, its entity."""
        column = {attribute: n for n, attribute in enumerate(self._bin.attrs)}
        rows = numpy.zeros((len(self._words), len(column)), dtype=numpy.uint64)
        words, norm = numpy.array(self._words, dtype=int), self._vocab.lex_attr_getters[NORM]
        rows[:, column[ORTH]] = self._of_strings(self._known)[words]
        rows[:, column[NORM]] = self._of_strings(map(norm, self._known))[words]
        rows[:, column[SENT_START]] = _GOES_ON
        rows[self._starts, column[SENT_START]] = _STARTS
        rows[:, column[ENT_IOB]] = _OUTSIDE
        for first, last, label, identifier, kb_id in self._ents:
            rows[first:last, column[ENT_IOB]] = _INSIDE
            rows[first, column[ENT_IOB]] = _BEGIN
            rows[first:last, column[ENT_TYPE]] = label
            rows[first:last, column[ENT_ID]] = identifier
            rows[first:last, column[ENT_KB_ID]] = kb_id
        return rows

    def _of_strings(self, strings: Iterable[str]) -> Any:  # noqa: ANN401  # an array
        numbers = [self._numbers[string] for string in strings]
        return numpy.array(numbers, dtype=numpy.uint64)

    def _groups(self, groups: Mapping[str, Iterable[SpacySpan]]) -> bytes:
        """The groups of spans in bytes: each in bytes, with the names that it goes by."""
        made = {
            self._pack({"name": name, "attrs": {}, "spans": list(map(self._span, spans))}): [name]
            for name, spans in groups.items()
        }
        return self._pack(made)

    def _span(self, one: SpacySpan) -> bytes:
        number = self._numbers
        said = number[one.id], number[one.kb_id], number[one.label]
        return _SPAN.pack(*said, one.first, one.last, one.start, one.end)
