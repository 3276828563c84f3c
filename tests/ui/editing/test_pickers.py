"""Entities, attributes and the fixed fields of quotes by keys."""

from msgspec.structs import replace

from annotator.core.annotations import Evidence, QuoteType, Realis, SpeakerForm
from annotator.core.ids import Layer
from annotator.ui.editing.choices import Choice, paged
from annotator.ui.editing.editor import TextWish
from annotator.ui.editing.pickers import questions_about
from tests.builders import attribute_spec
from tests.ui.editing.desk import news_scheme

PEOPLE = "[ئەحمەد]PER=E1 و [کاوە]PER=E2 و [ئەو]PER=E3"


def entities(d):
    return [m.entity for m in d.set.mentions()]


def key_of(d, title):
    return next(key for key, text in d.titles().items() if title in text)


def test_a_digit_links_and_the_orphan_goes(desk):
    d = desk(PEOPLE)
    d.at("ئەو").press("L")
    assert d.titles()["1"].startswith("\u2068ئەو")
    d.press(key_of(d, "کاوە"))
    assert entities(d) == ["E1", "E2", "E2"]
    assert "E3" not in d.set
    assert d.editor.mode is None


def test_the_present_entity_is_marked(desk):
    d = desk(PEOPLE)
    d.press("L")
    assert [c.key for c in d.editor.choices() if c.is_filled] == ["1"]


def test_a_new_entity_and_none(desk):
    d = desk("[ئەحمەد]PER=E1 و [ئەحمەد]PER=E1")
    d.press("L N")
    assert entities(d) == ["E2", "E1"]
    d.press("L Backspace")
    assert entities(d) == [None, "E1"]
    assert "E2" not in d.set
    d.press("L Escape")
    assert d.editor.mode is None


def test_a_title_names_a_person(desk):
    d = desk("[سەرۆک]TITLE هات")
    d.press("L N")
    assert [(e.label, e.name) for e in d.set.entities()] == [("PER", "سەرۆک")]


def test_a_label_the_scheme_lost_is_kept(desk):
    scheme = news_scheme()
    d = desk("[ئەو]PER=E1", scheme=replace(scheme, labels=scheme.labels[1:]))
    d.press("L")
    assert d.editor.choices()[0].color is None
    d.press("N")
    assert d.set.entity("E2").label == "PER"
    d = desk("[سەرۆک]TITLE", scheme=replace(scheme, labels=scheme.labels[9:10]))
    d.press("L N")
    assert d.set.entity("E1").label == "TITLE"


def test_linking_inside_an_open_quote_leads_back_to_it(desk):
    d = desk("[ئەو]PER=E1 «[هات]direct»")
    d.at("هات").press("Enter")
    d.at("ئەو").press("L Backspace")
    assert (d.mode(), d.set.mention("T1").entity) == ("QuoteFrame", None)


def test_a_mode_that_waits_behind_a_picker_and_is_gone_is_not_entered(desk):
    d = desk("[ئەو]PER=E1 «هات»")
    d.at("هات").press("Q")
    d.at("ئەو").press("L")
    assert d.mode() == "EntityPicker"
    d.press("Ctrl+Z Escape")
    assert d.editor.mode is None


def test_many_entities_turn_pages(desk):
    d = desk(" ".join(f"[کەس{x}]PER=E{n}" for n, x in enumerate("ئابپتجچحخدرز", 1)))
    d.press("L 0")
    assert [k for k in d.titles() if k.isdigit()] == ["1", "2", "3", "0"]
    d.press("3")
    assert len(set(entities(d))) == 11


def test_pages():
    turned = []
    many = [Choice("", str(n), lambda: None) for n in range(20)]

    def shown(count, page):
        return [(c.key, c.title) for c in paged(many[:count], page, "more", turned.append)]

    assert shown(0, 0) == []
    assert shown(9, 0) == [(str(n + 1), str(n)) for n in range(9)]
    assert shown(10, 0)[-1] == ("0", "more")
    assert shown(10, 1) == [("1", "9"), ("0", "more")]
    assert shown(20, 7) == shown(20, 2)
    for page in (0, 1, 2, 7):
        paged(many, page, "more", turned.append)[-1].run()
    assert turned == [1, 2, 0, 0]


