"""The head of a dataset card, in YAML as Hugging Face reads it.

By it ``load_dataset`` finds the data of each split among all that lies in the folder. Tables in
files of their own are configs of their own; other files of one split belong together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from annotator.core.splits import DataSplit
from annotator.formats.base import ExportContext, Format, JsonObject
from annotator.formats.gold_manifest import ManifestFile
from annotator.formats.set_tally import LAYERS, SetTally

_READ = (".jsonl", ".json", ".parquet", ".csv")
"""What `load_dataset` of Hugging Face reads."""

_LICENCES = frozenset(
    {
        "apache-2.0", "cc", "cc-by-2.0", "cc-by-2.5", "cc-by-3.0", "cc-by-4.0", "cc-by-nc-2.0",
        "cc-by-nc-3.0", "cc-by-nc-4.0", "cc-by-nc-nd-3.0", "cc-by-nc-nd-4.0", "cc-by-nc-sa-2.0",
        "cc-by-nc-sa-3.0", "cc-by-nc-sa-4.0", "cc-by-nd-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0",
        "cc0-1.0", "gfdl", "gpl-3.0", "mit", "odbl", "pddl",
    }
)  # fmt: skip
"""Ids of licences that Hugging Face knows."""

_TABLE = ".csv"
"""The files of a split with this suffix are tables with columns of their own."""

_DEFAULT = "default"
_LISTED = 12
"""Among more files than that nothing is found by names."""


def licence_lines(tally: SetTally) -> Iterator[str]:
    """The licences, where every document tells one that Hugging Face knows."""
    told = [None if name is None else _licence_id(name) for name in tally.licences]
    known = sorted({name for name in told if name is not None and name in _LICENCES})
    if not known or None in told or len(known) < len(set(told)):
        return
    if len(known) == 1:
        yield f"license: {known[0]}"
        return
    yield "license:"
    yield from (f"- {name}" for name in known)


def _licence_id(name: str) -> str:
    return "-".join(name.lower().split())


def task_lines(mentions: int) -> Iterator[str]:
    """What the data is good for, where there are mentions in it."""
    if mentions:
        yield from ("task_categories:", "- token-classification")
        yield from ("task_ids:", "- named-entity-recognition")


def feature_lines(known: Format, context: ExportContext) -> Iterator[str]:
    """The columns of the rows, so that tags come as class labels; nothing where values tell."""
    if known.columns is None:
        return
    yield from ("dataset_info:", "  features:")
    for name, about in known.columns(context).items():
        yield f"  - name: {name}"
        yield from (f"    {line}" for line in _feature(about))


def _feature(about: JsonObject) -> Iterator[str]:
    """A column in the short form of cards."""
    inner = about.get("feature")
    if inner is None:
        yield f"dtype: {about['dtype']}"
    elif "dtype" in inner:
        yield f"sequence: {inner['dtype']}"
    else:
        yield from ("sequence:", "  class_label:", "    names:")
        for number, tag in enumerate(inner["names"]):
            yield f"      '{number}': {json.dumps(tag, ensure_ascii=False)}"


def config_lines(known: Format, files: Sequence[ManifestFile], tally: SetTally) -> Iterator[str]:
    """Which files hold the data of each split, where Hugging Face can read them."""
    configs = _configs(known, files, tally)
    if not configs:
        yield "viewer: false"
        return
    yield "configs:"
    for number, (config, splits) in enumerate(sorted(configs.items(), key=_by_layer)):
        yield f"- config_name: {config}"
        if len(configs) > 1 and number == 0:
            yield "  default: true"
        yield "  data_files:"
        for split, paths in splits.items():
            yield f"  - split: {split}"
            yield from _paths(paths)


def can_be_loaded(known: Format, files: Sequence[ManifestFile], tally: SetTally) -> bool:
    """Whether `load_dataset` reads the data by the head of its card."""
    return bool(_configs(known, files, tally))


def _configs(
    known: Format, files: Sequence[ManifestFile], tally: SetTally
) -> dict[str, dict[str, list[str]]]:
    """The files that can be read, by config and split."""
    # Else losses and features beside the data would be taken for data.
    suffixes = tuple(suffix for suffix in known.suffixes if suffix in _READ)
    names = [file.name for file in files if suffixes and file.name.endswith(suffixes)]
    configs: dict[str, dict[str, list[str]]] = {}
    for name in names if len(names) <= _LISTED and not known.is_file_each else ():
        config, split = _config_of(name), _split_of(name)
        if _has_rows(config, split, tally):
            split = split or DataSplit.TRAIN.value  # undivided data is for training
            configs.setdefault(config, {}).setdefault(split, []).append(name)
    return configs


def _paths(paths: Sequence[str]) -> Iterator[str]:
    told = [json.dumps(path, ensure_ascii=False) for path in paths]
    if len(told) == 1:
        yield f"    path: {told[0]}"
        return
    yield "    path:"
    yield from (f"    - {path}" for path in told)


def _config_of(name: str) -> str:
    path = PurePosixPath(name)
    return path.stem if path.suffix == _TABLE else _DEFAULT


def _split_of(name: str) -> str | None:
    """The split that a file or its folder is named for."""
    path = PurePosixPath(name)
    names = {split.value for split in DataSplit} & {path.stem, *path.parts[:-1]}
    return next(iter(names), None)


def _has_rows(config: str, split: str | None, tally: SetTally) -> bool:
    """Whether there is more than titles in a table; one without rows cannot be loaded."""
    if config not in LAYERS:
        return True
    return bool(tally.total(config) if split is None else tally.of(config, split).total())


def _by_layer(config: tuple[str, object]) -> int:
    name, _ = config
    return LAYERS.index(name) if name in LAYERS else len(LAYERS)
