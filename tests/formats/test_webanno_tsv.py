"""WebAnno TSV 3, in files written after the description of the format."""

import io

import pytest

from annotator.core.annotations import MentionTarget
from annotator.formats.base import Bundle, ReadOptions
from annotator.formats.webanno_tsv import WEBANNO_TSV
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import UserError

NER = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
COREF = "de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink"
POS = "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS"
DEPENDENCY = "de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency"
EVENT = "webanno.custom.Event"
SLOT = f"ROLE_{EVENT}:arguments_webanno.custom.EventArgumentsLink|uima.tcas.Annotation"


def utf_16(text):
    return len(text.encode("utf-16-le")) // 2


def tsv(*parts, layers=(), count=utf_16, text=None):
    """A file: each part is a sentence, and rows of unit, word and cells (a word may be a part)."""
    lines = ["#FORMAT=WebAnno TSV 3.3", *(f"#T_{layer}" for layer in layers), "", ""]
    text = text or " ".join(sentence for sentence, *_ in parts)
    place = 0
    for sentence, *rows in parts:
        place = text.index(sentence, place)
        told = sentence.replace("\\", "\\\\").replace("\r", "\\r").replace("\t", "\\t")
        lines += [f"#Text={line}" for line in told.split("\n")]
        at = 0
        for unit, word, *cells in rows:
            at = sentence.index(word, 0 if "." in unit else at)
            begin = count(text[: place + at])
            lines.append("\t".join([unit, f"{begin}-{begin + count(word)}", word, *cells, ""]))
        lines.append("")
        place += len(sentence)
    return "\n".join(lines)


def read(text, name="a.tsv"):
    data = text if isinstance(text, bytes) else text.encode()
    found = list(WEBANNO_TSV.read(io.BytesIO(data), ReadOptions(name)))
    problems = [one for one in found if not isinstance(one, Bundle)]
    for one in problems:
        assert load_catalogue("ckb").text(one.key, **one.values)
    [bundle] = [one for one in found if isinstance(one, Bundle)]
    return bundle, problems


def mentions(bundle):
    text = bundle.document.text
    return [(one.label, one.fragments.of(text)) for one in bundle.sets[0].annotations.mentions()]


TEXT = "😀 شیلان سەعید لە هەولێردا بوو"
WORDS = (TEXT, [(f"1-{number}", word) for number, word in enumerate(TEXT.split(" "), 1)])


def sentence(**cells):
    """The words with cells at some of them: ``u2="PER[1]"``; a tuple has those of all columns."""
    text, rows = WORDS
    width = max((len(one) for one in cells.values() if isinstance(one, tuple)), default=1)
    made = []
    for unit, word in rows:
        told = cells.get(f"u{unit[-1]}", ("_",) * width)
        made.append((unit, word, *(told if isinstance(told, tuple) else (told,))))
    return text, *made


def test_names_over_several_words_stacked_ones_and_values_with_signs():
    part = sentence(u2="PER[1]|A\\|B\\_\\[\\->\\;\\*\\\\\\n[2]", u3="PER[1]", u5="GPE|*", u6="*")
    bundle, problems = read(tsv(part, layers=[f"SP={NER}|value"]))
    assert problems == []
    assert bundle.document.text == WORDS[0]
    assert mentions(bundle) == [
        ("PER", "شیلان سەعید"), ("A|B_[->;*\\\n", "شیلان"), ("GPE", "هەولێردا"),
        ("NamedEntity", "هەولێردا"), ("NamedEntity", "بوو"),
    ]  # fmt: skip


def test_a_part_of_a_word_has_a_row_of_its_own():
    text, *rows = sentence()
    rows.insert(5, ("1-5.1", "هەولێر", "GPE[3]"))
    rows[3] = ("1-4", "لە", "GPE[3]")
    bundle, problems = read(tsv((text, *rows), layers=[f"SP={NER}|value"]))
    assert (mentions(bundle), problems) == ([("GPE", "لە هەولێر")], [])


def test_features_identifiers_and_a_layer_without_any():
    part = sentence(u2=("PER", "http://x/1", "_"), u5=("GPE", "*", "*"), u6=("_", "_", "*[4]"))
    layers = [f"SP={NER}|value|identifier", "SP=webanno.custom.Mark|"]
    bundle, problems = read(tsv(part, layers=layers))
    annotations = bundle.sets[0].annotations
    assert mentions(bundle) == [
        ("PER", "شیلان"),
        ("GPE", "هەولێردا"),
        ("Mark", "هەولێردا"),
        ("Mark", "بوو"),
    ]
    assert [one.kb for one in annotations.entities()] == [(("identifier", "http://x/1"),)]
    assert problems == []


