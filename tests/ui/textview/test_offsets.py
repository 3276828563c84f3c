"""Code points and UTF-16 units agree with Python's own encoder."""

from hypothesis import given, strategies as st

from annotator.ui.textview.offsets import Utf16Map

TEXTS = st.text(alphabet="سڵاو ab٢\u200c😀𐎀🌳", max_size=30)


@given(TEXTS)
def test_every_offset_maps_as_the_encoder_counts(text):
    points = Utf16Map.of(text)
    for offset in range(len(text) + 1):
        units = len(text[:offset].encode("utf-16-le")) // 2
        assert points.to_units(offset) == units
        assert points.to_points(units) == offset
    assert points.units == len(text.encode("utf-16-le")) // 2


def test_the_middle_of_a_surrogate_pair_belongs_to_its_start():
    points = Utf16Map.of("ئ😀ب😀")
    assert [points.to_points(unit) for unit in range(7)] == [0, 1, 1, 2, 3, 3, 4]


def test_offsets_outside_are_brought_to_an_end():
    points = Utf16Map.of("a😀")
    assert (points.to_units(-3), points.to_units(9)) == (0, 3)
    assert (points.to_points(-3), points.to_points(9)) == (0, 2)


def test_text_without_astral_characters_keeps_no_table():
    assert Utf16Map.of("سڵاو" * 1000) == Utf16Map(4000)
