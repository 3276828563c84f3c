"""The dataset card of an export: what is in it, for whoever finds the folder.

It is Markdown in English, with the head that Hugging Face reads. The same export gives the same
bytes: it tells no time and no place, and annotators by their ids alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import fmean
from types import MappingProxyType

from msgspec import Struct, field

from annotator.core.splits import DataSplit
from annotator.formats.base import ExportContext, Format
from annotator.formats.card_head import (
    can_be_loaded,
    config_lines,
    feature_lines,
    licence_lines,
    task_lines,
)
from annotator.formats.card_loading import loading_code
from annotator.formats.gold_manifest import ManifestFile, guideline_sha256
from annotator.formats.set_tally import LAYERS, SetTally, repeated

CARD_MARK = "# Written by Nîşan; the next export into this folder replaces this card."
"""Stands in the head of every card, so that no other file is taken for one."""

_MARKUP = re.compile(r"[\\`|<>*_\[\]#]")
_LISTED = 12
"""More files than that are only counted."""
_TITLE = "کۆمەڵە دەقی نیشانەکراوی کوردیی ناوەندی"
_LABELS_OF = {
    "mentions": "label",
    "entities": "label",
    "events": "type",
    "quotes": "type",
    "arguments": "role",
}
_BY_HUGGING_FACE = "`load_dataset` of Hugging Face reads this folder, by the head of this card."
_NOT_BY_HUGGING_FACE = (
    "`load_dataset` of Hugging Face cannot read this format, whatever it finds here. Read it so:"
)


class Agreement(Struct, frozen=True):
    """A measure of how far people agree: the F1 of each pair of people, and how many annotations
    were compared in all.
    """

    layer: str
    measure: str
    values: tuple[float, ...]
    count: int


class Card(Struct, frozen=True, kw_only=True):
    """What a card tells. Of `agreement` there is none where no two people did the same.

    `tally` is of the sets in the data, of `came` that there were. `held` counts by layer what of
    all that was annotated is in the data in some shape.
    """

    name: str
    format: Format
    context: ExportContext
    tally: SetTally
    files: tuple[ManifestFile, ...]
    losses: Mapping[str, int]
    came: int = 0
    held: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    agreement: tuple[Agreement, ...] = ()
    empty_splits: tuple[str, ...] = ()


def card_text(card: Card) -> str:
    """The card as Markdown."""
    parts = (_head, _about, _size, _labels, _people, _scheme, _agreement, _licences, _loading)
    lines = [line for part in (*parts, _losses, _files) for line in part(card)]
    return "\n".join(lines) + "\n"


def _head(card: Card) -> Iterator[str]:
    yield from ("---", CARD_MARK, "language:", "- ckb")
    yield f"pretty_name: {json.dumps(card.name, ensure_ascii=False)}"
    yield from licence_lines(card.tally)
    yield from task_lines(card.held.get("mentions", card.tally.total("mentions")))
    yield from feature_lines(card.format, card.context)
    yield from config_lines(card.format, card.files, card.tally)
    yield from ("---", "")


def _about(card: Card) -> Iterator[str]:
    yield f"# {_plain(card.name)}"
    yield ""
    yield f"**{_TITLE}**"
    yield ""
    draft = " It is a draft: it was written in spite of errors." if card.context.is_draft else ""
    yield (
        "News text in Central Kurdish (Sorani), annotated with Nîşan "
        f"{card.context.tool_version}, in the format `{card.format.id}`.{draft}"
    )
    yield ""


def _size(card: Card) -> Iterator[str]:
    tally = card.tally
    yield from _section("Size")
    splits = _splits(tally)
    yield from _table(
        ("", *map(_split_name, splits), "all"),
        [
            _row("documents", [tally.splits[split] for split in splits], tally.documents),
            *(
                _row(
                    layer, [tally.of(layer, split).total() for split in splits], tally.total(layer)
                )
                for layer in LAYERS
            ),
        ],
    )
    if missing := _missing(card):
        counts = (f"{name} {held} of {total}" for name, (held, total) in missing.items())
        told = " in these sets" if card.tally.sets < card.came else ""
        yield (
            f"- **in the data: {', '.join(counts)}**; all counts here are of what was annotated"
            f"{told}"
        )
    if card.empty_splits:
        yield (
            f"- **no document came into: {', '.join(card.empty_splits)}**: there are too few, "
            "where near duplicates count as one since they stay together"
        )
    yield f"- annotation sets: {tally.sets}"
    tokenizer = card.context.tokenizer
    yield f"- tokens: {tally.tokens} (`{tokenizer.id}` {tokenizer.version})"
    yield f"- sentences: {tally.sentences}"
    yield f"- characters (code points): {tally.characters}"
    yield ""


def _missing(card: Card) -> dict[str, tuple[int, int]]:
    """Of sets and each layer that are not in the data in whole: how much of how much is."""
    totals = {"sets": card.came, **{layer: card.tally.total(layer) for layer in LAYERS}}
    words = {"sets": "annotation sets"}
    counts = {words.get(name, name): (held, totals[name]) for name, held in card.held.items()}
    return {name: (held, total) for name, (held, total) in counts.items() if held < total}


def _labels(card: Card) -> Iterator[str]:
    tally = card.tally
    splits = _splits(tally)
    for layer in LAYERS:
        counts = tally.counts(layer)
        if not counts:
            continue
        yield from _section(f"{layer.capitalize()} by {_LABELS_OF[layer]}")
        rows = [
            (
                *_row(_code(label), [tally.of(layer, s)[label] for s in splits], count),
                f"{100 * count / counts.total():.1f} %",
            )
            for label, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
        yield from _table((_LABELS_OF[layer], *map(_split_name, splits), "all", "share"), rows)


def _people(card: Card) -> Iterator[str]:
    yield from _section("Annotation")
    people = ", ".join(_code(one) for one in sorted(card.tally.annotators)) or "–"
    yield f"- annotators, by their ids: {people}"
    statuses = ", ".join(f"{name} {n}" for name, n in sorted(card.tally.statuses.items()))
    yield f"- annotation sets by status: {statuses or '–'}"
    if count := repeated(card.format, card.tally):
        yield (
            f"- **texts that are in the data several times: {count}**, once with each annotation "
            "set of theirs; where their annotators do not agree, the data contradicts itself"
        )
    yield ""


def _scheme(card: Card) -> Iterator[str]:
    scheme = card.context.scheme
    guideline = scheme.guideline
    yield from _section("Scheme and guideline")
    yield f"- scheme {_code(scheme.id)} {_plain(scheme.version)}, SHA-256 `{scheme.sha256}`"
    yield (
        f"- guideline {_code(guideline.id)} {_plain(guideline.version)}, SHA-256 "
        f"`{guideline_sha256(guideline)}`; mentions end at the {guideline.boundary_policy}"
    )
    yield "- `manifest.json` holds both in whole"
    yield ""


def _agreement(card: Card) -> Iterator[str]:
    if not card.agreement:
        return
    yield from _section("Agreement")
    yield (
        "F1 between the finished annotation sets of two people, over the documents that both have "
        "done: the mean of all pairs of people, the lowest and the highest. Measures by few "
        "annotations are unstable."
    )
    yield ""
    titles = ("measure", "F1", "lowest", "highest", "pairs of people", "compared")
    yield from _table(titles, map(_agreed, card.agreement))


def _agreed(one: Agreement) -> tuple[str, ...]:
    shares = (fmean(one.values), min(one.values), max(one.values))
    told = (f"{share:.2f}" for share in shares)
    name = f"{one.layer}, {one.measure.replace('_', ' ')}"
    return (_plain(name), *told, str(len(one.values)), str(one.count))


def _licences(card: Card) -> Iterator[str]:
    yield from _section("Licences of the documents")
    known = sorted((name, n) for name, n in card.tally.licences.items() if name is not None)
    rows = [(_plain(name), str(count)) for name, count in known]
    unknown = card.tally.licences[None]
    if unknown:
        rows.append(("not told", str(unknown)))
    yield from _table(("licence", "documents"), rows)


def _loading(card: Card) -> Iterator[str]:
    yield from _section("Loading")
    is_read = can_be_loaded(card.format, card.files, card.tally)
    yield from (_BY_HUGGING_FACE if is_read else _NOT_BY_HUGGING_FACE, "")
    yield from ("```python", loading_code(card.format, card.files), "```", "")


def _losses(card: Card) -> Iterator[str]:
    yield from _section("Losses")
    if not card.losses:
        yield from ("None: everything that was annotated is in the data.", "")
        return
    yield "What this format cannot hold, one line each in `losses.jsonl`:"
    yield ""
    yield from _table(("kind", "losses"), [(kind, str(n)) for kind, n in card.losses.items()])


def _files(card: Card) -> Iterator[str]:
    yield from _section("Files")
    if len(card.files) > _LISTED:
        size = sum(file.size for file in card.files)
        yield f"{len(card.files)} files of {size} bytes; `manifest.json` lists them."
        return
    rows = [(_code(file.name), str(file.size), f"`{file.sha256}`") for file in card.files]
    yield from _table(("name", "bytes", "SHA-256"), rows)


def _splits(tally: SetTally) -> list[str | None]:
    """The splits there are, in their order; a single column would only repeat the sum."""
    present = tally.splits
    known = [split.value for split in DataSplit if present[split.value]]
    rest = [split for split in (None,) if present[split]]
    found = [*known, *rest]
    return [] if found == [None] else found


def _split_name(split: str | None) -> str:
    return split or "none"


def _row(title: str, parts: Sequence[int], total: int) -> tuple[str, ...]:
    return (title, *map(str, parts), str(total))


def _section(title: str) -> Iterator[str]:
    yield from (f"## {title}", "")


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(titles)} |"
    yield f"|---|{'---:|' * (len(titles) - 1)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _plain(text: str) -> str:
    """Words of others, which must not become markup or another cell."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))


def _code(text: str) -> str:
    """The same as code, in which only the ends of code and of cells say anything."""
    shown = " ".join(text.split()).replace("`", "'").replace("|", "\\|")
    return f"`{shown}`"
