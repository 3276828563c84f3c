"""Annotation sets out of a project in any format: chosen, checked, whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from annotator import __version__
from annotator.core.splits import DataSplit
from annotator.formats.base import ExportContext, Format, JsonObject, Tokenizer
from annotator.formats.gold_write import GOLD, GOLD_READABLE
from annotator.formats.losses import Lose, unheard
from annotator.formats.set_tally import repeated
from annotator.foundation.errors import UserError, WrongUsage
from annotator.kurdish.tokens import TOKENIZER_ID, TOKENIZER_VERSION
from annotator.store.meta import UUID
from annotator.store.project_file import ProjectFile
from annotator.workbench.checking import SetFindings
from annotator.workbench.clock import Clock, stamp
from annotator.workbench.export_beside import Beginnings, card_and_manifest
from annotator.workbench.export_run import (
    CheckedSets,
    ExportBlocked as ExportBlocked,
    SetReader,
    Steps,
)
from annotator.workbench.export_scope import (
    ADJUDICATED,
    FINISHED_SETS,
    ChosenDocuments,
    ExportChoices as ExportChoices,
    LeftOut as LeftOut,
    Scope as Scope,
    SplitChoices as SplitChoices,
    left_out,
)
from annotator.workbench.export_writing import (
    ExportWriting,
    is_file,
    write_file,
    write_folder,
    write_nowhere,
    writing,
)
from annotator.workbench.importing import Progress
from annotator.workbench.projects import project_name
from annotator.workbench.reading import GOLD_FILE as GOLD_FILE, MANIFEST_FILE as MANIFEST_FILE
from annotator.workbench.schemes import scheme_of
from annotator.workbench.splitting import SplitPlan, plan_splits

_NOTHING = {
    Scope.APPROVED: "export.nothing_approved",
    Scope.COMPLETE: "export.nothing_complete",
    Scope.ALL: "export.no_documents",
}


class ExportNumbers(Struct, frozen=True, kw_only=True):
    """What an export holds and what it does not, to be compared with the project's numbers.

    `losses` counts by kind what the format has no place for, and `held` by layer what of it all is
    in the data in some shape; `repeated` texts are there once with each of their sets. With
    splits, `splits` counts the documents of each, `families` are near duplicates kept together,
    `torn` those that were not, because their documents say different splits, and `empty_splits`
    have a share and got no document.
    """

    documents: int
    sets: int
    mentions: int
    entities: int
    events: int
    quotes: int
    size: int
    errors: int
    left: LeftOut
    losses: dict[str, int] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    repeated: int = 0
    splits: dict[str, int] = field(default_factory=dict)
    families: tuple[tuple[str, ...], ...] = ()
    torn: tuple[tuple[str, ...], ...] = ()
    empty_splits: tuple[str, ...] = ()


class ExportResult(ExportNumbers, frozen=True, kw_only=True):
    """What was written where.

    `sha256` is that of the data; of data in several files that of their list, as ``sha256sum``
    prints it. `losses_file` lists what was lost, and `card` is the dataset card, where there are
    such files.
    """

    path: Path
    format: str
    sha256: str
    losses_file: Path | None = None
    card: Path | None = None


class Exporter:
    """Exports one project."""

    def __init__(self, project: ProjectFile, clock: Clock) -> None:
        self._project = project
        self._clock = clock
        self.scheme = scheme_of(project)

    def chosen(self, choices: ExportChoices) -> int:
        """How many sets qualify. Raises `UserError` for an annotator whom nobody knows."""
        return ChosenDocuments(self._project, choices, self._clock).taken.sets

    def blocking(
        self,
        choices: ExportChoices,
        progress: Progress = lambda done, total: True,
    ) -> Iterator[SetFindings]:
        """The finished sets that have findings of severity E; they may not become gold.

        Raises `Refused` when `progress` asks to stop.
        """
        chosen = ChosenDocuments(self._project, choices, self._clock)
        steps = Steps(progress, len(chosen))
        with SetReader(self._project) as reader:
            for checked in reader.each(chosen, len(chosen)):
                steps.begin()
                yield from checked.blocked
        steps.end()

    def export_gold(
        self,
        target: Path,
        choices: ExportChoices = FINISHED_SETS,
        progress: Progress = lambda done, total: True,
    ) -> ExportResult:
        """Like `export`: gold in a ``.jsonl`` or ``.json`` file, or in a folder."""
        return self.export(target, replace(choices, format=GOLD), progress)

    def export(
        self,
        target: Path,
        choices: ExportChoices = FINISHED_SETS,
        progress: Progress = lambda done, total: True,
    ) -> ExportResult:
        """Write a format's file, where `target` has a suffix of it, or else a folder.

        A folder also gets a dataset card and a manifest, and data of each split apart. Every set
        is read once: it is checked on its way, and the files take their names only when nothing
        stood in the way. Raises `UserError` when nothing qualifies or an option is unknown,
        `ExportBlocked` when a finished set has errors and this is no draft, `Refused` when
        `progress` asks to stop, and `UserError` when the files cannot be written, or would replace
        one that is not of an export; then what was there before is still there.
        """
        if _is_same(target, self._project.path):
            raise UserError("export.onto_project", path=str(target))
        known = _format_for(target, choices.format)
        with (
            self._running(choices, progress, known) as run,
            writing(run.format, run.context) as written,
        ):
            if is_file(run.format, target):
                write_file(written, run.supply, target, overwrites=choices.overwrites)
            else:
                origin = self._beginnings(run)
                beside = partial(card_and_manifest, origin=origin, folder=target)
                write_folder(written, run.supply, target, beside, overwrites=choices.overwrites)
            numbers = self._numbers(run, written)
            return ExportResult(
                **numbers,
                path=target,
                format=run.format.id,
                sha256=_data_sha256(written),
                losses_file=written.losses_path,
                card=written.card,
            )

    def preview(
        self,
        choices: ExportChoices = FINISHED_SETS,
        progress: Progress = lambda done, total: True,
        lose: Lose = unheard,
    ) -> ExportNumbers:
        """What `export` would write and lose, without a file; `lose` is told each loss.

        Errors do not stand in the way here: they are counted. Raises what `export` raises
        otherwise.
        """
        with (
            self._running(choices, progress, choices.format, accepts_errors=True) as run,
            writing(run.format, run.context, lose) as written,
        ):
            write_nowhere(written, run.supply)
            run.supply.finish()
            return ExportNumbers(**self._numbers(run, written))

    @contextmanager
    def _running(
        self,
        choices: ExportChoices,
        progress: Progress,
        known: Format,
        *,
        accepts_errors: bool = False,
    ) -> Iterator[_Run]:
        context = self._context(choices, known)
        chosen = ChosenDocuments(self._project, choices, self._clock)
        if not chosen:
            raise UserError(_nothing(choices))
        steps = Steps(progress, len(chosen) * (1 if choices.split is None else 2))
        plan = None
        if choices.split is not None:
            plan = plan_splits(self._project, chosen, choices.split, steps.begin)
        with SetReader(self._project) as reader:
            supply = CheckedSets(
                reader,
                chosen,
                steps,
                accepts_errors=choices.is_draft or accepts_errors,
                splits=None if plan is None else plan.splits,
            )
            yield _Run(choices, known, context, chosen, supply, plan)

    def _context(self, choices: ExportChoices, known: Format) -> ExportContext:
        return ExportContext(
            scheme=self.scheme,
            tokenizer=Tokenizer(TOKENIZER_ID, TOKENIZER_VERSION),
            tool_version=__version__,
            is_reproducible=choices.is_reproducible,
            is_draft=choices.is_draft,
            options=checked_options(known, choices.options),
        )

    def _beginnings(self, run: _Run) -> Beginnings:
        return Beginnings(
            name=project_name(self._project),
            scheme=json.loads(self._project.schemes.current()),
            options=lambda: _options_told(run),
            created=stamp(self._clock()),
            project=self._project.meta.get(UUID),
        )

    def _numbers(self, run: _Run, written: ExportWriting) -> JsonObject:
        plan, counted = run.plan, written.tally.splits
        return {
            **written.counts(),
            "errors": run.supply.errors,
            "left": left_out(self._project, run.chosen, decisions=run.supply.decisions),
            "losses": written.losses.kinds(),
            "held": written.losses.held(written.tally),
            "repeated": repeated(written.format, written.tally),
            "splits": {} if plan is None else {s.value: counted[s.value] for s in DataSplit},
            "families": () if plan is None else plan.families,
            "torn": () if plan is None else plan.torn,
            "empty_splits": () if plan is None else plan.empty,
        }


class _Run(Struct, frozen=True):
    """One running export."""

    choices: ExportChoices
    format: Format
    context: ExportContext
    chosen: ChosenDocuments
    supply: CheckedSets
    plan: SplitPlan | None


def checked_options(known: Format, options: Mapping[str, str]) -> Mapping[str, str]:
    """What was chosen of a format's options. Raises `WrongUsage` for what the format has not, and
    `UserError` for one that is only read.
    """
    if not known.can_write:
        raise UserError("export.not_written", format=known.id)
    offered = {option.name: option for option in known.options}
    for name, value in options.items():
        if name not in offered:
            if not offered:
                raise WrongUsage("export.no_options", format=known.id, option=name)
            names = ", ".join(offered)
            raise WrongUsage("export.no_option", format=known.id, option=name, known=names)
        if value not in offered[name].values:
            values = ", ".join(offered[name].values)
            raise WrongUsage("export.no_choice", option=name, value=value, known=values)
    return options


def _is_same(target: Path, project: Path) -> bool:
    try:
        return target.samefile(project)
    except OSError:  # one of both is not there, or cannot be looked at
        return False


def _nothing(choices: ExportChoices) -> str:
    """Why nothing qualifies, and what to do."""
    is_adjudicated = (choices.annotator or "").strip() == ADJUDICATED
    return "export.nothing_adjudicated" if is_adjudicated else _NOTHING[choices.scope]


def _format_for(target: Path, known: Format) -> Format:
    """Gold in a ``.json`` file is the readable one."""
    is_json = target.suffix.lower() in GOLD_READABLE.suffixes
    return GOLD_READABLE if known.id == GOLD.id and is_json else known


def _options_told(run: _Run) -> JsonObject:
    choices = run.choices
    told: JsonObject = {
        "only": choices.scope.value,
        "annotator": choices.annotator,
        "draft": choices.is_draft,
        "errors": run.supply.errors,
        "reproducible": choices.is_reproducible,
    }
    if choices.split is not None:
        shares = choices.split.shares
        told["split"] = f"{shares.train}/{shares.dev}/{shares.test}"
        told["seed"] = choices.split.seed
        told["ignores_given_splits"] = choices.split.ignores_given
    if run.plan is not None and run.plan.empty:
        told["empty_splits"] = list(run.plan.empty)
    return told


def _data_sha256(written: ExportWriting) -> str:
    if len(written.files) < 2:
        return written.sha256
    listed = "".join(f"{file.sha256}  {file.name}\n" for file in written.files)
    return hashlib.sha256(listed.encode()).hexdigest()


def export_project(path: Path, target: Path, clock: Clock) -> ExportResult:
    """Export the finished sets of a project that is not open."""
    with ProjectFile.open(path) as project:
        return Exporter(project, clock).export_gold(target)
