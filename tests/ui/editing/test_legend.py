"""The legend says what the keys do: nothing in it is refused, and its caps are the keys' own."""

import pytest
from msgspec.structs import replace

from annotator.ui.editing.legend import legend_of
from annotator.ui.editing.words import Selection
from annotator.ui.keyboard.keymap import Keymap
from annotator.ui.keyboard.wording import cap_of

TEXTS = {
    "empty": "",
    "gap": "   ",
    "plain": "لە کوردستانیش گوتی: «ڕێگاکە باشە». هات",
    "mention": "[هەولێر]GPE=E1 و [ئەحمەد]PER=E2 هات",
    "event": "[ئەحمەد]PER=E1 [پێشوازی]Contact.Meet(Participant=T1) لە ئەو [کرد]EV1.trigger",
    "quote": "[ئەحمەد]PER=E1 گوتی «[ڕێگاکە [هەولێر]GPE باشە]direct(speaker=T1)» و هات",
}
OPENINGS = [
    "",
    "Space",
    "Shift+Left",
    "N",
    "N N",
    "N N N",
    "N Enter",
    "E",
    "E M",
    "Q",
    "L",
    "F",
    "3",
    "Shift+Left 1 Left Space",
    "N Enter P",
    "Q S",
    "E M L",
    "3 Left",
    "G",
    "G Shift+G",
    "3 A",
    "J",
    "Shift+J",
    "Slash",
    "Alt+3",
]


def prepared(desk, text, opening, caret=0):
    d = desk(TEXTS[text])
    d.editor.place(Selection.at(caret))
    if opening:
        d.press(opening)
    d.told.clear()
    return d


def chords_of(d, entry):
    """The chord that an entry's cap stands for, as a person would press it."""
    chords = [c.key for c in d.editor.choices()]
    chords += [b.chord for b in d.keymap.bindings if b.chord not in chords]
    return next(chord for chord in chords if cap_of(d.catalogue, chord) == entry.cap)


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("text", TEXTS)
def test_everything_in_the_legend_does_something_and_is_not_refused(desk, text, opening):
    number = len(prepared(desk, text, opening).legend().entries)
    caps = [e.cap for e in prepared(desk, text, opening).legend().entries]
    assert len(set(caps)) == len(caps)
    d = prepared(desk, text, opening)
    depth = d.open.next_undo
    for index in range(number):
        while d.open.next_undo != depth:
            d.press("Ctrl+Z")
        before, mode = d.editor.focus, d.editor.mode
        entry = d.legend().entries[index] if index < len(d.legend().entries) else None
        if entry is None:
            break
        chord = chords_of(d, entry)
        heard = []
        d.editor.changed.add(heard.append)
        assert d.press(chord), entry
        assert heard or d.told or d.wishes or d.text_wishes, entry
        guides = {"refused.point_at_cue"}
        assert [n.key for n in d.told if n.is_refusal and n.key not in guides] == [], entry
        d.told.clear()
        d.editor.place(Selection(before.anchor, before.caret), select=before.selected)
        d.editor.enter(mode)


def short(d, *actions):
    return {d.editor.sentence(f"short.{action}") for action in actions}


def test_what_would_be_refused_is_not_shown(desk):
    d = desk(TEXTS["plain"])
    titles = {e.title for e in d.legend().entries}
    assert short(d, "event.new", "set.complete", "help.keys") <= titles
    absent = (
        "quote.new",
        "annotation.delete",
        "fragment.add",
        "repeat.last",
        "annotation.next",
        "clitic.shorten",
    )
    assert not short(d, *absent) & titles
    d.at("کوردستانیش")
    assert short(d, "clitic.shorten") <= {e.title for e in d.legend().entries}
    d.at("باشە")
    assert short(d, "quote.new") <= {e.title for e in d.legend().entries}


def test_the_new_keys_are_shown_where_they_can_do_something(desk):
    d = desk("[یەک]PER=E1 دوو [سێ ]PER=E2 یەک")
    d.at("دوو")
    shown = {e.title for e in d.legend().entries}
    assert short(d, "grow.wider", "jump.annotation", "find.open") <= shown
    assert not short(d, "grow.narrower", "mark_all.start", "finding.next") & shown
    d.editor.findings.refresh()
    d.press("G")
    shown = {e.title for e in d.legend().entries}
    assert short(d, "grow.narrower", "finding.next") <= shown
    assert not short(d, "grow.wider") & shown
    d.at("یەک")
    assert short(d, "mark_all.start") <= {e.title for e in d.legend().entries}
    d.sight.visible = None
    d.at("دوو")
    assert not short(d, "jump.annotation") & {e.title for e in d.legend().entries}


def test_a_quote_under_the_caret_is_not_offered_for_deletion_until_it_is_selected(desk):
    d = desk(TEXTS["quote"])
    d.at("باشە")
    assert not short(d, "annotation.delete") & {e.title for e in d.legend().entries}
    d.press("Shift+Enter")
    assert short(d, "annotation.delete") <= {e.title for e in d.legend().entries}


def test_headings(desk):
    d = desk("یەک   دوو")
    assert "یەک" in d.legend().heading
    d.editor.place(Selection.at(4))
    assert d.legend().heading == ""
    d.select("دوو")
    assert d.legend().heading == d.editor.sentence("legend.selection", text="دوو")


def test_labels_carry_their_colours_and_choices_what_is_filled(desk):
    d = desk(TEXTS["event"])
    labels = {e.cap: e.color for e in d.legend().entries if e.color}
    assert len(labels) == 10
    d.at("پێشوازی").press("Enter")
    filled = [e for e in d.legend().entries if e.is_filled]
    assert [e.is_required for e in filled] == [True]


def test_a_key_that_a_role_has_taken_is_not_shown_twice(desk):
    d = desk("[هات]Movement.Visit")
    moved = Keymap(
        tuple(
            replace(b, chord="V") if b.action_id == "attribute.pick" else b
            for b in d.keymap.bindings
        )
    )
    d.press("Enter")
    caps = [e.cap for e in legend_of(d.editor, moved).entries]
    assert len(set(caps)) == len(caps)
    assert short(d, "attribute.pick").isdisjoint(
        e.title for e in legend_of(d.editor, moved).entries
    )


def test_the_plus_is_shown_as_typed(desk):
    d = desk("یەک")
    assert cap_of(d.catalogue, "Shift+Equal") == "+"
    assert "E" in cap_of(d.catalogue, "E")