def test_slots_lead_to_the_annotations_they_name():
    part = sentence(
        u2=("PER[1]", "_", "_", "_"),
        u3=("PER[1]|X[2]", "_", "_", "_"),
        u5=("GPE", "_", "_", "_"),
        u6=("Z|Y", "Go[5]", "Who;Where;*;A\\;B", "1-2[1];1-5;1-3[2];1-5"),
    )
    bundle, problems = read(tsv(part, layers=[f"SP={NER}|value", f"SP={EVENT}|value|{SLOT}"]))
    [event] = bundle.sets[0].annotations.events()
    assert (event.type, problems) == ("Go", [])
    assert [(one.role, one.target) for one in event.arguments] == [
        ("Who", MentionTarget("T1")), ("Where", MentionTarget("T3")),
        ("arguments", MentionTarget("T2")), ("A;B", MentionTarget("T3")),
    ]  # fmt: skip


def test_a_slot_that_does_not_say_which_is_told():
    part = sentence(
        u2=("A|B", "_", "_", "_"),
        u6=("_", "Go", "W;X;Y;Z", "1-2;1-9;1-2[7];_"),
    )
    bundle, problems = read(tsv(part, layers=[f"SP={NER}|value", f"SP={EVENT}|value|{SLOT}"]))
    assert [one.key for one in problems] == ["formats.link_lost"] * 3
    assert [one.values["target"] for one in problems] == ["1-2", "1-9", "1-2[7]"]
    assert bundle.sets[0].annotations.event("EV1").arguments == ()


def test_a_slot_for_one_layer_looks_at_that_layer():
    slot = f"ROLE_{EVENT}:arguments_webanno.custom.EventArgumentsLink|{NER}"
    part = sentence(u2=("A", "_", "_", "_", "*"), u6=("_", "*", "W", "1-2", "_"))
    layers = [f"SP={NER}|value", f"SP={EVENT}|value|{slot}", "SP=webanno.custom.Mark"]
    bundle, problems = read(tsv(part, layers=layers))
    [event] = bundle.sets[0].annotations.events()
    assert (event.type, [one.target for one in event.arguments]) == ("Event", [MentionTarget("T1")])
    assert problems == []


def test_an_event_has_its_links_from_its_first_word():
    part = sentence(
        u2=("A", "_", "_", "_"), u5=("_", "Go[2]", "W", "1-2"), u6=("_", "Go[2]", "W", "1-2")
    )
    bundle, problems = read(tsv(part, layers=[f"SP={NER}|value", f"SP={EVENT}|value|{SLOT}"]))
    [event] = bundle.sets[0].annotations.events()
    assert (event.trigger.of(WORDS[0]), len(event.arguments)) == ("هەولێردا بوو", 1)
    assert problems == []


def test_chains_become_entities():
    part = sentence(
        u2=("coref->1-1", "nam[1]"), u3=("coref->1-1", "nam[1]"), u5=("*->2-1", "*[2]"),
        u6=("coref->1-2|x", "pro[1]|y"), u4=("->1-3", "_"),
    )  # fmt: skip
    bundle, problems = read(tsv(part, layers=[f"CH={COREF}|referenceRelation|referenceType"]))
    annotations = bundle.sets[0].annotations
    assert mentions(bundle) == [
        ("nam", "شیلان سەعید"), ("CoreferenceLink", "لە"), ("CoreferenceLink", "هەولێردا"),
        ("pro", "بوو"),
    ]  # fmt: skip
    assert [(one.label, one.name) for one in annotations.entities()] == [
        ("nam", "شیلان سەعید"), ("CoreferenceLink", "هەولێردا"),
    ]  # fmt: skip
    first, odd, _, last = annotations.mentions()
    assert first.entity == odd.entity == last.entity
    assert [one.values for one in problems] == [{"kind": "CoreferenceLink", "count": 1}]


def test_relations_and_grammar_are_counted():
    layers = [f"SP={POS}|PosValue", f"RL={DEPENDENCY}|DependencyType|BT_{POS}", f"SP={NER}|value"]
    part = sentence(u2=("N", "nsubj", "1-6", "PER"), u6=("V", "_", "_", "_"))
    bundle, problems = read(tsv(part, layers=layers))
    assert mentions(bundle) == [("PER", "شیلان")]
    assert [(one.values["kind"], one.values["count"]) for one in problems] == [
        ("Dependency", 1), ("POS", 2),
    ]  # fmt: skip


def test_text_between_sentences_is_filled_and_lines_inside_of_one_are_kept():
    one, two = (
        ("  یەک\nدوو", [("1-1", "یەک", "A"), ("1-2", "دوو", "_")]),
        ("سێ", [("2-1", "سێ", "B")]),
    )
    parts = [(text.strip(), *rows) for text, rows in (one, two)]
    bundle, problems = read(tsv(*parts, layers=[f"SP={NER}|value"], text="  یەک\nدوو   سێ"))
    assert bundle.document.text == " \nیەک\nدوو  \nسێ"
    assert mentions(bundle) == [("A", "یەک"), ("B", "سێ")]
    assert [(one.key, one.values["count"]) for one in problems] == [("formats.tsv_filled", 5)]


