"""Every format at work: what it needs is loaded only with it, and may be missing in a bundle."""

from __future__ import annotations

from pathlib import Path

from annotator.formats.base import Format
from annotator.formats.gold_write import GOLD
from annotator.foundation.errors import AnnotatorError, UserError
from annotator.foundation.logs import log_error
from annotator.selftest.checks import Facts
from annotator.workbench.clock import system_clock
from annotator.workbench.converting import ConvertChoices, convert
from annotator.workbench.demo import annotated_file
from annotator.workbench.format_offers import format_offers


def check_formats(folder: Path) -> Facts:
    """The annotated sample goes out in every format, and comes back from those that are read.

    What needs a package that is no part of the program is left out.
    """
    written, faults = 0, []
    for offer in format_offers():
        if offer.format.needs is None:
            written += 1
            faults += _fault(offer.format, folder)
    if faults:
        raise UserError("selftest.formats", faults="; ".join(faults))
    return {"formats": written}


def _fault(known: Format, folder: Path) -> list[str]:
    """What went wrong with one format, named so that somebody who mends it knows where."""
    target = folder / known.id
    try:
        out = convert(
            annotated_file(), target, ConvertChoices(target_format=known.id), system_clock
        )
        if known.can_read:
            back = ConvertChoices(source_format=known.id, target_format=GOLD.id)
            out = convert(target, folder / f"{known.id}.jsonl", back, system_clock)
    except AnnotatorError as error:
        return [f"{known.id} ({error.key})"]
    except Exception as error:  # whatever is broken here is what the check is for
        log_error(error, "told", is_expected=True)
        return [f"{known.id} ({type(error).__name__}: {error})"]
    return [] if out.sets and out.mentions and not out.refused else [known.id]
