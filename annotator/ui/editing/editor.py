"""The editor: what the keys do to the open document, and what is selected. No Qt here.

A key press is first offered to the present mode (its choices), then to the keymap; acts of the
editor run here, all others are wished for from the window. Everything that changes annotations
goes through `perform`, hence through the one door of the open document.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from msgspec import Struct
from msgspec.structs import asdict, replace

from annotator.core.annotations import Annotation, Event, Mention, Quote, anchor_of
from annotator.core.commands.records import side_effects
from annotator.core.edits import Edit, Focus
from annotator.core.findings import Finding
from annotator.core.ids import Layer, RecordId
from annotator.core.scheme import Wording
from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import Refused, UserError
from annotator.ui.editing.choices import Choices, Mode, Notice
from annotator.ui.editing.counting import keeps_count, repeats, takes_words
from annotator.ui.editing.place import Place
from annotator.ui.editing.searching import Search
from annotator.ui.editing.sight import Sight
from annotator.ui.editing.spoken import spoken
from annotator.ui.editing.words import Selection
from annotator.ui.keyboard.keymap import Keymap
from annotator.ui.keyboard.physical import KeyPress
from annotator.ui.keyboard.wording import chord_text
from annotator.workbench.findings import FindingsIndex
from annotator.workbench.listeners import Listeners
from annotator.workbench.open_document import EditApplied, OpenDocument
from annotator.workbench.suggesting import SuggestionIndex

_GO_ON = ("move.", "select.", "find.", "help.", "mode.", "pane.", "menu.")


class TextWish(Struct, frozen=True):
    """The wish to type a value into a field of the inspector."""

    record: RecordId
    field: str


class Editor(Place):
    """One open document under the keys. Implements `Context` for modes and acts."""

    def __init__(
        self,
        document: OpenDocument,
        *,
        catalogue: Catalogue,
        keymap: Keymap,
        sight: Sight,
        acts: Mapping[str, Callable[[Editor], None]],
        place: Focus,
        suggestions: SuggestionIndex | None = None,
    ) -> None:
        super().__init__(document, sight=sight, focus=place)
        self.catalogue = catalogue
        self.changed: Listeners[None] = Listeners()
        self.noticed: Listeners[Notice] = Listeners()
        self.failed: Listeners[UserError] = Listeners()
        self.wished: Listeners[str] = Listeners()
        self.text_wished: Listeners[TextWish] = Listeners()
        self.search_wished: Listeners[str] = Listeners()
        self.repeat: tuple[Layer, str] | None = None
        self.search = Search(self.text, document.segmentation)
        self.findings = FindingsIndex(document)
        self.finding: Finding | None = None
        self.sentences: dict[Finding, str] = {}
        self.climb: tuple[Selection, ...] = ()
        self.count = 0
        self.suggestions = suggestions
        self._keymap = keymap
        self._acts = acts
        self._mode: Mode | None = None
        self._held = ""
        document.edited.add(self._on_edit)

    @property
    def mode(self) -> Mode | None:
        """What the keys mean beside the keymap."""
        return self._mode

    @property
    def current(self) -> Annotation | None:
        """The open annotation, else the selected one if the caret is on it, else the innermost."""
        if self._mode is not None and self._mode.record is not None:
            return self.annotation(self._mode.record)
        return self.here()

    @property
    def changeable(self) -> Annotation | None:
        """What deleting and moving boundaries concern: the current one, if it was meant.

        A quote covers whole sentences, so a caret somewhere in it does not mean it: it has to be
        open or selected.
        """
        current = self.current
        is_open = self._mode is not None and self._mode.record is not None
        if isinstance(current, Quote) and not is_open and current.id != self.selected:
            return None
        return current

    def choices(self) -> Choices:
        """The keys of the present mode."""
        return self._mode.choices() if self._mode is not None else ()

    def say(self, wording: Wording) -> str:
        """A wording of the scheme in the language of the interface."""
        return wording.in_language(self.catalogue.language)

    def sentence(self, key: str, **values: object) -> str:
        """A sentence of the catalogue."""
        return self.catalogue.text(key, **values)

    def tell(self, key: str, **values: object) -> None:
        """Show a notice in the status line."""
        self.noticed.tell(Notice(key, tuple(values.items())))

    def tell_refusal(self, key: str, **values: object) -> None:
        """Show a notice that says no."""
        self.noticed.tell(Notice(key, tuple(values.items()), is_refusal=True))

    def tell_losses(self, edit: Edit) -> None:
        """Show what an edit took away besides what was asked, if anything."""
        lost = self.losses(edit)
        if lost:
            self.tell("notice.lost", lost=lost)

    def losses(self, edit: Edit) -> tuple[str, ...]:
        """What an edit takes away besides what was asked, in words."""
        counts = asdict(side_effects(edit)).items()
        return tuple(self.sentence(f"lost.{name}", count=count) for name, count in counts if count)

    def ask_for_text(self, record: RecordId, field: str) -> None:
        """Put the cursor into a text field of the inspector."""
        self.text_wished.tell(TextWish(record, field))

    def understands(self, press: KeyPress) -> bool:
        """Whether a key means something now; does nothing."""
        return self._meaning(press) is not None

    def press(self, press: KeyPress) -> bool:
        """Do what a key means now; False when it means nothing here.

        A letter that is held does not answer the question it has opened, e.g. A takes no places.
        """
        if press.is_repeat and press.chord == self._held:
            return True
        run = self._meaning(press)
        if run is None:
            return False
        before, self._held = type(self._mode), ""
        run()
        if len(press.key) == 1 and type(self._mode) is not before:
            self._held = press.chord
        return True

    def _meaning(self, press: KeyPress) -> Callable[[], None] | None:
        action = self._keymap.action_for(press)
        if self.count and action == "mode.leave":
            return partial(self.set_count, 0)
        for choice in self.choices():
            if choice.key == press.chord:
                return partial(self._answer, choice.run)
        if self._mode is not None and self._mode.is_exclusive() and _is_answer(press, action):
            cap = chord_text(self.catalogue, press.chord)
            return partial(self.tell_refusal, "refused.no_such_choice", letter=cap)
        return None if action is None else partial(self.act, action)

    def _answer(self, run: Callable[[], None]) -> None:
        self.count = 0
        self.attempt(run)

    def act(self, action: str) -> None:
        """Run an act of the editor as often as was counted, or wish for one of the window."""
        act = self._acts.get(action)
        count = self.count
        if not keeps_count(action):
            self.set_count(0)
        if act is None:
            self.wished.tell(action)
        elif takes_words(action) and count:
            self.attempt(partial(_do_on_words, self, count, action, act))
        else:
            times = count if repeats(action) else 1
            self.attempt(partial(_repeat, self, max(times, 1), act))

    def suggest_from(self, index: SuggestionIndex | None) -> None:
        """Take suggestions from another index, or make none any more."""
        if index is not self.suggestions:
            self.suggestions = index
            self.enter(None)

    def set_count(self, count: int) -> None:
        """Let the next key be done so often; 0 means as always."""
        if count != self.count:
            self.count = count
            self.changed.tell(None)

    def perform(
        self, edit: Edit, *, select: RecordId | None = None, is_nudge: bool = False
    ) -> None:
        """Apply an edit; `select` becomes the selected annotation."""
        before = self._selected
        stood_on = self._stands_on(select)
        if select is not None:
            self._selected = select
        try:
            focus = replace(self.focus, selected=self.selected if select is None else select)
            applied = self.document.perform(edit, focus=focus, is_nudge=is_nudge)
        except (Refused, UserError):
            self._selected = before
            raise
        if stood_on and select is not None:
            self._stay_on(select)
        if applied is None:
            self.changed.tell(None)

    def _stands_on(self, identifier: RecordId | None) -> bool:
        record = self.annotations.get(identifier)
        if not isinstance(record, Mention | Event | Quote) or not self._selection.is_empty:
            return False
        return anchor_of(record).envelope.touches(self._selection.caret)

    def _stay_on(self, identifier: RecordId) -> None:
        """Where the boundary moved under the caret, the caret goes with it."""
        if identifier not in self.annotations or self._stands_on(identifier):
            return
        envelope = anchor_of(self.annotation(identifier)).envelope
        caret = min(max(self._selection.caret, envelope.start), envelope.end)
        self._selection = Selection.at(caret)
        self.changed.tell(None)

    def enter(self, mode: Mode | None) -> None:
        """Go into a mode, or out of all of them; one whose record is gone is none."""
        is_gone = (
            mode is not None and mode.record is not None and mode.record not in self.annotations
        )
        self._mode = None if is_gone else mode
        self.changed.tell(None)

    def place(self, selection: Selection, *, select: RecordId | None = None) -> None:
        """Put the caret and the selection somewhere; `select` becomes the selected annotation."""
        length = len(self.text)
        self._selection = Selection(
            min(max(selection.anchor, 0), length), min(max(selection.caret, 0), length)
        )
        if select is not None:
            self._selected = select
        self.document.end_nudge()
        self.changed.tell(None)

    def drop_selection(self) -> None:
        """Leave the caret where it is with nothing selected."""
        self.place(Selection.at(self._selection.caret))

    def deselect(self) -> None:
        """Let no annotation be the selected one."""
        self._selected = None
        self.changed.tell(None)

    def remember_repeat(self, layer: Layer, name: str) -> None:
        """Let R repeat this label or event type."""
        self.repeat = (layer, name)

    def attempt(self, run: Callable[[], None]) -> Refused | UserError | None:
        """Run something the user asked for; a refusal or failure is told and given, not raised."""
        try:
            run()
        except Refused as refusal:
            values = spoken(self.catalogue, self.scheme, refusal.values)
            self.tell_refusal(refusal.key, **values)
            return refusal
        except UserError as error:
            self.failed.tell(error)
            return error
        return None

    def _on_edit(self, applied: EditApplied) -> None:
        mode = self._mode
        if mode is not None and mode.record is not None and mode.record not in applied.after:
            self._mode = None
        self.changed.tell(None)


def _is_answer(press: KeyPress, action: str | None) -> bool:
    """Whether a key would answer a question if it were among the choices.

    Moving, selecting, help and chords with Ctrl or Alt go on while a question is open.
    """
    if press.ctrl or press.alt:
        return False
    if action is None:
        return len(press.key) == 1
    return not action.startswith(_GO_ON)


def _repeat(editor: Editor, times: int, act: Callable[[Editor], None]) -> None:
    """Run an act some times, but no more once it changes nothing."""
    for _ in range(times):
        focus, annotations = editor.focus, editor.annotations
        act(editor)
        # Sets are compared by identity: by value, every record would have to be read.
        if annotations is editor.annotations and focus == editor.focus:
            return


def _do_on_words(editor: Editor, count: int, action: str, act: Callable[[Editor], None]) -> None:
    """Select so many words from the one under the caret, and do something with them."""
    word = editor.words.at(editor.selection.caret)
    if editor.selection.is_empty and word is not None:
        selection = Selection(word.start, word.end)
        for _ in range(count - 1):
            selection = editor.words.extend_forward(selection)
        editor.place(selection)
    if action != "select.word":
        act(editor)
