"""What an act costs in keys, once the caret is on its words: never more than promised."""

from tests.ui.editing.desk import Desk

NEWS = (
    "[مەسعوود]PER=E1 لە [هەولێر]GPE=E2 لەگەڵ [نێچیرڤان]PER=E3 کۆبووەوە. "
    "[ئەحمەد]PER=E4 گوتی: «ڕێگاکە باشە». وەزارەتی ناوخۆی هەرێم هات."
)


def pressed(d: Desk, chords: str) -> int:
    """Press them; how many there are."""
    assert d.press(chords)
    return len(chords.split())


def letters(d, identifier):
    return " ".join(h.letters for h in d.editor.mode.hints if h.record == identifier)


def labelled(d):
    return [(m.label, d.words_of(m.fragments)) for m in d.set.mentions()]


def test_an_entity_of_one_word_costs_one_key(desk):
    d = desk(NEWS)
    assert pressed(d.at("هەرێم"), "3") == 1
    assert ("GPE", "هەرێم") in labelled(d)


def test_an_entity_of_n_words_costs_n_keys_and_with_a_count_two(desk):
    d = desk(NEWS)
    assert pressed(d.at("وەزارەتی"), "Shift+Left Shift+Left 2") == 3
    assert ("ORG", "وەزارەتی ناوخۆی هەرێم") in labelled(d)
    d.press("Ctrl+Z")
    assert pressed(d.at("وەزارەتی"), "Alt+3 2") == 2
    assert ("ORG", "وەزارەتی ناوخۆی هەرێم") in labelled(d)


def test_an_event_with_two_arguments_costs_six_keys(desk):
    d = desk(NEWS)
    keys = pressed(d.at("کۆبووەوە"), "E M")
    for identifier in ("T1", "T3"):
        keys += pressed(d, "P")
        keys += pressed(d, letters(d, identifier))
    assert keys <= 6
    assert [a.target.mention for a in d.set.event("EV1").arguments] == ["T1", "T3"]


def test_a_direct_quote_with_cue_and_speaker_costs_two_keys(desk):
    d = desk(NEWS)
    assert pressed(d.at("باشە"), "Q Enter") <= 3
    quote = d.set.quote("Q1")
    assert (quote.speaker.who.mention, d.words_of(quote.cue)) == ("T4", "گوتی")


def test_all_places_of_a_name_cost_two_keys_and_one_step(desk):
    d = desk("هەولێر هات. لە هەولێر، بۆ هەولێر؛ هەولێریش")
    d.press("3")
    assert pressed(d, "A A") == 2
    assert labelled(d) == [("GPE", "هەولێر")] * 4
    d.press("Ctrl+Z")
    assert len(labelled(d)) == 1


def test_any_annotation_in_sight_costs_two_keys_and_any_word_three(desk):
    d = desk(NEWS)
    keys = pressed(d, "J")
    assert keys + pressed(d, letters(d, "T4")) <= 2
    d.press("Shift+J")
    assert max(len(mark.letters) for mark in d.editor.mode.hints) <= 2
