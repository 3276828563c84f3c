"""The report on a problem: what one sends to whoever looks after the program, as plain text.

Everything in it is about the program: versions, settings, counts, the log and the stacks of
crashes. The text of an article comes into it only when somebody wants that, and nothing is sent
anywhere.
"""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import asdict

from annotator import __version__
from annotator.formats.base import (
    Bundle,
    ExportContext,
    JsonObject,
    SegmentedBundle,
    SetContent,
    Tokenizer,
)
from annotator.formats.gold_record import canonical_bytes
from annotator.formats.gold_schema import load_gold_schema
from annotator.formats.gold_write import gold_records
from annotator.foundation.catalogue import Catalogue, without_isolates
from annotator.foundation.errors import AnnotatorError
from annotator.foundation.logs import last_log_lines, logs_folder
from annotator.foundation.redaction import told
from annotator.foundation.sessions import kept_crashes
from annotator.foundation.settings import Settings
from annotator.kurdish.tokens import TOKENIZER_ID, TOKENIZER_VERSION
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import stamp
from annotator.workbench.open_document import OpenDocument
from annotator.workbench.projects import facts_of
from annotator.workbench.versions import program_versions

LOG_LINES = 200
REPORT_NAME: Final = "nishan-report-{day}.txt"
_SHORTEST_NAME = 2
"""A shorter user name would be found inside other words."""


class ReportFacts(Struct, frozen=True, kw_only=True):
    """What a report is made of besides log and crashes.

    `toolkit` names versions only the window knows; `project` is None where none is open.
    """

    settings: Settings
    moment: datetime
    toolkit: Mapping[str, str]
    project: ProjectFile | None = None


def report_name(moment: datetime) -> str:
    """The file name that is proposed for a report."""
    return REPORT_NAME.format(day=stamp(moment)[:10])


def report_text(
    catalogue: Catalogue, facts: ReportFacts, *, document: OpenDocument | None = None
) -> str:
    """The report; with the text and the annotations of `document` where one is given."""
    text = catalogue.text
    sections = [
        (text("report.section.versions"), _pairs(_versions(facts))),
        (text("report.section.settings"), _pairs(_settings(facts.settings))),
        (text("report.section.project"), _guarded(lambda: _pairs(_counts(facts.project)))),
        (text("report.section.crashes"), _crashes()),
        (text("report.section.log"), list(last_log_lines(LOG_LINES))),
    ]
    none = text("report.none")
    lines = [text("report.heading")]
    for title, content in sections:
        lines += ["", f"== {title} ==", *(content or [none])]
    discreet = without_user(without_isolates("\n".join(lines)))
    if document is None:
        return f"{discreet}\n\n{text('report.without_text')}\n"
    record = "\n".join(_guarded(lambda: _gold_of(document)))
    return f"{discreet}\n\n== {text('report.section.text')} ==\n{record}\n"


def without_user(text: str) -> str:
    """The text without the name of who is logged in and the folders that are theirs."""
    home = str(Path.home())
    if len(home) > len("/x"):
        text = text.replace(home, "~").replace(home.replace("\\", "\\\\"), "~")
    name = _user_name()
    if len(name) <= _SHORTEST_NAME:
        return text
    return text.replace(f"/{name}/", "/~/").replace(f"\\{name}\\", "\\~\\")


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _versions(facts: ReportFacts) -> Mapping[str, str]:
    return {"report": stamp(facts.moment), **program_versions(), **facts.toolkit}


def _settings(settings: Settings) -> Mapping[str, object]:
    values = asdict(settings)
    return {name: v.value if isinstance(v, Enum) else v for name, v in values.items()}


def _counts(project: ProjectFile | None) -> Mapping[str, object]:
    """How much is in the project, and how it is open: numbers and yes or no, no names."""
    if project is None:
        return {}
    facts = facts_of(project)
    return {
        "is_read_only": project.is_read_only,
        "is_broken": project.is_broken,
        "documents": facts.documents,
        "characters": facts.characters,
        "annotators": len(facts.annotators),
        **{f"sets_{status}": number for status, number in facts.sets.items()},
        "mentions": facts.mentions,
        "events": facts.events,
        "quotes": facts.quotes,
    }


def _crashes() -> list[str]:
    lines: list[str] = []
    for crash in kept_crashes(logs_folder()):
        lines += [crash.heading, *(f"    {line}" for line in crash.stack.splitlines())]
    return lines


def _gold_of(opened: OpenDocument) -> list[str]:
    """The open document as one gold record, as far as the work on it is."""
    content = SetContent(opened.header, opened.annotations)
    item = SegmentedBundle(Bundle(opened.document, (content,)), opened.segmentation)
    records: Iterable[JsonObject] = gold_records([item], _context(opened), load_gold_schema())
    return [canonical_bytes(record).decode() for record in records]


def _context(opened: OpenDocument) -> ExportContext:
    return ExportContext(
        scheme=opened.scheme,
        tokenizer=Tokenizer(TOKENIZER_ID, TOKENIZER_VERSION),
        tool_version=__version__,
        is_reproducible=False,
        is_draft=True,
    )


def _guarded(make: Callable[[], list[str]]) -> list[str]:
    """Lines, or why there are none: a report is most needed where something is damaged."""
    try:
        return make()
    except AnnotatorError as error:
        return [told(error)]


def _pairs(values: Mapping[str, object]) -> list[str]:
    return [f"{name}: {value}" for name, value in values.items()]
