"""What the inspector shows of each kind of annotation, and what its fields set."""

import pytest
from msgspec.structs import replace

from annotator.core.annotations import MentionLevel, MentionTarget, Polarity, QuoteType, Speaker
from annotator.ui.editing.inspection import inspect
from tests.ui.editing.desk import news_scheme

ALL = (
    "[ئەحمەد]PER=E1 و [کاوە]PER=E2 لە [هەولێر]GPE=E3 "
    "[کۆبووەوە]Contact.Meet(Participant=T1,Participant=E2,Medium=T3) "
    "«[یەک «[باشە]direct(speaker=T1,addressee=T2,parent=Q1)» دوو]direct»"
)


def rows(d):
    return {row.id: row for row in inspect(d.editor)}


def at(desk, word, **choices):
    return desk(ALL, **choices).at(word)


def test_nothing_here(desk):
    assert inspect(desk("یەک").editor) == ()


def test_a_mention(desk):
    d = at(desk, "هەولێر")
    found = rows(d)
    assert list(found) == [
        "label",
        "level",
        "entity",
        "wikidata",
        "text",
        "offsets",
        "facet",
        "id",
    ]
    assert {k: found[k].value for k in ("label", "level", "entity", "wikidata", "text", "id")} == {
        "label": "GPE",
        "level": "NAM",
        "entity": "هەولێر",
        "wikidata": "",
        "text": "هەولێر",
        "id": "T3",
    }
    assert found["label"].guide
    enabled = [x.id for x in news_scheme().labels if x.is_enabled]
    assert [option for option, _ in found["label"].options] == enabled
    start = d.span("هەولێر").start
    assert found["offsets"].value == f"{start}–{start + 6}"
    assert found["facet"].options[0] == ("", d.editor.sentence("choice.no_value"))


@pytest.mark.parametrize(
    ("row", "value", "read", "expected"),
    [
        ("label", "LOC", lambda s: s.mention("T3").label, "LOC"),
        ("level", "NOM", lambda s: s.mention("T3").level, MentionLevel.NOM),
        ("entity", " دهۆک ", lambda s: s.entity("E3").name, "دهۆک"),
        ("wikidata", " Q5 ", lambda s: s.entity("E3").kb, (("wikidata", "Q5"),)),
        ("facet", "people", lambda s: s.mention("T3").attrs, (("facet", "people"),)),
    ],
)
def test_the_fields_of_a_mention(desk, row, value, read, expected):
    d = at(desk, "هەولێر")
    rows(d)[row].set(value)
    assert read(d.set) == expected
    assert d.editor.selected == "T3"


def test_clearing_fields(desk):
    d = at(desk, "هەولێر")
    rows(d)["wikidata"].set("Q5")
    rows(d)["wikidata"].set("  ")
    rows(d)["facet"].set("people")
    rows(d)["facet"].set("")
    assert (d.set.entity("E3").kb, d.set.mention("T3").attrs) == ((), ())


def test_a_setter_tells_its_refusal_like_a_key(desk):
    d = at(desk, "هەولێر")
    before = d.state()
    rows(d)["entity"].set("  ")
    assert d.refusal() == "refused.entity_name_empty"
    rows(d)["label"].set("GPE")
    assert d.refusal() == "refused.same_label"
    assert d.state() == before


def test_typing_into_a_field_is_one_step(desk):
    d = at(desk, "هەولێر")
    for value in ("د", "ده", "دهۆک"):
        rows(d)["entity"].set(value)
        d.now += 0.5
    d.press("Ctrl+Z")
    assert d.set.entity("E3").name == "هەولێر"


def test_a_mention_without_entity_and_with_a_lost_label(desk):
    scheme = news_scheme()
    d = desk("[ئەو]PER هات", scheme=replace(scheme, labels=scheme.labels[1:]))
    found = rows(d)
    assert found["entity"].set is None
    assert found["label"].options[0] == ("PER", "PER")
    assert found["label"].guide == ""
    found["label"].set("ORG")
    assert d.set.mention("T1").label == "ORG"


def test_a_label_that_is_off_is_shown_only_where_it_is(desk):
    d = desk("[دۆلار]MONEY هات")
    assert "MONEY" in dict(rows(d)["label"].options)
    assert "PERCENT" not in dict(rows(d)["label"].options)


