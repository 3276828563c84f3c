"""Events for the extractors of the ACE family: TextEE and OneIE, an instance a line.

Both count tokens, half-open, from the start of the instance. OneIE also wants ``pieces`` and
``token_lens``, which only the tokenizer of its model can tell; they are added before training.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from msgspec import Struct

from annotator.formats.base import (
    ExportContext,
    ExportReport,
    Format,
    Holds,
    JsonObject,
    SegmentedBundle,
    WriteBundles,
)
from annotator.formats.event_instances import (
    ACE_LEVELS,
    WINDOW,
    Instance,
    WrittenMention,
    instances_of,
)
from annotator.formats.set_documents import SetDocument, SetDocuments
from annotator.formats.token_view import NESTING, TokenRun

LANGUAGE = "ckb"


class _Line(Struct, frozen=True):
    """An instance as JSON. Its words are cut out of the text, so spaces stay as they are."""

    each: SetDocument
    words: list[str]
    instance: Instance
    number: int
    is_textee: bool

    def json(self) -> JsonObject:
        run = self.instance.run
        name = f"{self.each.name}-{self.number}"
        text = self._text(run)
        if self.is_textee:
            head = {"doc_id": self.each.name, "wnd_id": name, "text": text, "lang": LANGUAGE}
        else:
            head = {"doc_id": self.each.name, "sent_id": name, "wnd_id": name, "sentence": text}
        return {
            **head,
            "tokens": self.words[run.first : run.last],
            "entity_mentions": [self._mention(one) for one in self.instance.mentions],
            "relation_mentions": [],
            "event_mentions": [
                {
                    "id": f"{self.each.name}-{one.event.id}",
                    "event_type": one.event.type,
                    "trigger": self._place(one.trigger),
                    "arguments": [self._argument(role, who) for role, who in one.arguments],
                }
                for one in self.instance.events
            ],
        }

    def _mention(self, one: WrittenMention) -> JsonObject:
        """A mention. Its entity is all of ``entity_id`` up to the last hyphen, as OneIE has it."""
        name = one.id.removeprefix(f"{self.each.name}-")
        entity = name if one.entity is None else one.entity
        return {
            "id": one.id,
            "entity_id": f"{self.each.name}-{entity}-{name}",
            "entity_type": one.label,
            "entity_subtype": one.label,
            "mention_type": one.level,
            **self._place(one.run),
        }

    def _argument(self, role: str, filler: WrittenMention) -> JsonObject:
        said: JsonObject = {"entity_id": filler.id, "role": role}
        place = self._place(filler.run)
        return {**said, **place} if self.is_textee else {**said, "text": place["text"]}

    def _place(self, run: TokenRun) -> JsonObject:
        first = self.instance.run.first
        return {"text": self._text(run), "start": run.first - first, "end": run.last - first}

    def _text(self, run: TokenRun) -> str:
        tokens = self.each.segmentation.tokens
        return self.each.document.text[tokens[run.first].start : tokens[run.last - 1].end]


def _lines(each: SetDocument, context: ExportContext, is_textee: bool) -> Iterator[_Line]:
    words = each.words
    for number, instance in enumerate(instances_of(each, context)):
        yield _Line(each, words, instance, number, is_textee)


def _writer(*, is_textee: bool) -> WriteBundles:
    def write(
        items: Iterable[SegmentedBundle], target: BinaryIO, context: ExportContext
    ) -> ExportReport:
        sets = SetDocuments(items, context.lose)
        lines = (line.json() for each in sets for line in _lines(each, context, is_textee))
        return sets.write_lines(lines, target)

    return write


_HOLDS = frozenset({Holds.LEVELS, Holds.ENTITIES, Holds.EVENTS})
_OPTIONS = (WINDOW, NESTING, ACE_LEVELS)

TEXTEE = Format(
    id="textee",
    title="formats.title_textee",
    suffixes=(".jsonl", ".json"),
    write=_writer(is_textee=True),
    holds=_HOLDS,
    options=_OPTIONS,
)
ONEIE = Format(
    id="oneie",
    title="formats.title_oneie",
    suffixes=(".jsonl", ".json"),
    write=_writer(is_textee=False),
    holds=_HOLDS,
    options=_OPTIONS,
)
