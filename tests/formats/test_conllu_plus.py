"""CoNLL-U Plus as the `conllu` package reads it: the whole text, and all that columns can hold."""

import re
import time

import conllu
import pytest
from conllu.parser import parse_dict_value
from msgspec.structs import replace

from annotator.core.annotations import (
    Argument,
    EventTarget,
    Evidence,
    ImplicitTarget,
    Mention,
    MentionLevel,
    MentionTarget,
    Polarity,
    QuoteTarget,
    Realis,
    SpanTarget,
    Speaker,
    SpeakerForm,
)
from annotator.core.document import Segmentation
from annotator.core.ids import RecordId
from annotator.core.span import Fragments, Span
from annotator.formats.conllu_plus import COLUMNS, CONLLU_PLUS
from annotator.formats.losses import LossKind
from tests.builders import changed
from tests.formats.specimens import article_of, bundle, specimens, with_set
from tests.formats.written import write

FIELDS = {
    name.lower(): lambda line, i: parse_dict_value(line[i])
    for name in ("MISC", "CKB:NER", "CKB:EVENT", "CKB:QUOTE")
}
ITEMS = specimens()
SPACES = {r"\s": " ", r"\t": "\t", r"\n": "\n"}


def written(*items):
    report, files, losses = write(CONLLU_PLUS, items)
    [data] = files.values()
    return data.decode(), losses, report


def parsed(text):
    """The sentences of each document by its name."""
    documents = {}
    for sentence in conllu.parse(text, field_parsers=dict(FIELDS)):
        if "newdoc id" in sentence.metadata:
            documents[sentence.metadata["newdoc id"]] = []
        documents[sentence.metadata["sent_id"].rpartition(":")[0]].append(sentence)
    return documents


def unescaped(spaces):
    return re.sub(r"\\[stn]", lambda found: SPACES[found[0]], spaces)


def rebuilt(sentences):
    """The text, from forms and MISC alone."""
    text = ""
    for token in (token for sentence in sentences for token in sentence):
        misc = token["misc"] or {}
        after = "" if misc.get("SpaceAfter") == "No" else unescaped(misc.get("SpacesAfter", " "))
        text += unescaped(misc.get("SpacesBefore", "")) + token["form"] + after
    return text


def column(sentences, name):
    """What the tokens say of each record, as (tag, form)."""
    found = {}
    for token in (token for sentence in sentences for token in sentence):
        for key, tag in (token[name] or {}).items():
            found.setdefault(key, []).append((tag, token["form"]))
    return found


def test_texts_come_back_to_the_last_space():
    text, _, report = written(*ITEMS)
    documents = parsed(text)
    assert list(documents) == ["empty", "plain", "rich", "twice.a1", "twice.a2"]
    for item in ITEMS:
        for content in item.bundle.sets:
            one = item.bundle.document
            name = one.id if len(item.bundle.sets) == 1 else f"{one.id}.{content.header.id}"
            assert rebuilt(documents[name]) == one.text
    assert (report.documents, report.records) == (4, 5)


@pytest.mark.parametrize(
    "text",
    [
        "یەک",
        "یەک ",
        "  یەک",
        "\n\tیەک  دوو\n\n سێ.\n",
        "یەک\u00a0دوو\u2028سێ\u3000.",
        "😀 می\u200cدیا، «وتە».  ئەو\t هات.",
        "a=b|c _ # \\s \\n",
        " x",
    ],
)
def test_every_kind_of_space_comes_back(text):
    [sentences] = parsed(written(bundle("d1", text))[0]).values()
    assert rebuilt(sentences) == text