def test_an_event(desk):
    d = at(desk, "کۆبووەوە")
    found = rows(d)
    assert list(found) == [
        "type",
        "role.Participant.1",
        "role.Participant.2",
        "role.Medium.1",
        "text",
        "offsets",
        "realis",
        "polarity",
        "tense",
        "cluster",
        "id",
    ]
    assert found["role.Participant.1"].value == "ئەحمەد"
    assert found["role.Participant.2"].value == "(کاوە)"
    assert found["role.Medium.1"].title == "Medium"
    assert found["realis"].value == "actual"
    assert found["realis"].options[0][0] == "actual"
    assert found["type"].guide


def test_the_fields_of_an_event(desk):
    d = at(desk, "کۆبووەوە")
    rows(d)["polarity"].set("negative")
    rows(d)["cluster"].set(" c1 ")
    event = d.set.event("EV1")
    assert (event.polarity, event.cluster) == (Polarity.NEGATIVE, "c1")
    rows(d)["cluster"].set("")
    rows(d)["role.Medium.1"].remove()
    rows(d)["role.Participant.1"].remove()
    assert [a.role for a in d.set.event("EV1").arguments] == ["Participant"]
    assert d.set.event("EV1").cluster is None


def test_retyping_in_the_inspector_tells_what_went(desk):
    d = at(desk, "کۆبووەوە")
    rows(d)["type"].set("Movement.Visit")
    assert d.set.event("EV1").arguments == ()
    assert d.last[0] == "notice.lost"
    assert d.last[1]["lost"] == ("arguments: 3",)
    missing = d.editor.sentence("inspector.missing")
    assert rows(d)["role.Visitor"].value == missing


def test_an_event_of_a_lost_type(desk):
    scheme = news_scheme()
    d = at(desk, "کۆبووەوە", scheme=replace(scheme, event_types=scheme.event_types[1:]))
    found = rows(d)
    assert found["type"].options[0] == ("Contact.Meet", "Contact.Meet")
    assert found["role.Participant.1"].title == "Participant"
    found["role.Participant.1"].remove()
    assert len(d.set.event("EV1").arguments) == 2


def test_a_quote(desk):
    d = at(desk, "باشە")
    found = rows(d)
    assert list(found) == [
        "T",
        "O",
        "E",
        "cue",
        "speaker",
        "addressee.1",
        "parent",
        "text",
        "offsets",
        "medium",
        "cluster",
        "id",
    ]
    assert found["cue"].remove is None
    assert found["cue"].value == d.editor.sentence("choice.no_value")
    assert (found["speaker"].value, found["addressee.1"].value) == ("ئەحمەد", "کاوە")
    assert found["parent"].value == "Q1"
    assert dict(found["T"].options)[found["T"].value]


def test_the_fields_of_a_quote(desk):
    d = at(desk, "باشە")
    types = [spec.id for spec in news_scheme().quote_types]
    rows(d)["T"].set(str(types.index("mixed")))
    rows(d)["addressee.1"].remove()
    rows(d)["speaker"].remove()
    quote = d.set.quote("Q2")
    assert (quote.type, quote.addressees, quote.speaker) == (QuoteType.MIXED, (), Speaker())
    assert rows(d)["speaker"].remove is None


def test_the_cue_is_taken_away_and_the_head_shown(desk):
    d = desk("[جەختی]Q1.cue «[باشە]direct» [کرد]Q1.cue")
    d.at("باشە")
    assert rows(d)["cue"].value == "جەختی کرد"
    rows(d)["cue"].remove()
    assert d.set.quote("Q1").cue is None
    d = desk("پێشوازی لە ئەو کرد")
    d.at("پێشوازی").press("E M")
    d.select("کرد").press("Shift+Equal")
    assert rows(d)["head"].value == "پێشوازی"
    assert rows(d)["offsets"].value.count("–") == 2


def test_speakers_outlive_the_rows_they_were_shown_in(desk):
    d = at(desk, "باشە")
    old = rows(d)["addressee.1"]
    d.press("Enter")
    d.at("کاوە").press("S")
    assert d.set.quote("Q2").speaker.who == MentionTarget("T2")
    old.remove()
    assert d.set.quote("Q2").addressees == ()


def test_dates_in_the_guideline_keep_their_order(desk):
    d = desk("[دوێنێ]DATE", language="ckb")
    guide = next(row.guide for row in inspect(d.editor) if row.guide)
    assert "\u20682024-05-18\u2069" in guide
