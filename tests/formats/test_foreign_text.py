"""Texts of other programs: line ends and units are counted anew, and every place is proved."""

import pytest
from hypothesis import given, strategies as st

from annotator.core.span import Span
from annotator.formats import offset_units
from annotator.formats.base import Note
from annotator.formats.foreign_text import ForeignSpan, ForeignText
from annotator.formats.offset_units import OffsetUnit
from annotator.foundation.errors import UserError

UTF_16 = OffsetUnit.UTF_16

texts = st.text(st.sampled_from("ab کۆ\u200c\r\n😀"), max_size=30).filter(str.strip)


def utf_16(text):
    return len(text.encode("utf-16-le")) // 2


def keys(text):
    return [note.key.removeprefix("formats.") for note in text.notes]


def refused(text, place):
    with pytest.raises(UserError) as error:
        text.span(place)
    return error.value.key, error.value.values


def test_code_points_stay_as_they_are():
    place = ForeignSpan("1", 2, 6, "کورد")
    text = ForeignText("d", "😀 کورد", [place])
    assert (text.text, text.newline, text.notes) == ("😀 کورد", "none", ())
    assert text.span(place) == Span(2, 6)


@pytest.mark.parametrize(("start", "end", "unit"), [(3, 7, "UTF-16"), (5, 13, "UTF-8")])
def test_other_units_are_proved_counted_anew_and_told(start, end, unit):
    place = ForeignSpan("1", start, end, "کورد")
    text = ForeignText("d", "😀 کورد", [place])
    assert text.notes == (Note("formats.foreign_recounted", {"unit": unit}),)
    assert text.span(place) == Span(2, 6)


@given(texts, st.data(), st.booleans())
def test_places_keep_their_words_whatever_the_line_ends(told, data, wide):
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(told))] * 2)))
    words, count = told[start:end], utf_16 if wide else len
    place = ForeignSpan("1", count(told[:start]), count(told[:end]), words)
    text = ForeignText("d", told, [place])
    stored = words.replace("\r\n", "\n").replace("\r", "\n")
    splits_a_line_end = told[:start].endswith("\r") and told[start:].startswith("\n")
    splits_a_line_end |= words.endswith("\r") and told[end:].startswith("\n")
    if stored and not splits_a_line_end:
        assert text.span(place).of(text.text) == stored


def test_crlf_and_a_mark_before_the_text_are_not_kept_and_told():
    place = ForeignSpan("1", 7, 9, "ef")
    text = ForeignText("d", "\ufeffab\r\n\r\nefg", [place])
    assert (text.text, text.newline) == ("ab\n\nefg", "crlf")
    assert text.span(place) == Span(4, 6)
    assert Note("formats.foreign_line_ends", {"count": 3}) in text.notes
    assert keys(ForeignText("d", "a\r\nb", [])) == []


def test_a_line_end_before_everything_is_counted_too():
    text = ForeignText("d", "\r\nab", [place := ForeignSpan("1", 2, 4, "ab")])
    assert (text.text, text.span(place)) == ("\nab", Span(1, 3))


def test_line_ends_may_be_told_as_label_studio_escapes_them():
    text = ForeignText("d", "a\r\nb", [place := ForeignSpan("1", 0, 4, "a\\r\\nb")])
    assert text.span(place) == Span(0, 3)


def test_without_told_texts_nothing_is_proved_where_it_matters():
    place = ForeignSpan("1", 2, 5)
    assert keys(ForeignText("d", "😀 کورد", [place])) == ["foreign_unproved"]
    assert keys(ForeignText("d", "کورد کورد", [place])) == []
    assert ForeignText("d", "😀 کورد", [place]).span(place) == Span(2, 5)
    before = ForeignSpan("1", 0, 4)
    assert keys(ForeignText("d", "کورد 😀", [before])) == []


def test_the_edges_of_words_show_the_unit_where_no_text_is_told():
    place = ForeignSpan("1", 2, 6)
    assert keys(ForeignText("d", "😀 کورد", [place])) == []
    wide = ForeignSpan("1", 3, 7)
    text = ForeignText("d", "😀 کورد.", [wide])
    assert text.span(wide) == Span(2, 6)
    assert text.notes == (Note("formats.foreign_by_words", {"unit": "UTF-16"}),)


def test_the_unit_that_somebody_names_is_taken_where_nothing_is_told():
    for unit, start, end in ((UTF_16, 3, 6), (OffsetUnit.BYTE, 5, 11)):
        place = ForeignSpan("1", start, end)
        text = ForeignText("d", "😀 کورد.", [place], unit=unit)
        assert (text.span(place), text.notes) == (Span(2, 5), ())
    proved = ForeignSpan("1", 2, 6, "کورد")
    assert ForeignText("d", "😀 کورد", [proved], unit=UTF_16).span(proved) == Span(2, 6)


def test_what_cannot_be_is_refused_and_the_rest_is_not():
    good, bad = ForeignSpan("1", 3, 7, "کورد"), ForeignSpan("2", 3, 7, "عەرەب")
    text = ForeignText("d", "😀 کورد.", [good, good, bad])
    assert text.span(good) == Span(2, 6)
    assert refused(text, bad) == (
        "formats.foreign_text",
        {"document": "d", "annotation": "2", "told": "عەرەب", "found": "کورد"},
    )
    outside = {"document": "d", "annotation": "3", "length": 8}
    for start, end in ((3, 99), (-1, 3), (1, 3), (3, 3), (7, 3)):
        place = ForeignSpan("3", start, end)
        values = {**outside, "start": start, "end": end}
        assert refused(text, place) == ("formats.foreign_outside", values)


def test_a_text_is_measured_once_for_each_unit_however_many_places_are_wrong(monkeypatch):
    made = []

    class Counted(offset_units.Offsets):
        def __init__(self, text, unit):
            made.append(unit)
            super().__init__(text, unit)

    monkeypatch.setattr(offset_units, "Offsets", Counted)
    good, bad = ForeignSpan("1", 3, 7, "کورد"), ForeignSpan("2", 3, 7, "عەرەب")
    text = ForeignText("d", "😀 کورد.", [good] * 20 + [bad] * 20)
    assert text.span(good) == Span(2, 6)
    assert len(made) <= 2 * len(OffsetUnit)


def test_a_text_that_is_never_stored_is_refused():
    with pytest.raises(UserError) as error:
        ForeignText("d", "a\0", [])
    assert error.value.key == "formats.text_nul"


def test_bytes_are_shown_by_words_and_told():
    place = ForeignSpan("1", 9, 17)
    text = ForeignText("d", "کورد عەرەب", [place, ForeignSpan("2", 0, 8), ForeignSpan("3", 9, 19)])
    assert text.notes == (Note("formats.foreign_by_bytes", {"unit": "UTF-8"}),)
    assert text.span(ForeignSpan("3", 9, 19)) == Span(5, 10)
    plain = ForeignText("d", "کورد عەرەب", [ForeignSpan("2", 0, 4)])
    assert plain.notes == ()
