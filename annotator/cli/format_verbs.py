"""The verb that tells which formats there are and what each can hold."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from annotator.cli.terminal import Terminal
from annotator.formats.base import Format, Holds
from annotator.formats.registry import FORMATS
from annotator.foundation.catalogue import Catalogue
from annotator.foundation.paths import is_bundled
from annotator.workbench.format_wording import (
    choice_word,
    format_note,
    holds_word,
    option_title,
)


def tell_formats(_: argparse.Namespace, terminal: Terminal) -> int:
    """Say of every format what it is for, whether it goes in and out, and what it holds."""
    catalogue = terminal.catalogue
    for known in FORMATS:
        terminal.say(
            "cli.format",
            id=known.id,
            title=catalogue.text(known.title),
            ways=_ways(known, terminal),
            suffixes=" ".join(known.suffixes),
        )
        for line in _lines(known, catalogue):
            terminal.tell(f"    {line}")
    terminal.answer([_told(known) for known in FORMATS])
    return 0


def _lines(known: Format, catalogue: Catalogue) -> Iterator[str]:
    """What there is to say about a format below its title."""
    yield format_note(catalogue, known)
    held = [holds_word(catalogue, part) for part in Holds if part in known.holds]
    if held:
        yield catalogue.text("cli.format_holds", parts=", ".join(held))
    for option in known.options:
        values = (f"{value} ({choice_word(catalogue, value)})" for value in option.values)
        title = option_title(catalogue, option)
        yield catalogue.text(
            "cli.format_option", name=option.name, title=title, values=", ".join(values)
        )
    if known.needs is not None:
        key = "cli.format_not_bundled" if is_bundled() else "cli.format_needs"
        yield catalogue.text(key, package=known.needs)


def _ways(known: Format, terminal: Terminal) -> str:
    ways = (("in", known.can_read), ("out", known.can_write))
    return ", ".join(terminal.catalogue.text(f"cli.format_{way}") for way, can in ways if can)


def _told(known: Format) -> dict[str, object]:
    return {
        "id": known.id,
        "suffixes": known.suffixes,
        "in": known.can_read,
        "out": known.can_write,
        "holds": [part.value for part in Holds if part in known.holds],
        "options": {option.name: option.values for option in known.options},
        "needs": known.needs,
    }