def test_escapes_in_the_text_and_line_ends_of_windows():
    text = "یەک\\nدوو\tسێ\r\nچوار"
    rows = [("1-1", "یەک\\nدوو", "_"), ("1-2", "سێ", "A"), ("1-3", "چوار", "B")]
    made = tsv((text, *rows), layers=[f"SP={NER}|value"]).replace(
        "\tیەک\\nدوو\t", "\tیەک\\\\nدوو\t"
    )
    for told in (made, made.replace("\n", "\r\n")):
        bundle, problems = read(told)
        assert bundle.document.text == "یەک\\nدوو\tسێ\nچوار"
        assert (mentions(bundle), problems) == ([("A", "سێ"), ("B", "چوار")], [])


def test_a_row_of_half_a_line_end_stands_on_nothing():
    part = ("a\r\nb", ("1-1", "a", "A"), ("1-2", "\r", "B"), ("1-3", "b", "C"))
    made = tsv(part, layers=[f"SP={NER}|value"]).replace("\t\r\t", "\t\\r\t")
    bundle, problems = read(made)
    assert (mentions(bundle), problems) == ([("A", "a"), ("C", "b")], [])


def test_a_file_that_counts_code_points_is_found_out():
    bundle, [problem] = read(tsv(sentence(u5="GPE"), layers=[f"SP={NER}|value"], count=len))
    assert mentions(bundle) == [("GPE", "هەولێردا")]
    assert (problem.key, problem.values) == ("formats.recounted", {"unit": "UTF-32"})


def refusal(text):
    with pytest.raises(UserError) as error:
        read(text)
    assert load_catalogue("ckb").error(error.value)
    return error.value.key


def test_words_that_are_not_where_they_are_told_refuse_the_file():
    good = tsv(sentence(), layers=[f"SP={NER}|value"])
    for bad in (
        good.replace("\tلە\t", "\tلا\t"), good.replace("3-8\t", "3-900\t"),
        good.replace("3-8\t", "8-3\t"), good.replace("0-2\t", "9-2\t"),
        tsv(sentence(), sentence()) + "\n#Text=x\n2-1\t0-1\tx\n",
    ):  # fmt: skip
        assert bad != good
        assert refusal(bad) == "formats.tsv_word"


def test_text_that_is_not_in_the_file_has_a_bound():
    row = "#FORMAT=WebAnno TSV 3.3\n#T_SP=a.B|c\n\n\n#Text=ab\n1-1\t{}-{}\tab\tPER\n"
    bundle, problems = read(row.format(100_000, 100_002))
    counts = [one.values["count"] for one in problems if one.key == "formats.tsv_filled"]
    assert (len(bundle.document.text), counts) == (100_002, [100_000])
    assert refusal(row.format(100_001, 100_003)) == "formats.tsv_gap"
    assert refusal(row.format(999_999_990, 999_999_992)) == "formats.tsv_gap"
    several = "".join(f"\n#Text=ab\n{n}-1\t{n * 60000}-{n * 60000 + 2}\tab\t_\n" for n in (1, 2))
    assert refusal(row.format(10, 12) + several) == "formats.tsv_gap"
    longer = f"#{' ' * 200_000}\n"
    bundle, _ = read(row.format(150_000, 150_002) + longer)
    assert len(bundle.document.text) == 150_002


def test_other_versions_and_control_characters_are_refused():
    assert refusal("#FORMAT=WebAnno TSV 2\n") == "formats.tsv_version"
    assert refusal("") == "formats.tsv_version"
    assert refusal("#FORMAT=WebAnno TSV 3.3\n\n#Text=a\x01\n") == "formats.text_control"
    assert refusal("#FORMAT=WebAnno TSV 3.3\n") == "formats.text_empty"


def test_lines_and_cells_that_do_not_fit_are_told_and_the_rest_comes():
    part = sentence(
        u2=("A", "x", "_"), u3=("B|C", "x", "_"), u4=("D",),
        u5=("_", "x", "_"), u6=("E\\[1]", "*", "_"),
    )  # fmt: skip
    layers = [f"SP={NER}|value|note|mark"]
    made = tsv(part, layers=layers).replace("#T_SP", "1-1\t0-1\tx\n#Odd\n#T_SP")
    bundle, problems = read(f"{made}\nodd\n1-1\tx\ty\n")
    assert mentions(bundle) == [("A", "شیلان"), ("E[1]", "بوو")]
    assert [(one.key, one.line is not None) for one in problems] == [
        *[("formats.tsv_line", True)] * 3, *[("formats.tsv_cells", True)] * 2,
    ]  # fmt: skip


def test_a_sentence_without_words_is_not_known_to_be_anywhere():
    bundle, problems = read(tsv(sentence(), layers=[]) + "\n#Text=نەناسراو\n")
    assert (bundle.document.text, problems) == (WORDS[0], [])


def test_warnings_of_a_text_are_told():
    _, [problem] = read(tsv(("a\u202eb", ("1-1", "a\u202eb"))))
    assert problem.key == "formats.warning_bidi"
