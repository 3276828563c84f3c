"""How many keys the annotations of a whole article cost, made by real key events.

``python -m tests.bench.keystrokes [--layout us]`` opens the text of the bundled sample in the
window, makes every annotation of its gold record by keys alone (`ui.demo.pilot`), and prints the
keys of each kind of act, with and without the movement between them. Keys that move the caret are
movement; keys that extend a selection belong to the act. What is made is compared with the record,
and the caps of the design's cost table are asserted: they are counts and not times.
"""

import argparse
import os
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings

from annotator.app import make_application
from annotator.core.annotations import Argument, Event, MentionTarget, Quote, QuoteType
from annotator.core.commands.records import delete
from annotator.core.ids import Layer, layer_and_number
from annotator.core.span import Span
from annotator.ui.demo.hand import Hand
from annotator.ui.demo.typist import Typist
from annotator.ui.editing.mark_all import MarkAllReview
from annotator.ui.editing.suggesting import SuggestionReview
from annotator.ui.editing.target_picker import TargetPicker
from annotator.ui.keyboard.keymap import default_keymap
from annotator.ui.keyboard.physical import parse_chord
from annotator.workbench.clock import system_clock
from annotator.workbench.importing import Importer, find_files
from annotator.workbench.projects import create_project
from tests.bench.rows import Row, print_rows
from tests.journeys.gold import SAMPLE, given_annotations, gold_record, project_with_text
from tests.journeys.stage import Stage
from tests.key_events import press

LAYERS = {Layer.MENTION: "entity", Layer.EVENT: "event", Layer.QUOTE: "quote"}


@dataclass
class Meter:
    """Listens to keys and edits: the keys since the last edit belong to the next one."""

    moving: int = 0
    acting: int = 0
    records: dict = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    edits: dict = field(default_factory=lambda: defaultdict(list))

    def hear(self, chord):
        action = default_keymap().action_of(parse_chord(chord).chord)
        is_move = action is not None and action.startswith("move.")
        self.moving, self.acting = self.moving + is_move, self.acting + (not is_move)

    def on_edit(self, applied):
        kinds = {layer_and_number(change.id)[0] for change in applied.edit.changes}
        identifier = next(
            (c.id for c in applied.edit.changes if layer_and_number(c.id)[0] in LAYERS), None
        )
        if identifier is not None:
            self.records[identifier][0] += self.acting
            self.records[identifier][1] += self.moving
        self.edits[applied.edit.name].append((self.acting, self.moving, len(kinds)))
        self.moving = self.acting = 0


def metered(stage: Stage, layout: str) -> Meter:
    """A meter on the keys and edits of an open window; what is typed into fields is not counted."""
    meter = Meter()

    def send(widget, chord):
        meter.hear(chord)
        press(widget, chord, layout=layout)

    stage.typist = Typist(stage.window, send)
    stage.hand = Hand(stage.typist, lambda: stage.editor)
    stage.shell.workspace.edited.add(meter.on_edit)
    return meter


def by_kind(meter: Meter) -> dict:
    """Costs (without, with movement) of whole annotations, by layer."""
    costs = defaultdict(list)
    for identifier, (acting, moving) in meter.records.items():
        costs[LAYERS[layer_and_number(identifier)[0]]].append((acting, acting + moving))
    return costs


def row(name, costs) -> str:
    acting = [cost[0] for cost in costs]
    moving = [cost[1] for cost in costs]
    return (
        f"{name:34}{len(costs):>6}{sum(acting) / len(costs):>9.1f}{statistics.median(acting):>7.0f}"
        f"{max(acting):>5}{sum(moving) / len(costs):>11.1f}{statistics.median(moving):>7.0f}\n"
    )


def whole_article(folder, layout, open_stage=Stage) -> str:
    """Annotate the sample and tell what each annotation and each kind of edit cost."""
    record = gold_record(SAMPLE)
    stage = open_stage(project_with_text(folder, record["doc_id"], record["text"]), layout=layout)
    meter = metered(stage, layout)
    stage.pilot(given_annotations(SAMPLE)).fly()
    made = stage.editor.annotations
    counts = [len(list(each())) for each in (made.mentions, made.events, made.quotes)]
    wanted = [len(record[layer]) for layer in ("mentions", "events", "quotes")]
    assert counts == wanted, (counts, wanted)
    lines = [
        f"{counts[0]} entities, {counts[1]} events, {counts[2]} quotes under {layout}; "
        f"{stage.typist.presses} keys\n\n",
        f"{'':34}{'times':>6}{'mean':>9}{'median':>7}{'max':>5}{'with moves':>11}{'median':>7}\n",
    ]
    lines += [row(f"whole {name}", costs) for name, costs in by_kind(meter).items()]
    lines += [
        row(name, [(acting, acting + moving) for acting, moving, _ in costs])
        for name, costs in sorted(meter.edits.items())
    ]
    stage.close()
    return "".join(lines)