def test_a_single_question_is_asked_at_once(desk):
    d = desk("[هەولێر]GPE هات")
    d.press("F")
    spec = news_scheme().attributes[1]
    assert d.editor.mode.heading == d.editor.say(spec.name)
    d.press(key_of(d, d.editor.say(spec.values[1].name)))
    assert d.set.mention("T1").attrs == (("facet", "government"),)
    d.press("F")
    assert [c.title for c in d.editor.choices() if c.is_filled] == [
        d.editor.say(spec.values[1].name)
    ]
    d.press(key_of(d, d.editor.sentence("choice.no_value")))
    assert d.set.mention("T1").attrs == ()


def test_a_question_without_values_is_typed(desk):
    d = desk("[دوێنێ]DATE هات")
    d.press("F V")
    assert d.text_wishes == [TextWish("T1", "value")]
    assert d.editor.mode is None


def test_an_event_is_asked_by_letters(desk):
    d = desk("[هات]Movement.Visit")
    d.press("Enter F R 2")
    assert d.set.event("EV1").realis is Realis.GENERIC
    assert d.mode() == "EventFrame"
    d.press("F")
    assert d.editor.mode.heading == d.editor.sentence("legend.attributes")
    d.press("C")
    assert d.text_wishes == [TextWish("EV1", "cluster")]
    d.press("F Z")
    assert d.refusal() == "refused.no_such_choice"


def test_more_values_than_digits_can_all_be_reached(desk):
    d = desk("«[باشە]direct»")
    d.at("باشە").press("Shift+Enter F M")
    spec = next(s for s in news_scheme().attributes if s.id == "medium")
    first = [t for k, t in d.titles().items() if k in "123456789"]
    d.press("0")
    second = [t for k, t in d.titles().items() if k in "123456789"]
    assert [*first, *second] == [
        *(d.editor.say(v.name) for v in spec.values),
        d.editor.sentence("choice.no_value"),
    ]
    d.press("2")
    assert d.set.quote("Q1").attrs == (("medium", "other"),)


def test_type_form_and_evidence_of_a_quote(desk):
    d = desk("[ئەو]PER «[باشە]direct(speaker=T1)»")
    d.at("باشە").press("Shift+Enter F T")
    types = [spec.id for spec in news_scheme().quote_types]
    d.press(str(types.index("indirect") + 1))
    d.press(f"F O {list(SpeakerForm).index(SpeakerForm.CLITIC) + 1}")
    d.press(f"F E {list(Evidence).index(Evidence.ANAPHORIC) + 1}")
    quote = d.set.quote("Q1")
    assert quote.type is QuoteType.INDIRECT
    assert (quote.speaker.form, quote.speaker.evidence) == (
        SpeakerForm.CLITIC,
        Evidence.ANAPHORIC,
    )


def test_a_field_whose_key_the_scheme_took_gets_another(desk):
    scheme = news_scheme()
    tone = replace(attribute_spec("tone", Layer.QUOTE, "loud"), key="T")
    d = desk("«[باشە]direct»", scheme=replace(scheme, attributes=(*scheme.attributes, tone)))
    questions = questions_about(d.editor, d.set.quote("Q1"))
    assert len({q.key for q in questions}) == len(questions)
    assert next(q.key for q in questions if q.attribute == "tone") == "T"
    assert next(q for q in questions if q.title == d.editor.sentence("field.quote_type")).options


def test_the_default_counts_as_given(desk):
    scheme = news_scheme()
    facet = replace(scheme.attributes[1], default="people")
    d = desk("[هەولێر]GPE", scheme=replace(scheme, attributes=(facet,)))
    d.press("F")
    assert [c.title for c in d.editor.choices() if c.is_filled] == [
        d.editor.say(facet.values[2].name)
    ]
    assert len([k for k in d.titles() if k.isdigit()]) == len(facet.values)
