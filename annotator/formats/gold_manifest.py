"""The manifest beside a gold export: what is in it, how much of each, and how to prove it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import asdict

from annotator.core.scheme import Guideline
from annotator.core.set_header import SetHeader
from annotator.formats.base import (
    ExportContext,
    JsonObject,
    JsonValue,
    Note,
    SegmentedBundle,
)
from annotator.formats.gold_record import (
    TOOL,
    VERSION,
    canonical_bytes,
    content_sha256,
    guideline_identity,
    scheme_identity,
)
from annotator.formats.gold_write import readable_bytes
from annotator.formats.set_tally import layer_labels

FORMAT = "ckb-gold-manifest"
SPLITS = ("train", "dev", "test")
_OF_A_SET = ("annotators", "adjudicator", "derived_from")


class ManifestFile(Struct, frozen=True):
    """One file of the export: its name, the records in it, its size in bytes and its SHA-256.

    `records` is None of one of several files that hold the records together, and `held` is the set
    of which a file tells the annotations, where it is one alone.
    """

    name: str
    records: int | None
    size: int
    sha256: str
    held: SetHeader | None = None

    def as_json(self) -> JsonObject:
        """The file as the manifest lists it."""
        told = asdict(self)
        del told["held"]
        if self.held is None:
            return told
        header = asdict(self.held)
        whose = {name: header[name] for name in ("id", "kind", *_OF_A_SET)}
        return {**told, "doc_id": self.held.document, "set": {**whose, "kind": whose["kind"].value}}


class GoldTally(Struct):
    """Counts over the records of an export, taken as they stream by."""

    documents: dict[str, str | None] = field(default_factory=dict)
    """Every document's id with its split."""
    contents: list[JsonObject] = field(default_factory=list)
    """Document, set and content hash of every record."""
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    """How often each label, type and role occurs, by layer."""

    def add(self, record: JsonObject) -> None:
        """Count one record."""
        identifier = record["doc_id"]
        self.documents[identifier] = record["doc"]["split"]
        self.contents.append(
            {
                "doc_id": identifier,
                "set": record["set"]["id"],
                "content_sha256": content_sha256(record),
            }
        )
        self._count("mentions", (mention["label"] for mention in record["mentions"]))
        self._count("entities", (entity["label"] for entity in record["entities"]))
        self._count("events", (event["type"] for event in record["events"]))
        self._count("quotes", (quote["type"] for quote in record["quotes"]))
        roles = (a["role"] for event in record["events"] for a in event["arguments"])
        self._count("arguments", roles)

    def add_item(self, item: SegmentedBundle) -> None:
        """Count a document with its sets of which no record is made; they have no hashes."""
        document = item.bundle.document
        self.documents[document.id] = document.metadata.split
        for content in item.bundle.sets:
            self.contents.append({"doc_id": document.id, "set": content.header.id})
            for layer, labels in layer_labels(content.annotations).items():
                self._count(layer, labels)

    def _count(self, layer: str, labels: Iterable[str]) -> None:
        self.counts.setdefault(layer, Counter()).update(labels)

    def layers(self) -> JsonObject:
        """Totals and counts per label of each layer, labels in alphabetical order."""
        return {
            layer: {"total": labels.total(), "labels": dict(sorted(labels.items()))}
            for layer, labels in self.counts.items()
        }

    def splits(self) -> JsonObject:
        """The ids of the documents in each split, in order; ``none`` lists those without one."""
        return {
            split or "none": sorted(d for d, told in self.documents.items() if told == split)
            for split in (*SPLITS, None)
        }


def build_manifest(
    tally: GoldTally,
    context: ExportContext,
    *,
    scheme: JsonObject,
    files: Sequence[ManifestFile],
    options: Mapping[str, JsonValue],
    dropped: Sequence[Note] = (),
    created: str | None = None,
) -> JsonObject:
    """The manifest of an export.

    `scheme` is the scheme as JSON, copied in whole; `options` are what the user chose; `created`
    is UTC in ISO 8601 and left out (null) of a reproducible export.
    """
    return {
        "format": FORMAT,
        "version": VERSION,
        "tool": TOOL,
        "tool_version": context.tool_version,
        "created": None if context.is_reproducible else created,
        "tokenizer": {"id": context.tokenizer.id, "version": context.tokenizer.version},
        "scheme": {**scheme_identity(context.scheme), "copy": scheme},
        "guideline": _guideline(context.scheme.guideline),
        "documents": len(tally.documents),
        "records": len(tally.contents),
        "layers": tally.layers(),
        "splits": tally.splits(),
        "options": dict(options),
        "dropped": [{"key": note.key, "values": dict(note.values)} for note in dropped],
        "files": [file.as_json() for file in sorted(files, key=lambda file: file.name)],
        "contents": sorted(tally.contents, key=lambda said: (said["doc_id"], said["set"])),
    }


def guideline_sha256(guideline: Guideline) -> str:
    """The fingerprint of a guideline: of its canonical JSON."""
    return hashlib.sha256(canonical_bytes(_guideline_said(guideline))).hexdigest()


def _guideline(guideline: Guideline) -> JsonObject:
    """The guideline in whole, with the hash of its canonical JSON."""
    return {**_guideline_said(guideline), "sha256": guideline_sha256(guideline)}


def _guideline_said(guideline: Guideline) -> JsonObject:
    note = {"ckb": guideline.note.ckb, "en": guideline.note.en}
    return {**guideline_identity(guideline), "note": note}


def manifest_bytes(manifest: JsonObject) -> bytes:
    """The manifest as it is written to ``manifest.json``: indented, in the order built."""
    return readable_bytes(manifest)
