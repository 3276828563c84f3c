"""The lines of a CoNLL file as documents of sentences of rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from annotator.formats.conll_tags import Tag, parse_tag
from annotator.formats.text_checks import refuse_characters
from annotator.foundation.errors import UserError

DOCSTART = "-DOCSTART-"
"""The token of CoNLL-2003 that stands where a document begins."""

MOST_TOKENS = 1_000_000
"""Tokens that one document may have: its rows are in memory at once."""

MOST_IN_LINE = 100_000
"""Code points that a row may have."""

_ID = re.compile(r"#\s+(?:id|newdoc)(?!\S)(?:\s+id\b)?(?:\s*=)?\s*(\S*)")
_BEGINNINGS = ("#", "-", "\ufeff")

_MOST_AT_FIRST = 4
"""Columns up to which a first line that begins with # can be a row of a token #."""

_EMPTY = ("", "_", "-X-", "O")


class Row(Struct, frozen=True):
    """A token, its tag, the line they stand in, and the tag as it is written there."""

    line: int
    form: str
    tag: Tag
    written: str


class Rows(Struct):
    """What a file tells of one document; `line` is where it begins.

    `error` is the first thing that keeps it out, in the line `error_line`. `is_wide` says that
    columns between token and tag hold something.
    """

    line: int
    name: str | None = None
    columns: int | None = None
    sentences: list[list[Row]] = field(default_factory=lambda: [[]])
    error: UserError | None = None
    error_line: int = 0
    is_wide: bool = False
    tokens: int = 0

    @property
    def is_begun(self) -> bool:
        """Whether there was a row, right or wrong."""
        return self.columns is not None or self.error is not None

    @property
    def is_numbered(self) -> bool:
        """Whether the first column counts the tokens, so that they stand in another one."""
        if self.columns in (None, 2) or len(self.sentences[0]) < 2:
            return False
        return all([row.form for row in one] == _numbers(len(one)) for one in self.sentences)

    def end_sentence(self) -> None:
        """Let the next row begin a sentence."""
        if self.sentences[-1]:
            self.sentences.append([])

    def take(self, number: int, line: str) -> None:
        """Add the row, or keep in mind what is wrong with it; comments are passed over.

        Behind the first mistake nothing is kept, for nothing of the document will be read.
        """
        if self.error is not None:
            return
        try:
            self._add(number, line)
        except UserError as error:
            self.error, self.error_line = error, number
            self.sentences = [[]]

    def _can_be_row(self, cells: list[str]) -> bool:
        fits = len(cells) <= _MOST_AT_FIRST if self.columns is None else True
        return fits and len(cells) == (self.columns or len(cells)) and bool(parse_tag(cells[-1]))

    def _add(self, number: int, line: str) -> None:
        is_long = len(line) > MOST_IN_LINE
        if is_long and not line.startswith("#"):
            raise UserError("formats.conll_long_line", length=len(line), limit=MOST_IN_LINE)
        cells = [line] if is_long else _cells(line)
        if line.startswith("#") and not self._can_be_row(cells):
            return
        self._take_cells(number, cells)

    def _take_cells(self, number: int, cells: list[str]) -> None:
        if self.columns is None:
            if len(cells) < 2:
                raise UserError("formats.conll_no_tag", found=cells[0])
            self.columns = len(cells)
        if len(cells) != self.columns:
            raise UserError("formats.conll_columns", found=len(cells), wanted=self.columns)
        tag = parse_tag(cells[-1])
        if tag is None:
            raise UserError("formats.conll_tag", tag=cells[-1])
        form = cells[0] if self.sentences != [[]] else cells[0].lstrip("\ufeff")
        if not form.strip():
            raise UserError("formats.conll_no_token")
        _refuse_characters(form)
        if self.columns > 2 and not self.is_wide:
            self.is_wide = any(cell not in _EMPTY for cell in cells[1:-1])
        self.tokens += 1
        if self.tokens > MOST_TOKENS:
            raise UserError("formats.conll_too_long", limit=MOST_TOKENS)
        self.sentences[-1].append(Row(number, form, tag, cells[-1]))


def _numbers(count: int) -> list[str]:
    return [str(number) for number in range(1, count + 1)]


def documents_of(text: str) -> Iterator[Rows]:
    """The documents of a file, in order. Lines end with LF."""
    rows = Rows(1)
    for number, line in enumerate(_lines(text), 1):
        name = _mark(line)
        if name is not None:
            # A comment with the id may stand behind the token that begins the document.
            if rows.is_begun or (rows.name and name):
                yield rows
                rows = Rows(number)
            rows.name = name or rows.name
        elif line.strip():
            rows.take(number, line)
        else:
            rows.end_sentence()
    if rows.is_begun or rows.name:
        yield rows


def _refuse_characters(form: str) -> None:
    try:
        refuse_characters(form)
    except UserError as error:
        raise UserError("formats.conll_character", code=error.values["code"]) from None


def _lines(text: str) -> Iterator[str]:
    """Line by line: no copy of the whole, and of all characters only LF ends one."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end + 1


def _mark(line: str) -> str | None:
    """The id that a line gives to the document it begins, or ""; None for any other line."""
    if not line.startswith(_BEGINNINGS):
        return None
    bare = line.lstrip("\ufeff")
    if bare.startswith(DOCSTART):
        return ""
    found = _ID.match(bare)
    return None if found is None else found[1]


def _cells(line: str) -> list[str]:
    """The columns: between tabs where there are any, else between spaces.

    Where there is neither, no-break spaces or semicolons part them, as in some corpora.
    """
    if "\t" in line:
        return [cell.strip(" ") for cell in line.rstrip().split("\t")]
    for sign in (" ", "\u00a0"):
        if sign in line:
            return [cell for cell in line.split(sign) if cell]
    first, _, rest = line[1:].partition(";")  # the token itself may be one
    return [line[0] + first, *rest.split(";")] if rest else [line]