def test_the_lines_are_these():
    text, losses, _ = written(bundle("d1", "[ئازاد]PER=E1 هات.\nدوو  سێ"))
    assert text == (
        "# global.columns = ID FORM MISC CKB:NER CKB:EVENT CKB:QUOTE\n"
        "# newdoc id = d1\n"
        "# newpar\n"
        "# sent_id = d1:1\n"
        "# text = ئازاد هات.\n"
        "1\tئازاد\t_\tT1=B-PER:E1\t_\t_\n"
        "2\tهات\tSpaceAfter=No\t_\t_\t_\n"
        "3\t.\tSpacesAfter=\\n\t_\t_\t_\n"
        "\n"
        "# newpar\n"
        "# sent_id = d1:2\n"
        "# text = دوو  سێ\n"
        "1\tدوو\tSpacesAfter=\\s\\s\t_\t_\t_\n"
        "2\tسێ\tSpaceAfter=No\t_\t_\t_\n"
        "\n"
    )
    assert [(one.record, one.kind, one.detail) for one in losses] == [
        ("E1", LossKind.DETAIL, "label, name")
    ]


def test_a_sentence_across_lines_has_its_text_on_one():
    item = bundle("d1", "یەک\nدوو.")
    tokens = item.segmentation.tokens
    whole = Segmentation(tokens, (Span(0, 8),), (Span(0, 8),))
    text, _, _ = written(replace(item, segmentation=whole))
    assert "# text = یەک دوو.\n" in text
    assert [rebuilt(one) for one in parsed(text).values()] == ["یەک\nدوو."]


def test_a_paragraph_of_two_sentences_begins_once():
    text, _, _ = written(bundle("d1", "یەک هات. دوو هات."))
    assert text.count("# newpar") == 1
    assert text.count("# sent_id") == 2


def test_sentences_have_their_text_and_every_column():
    text, _, _ = written(*ITEMS)
    assert text.startswith(f"# global.columns = {' '.join(COLUMNS)}\n")
    for sentences in parsed(text).values():
        for sentence in sentences:
            assert rebuilt([sentence]).strip() == sentence.metadata["text"]
            assert [token["id"] for token in sentence] == list(range(1, len(sentence) + 1))
            for token in sentence:
                assert list(token) == [name.lower() for name in COLUMNS]


def test_mentions_lie_inside_of_others_and_go_on_behind_a_gap():
    item = bundle("d1", "[سەرۆکی [هەرێم]GPE]PER=E1 [نێردە]NORP لە [کەرکووک]T3.part")
    [sentences] = parsed(written(item)[0]).values()
    assert column(sentences, "ckb:ner") == {
        "T1": [("B-PER:E1", "سەرۆکی"), ("I-PER", "هەرێم")],
        "T2": [("B-GPE", "هەرێم")],
        "T3": [("B-NORP", "نێردە"), ("I-NORP", "کەرکووک")],
    }


def test_a_mention_goes_on_in_the_next_sentence():
    [sentences] = parsed(written(bundle("d1", "یەک [هات. دوو]ORG هات."))[0]).values()
    assert len(sentences) == 2
    assert column(sentences, "ckb:ner") == {
        "T1": [("B-ORG", "هات"), ("I-ORG", "."), ("I-ORG", "دوو")]
    }


def targets(annotations):
    arguments = (
        Argument("Participant", MentionTarget(RecordId("T1"))),
        Argument("Participant", ImplicitTarget(RecordId("E1"))),
        Argument("Topic", QuoteTarget(RecordId("Q1"))),
        Argument("Topic", EventTarget(RecordId("EV2"))),
        Argument("Place", SpanTarget(Fragments.at(0, 5), RecordId("E1"))),
        Argument("Time", SpanTarget(Fragments.at(0, 5))),
    )
    return changed(annotations, "EV1", arguments=arguments)


TOLD = "[ئازاد]PER=E1 [کۆبووەوە]Contact.Meet و [هات]Movement.Visit: «[من باشم]direct»"


