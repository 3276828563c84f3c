"""What suggesters know: the word lists by keys, and what the scheme admits."""

from msgspec.structs import replace

from annotator.suggest.knowledge import KnownName
from annotator.suggest.phrases import phrase_key
from tests.builders import scheme as small_scheme
from tests.suggest.readers import knowledge, lexicon_of, lists


def test_names_get_the_label_of_their_list():
    names = lexicon_of(
        places=[{"form": "دهۆک", "gloss": "Duhok", "group": "GPE", "variants": ["دهۆكک"]}],
        organisations=[{"form": "ناتۆ", "gloss": "NATO"}],
        persons=[{"form": "ئارام عومەر", "gloss": "x"}],
        nationality_adjectives=[{"form": "کورد", "gloss": "Kurd", "is_common": True}],
        titles=[{"form": "وەزیر", "gloss": "minister"}],
        units=[{"form": "دۆلار", "gloss": "dollar"}],
    ).names
    assert names == {
        phrase_key("دهۆک"): KnownName("GPE", is_common=False),
        phrase_key("دهۆكک"): KnownName("GPE", is_common=False),
        phrase_key("ناتۆ"): KnownName("ORG", is_common=False),
        phrase_key("ئارام عومەر"): KnownName("PER", is_common=False),
        phrase_key("کورد"): KnownName("NORP", is_common=True),
    }


def test_of_two_entries_with_one_key_the_first_counts():
    assert lists().names[phrase_key("رۆژئاوا")].label == "LOC"
    double = lexicon_of(
        places=[{"form": "چین", "gloss": "China", "group": "GPE"}],
        persons=[{"form": "چین", "gloss": "x"}],
    )
    assert double.names == {phrase_key("چین"): KnownName("GPE", is_common=False)}


def test_labels_that_are_off_or_missing_are_not_suggested():
    known = knowledge()
    assert known.admits_label("GPE")
    assert not known.admits_label("LANG")
    assert not known.admits_label("NOTHING")


def test_the_guideline_tells_whether_clitics_stay_outside():
    known = knowledge()
    assert known.cuts_clitics
    assert not replace(known, scheme=small_scheme(boundary_policy="token")).cuts_clitics
