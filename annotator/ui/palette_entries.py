"""What the command palette offers, and what is found by what was typed. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from msgspec import Struct

from annotator.core.scheme import Scheme, Wording
from annotator.foundation.catalogue import Catalogue
from annotator.kurdish.normalize import FoldLevel, fold_text
from annotator.ui.keyboard.groups import group_of
from annotator.ui.keyboard.keymap import Keymap
from annotator.ui.keyboard.wording import cap_of
from annotator.ui.scheme_acts import label_act, type_act

DOCUMENT = "document:"
"""What the id of an entry that opens a document begins with."""

DOCUMENT_LIMIT = 30


class PaletteEntry(Struct, frozen=True, kw_only=True):
    """One row: an act by its id, in words and keys. `hay` is what typed words are looked for in."""

    id: str
    title: str
    group: str
    caps: str
    hay: str
    is_enabled: bool = True


def action_entries(
    actions: Iterable[str], catalogues: Sequence[Catalogue], keymap: Keymap, can_run: frozenset[str]
) -> list[PaletteEntry]:
    """The actions, titled in the first of the catalogues and found by the titles of all."""
    first = catalogues[0]
    return [
        PaletteEntry(
            id=action,
            title=first.text(f"action.{action}"),
            group=first.text(f"group.{group_of(action)}"),
            caps=_caps(first, keymap, action),
            hay=folded(" ".join(each.text(f"action.{action}") for each in catalogues)),
            is_enabled=action in can_run,
        )
        for action in actions
    ]


def scheme_entries(
    scheme: Scheme, catalogues: Sequence[Catalogue], keymap: Keymap
) -> list[PaletteEntry]:
    """Marking with each label and each event type of the scheme."""
    first = catalogues[0]

    def entry(act: str, key: str, name: Wording, caps: str, identifier: str) -> PaletteEntry:
        titles = [each.text(key, name=name.in_language(each.language)) for each in catalogues]
        return PaletteEntry(
            id=act,
            title=titles[0],
            group=identifier,
            caps=caps,
            hay=folded(" ".join((*titles, identifier))),
        )

    found = []
    for label in scheme.labels:
        if label.is_enabled:
            caps = _caps(first, keymap, f"label.{label.key}")
            found.append(entry(label_act(label), "palette.label", label.name, caps, label.id))
    for kind in scheme.event_types:
        caps = " ".join((_caps(first, keymap, "event.new"), cap_of(first, kind.key)))
        found.append(entry(type_act(kind), "palette.event", kind.name, caps, kind.id))
    return found


def document_entries(
    documents: Iterable[tuple[str, str]], catalogue: Catalogue
) -> Iterator[PaletteEntry]:
    """Going to each document; `documents` are ids with names. One by one: there may be many."""
    group = catalogue.text("panel.documents")
    for identifier, name in documents:
        yield PaletteEntry(
            id=f"{DOCUMENT}{identifier}",
            title=catalogue.text("palette.document", name=" ".join(name.split())),
            group=group,
            caps="",
            hay=folded(name),
        )


def found_entries(
    entries: Sequence[PaletteEntry],
    documents: Sequence[PaletteEntry],
    typed: str,
    recent: Sequence[str],
) -> list[PaletteEntry]:
    """The entries that hold every typed word, in any order.

    First those in which most words begin as typed, then those used last, then as they are given.
    Some documents come after the acts, but only when something was typed.
    """
    words = folded(typed).split()
    rank = {identifier: place for place, identifier in enumerate(recent)}

    def key(entry: PaletteEntry) -> tuple[int, int]:
        begun = sum(f" {word}" in f" {entry.hay}" for word in words)
        return -begun, rank.get(entry.id, len(rank))

    acts = sorted((entry for entry in entries if _holds(entry, words)), key=key)
    if not words:
        return acts
    named = (entry for entry in documents if _holds(entry, words))
    return [*acts, *sorted(islice(named, DOCUMENT_LIMIT), key=key)]


def folded(text: str) -> str:
    """A text as it is compared: without case and without spelling variants."""
    return fold_text(text, FoldLevel.ORTHOGRAPHIC).casefold()


def _holds(entry: PaletteEntry, words: Sequence[str]) -> bool:
    return all(word in entry.hay for word in words)


def _caps(catalogue: Catalogue, keymap: Keymap, action: str) -> str:
    chords = keymap.chords_of(action)
    return cap_of(catalogue, chords[0]) if chords else ""