@dataclass(frozen=True)
class Cap:
    """A row of the cost table: what it may cost at most, and the keys of each time it was done."""

    name: str
    most: int
    costs: list[int]

    def __str__(self):
        low, high = min(self.costs), max(self.costs)
        return f"{self.name:50}{len(self.costs):>6}{low:>7}{high:>6}{self.most:>6}\n"


class CostTable:
    """Does the acts of the design's cost table on the marked sample, and counts their keys.

    Arguments and speakers are marked already and the caret is on the words. Each act is undone.
    """

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.given = given_annotations(SAMPLE)

    def cost(self, act: Callable[[], None], is_made: Callable[[], bool]) -> int:
        """The keys that `act` presses; what it made is looked at and taken back."""
        editor, typist = self.stage.editor, self.stage.typist
        before, pressed = editor.annotations.records, typist.presses
        act()
        cost = typist.presses - pressed
        assert is_made()
        self.stage.hand.leave()
        while editor.annotations.records != before and editor.document.next_undo is not None:
            typist.press("Ctrl+Z")
        assert editor.annotations.records == before
        return cost

    def entities(self, *, words: int) -> list[int]:
        """Every mention of so many whole words, marked anew: extend, then the digit."""
        costs = []
        for mention in self.given.mentions():
            span = mention.fragments.envelope
            if not mention.fragments.is_contiguous or self.words_in(span) != words:
                continue
            self.stage.hand.go_to(span.start)
            key = self.stage.editor.scheme.label(mention.label).key
            ahead = self.stage.hand.arrow(forward=True)
            keys = " ".join([*[f"Shift+{ahead}"] * (words - 1), key])
            costs.append(
                self.cost(lambda keys=keys: self.stage.typist.press(keys), partial(self.has, span))
            )
        return costs

    def has(self, span: Span) -> bool:
        """Whether a mention stands on exactly this span."""
        mentions = self.stage.editor.annotations.mentions()
        return any(mention.fragments.spans == (span,) for mention in mentions)

    def events(self) -> list[int]:
        """Every event whose trigger begins with a word, with two mentions in sight as arguments."""
        costs = []
        for event in self.given.events():
            targets = [a for a in event.arguments if isinstance(a.target, MentionTarget)][:2]
            self.stage.hand.go_to(event.trigger.start)
            in_sight = {record.id for record in self.stage.editor.in_sight()}
            if len(targets) == 2 and all(a.target.mention in in_sight for a in targets):
                act = partial(self.make_event, event, targets)
                costs.append(self.cost(act, partial(self.has_event, event.type, targets)))
        return costs

    def make_event(self, event: Event, arguments: list[Argument]) -> None:
        kind = self.stage.editor.scheme.event_type(event.type)
        keys = {role.id: role.key for role in kind.roles}
        self.stage.typist.press(f"E {kind.key}")
        for argument in arguments:
            mode = self.stage.editor.mode
            if not isinstance(mode, TargetPicker) or mode.role != argument.role:
                self.stage.typist.press(keys[argument.role])
            hints = {hint.record: hint.letters for hint in self.stage.editor.mode.hints}
            self.stage.typist.press(" ".join(hints[argument.target.mention]))

    def has_event(self, kind: str, arguments: list[Argument]) -> bool:
        events = list(self.stage.editor.annotations.events())
        return [(e.type, e.arguments) for e in events] == [(kind, tuple(arguments))]

    def quotes(self) -> list[int]:
        """Every direct quote, with cue and speaker."""
        costs = []
        for quote in self.given.quotes():
            if quote.type is QuoteType.DIRECT:
                self.stage.hand.go_to(quote.content.start)
                costs.append(
                    self.cost(partial(self.make_quote, quote), partial(self.has_quote, quote))
                )
        return costs

    def make_quote(self, quote: Quote) -> None:
        self.stage.typist.press("Q")
        speakers = self.stage.editor.mode.speakers
        self.stage.typist.press(str(speakers.index(quote.speaker.who.mention) + 1))

    def has_quote(self, quote: Quote) -> bool:
        made = [(q.content, q.cue, q.speaker.who) for q in self.stage.editor.annotations.quotes()]
        return made == [(quote.content, quote.cue, quote.speaker.who)]

    def suggested(self) -> list[int]:
        """Every suggestion that is right as it is: the key that decides it, and goes on."""
        editor, typist = self.stage.editor, self.stage.typist
        wanted = {(m.label, m.fragments) for m in self.given.mentions()}
        costs = []
        typist.press("Ctrl+Home Tab")
        while isinstance(editor.mode, SuggestionReview) and editor.mode.suggestion is not None:
            proposal = editor.mode.suggestion.proposal
            is_right = (proposal.label, proposal.fragments) in wanted
            pressed = typist.presses
            typist.press("Enter" if is_right else "Backspace")
            if is_right:
                costs.append(typist.presses - pressed)
                assert self.has(proposal.fragments.envelope)
        return costs

    def alike(self) -> list[int]:
        """Every name that stands elsewhere too, marked once: all other places, reviewed."""
        costs, done = [], set()
        for mention in self.given.mentions():
            span = mention.fragments.envelope
            surface = span.of(self.stage.editor.text)
            if mention.label not in {"PER", "GPE", "ORG"} or surface in done:
                continue
            done.add(surface)
            self.stage.hand.select(span)
            self.stage.typist.press(self.stage.editor.scheme.label(mention.label).key)
            before = len(self.stage.editor.annotations)
            self.stage.typist.press("A")
            if isinstance(self.stage.editor.mode, MarkAllReview):
                self.stage.typist.press("Escape")
                act = partial(self.stage.typist.press, "A A")
                is_made = partial(self.has_more_than, before)
                costs.append(self.cost(act, is_made))
            self.stage.typist.press("Ctrl+Z")
        return costs

    def has_more_than(self, count: int) -> bool:
        return len(self.stage.editor.annotations) > count

    def words_in(self, span: Span) -> int | None:
        """How many words a span consists of; None where it is not made of whole ones."""
        words, reached, count = self.stage.editor.words, span.start, 0
        while reached < span.end and (word := words.at(reached)) and word.start == reached:
            count, last = count + 1, word
            reached = words.forward(reached)
        return count if count and last.end == span.end else None


