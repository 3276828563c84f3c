"""The user guide as text: its pages, the keys filled in, and the search. No Qt here.

A page is a Markdown file ``resources/help/<language>/<number>-<name>.md`` whose first line is its
title. Keys are written as ``{key:event.new}`` (an action) or ``{chord:Shift+Comma}`` and filled in
with the caps of the user's keymap, so that a changed key is shown as it is. A key is set as code
that begins with an isolate, which tells it from a command.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from annotator.core.span import Span
from annotator.foundation.catalogue import (
    FIRST_STRONG_ISOLATE,
    POP_DIRECTIONAL_ISOLATE,
    Catalogue,
)
from annotator.foundation.paths import resource
from annotator.kurdish.normalize import FoldLevel, fold
from annotator.ui.keyboard.keymap import Keymap
from annotator.ui.keyboard.wording import action_title, cap_of

KEY: Final = re.compile(r"\{(key|chord):([^{}]+)\}")
COMMAND: Final = re.compile(r"(?<!`)`([^`\u2068\n]+)`(?!`)")
SUFFIX: Final = ".md"

_LEFT_TO_RIGHT_ISOLATE, _WORD_JOINER, _NO_BREAK_SPACE = "\u2066", "\u2060", "\u00a0"
INVISIBLE: Final = (
    f"{FIRST_STRONG_ISOLATE}{_LEFT_TO_RIGHT_ISOLATE}{POP_DIRECTIONAL_ISOLATE}{_WORD_JOINER}"
)
"""What `fill_keys` adds beside the keys, to be left out of what is copied."""


class GuidePage(Struct, frozen=True):
    """One page: its name (``events``), its title, and its text in Markdown."""

    name: str
    title: str
    markdown: str


class Guide(Struct, frozen=True):
    """The pages of one language in reading order."""

    pages: tuple[GuidePage, ...]

    def page(self, name: str | None) -> GuidePage:
        """The page of that name, or the first one."""
        return next((page for page in self.pages if page.name == name), self.pages[0])


def read_guide(catalogue: Catalogue, keymap: Keymap) -> Guide:
    """The guide in the language of the catalogue, with the keys of the keymap."""
    files = sorted(resource("help", catalogue.language).glob(f"*{SUFFIX}"))
    pages = []
    for path in files:
        text = fill_keys(path.read_text(encoding="utf-8"), catalogue, keymap)
        if catalogue.is_right_to_left:
            text = with_mirrored_tables(text)
        title, _, _ = text.partition("\n")
        pages.append(GuidePage(name_of(path.name), title.removeprefix("# ").strip(), text))
    return Guide(tuple(pages))


def name_of(address: str) -> str:
    """The name of the page that a file name or a link (``04-events.md``) stands for."""
    return address.removesuffix(SUFFIX).partition("-")[2]


def fill_keys(text: str, catalogue: Catalogue, keymap: Keymap) -> str:
    """The text with every key as it is printed; an action without a key shows its title.

    Commands are isolated, so that they run from left to right in a Sorani sentence, and are not
    broken after a hyphen.
    """

    def shown(match: re.Match[str]) -> str:
        kind, name = match.groups()
        if kind == "chord":
            return _code(cap_of(catalogue, name))
        chords = keymap.chords_of(name)
        return _code(cap_of(catalogue, chords[0])) if chords else action_title(catalogue, name)

    return COMMAND.sub(_command, KEY.sub(shown, text))


def with_mirrored_tables(text: str) -> str:
    """The text with the last column of every table first, because Qt sets tables left to right."""
    return "\n".join(
        "|".join(reversed(line.split("|"))) if line.startswith("|") else line
        for line in text.split("\n")
    )


def matches(text: str, query: str) -> list[Span]:
    """Where the words of a query stand in a text, in reading order; none unless all of them do.

    Compared without regard to case and to spelling variants (``ي``/``ی``, ``ر``/``ڕ``).
    """
    folded = fold(text, FoldLevel.ORTHOGRAPHIC)
    haystack = _lower(folded.text)
    found: list[Span] = []
    for word in _words(query):
        places = [match.span() for match in re.finditer(re.escape(word), haystack)]
        if not places:
            return []
        found += [folded.raw_span(start, end) for start, end in places]
    return sorted(found, key=lambda span: (span.start, span.end))


def pages_with(texts: Sequence[str], query: str) -> list[int]:
    """The numbers of the texts that hold all words of a query; all of them for an empty one."""
    if not _words(query):
        return list(range(len(texts)))
    return [number for number, text in enumerate(texts) if matches(text, query)]


def _words(query: str) -> list[str]:
    return _lower(fold(query, FoldLevel.ORTHOGRAPHIC).text).split()


def _lower(text: str) -> str:
    """In small letters, and as long as before."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _code(cap: str) -> str:
    bare = cap.removeprefix(FIRST_STRONG_ISOLATE).removesuffix(POP_DIRECTIONAL_ISOLATE)
    unbroken = bare.replace(" ", _NO_BREAK_SPACE)
    isolated = f"{FIRST_STRONG_ISOLATE}{unbroken}{POP_DIRECTIONAL_ISOLATE}"
    # A backquote on a cap needs a longer fence, and the isolate keeps the two apart.
    fence = "``" if "`" in bare else "`"
    return f"{fence}{isolated}{fence}"


def _command(match: re.Match[str]) -> str:
    unbroken = match[1].replace("-", f"-{_WORD_JOINER}")
    return f"`{_LEFT_TO_RIGHT_ISOLATE}{unbroken}{POP_DIRECTIONAL_ISOLATE}`"
