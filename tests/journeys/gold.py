"""The gold records that the journeys make again: the design's example and our own sample."""

import os
from pathlib import Path

import orjson

from annotator.formats.gold_read import read_gold
from annotator.workbench.clock import system_clock
from annotator.workbench.importing import Importer, find_files
from annotator.workbench.projects import create_project

SHARED = Path(os.environ.get("NISHAN_SHARED", Path(__file__).parents[3] / "shared"))
EXAMPLE = SHARED / "design" / "gold.example.jsonl"
SAMPLE = Path(__file__).parents[2] / "resources" / "samples" / "01-water.gold.jsonl"


def gold_record(path):
    """The first record of a gold file, as JSON."""
    return orjson.loads(path.read_bytes().split(b"\n", 1)[0])


def given_annotations(path):
    """The first record of a gold file, as values."""
    *_, bundle = read_gold([path.read_bytes().split(b"\n", 1)[0]])
    return bundle.sets[0].annotations


def project_with_text(folder, name, text):
    """A project that holds one imported text file."""
    source = folder / f"{name}.txt"
    source.write_bytes(text.encode("utf-8"))
    path = folder / "journey.nishan"
    with create_project(path, clock=system_clock, annotator="نیشانەکەر") as project:
        report = Importer(project, system_clock).run(find_files([source]))
    assert report.imported == (name,)
    return path
