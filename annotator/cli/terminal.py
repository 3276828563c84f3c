"""Where the answers of the command line go."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from msgspec import to_builtins

from annotator.foundation.catalogue import (
    Catalogue,
    for_terminal,
    load_catalogue,
    preferred_language,
)
from annotator.foundation.errors import AnnotatorError

DONE, FOUND, USAGE, FAILED = 0, 1, 2, 3
BAR_WIDTH = 30
COUNTED = 50


class Terminal:
    """Sentences for people, JSON for machines, a progress bar where somebody looks on.

    Without a catalogue it is that of the system's language, read when something is said: the way
    to the window says nothing.
    """

    def __init__(self, catalogue: Catalogue | None = None, *, is_json: bool = False) -> None:
        self._catalogue = catalogue
        self.is_json = is_json
        self._is_in_bar = False

    @property
    def catalogue(self) -> Catalogue:
        """The sentences of the language that is spoken here."""
        if self._catalogue is None:
            self._catalogue = load_catalogue(preferred_language())
        return self._catalogue

    def sentence(self, key: str, values: Mapping[str, object]) -> str:
        """A sentence to go into another one, or into JSON."""
        return for_terminal(self.catalogue.text(key, **values))

    def say(self, key: str, /, **values: object) -> None:
        """Print a sentence; silent when the answer is JSON."""
        self.tell(self.catalogue.text(key, **values))

    def tell(self, sentence: str) -> None:
        """Print a sentence that is made already; silent when the answer is JSON."""
        self._end_bar()
        if not self.is_json:
            sys.stdout.write(for_terminal(sentence) + "\n")

    def complain(self, key: str, /, **values: object) -> None:
        """Print a sentence to the standard error."""
        self.complain_of(self.catalogue.text(key, **values))

    def complain_of(self, sentence: str) -> None:
        """Print a sentence that is made already to the standard error."""
        self._end_bar()
        sys.stderr.write(for_terminal(sentence) + "\n")

    def fail(self, error: AnnotatorError) -> int:
        """Print an error and give the exit code."""
        if self.is_json:
            self.answer({"error": error.key, "message": self.sentence(error.key, error.values)})
        self.complain(error.key, **error.values)
        return FAILED

    def answer(self, value: object) -> None:
        """Print JSON when JSON was asked for; values may be in it, each as its fields."""
        import json

        if self.is_json:
            sys.stdout.write(
                json.dumps(to_builtins(value, enc_hook=str), ensure_ascii=False) + "\n"
            )

    def progress(self, done: int, total: int) -> bool:
        """Draw the bar on a terminal; never asks to stop."""
        if sys.stderr.isatty() and total > 1:
            filled = BAR_WIDTH * done // total
            sys.stderr.write(f"\r[{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {done}/{total}")
            self._is_in_bar = True
            if done == total:
                self._end_bar()
            sys.stderr.flush()
        return True

    def count(self, done: int) -> bool:
        """Draw how many items are read, where nobody knows of how many; not each of them."""
        if done % COUNTED == 0 and sys.stderr.isatty():
            sys.stderr.write(f"\r{for_terminal(self.catalogue.text('cli.read', count=done))}")
            self._is_in_bar = True
            sys.stderr.flush()
        return True

    def _end_bar(self) -> None:
        """Go to the next line, if a bar is on this one."""
        if self._is_in_bar:
            self._is_in_bar = False
            sys.stderr.write("\n")
            sys.stderr.flush()