def test_arguments_of_every_kind_stand_on_what_fills_them():
    text, losses, _ = written(with_set(bundle("d1", TOLD), targets))
    [sentences] = parsed(text).values()
    assert column(sentences, "ckb:event") == {
        "EV1": [("B-Contact.Meet", "کۆبووەوە")],
        "EV1.Participant.1": [("B-Participant:T1", "ئازاد")],
        "EV1.Participant.2": [("Participant:E1", "کۆبووەوە")],
        "EV1.Topic.3": [("B-Topic:Q1", "من"), ("I-Topic", "باشم")],
        "EV1.Topic.4": [("B-Topic:EV2", "هات")],
        "EV1.Place.5": [("B-Place:E1", "ئازاد")],
        "EV1.Time.6": [("B-Time", "ئازاد")],
        "EV2": [("B-Movement.Visit", "هات")],
    }
    assert [loss.record for loss in losses] == ["E1"]


def test_quotes_have_all_their_parts():
    item = bundle(
        "d1",
        "[سەرۆک]PER=E1 [جەختی]Q1.cue لەوە [کردەوە]Q1.cue: "
        "«[من [باشم]indirect(parent=Q1)]direct(speaker=T1,addressee=E1,addressee=T1)».",
    )
    text, losses, _ = written(item)
    [sentences] = parsed(text).values()
    found = column(sentences, "ckb:quote")
    assert found == {
        "Q1": [("B-direct", "من"), ("I-direct", "باشم")],
        "Q2": [("B-indirect:Q1", "باشم")],
        "Q1.cue": [("B-cue", "جەختی"), ("I-cue", "کردەوە")],
        "Q1.mark.1": [("B-mark", "«")],
        "Q1.mark.2": [("B-mark", "»")],
        "Q1.speaker": [("B-speaker:T1", "سەرۆک")],
        "Q1.addressee.1": [("addressee:E1", "من")],
        "Q1.addressee.2": [("B-addressee:T1", "سەرۆک")],
    }
    assert [(one.record, one.detail) for one in losses] == [("E1", "label, name")]


def test_a_speaker_may_be_a_piece_of_text():
    def edit(annotations):
        who = SpanTarget(Fragments.at(0, 3))
        speaker = Speaker(who, SpeakerForm.NOMINAL, Evidence.EXPLICIT)
        return changed(annotations, "Q1", speaker=speaker)

    item = with_set(bundle("d1", "ئازاد گوتی [باشە]indirect"), edit)
    text, losses, _ = written(item)
    [sentences] = parsed(text).values()
    assert column(sentences, "ckb:quote")["Q1.speaker"] == [("B-speaker", "ئازاد")]
    assert [(one.record, one.kind, one.detail) for one in losses] == [
        ("Q1", LossKind.WIDENED, "speaker"),
        ("Q1", LossKind.DETAIL, "form, evidence"),
    ]


def test_everything_that_is_not_in_a_column_is_told():
    def edit(annotations):
        head = Fragments((Span(0, 5),), head=Span(0, 2))
        more = (("facet", "place"),)
        made = changed(annotations, "T1", level=MentionLevel.NOM, attrs=more)
        made = changed(made, "EV1", realis=Realis.OTHER, polarity=Polarity.NEGATIVE, cluster="c",
                       attrs=(("tense", "past"),), trigger=head)  # fmt: skip
        made = changed(made, "Q1", cluster="k", content=head, attrs=(("medium", "tweet"),))
        return changed(made, "E1", kb=(("wikidata", "Q1"),))

    item = with_set(bundle("d1", "[یەکدوو]Contact.Meet [هات]PER=E1 [باشە]indirect"), edit)
    _, losses, _ = written(item)
    assert {(one.record, one.kind, one.detail) for one in losses} == {
        ("T1", LossKind.DETAIL, "level, facet"),
        ("EV1", LossKind.WIDENED, ""),
        ("EV1", LossKind.DETAIL, "realis, polarity, cluster, head, tense"),
        ("Q1", LossKind.WIDENED, ""),
        ("Q1", LossKind.DETAIL, "cluster, head, medium"),
        ("E1", LossKind.DETAIL, "label, name, kb"),
    }


