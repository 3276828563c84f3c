import pytest

from annotator.foundation.errors import Defect
from annotator.kurdish.lexicon import (
    EntryKind,
    Lexicon,
    LexiconEntry,
    lexicon_from_json,
)
from annotator.kurdish.normalize import fold_text

CUE = {"form": "گوتی", "gloss": "said", "cue_type": "say", "pattern": "گوتی"}


def test_missing_lists_are_empty():
    assert lexicon_from_json({}) == Lexicon()


def test_entries_keep_their_fields():
    lexicon = lexicon_from_json(
        {
            "places": [{"form": "سووریا", "gloss": "Syria", "variants": ["سوریا"], "group": "GPE"}],
            "number_words": [{"form": "سێ", "gloss": "3", "value": 3}],
            "reporting_cues": [CUE | {"is_weak": True, "variants": ["گوت"]}],
        }
    )
    assert lexicon.entries == (
        LexiconEntry(EntryKind.PLACE, "سووریا", "Syria", ("سوریا",), "GPE"),
        LexiconEntry(EntryKind.NUMBER, "سێ", "3", value=3),
    )
    assert lexicon.of_kind(EntryKind.PLACE)[0].forms == ("سووریا", "سوریا")
    assert lexicon.of_kind(EntryKind.TITLE) == ()
    (cue,) = lexicon.cues
    assert (cue.form, cue.variants, cue.is_weak) == ("گوتی", ("گوت",), True)
    assert cue.pattern.search("ئەو گوتی.")
    assert not cue.pattern.search("نەیگوتی گوتیان")


@pytest.mark.parametrize(
    ("data", "key", "values"),
    [
        ({"places": {}}, "defect.lexicon_list", {"list": "places"}),
        ({"places": ["هەولێر"]}, "defect.lexicon_list", {"list": "places"}),
        (
            {"places": [{"gloss": "Erbil"}]},
            "defect.lexicon_entry",
            {"list": "places", "position": 0, "field": "form"},
        ),
        (
            {"places": [{"form": "هەولێر", "gloss": ""}]},
            "defect.lexicon_entry",
            {"list": "places", "position": 0, "field": "gloss"},
        ),
        (
            {"places": [{"form": "هەولێر", "gloss": "Erbil", "variants": "x"}]},
            "defect.lexicon_entry",
            {"list": "places", "position": 0, "field": "variants"},
        ),
        (
            {"ordinals": [{"form": "یەکەم", "gloss": "1st", "value": "1"}]},
            "defect.lexicon_entry",
            {"list": "ordinals", "position": 0, "field": "value"},
        ),
        (
            {"reporting_cues": [CUE, CUE | {"pattern": "("}]},
            "defect.lexicon_entry",
            {"list": "reporting_cues", "position": 1, "field": "pattern"},
        ),
    ],
)
def test_damaged_lists_are_told(data, key, values):
    with pytest.raises(Defect) as caught:
        lexicon_from_json(data)
    assert (caught.value.key, caught.value.values) == (key, values)


def test_the_bundled_lists_are_complete(lexicon):
    assert len(lexicon.cues) == 34
    counts = {kind.value: len(lexicon.of_kind(kind)) for kind in EntryKind}
    assert counts == {
        "places": 66,
        "organisations": 43,
        "persons": 12,
        "nationality_adjectives": 17,
        "titles": 47,
        "event_nouns": 18,
        "units": 16,
        "number_words": 40,
        "ordinals": 6,
    }


def test_the_bundled_lists_hold_facts_only(word_lists):
    allowed = {"form", "gloss", "variants", "group", "value", "cue_type", "pattern", "is_weak"}
    assert {field for records in word_lists.values() for one in records for field in one} <= allowed


def test_every_bundled_cue_matches_its_own_forms(lexicon):
    """Forms with a gap (…) are matched up to it."""
    missed = [
        form
        for cue in lexicon.cues
        for form in (cue.form, *cue.variants)
        if not cue.pattern.search(fold_text(form))
    ]
    assert missed == []
