"""The acts that `tests.bench.formats` times, each on the files of a folder with its own clock."""

from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from time import perf_counter

import apsw
import orjson

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Coverage, SetStatus, StatusRecord
from annotator.core.document import Document, Source
from annotator.core.edits import Change, Edit
from annotator.core.ids import AnnotatorId, DocumentId, SetId
from annotator.core.set_header import SetHeader, SetKind
from annotator.formats.base import Bundle, ExportContext, SegmentedBundle, SetContent, Tokenizer
from annotator.formats.gold_read import read_gold
from annotator.formats.gold_write import write_gold
from annotator.formats.registry import format_by_id
from annotator.kurdish.segmentation import segment
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import system_clock
from annotator.workbench.exporting import ExportChoices, Exporter
from annotator.workbench.import_report import ImportChoices
from annotator.workbench.importing import Importer, find_files
from annotator.workbench.projects import create_project
from annotator.workbench.schemes import DEFAULT_SCHEME, read_scheme_text, scheme_from_text
from tests.bench.page_project import annotations, article

POINTS, ANNOTATIONS = 1_150, 34
"""Code points of a document, which are 2 KB in UTF-8, and its annotations."""

STATUS = StatusRecord(SetStatus.COMPLETE, Coverage.COMPLETE, Coverage.COMPLETE, Coverage.COMPLETE)
CORPUS, PROJECT = "corpus.jsonl", "bench.nishan"


def items(count):
    """Annotated documents, one after the other: as many texts as there are documents."""
    whole = article(POINTS + 97 * 1_000)
    for number in range(count):
        first = 97 * (number % 1_000)
        text = f"{number} - " + whole[first : first + POINTS].replace("\r", "")
        segmentation = segment(text)
        changes = (*annotations(segmentation, ANNOTATIONS), Change(None, STATUS))
        made = AnnotationSet().apply(Edit("edit.import", changes))
        identifier = DocumentId(f"d{number:06}")
        source = Source(f"{identifier}.txt", "0" * 64, newline="lf")
        header = SetHeader(SetId("a1"), identifier, SetKind.ANNOTATOR, (AnnotatorId("a1"),), "", "")
        document = Document(identifier, text, source)
        yield SegmentedBundle(Bundle(document, (SetContent(header, made),)), segmentation)


def make(folder, count):
    """Write the corpus that all acts begin with."""
    with (folder / CORPUS).open("wb") as stream:
        write_gold(items(count), stream, _context())


def _context():
    scheme = scheme_from_text(read_scheme_text(DEFAULT_SCHEME))
    return ExportContext(scheme, Tokenizer("ckb-regex", "1.0.0"), "1.0.0", is_reproducible=True)


@dataclass
class Clock:
    """Adds up the time between `start` and `stop`, for acts that prepare in between.

    It is the time on the wall: an act may use several processors. So nothing else should run.
    """

    seconds: float = 0.0
    began: float = 0.0

    def start(self):
        self.began = perf_counter()

    def stop(self):
        self.seconds += perf_counter() - self.began


def lines(folder):
    with (folder / CORPUS).open("rb") as stream:
        yield from stream


