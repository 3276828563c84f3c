"""Findings about gold records as they stand in a file, before they are values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from itertools import starmap
from operator import itemgetter
from types import MappingProxyType

from msgspec import Struct

from annotator.core.document import Segmentation
from annotator.core.span import Span
from annotator.formats.base import JsonObject
from annotator.formats.gold_schema import Path, path_text

_EDGES = itemgetter("start", "end")
_NO_VALUES: Mapping[str, object] = MappingProxyType({})


class Severity(Enum):
    """Errors are damage or break the format; warnings tell what a reader leaves out."""

    ERROR = "E"
    WARNING = "W"


class GoldFinding(Struct, frozen=True):
    """What one rule says about one record.

    `document` and `annotation` are the ids as far as they can be read; `rule` is a number of
    `validation.md` (``V03``), or ``json``, ``version`` or ``schema``. `key` and `values` render by
    the catalogue. `line` is the line of a JSONL file.
    """

    document: str | None
    annotation: str | None
    rule: str
    severity: Severity
    key: str
    values: Mapping[str, object]
    line: int | None = None


class Anchored(Struct, frozen=True):
    """One span object of a record, with the annotation that it belongs to and its path."""

    annotation: str
    path: Path
    value: JsonObject

    @property
    def span(self) -> tuple[int, int]:
        """Its start and end, which may be wrong."""
        return self.value["start"], self.value["end"]

    @property
    def pieces(self) -> list[JsonObject]:
        """Its fragments, or itself where it is contiguous."""
        return self.value.get("fragments") or [self.value]


class RawRecord(Struct, frozen=True):
    """A record that obeys both schemas; whether it is true is for the rules to find out."""

    record: JsonObject
    line: int | None = None

    @property
    def text(self) -> str:
        """The text of the document."""
        text: str = self.record["text"]
        return text

    @property
    def document(self) -> str:
        """The id of the document."""
        identifier: str = self.record["doc_id"]
        return identifier

    def finding(
        self,
        rule: str,
        key: str,
        *,
        path: Path,
        annotation: str | None = None,
        values: Mapping[str, object] = _NO_VALUES,
    ) -> GoldFinding:
        """An error in this record at a path; sentences may name document, annotation and place."""
        said = {
            "document": self.document,
            "annotation": annotation or "",
            "place": path_text(path),
            **values,
        }
        return GoldFinding(
            self.document, annotation, rule, Severity.ERROR, f"formats.{key}", said, self.line
        )

    def segmentation(self) -> Segmentation:
        """Tokens, sentences and paragraphs; V02 has found that none is empty or reversed."""
        tokens, sentences, paragraphs = (
            tuple(starmap(Span, map(_EDGES, self.record[name])))
            for name in ("tokens", "sentences", "paragraphs")
        )
        return Segmentation(tokens, sentences, paragraphs)

    def anchored(self) -> Iterator[Anchored]:
        """Every span that carries its text: of mentions, events and quotes."""
        for index, mention in enumerate(self.record["mentions"]):
            yield Anchored(mention["id"], ("mentions", index), mention)
        for index, event in enumerate(self.record["events"]):
            here: Path = ("events", index)
            yield Anchored(event["id"], (*here, "trigger"), event["trigger"])
            for number, argument in enumerate(event["arguments"]):
                yield from _filled(event["id"], (*here, "arguments", number), argument)
        for index, quote in enumerate(self.record["quotes"]):
            yield from _quote_spans(quote, ("quotes", index))


def _quote_spans(quote: JsonObject, here: Path) -> Iterator[Anchored]:
    yield Anchored(quote["id"], (*here, "content"), quote["content"])
    if quote["cue"] is not None:
        yield Anchored(quote["id"], (*here, "cue"), quote["cue"])
    yield from _filled(quote["id"], (*here, "speaker"), quote["speaker"])
    for number, party in enumerate(quote["addressees"]):
        yield from _filled(quote["id"], (*here, "addressees", number), party)


def _filled(annotation: str, here: Path, filler: JsonObject) -> Iterator[Anchored]:
    if filler["span"] is not None:
        yield Anchored(annotation, (*here, "span"), filler["span"])