def test_the_head_of_a_cue_is_told():
    def edit(annotations):
        return changed(annotations, "Q1", cue=Fragments((Span(0, 4),), head=Span(0, 2)))

    _, losses, _ = written(with_set(bundle("d1", "گوتی [باشە]indirect"), edit))
    assert [(one.record, one.detail) for one in losses] == [("Q1", "cue head")]


def test_what_has_no_token_is_told_with_the_part_it_belongs_to():
    gap = Fragments.at(5, 6)

    def edit(annotations):
        made = annotations
        for identifier, field in (("T1", "fragments"), ("EV1", "trigger"), ("Q1", "content")):
            made = changed(made, identifier, **{field: gap})
        arguments = (
            Argument("Participant", MentionTarget(RecordId("T1"))),
            Argument("Time", SpanTarget(gap)),
        )
        return changed(made, "EV2", arguments=arguments)

    item = with_set(
        bundle("d1", "ئازاد [هات]PER [بوو]Contact.Meet [چوو]Movement.Visit [باشە]indirect"), edit
    )
    text, losses, _ = written(item)
    [sentences] = parsed(text).values()
    assert column(sentences, "ckb:event") == {"EV2": [("B-Movement.Visit", "چوو")]}
    assert {(one.record, one.kind, one.detail) for one in losses} == {
        ("T1", LossKind.NO_TOKEN, ""),
        ("EV1", LossKind.NO_TOKEN, ""),
        ("EV2", LossKind.NO_TOKEN, "Participant.1"),
        ("EV2", LossKind.NO_TOKEN, "Time.2"),
        ("Q1", LossKind.NO_TOKEN, ""),
    }


def test_a_piece_that_ends_inside_of_a_word_is_widened_and_one_of_spaces_is_left_out():
    def edit(annotations):
        return changed(annotations, "T1", fragments=Fragments((Span(0, 2), Span(5, 6))))

    text, losses, _ = written(with_set(bundle("d1", "ئازاد [هات]PER"), edit))
    [sentences] = parsed(text).values()
    assert column(sentences, "ckb:ner") == {"T1": [("B-PER", "ئازاد")]}
    assert [(one.record, one.kind) for one in losses] == [("T1", LossKind.WIDENED)]


def test_names_that_would_end_a_cell_are_renamed_and_told_once():
    def edit(annotations):
        arguments = tuple(Argument("a:b", MentionTarget(RecordId("T1"))) for _ in range(2))
        made = changed(annotations, "EV1", type="x|y", arguments=arguments)
        return changed(made, "T1", label="a = b")

    item = with_set(bundle("d1", "[ئازاد]PER [هات]Movement.Visit"), edit)
    text, losses, _ = written(item)
    [sentences] = parsed(text).values()
    assert column(sentences, "ckb:ner") == {"T1": [("B-a_b", "ئازاد")]}
    assert list(column(sentences, "ckb:event")) == ["EV1.a_b.1", "EV1.a_b.2", "EV1"]
    assert [(one.record, one.kind, one.detail) for one in losses] == [
        ("T1", LossKind.RENAMED, "a_b"),
        ("EV1", LossKind.RENAMED, "x_y"),
        ("EV1", LossKind.RENAMED, "a_b"),
    ]


def test_an_entity_that_nothing_names_is_lost():
    _, losses, _ = written(ITEMS[2])
    assert [one.kind for one in losses if one.record == "E9"] == [LossKind.ENTITY]


def test_thousands_of_mentions_may_hold_the_same_tokens():
    text = " ".join(["وشە"] * 50)
    mentions = [
        Mention(RecordId(f"T{number}"), "PER", Fragments.at(0, len(text)), MentionLevel.NAM)
        for number in range(1, 20_001)
    ]
    item = article_of("d1", text, mentions)
    before = time.process_time()
    data, _, _ = written(item)
    assert time.process_time() - before < 2
    cells = [line.split("\t")[3] for line in data.splitlines() if "\t" in line]
    assert len(cells) == 50
    assert cells[0] == "|".join(f"T{number}=B-PER" for number in range(1, 20_001))
    assert cells[-1].count("=I-PER") == 20_000
