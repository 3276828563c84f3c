import json

import pytest

from annotator.foundation.errors import Defect
from annotator.foundation.paths import resource
from annotator.kurdish.lexicon import (
    EntryKind,
    Lexicon,
    LexiconEntry,
    TriggerEntry,
    lexicon_from_json,
)
from annotator.kurdish.normalize import fold_text

CUE = {"form": "گوتی", "gloss": "said", "cue_type": "say", "pattern": "گوتی"}
TRIGGER = {"form": "بڕیار", "gloss": "decision", "event_type": "Government.Decide"}


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
    assert cue.pattern.ready.search("ئەو گوتی.")
    assert not cue.pattern.ready.search("نەیگوتی گوتیان")


def test_a_name_may_be_an_ordinary_word():
    names = [
        {"form": "چین", "gloss": "China", "is_common": True},
        {"form": "دهۆک", "gloss": "Duhok"},
    ]
    entries = lexicon_from_json({"places": names}).entries
    assert [entry.is_common for entry in entries] == [True, False]


def test_triggers_take_their_verbs_from_a_list():
    lexicon = lexicon_from_json(
        {
            "light_verbs": [{"form": "دان", "gloss": "give", "pattern": "دا|دەدات"}],
            "event_triggers": [TRIGGER | {"verb": "دان", "needs_verb": True}, TRIGGER],
        }
    )
    with_verb, plain = lexicon.triggers
    assert plain == TriggerEntry("بڕیار", "decision", "Government.Decide")
    assert (with_verb.needs_verb, with_verb.forms) == (True, ("بڕیار",))
    assert with_verb.verb.ready.fullmatch("دەدات")
    assert not with_verb.verb.ready.fullmatch("نەدا")


@pytest.mark.parametrize(
    ("data", "key", "values"),
    [
        (
            {"event_triggers": [TRIGGER | {"verb": "دان"}]},
            "defect.lexicon_entry",
            {"list": "event_triggers", "position": 0, "field": "verb"},
        ),
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
            {"reporting_cues": [CUE, CUE | {"pattern": ""}]},
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
    allowed |= {"is_common", "event_type", "verb", "needs_verb"}
    assert {field for records in word_lists.values() for one in records for field in one} <= allowed


def test_every_bundled_cue_matches_its_own_forms(lexicon):
    """Forms with a gap (…) are matched up to it."""
    missed = [
        form
        for cue in lexicon.cues
        for form in (cue.form, *cue.variants)
        if not cue.pattern.ready.search(fold_text(form))
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("verb", "forms", "others"),
    [
        ("کردن", "کرد کردووە نەکرد کرا کراوە دەکات دەکەن بکەن ناکات دەکرێت", "کردەوە دەکاتەوە کار"),
        ("دان", "دا داوە نەدا دەدات بدەن", "داوا دەست"),
        ("بوون", "بوو بوون بووە دەبێت", "بوار"),
        ("دەربڕین", "دەربڕی دەریبڕی دەردەبڕێت", "دەربڕین"),
    ],
)
def test_a_light_verb_is_known_in_its_forms_and_not_in_other_verbs(lexicon, verb, forms, others):
    pattern = next(one.verb for one in lexicon.triggers if one.verb and verb_of(one) == verb)
    assert [form for form in forms.split() if not pattern.ready.fullmatch(fold_text(form))] == []
    assert [form for form in others.split() if pattern.ready.fullmatch(fold_text(form))] == []


def verb_of(trigger):
    """The infinitive of a trigger's verb, told by a form that only this one has."""
    known = {"کرد": "کردن", "دا": "دان", "بوو": "بوون", "دەربڕی": "دەربڕین"}
    return next(name for form, name in known.items() if trigger.verb.ready.fullmatch(form))


def test_every_trigger_of_the_lists_is_an_event_of_the_bundled_scheme(lexicon):
    scheme = json.loads(resource("schemes/ckb-news.json").read_text(encoding="utf-8"))
    known = {event_type["id"] for event_type in scheme["event_types"]}
    assert {trigger.event_type for trigger in lexicon.triggers} - known == set()
    forms = [form for trigger in lexicon.triggers for form in trigger.forms]
    assert len(set(forms)) == len(forms) > 45
