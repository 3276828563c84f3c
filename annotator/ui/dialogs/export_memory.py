"""The format, its options and the split of the last export, as the settings remember them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress

from msgspec import Struct, field
from PySide6.QtCore import QSettings

from annotator.core.splits import Shares
from annotator.foundation.errors import Refused
from annotator.workbench.exporting import ExportChoices, SplitChoices

EXPORT_SETTING = "export/last"


class LastExport(Struct, frozen=True):
    """What an export begins with. `format` is an id; the settings may name one that is gone."""

    format: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    split: SplitChoices | None = None


def last_export() -> LastExport:
    """What was chosen last; whatever of it cannot be understood is as if never chosen."""
    stored: object = None
    with suppress(ValueError):
        stored = json.loads(str(QSettings().value(EXPORT_SETTING) or "{}"))
    if not isinstance(stored, dict):
        return LastExport()
    options = stored.get("options")
    told = options.items() if isinstance(options, dict) else ()
    return LastExport(
        format=str(stored.get("format", "")),
        options={name: value for name, value in told if isinstance(value, str)},
        split=_split(stored.get("split")),
    )


def remember_export(choices: ExportChoices) -> None:
    """Begin the next export with the same format, options and split."""
    told: dict[str, object] = {"format": choices.format.id, "options": dict(choices.options)}
    if choices.split is not None:
        shares = choices.split.shares
        told["split"] = {
            "shares": f"{shares.train}/{shares.dev}/{shares.test}",
            "seed": choices.split.seed,
            "ignores_given": choices.split.ignores_given,
        }
    QSettings().setValue(EXPORT_SETTING, json.dumps(told))


def _split(stored: object) -> SplitChoices | None:
    if not isinstance(stored, dict):
        return None
    seed = stored.get("seed")
    with suppress(Refused):
        return SplitChoices(
            Shares.parse(str(stored.get("shares", ""))),
            seed if type(seed) is int else 0,
            ignores_given=stored.get("ignores_given") is True,
        )
    return None
