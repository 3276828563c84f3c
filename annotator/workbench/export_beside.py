"""What lies beside the data of a folder export: the dataset card and the manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from annotator.formats.base import JsonObject
from annotator.formats.dataset_card import Card, card_text
from annotator.formats.gold_manifest import GoldTally, build_manifest, manifest_bytes
from annotator.formats.gold_write import GOLD
from annotator.workbench.export_leftovers import is_card
from annotator.workbench.export_writing import ExportWriting
from annotator.workbench.reading import CARD_FILES, MANIFEST_FILE


class Beginnings(Struct, frozen=True):
    """What an export comes from: the name of the data, the scheme as JSON, when it was made.

    `options` tells, when all is written, what was chosen of the export. `project` is the id of the
    project, where it comes from one: people are known in it by their ids.
    """

    name: str
    scheme: JsonObject
    options: Callable[[], JsonObject]
    created: str | None = None
    project: str | None = None


def card_and_manifest(
    run: ExportWriting, origin: Beginnings, folder: Path
) -> Iterator[tuple[str, bytes]]:
    """The files beside the data in `folder`, with their names; the manifest is the last."""
    name = card_name(folder)
    if name is not None:
        run.card = folder / name
        yield name, _card(run, origin).encode()
    yield MANIFEST_FILE, manifest_bytes(_manifest(run, origin))


def card_name(folder: Path) -> str | None:
    """The first name under which no file lies that somebody else has written, or None."""
    for name in CARD_FILES:
        path = folder / name
        if not path.exists() or is_card(path):
            return name
    return None


def _card(run: ExportWriting, origin: Beginnings) -> str:
    return card_text(
        Card(
            name=origin.name,
            format=run.format,
            context=run.context,
            tally=run.told,
            came=run.tally.sets,
            files=tuple(run.files),
            losses=run.losses.kinds(),
            held=run.losses.held(run.tally),
            empty_splits=tuple(origin.options().get("empty_splits", ())),
            agreement=() if run.agreement is None else tuple(run.agreement.measured()),
        )
    )


def _manifest(run: ExportWriting, origin: Beginnings) -> JsonObject:
    """As gold has always had it; what gold alone has no word for follows in places of its own."""
    manifest = build_manifest(
        run.listing or GoldTally(),
        run.context,
        scheme=origin.scheme,
        files=run.files,
        options=origin.options(),
        created=origin.created,
    )
    if run.format.id != GOLD.id:
        manifest["project"] = origin.project
        manifest["format_id"] = run.format.id
        manifest["format_options"] = {
            option.name: run.context.chosen(option) for option in run.format.options
        }
    if run.loss_file is not None or run.format.id != GOLD.id:
        manifest["losses"] = {
            "total": run.losses.total,
            "kinds": run.losses.kinds(),
            "in_the_data": run.losses.held(run.tally),
            "file": None if run.loss_file is None else run.loss_file.as_json(),
        }
    return manifest