def marked_sample(folder, layout, open_stage=Stage) -> Stage:
    """The sample in a window with its mentions and entities, without its events and quotes."""
    path = folder / "marked.nishan"
    with create_project(path, clock=system_clock, annotator="نیشانەکەر") as project:
        Importer(project, system_clock).run(find_files([SAMPLE]))
    stage = open_stage(path, layout=layout)
    annotations = stage.editor.annotations
    linking = [record.id for record in (*annotations.events(), *annotations.quotes())]
    stage.editor.perform(delete(annotations, linking))
    return stage


def costs(folder, layout, open_stage=Stage) -> list[Cap]:
    """Do every act of the cost table; raises `AssertionError` where a cap does not hold."""
    record = gold_record(SAMPLE)
    stage = open_stage(project_with_text(folder, record["doc_id"], record["text"]), layout=layout)
    table = CostTable(stage)
    caps = [
        Cap("entity, one word", 1, table.entities(words=1)),
        *(Cap(f"entity, {n} words", n, table.entities(words=n)) for n in (2, 3)),
        Cap("all other places of a name", 2, table.alike()),
        Cap("suggested entity, right", 1, table.suggested()),
    ]
    stage.close()
    stage = marked_sample(folder, layout, open_stage)
    table = CostTable(stage)
    caps += [
        Cap("event with two arguments", 6, table.events()),
        Cap("direct quote with cue and speaker", 3, table.quotes()),
    ]
    stage.close()
    assert all(max(cap.costs) <= cap.most for cap in caps), caps
    return caps


def cost_table(folder, layout, open_stage=Stage) -> str:
    """What `costs` counts, as text."""
    caps = costs(folder, layout, open_stage)
    head = f"{'act, without movement':50}{'times':>6}{'least':>7}{'most':>6}{'cap':>6}\n"
    return head + "".join(map(str, caps))


def rows(caps: list[Cap]) -> Iterator[Row]:
    """The most keys that each act took, compared with its cap."""
    for cap in caps:
        most = max(cap.costs)
        yield Row(act=cap.name, value=most, unit="keys at most", ratio=most / cap.most,
                  floor="cap of the design", bar=1.0)  # fmt: skip


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--layout", default="us")
    parser.add_argument("--rows", action="store_true", help="for `python -m tests.bench`")
    given = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["NISHAN_STATE_DIR"] = name
        make_application(["keystrokes"])
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, name)
        (folder / "whole").mkdir()
        (folder / "table").mkdir()
        if given.rows:
            print_rows(rows(costs(folder / "table", given.layout)))
            return
        sys.stdout.write(cost_table(folder / "table", given.layout) + "\n")
        sys.stdout.write(whole_article(folder / "whole", given.layout))


if __name__ == "__main__":
    main()
