"""Formats in words: for whom each is, what it holds, what can be chosen, what it has lost."""

from __future__ import annotations

from pathlib import Path

from annotator.formats.base import Format, FormatOption, Holds
from annotator.formats.losses import Loss, LossKind
from annotator.foundation.catalogue import Catalogue
from annotator.workbench.reading import CARD_FILES

_OF_PARTS = frozenset({LossKind.DETAIL, LossKind.QUOTE_PART})
_COMMA = ", "
"""Between the names of parts, as formats write them."""


def format_note(catalogue: Catalogue, known: Format) -> str:
    """One line that says for whom the format is."""
    return catalogue.text(f"{known.title}_note")


def holds_word(catalogue: Catalogue, part: Holds) -> str:
    """What a format can hold."""
    return catalogue.text(f"formats.holds_{part.value}")


def option_title(catalogue: Catalogue, option: FormatOption) -> str:
    """What there is to choose."""
    return catalogue.text(f"formats.option_{option.name}")


def choice_word(catalogue: Catalogue, value: str) -> str:
    """One of the values of an option."""
    return catalogue.text(f"formats.choice_{value}")


def loss_word(catalogue: Catalogue, kind: LossKind, detail: str = "–") -> str:
    """What happened to an annotation, to be read behind its name."""
    parts = tuple(_part(catalogue, name) for name in detail.split(_COMMA))
    told = parts if kind in _OF_PARTS else detail
    return catalogue.text(f"formats.loss_{kind.value}", detail=told)


def card_told(catalogue: Catalogue, card: Path | None, target: Path) -> str:
    """Where the dataset card of an export is, if that is not as always; else nothing."""
    if card is not None:
        elsewhere = card.name != CARD_FILES[0]
        return catalogue.text("export.card_elsewhere", path=card) if elsewhere else ""
    is_folder = target.is_dir()
    return catalogue.text("export.no_card", path=target, names=CARD_FILES) if is_folder else ""


def _part(catalogue: Catalogue, name: str) -> str:
    """What a part of an annotation is called; an attribute of a scheme keeps its id."""
    key = f"formats.part_{name.replace(' ', '_')}"
    return catalogue.text(key) if key in catalogue else name


def loss_sentence(catalogue: Catalogue, loss: Loss) -> str:
    """Which annotation is missing, or is otherwise than it was."""
    word = loss_word(catalogue, loss.kind, loss.detail or "–")
    where = {"document": loss.document, "set": loss.set, "record": loss.record, "what": word}
    about = loss.about
    if about is None:
        return catalogue.text("formats.loss", **where)
    where |= {"label": about.label, "text": about.text}
    if about.place is None:
        return catalogue.text("formats.loss_named", **where)
    start, end = about.place.start, about.place.end
    return catalogue.text("formats.loss_placed", **where, start=start, end=end)
