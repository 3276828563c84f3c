"""Files of one format into another, without a project.

The files are read twice: once to learn what is in them and in which order, once to write it. What
comes in the order of ids, as our own exports do, is never in memory as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from annotator import __version__
from annotator.formats.base import MAX_BYTES, ExportContext, Format, ImportProblem, Tokenizer
from annotator.formats.registry import FORMATS, format_by_id
from annotator.formats.set_tally import repeated
from annotator.foundation.errors import AnnotatorError, UserError
from annotator.kurdish.tokens import TOKENIZER_ID, TOKENIZER_VERSION
from annotator.workbench.clock import Clock, stamp
from annotator.workbench.convert_reading import (
    ConvertChoices as ConvertChoices,
    FilesRead,
    NamesRead as NamesRead,
)
from annotator.workbench.export_beside import Beginnings, card_and_manifest
from annotator.workbench.export_writing import is_file, write_file, write_folder, writing
from annotator.workbench.exporting import checked_options
from annotator.workbench.format_offers import format_by_suffix
from annotator.workbench.importing import OnItem, Progress
from annotator.workbench.projects import SUFFIX
from annotator.workbench.reading import MANIFEST_FILE
from annotator.workbench.schemes import DEFAULT_SCHEME, read_scheme_text, scheme_from_text


class Converted(Struct, frozen=True, kw_only=True):
    """What was written, what it could not hold, and what could not be read."""

    path: Path
    format: str
    documents: int
    sets: int
    mentions: int
    entities: int
    events: int
    quotes: int
    size: int
    losses: dict[str, int]
    held: dict[str, int]
    repeated: int
    names: NamesRead
    problems: tuple[ImportProblem, ...]
    losses_file: Path | None = None
    card: Path | None = None

    @property
    def refused(self) -> int:
        """How many items were left out for a reason."""
        return sum(1 for problem in self.problems if problem.is_refusal)


def convert(
    source: Path,
    target: Path,
    choices: ConvertChoices,
    clock: Clock,
    progress: Progress = lambda done, total: True,
    on_item: OnItem = lambda count: True,
) -> Converted:
    """Write what is in a file, or in the files of a folder, in another format.

    `on_item` is told how many items the first reading has found so far. Raises `UserError` when
    nothing can be read, the format is unclear or the target cannot be written, and `Refused` when
    one of both asks to stop; then what was there before is still there.
    """
    if source.suffix.lower() == SUFFIX and source.is_file():
        raise UserError("convert.is_project", path=str(source))
    known = target_format(target, choices.target_format)
    scheme_text = _scheme_text(source, choices.scheme)
    context = ExportContext(
        scheme=scheme_from_text(scheme_text),
        tokenizer=Tokenizer(TOKENIZER_ID, TOKENIZER_VERSION),
        tool_version=__version__,
        options=checked_options(known, choices.options),
    )
    if target.exists() and source.exists() and target.samefile(source):
        raise UserError("convert.same_file", path=str(target))
    now = stamp(clock())
    supply = FilesRead(source, choices, context.scheme, progress, on_item, now=now)
    with writing(known, context) as run:
        if is_file(known, target):
            write_file(run, supply, target, supply.kept, overwrites=choices.overwrites)
        else:
            told = {"source": source.name}
            origin = Beginnings(source.stem, json.loads(scheme_text), lambda: told, created=now)
            beside = partial(card_and_manifest, origin=origin, folder=target)
            write_folder(run, supply, target, beside, supply.kept, overwrites=choices.overwrites)
        return Converted(
            **run.counts(),
            path=target,
            format=known.id,
            losses=run.losses.kinds(),
            held=run.losses.held(run.tally),
            repeated=repeated(known, run.tally),
            names=supply.names_read(),
            problems=tuple(supply.problems),
            losses_file=run.losses_path,
            card=run.card,
        )


def target_format(
    target: Path, format_id: str | None, formats: Sequence[Format] = FORMATS
) -> Format:
    """The format asked for, else the one that the suffix of the target tells.

    Raises `UserError` where there is none.
    """
    if format_id is not None:
        return format_by_id(format_id, formats)
    known = format_by_suffix(target, formats)
    if known is not None:
        return known
    written = ", ".join(known.id for known in formats if known.can_write)
    raise UserError("convert.format_unclear", path=str(target), known=written)


def _scheme_text(source: Path, asked: str | None) -> str:
    """The JSON text of the scheme. Raises `UserError` for one that cannot be used."""
    if asked is not None:
        return read_scheme_text(asked)
    folder = source if source.is_dir() else source.parent
    try:
        with (folder / MANIFEST_FILE).open("rb") as stream:
            copy = json.loads(stream.read(MAX_BYTES))["scheme"]["copy"]
        text = json.dumps(copy, ensure_ascii=False)
        scheme_from_text(text)
    except (OSError, ValueError, RecursionError, LookupError, TypeError, AnnotatorError):
        return read_scheme_text(DEFAULT_SCHEME)
    return text
