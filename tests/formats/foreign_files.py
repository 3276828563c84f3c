"""Reads files of other programs as tests write them down, and tells what came of it in short."""

import io
import json

from annotator.core.annotations import Event, Mention, Quote, anchor_of
from annotator.formats.base import Bundle, ReadOptions


def read_bytes(known, data, source="file.json", **options):
    """The bundles and the problems of a file."""
    items = list(known.read(io.BytesIO(data), ReadOptions(source, **options)))
    bundles = [item for item in items if isinstance(item, Bundle)]
    return bundles, [item for item in items if not isinstance(item, Bundle)]


def lines(*records):
    """JSON lines."""
    return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in records)


def told(problems):
    """The keys of problems, those of warnings in brackets."""
    keys = [(problem.key.removeprefix("formats."), problem.is_refusal) for problem in problems]
    return [key if is_refusal else f"({key})" for key, is_refusal in keys]


def said(bundle, number=0):
    """The annotations of a set: id, label or type, and words."""
    found = []
    for record in bundle.sets[number].annotations.records.values():
        if isinstance(record, Mention | Event | Quote):
            label = record.label if isinstance(record, Mention) else record.type
            words = anchor_of(record).of(bundle.document.text)
            found.append((record.id, getattr(label, "value", label), words))
    return found
