"""Projects for the benchmarks: self-made Sorani articles of a given size with annotations."""

from dataclasses import dataclass
from itertools import cycle, islice

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Argument, Event, Mention, MentionTarget, Quote, QuoteType
from annotator.core.document import Segmentation
from annotator.core.edits import Change, Edit
from annotator.core.ids import RecordId
from annotator.core.span import Fragments
from annotator.foundation.paths import resource
from annotator.workbench.clock import system_clock
from annotator.workbench.importing import Importer, find_files
from annotator.workbench.projects import create_project
from annotator.workbench.workspace import open_workspace


@dataclass(frozen=True)
class Size:
    """How many code points a document has and how many annotations."""

    name: str
    points: int
    annotations: int


SIZES = (
    Size("2 KB, 25", 2_000, 25),
    Size("20 KB, 300", 20_000, 300),
    Size("200 KB, 3,000", 200_000, 3_000),
    Size("1 MB, 15,000", 1_000_000, 15_000),
)


def article(points: int) -> str:
    """The sample articles over and over, every paragraph told apart by a number of its own."""
    samples = sorted(resource("samples").glob("*.txt"))
    paragraphs = [
        line for path in samples for line in path.read_text("utf-8").splitlines() if line.strip()
    ]
    lines, length = [], 0
    for number, paragraph in enumerate(cycle(paragraphs), 1):
        line = f"{number} - {paragraph}"
        lines.append(line)
        length += len(line) + 1
        if length >= points:
            return "\n".join(lines)[:points]
    raise AssertionError


def annotations(segmentation: Segmentation, count: int) -> tuple[Change, ...]:
    """Of ten annotations eight are mentions, one an event on two of them and one a quote."""
    words = [token for token in segmentation.tokens if len(token) > 2]
    step = max(len(words) // (count + 1), 1)
    places = list(islice(words[::step], count))
    sentences = segmentation.sentences[:: max(len(segmentation.sentences) // (count // 10 + 1), 1)]
    made, labels = [], cycle(("PER", "ORG", "GPE"))
    for number, place in enumerate(places, 1):
        match number % 10:
            case 8:
                pair = (f"T{number - 1}", f"T{number - 3}")
                arguments = tuple(Argument("Participant", MentionTarget(RecordId(i))) for i in pair)
                trigger = Fragments((place,))
                made.append(Event(RecordId(f"EV{number}"), "Contact.Meet", trigger, arguments))
            case 9 if number // 10 < len(sentences):
                content = Fragments((sentences[number // 10],))
                made.append(Quote(RecordId(f"Q{number}"), QuoteType.INDIRECT, content))
            case _:
                identifier = RecordId(f"T{number}")
                made.append(Mention(identifier, next(labels), Fragments((place,))))
    return tuple(Change(None, record) for record in made)


def make_project(folder, size: Size, *, documents: int = 2):
    """A project file with annotated documents of one size; its path.

    Nine tenths of the annotations come in one step, as from an import, the rest one by one.
    """
    path = folder / f"{size.points}.nishan"
    for number in range(documents):
        text = article(size.points + 7 * number)
        (folder / f"{size.points}-{number}.txt").write_text(text, "utf-8", newline="")
    project = create_project(path, clock=system_clock, annotator="bench")
    found = find_files(sorted(folder.glob(f"{size.points}-*.txt")))
    Importer(project, system_clock).run(found)
    project.close()
    workspace = open_workspace(path, clock=system_clock)
    for line in workspace.lines():
        opened = workspace.open(line.id)
        changes = annotations(opened.segmentation, size.annotations)
        imported = len(changes) * 9 // 10
        opened.perform(Edit("edit.import", changes[:imported]), focus=None)
        for change in changes[imported:]:
            opened.perform(Edit("edit.add_mention", (change,)), focus=None)
        assert isinstance(opened.annotations, AnnotationSet)
    workspace.close()
    return path