def floor_write(folder, clock):
    """Encode the records of the corpus and write them."""
    with (folder / "floor.jsonl").open("wb") as stream:
        for line in lines(folder):
            record = orjson.loads(line)
            clock.start()
            stream.write(
                orjson.dumps(record, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
            )
            clock.stop()


def floor_insert(folder, clock):
    """Insert the rows of the imported project into an empty one."""
    source = apsw.Connection(str(folder / PROJECT), flags=apsw.SQLITE_OPEN_READONLY)
    target = apsw.Connection(str(folder / "floor.nishan"))
    target.execute("PRAGMA synchronous=FULL")
    tables = ("documents", "annotation_sets", "annotations", "journal")
    marks = {}
    for name in tables:
        [sql] = source.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchall()
        target.execute(sql[0])
        columns = len(source.execute(f"SELECT * FROM {name} LIMIT 1").fetchall()[0])
        marks[name] = ",".join("?" * columns)
    with target:
        for name in tables:
            rows = source.execute(f"SELECT * FROM {name}")
            while some := [row for _, row in zip(range(1_000), rows, strict=False)]:
                clock.start()
                target.executemany(f"INSERT INTO {name} VALUES ({marks[name]})", some)
                clock.stop()
        clock.start()
    clock.stop()


def import_gold(folder, clock):
    """Import the corpus into a new project."""
    project = create_project(folder / PROJECT, clock=system_clock, annotator="bench")
    with project:
        clock.start()
        Importer(project, system_clock).run(find_files([folder / CORPUS]))
        clock.stop()


def export_gold(folder, clock):
    """Export the project as gold."""
    with ProjectFile.open(folder / PROJECT) as project:
        clock.start()
        Exporter(project, system_clock).export_gold(folder / "out.jsonl", ExportChoices())
        clock.stop()


def gold_write(folder, clock):
    """Write documents that are in memory as gold: what `docbin write` does with its own."""
    context, count = _context(), len(list(lines(folder)))
    with (folder / "again.jsonl").open("wb") as stream:
        made = items(count)
        while some := list(islice(made, 100)):
            for item in some:
                assert item.segmentation.tokens  # found before, like the tokens of the peer
            clock.start()
            write_gold(some, stream, context)
            clock.stop()


def gold_read(folder, clock):
    """Read gold into documents in memory: what `docbin read` does with its own."""
    with (folder / CORPUS).open("rb") as stream:
        clock.start()
        found = sum(isinstance(item, Bundle) for item in read_gold(stream))
        clock.stop()
    assert found


def _vocabulary():
    import spacy  # noqa: PLC0415  # takes a second, and only two acts need it

    return spacy.blank("xx").vocab


def docbin_write(folder, clock):
    """Make spaCy's documents of the same tokens, entities, triggers and quotes, and save them."""
    from spacy.tokens import Doc, DocBin, Span  # noqa: PLC0415

    vocabulary = _vocabulary()
    saved = DocBin(store_user_data=True)
    for line in lines(folder):
        record = orjson.loads(line)
        clock.start()
        text, tokens = record["text"], record["tokens"]
        words = [token["text"] for token in tokens]
        spaces = [text[token["end"] : token["end"] + 1] == " " for token in tokens]
        made = Doc(vocabulary, words=words, spaces=spaces)
        for group, layer, part in (
            ("mentions", "mentions", None), ("events", "events", "trigger"),
            ("quotes", "quotes", "content"),
        ):  # fmt: skip
            made.spans[group] = [
                Span(made, place["token_start"], place["token_end"],
                     label=one.get("label") or one["type"])
                for one in record[layer]
                for place in [one if part is None else one[part]]
            ]  # fmt: skip
        saved.add(made)
        clock.stop()
    clock.start()
    saved.to_disk(folder / "peer.spacy")
    clock.stop()


def docbin_read(folder, clock):
    """Load what `docbin_write` saved, and make the documents."""
    from spacy.tokens import DocBin  # noqa: PLC0415

    vocabulary = _vocabulary()
    clock.start()
    loaded = DocBin(store_user_data=True).from_disk(folder / "peer.spacy")
    count = sum(1 for _ in loaded.get_docs(vocabulary))
    clock.stop()
    assert count


ACTS = {
    "floor write": floor_write,
    "docbin write": docbin_write,
    "docbin read": docbin_read,
    "gold import": import_gold,
    "floor insert": floor_insert,
    "gold export": export_gold,
    "gold write": gold_write,
    "gold read": gold_read,
}


def act_of(name):
    """The function of an act; of a format besides gold it is its export or import."""
    if name in ACTS:
        return ACTS[name]
    identifier, way = name.rsplit(" ", 1)
    known = format_by_id(identifier)
    return lambda folder, clock: _other(folder, clock, known, way)


def _other(folder, clock, known, way):
    if known.needs is not None:
        import_module(known.needs)  # as the peer is loaded before its clock starts
    target = folder / f"out-{known.id}"
    if known.write is not None:
        target = target.with_suffix(known.suffixes[0])
    if way == "export":
        with ProjectFile.open(folder / PROJECT) as project:
            clock.start()
            Exporter(project, system_clock).export(target, ExportChoices(format=known))
            clock.stop()
        return
    path = folder / f"again-{known.id}.nishan"
    with create_project(path, clock=system_clock, annotator="bench") as project:
        clock.start()
        choices = ImportChoices(format_id=known.id, present="bench")
        Importer(project, system_clock).run(find_files([target]), choices)
        clock.stop()
