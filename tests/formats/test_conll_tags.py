"""Tags are taken at their word: recognised, read, and refused where they contradict each other."""

import pytest

from annotator.formats.conll_tags import (
    OUTSIDE,
    Evidence,
    LabelRun,
    Tag,
    TagError,
    TagScheme,
    is_closed,
    label_runs,
    parse_tag,
)


def tags(line):
    return [parse_tag(tag) for tag in line.split()]


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("O", OUTSIDE),
        ("B-PER", Tag("B", "PER")),
        ("I-PER", Tag("I", "PER")),
        ("E-PER", Tag("E", "PER")),
        ("L-PER", Tag("E", "PER")),
        ("S-PER", Tag("S", "PER")),
        ("U-PER", Tag("S", "PER")),
        ("B-Contact.Meet-x", Tag("B", "Contact.Meet-x")),
        ("B-کەس", Tag("B", "کەس")),
        ("", None),
        ("o", None),
        ("OO", None),
        ("B", None),
        ("B-", None),
        ("X-PER", None),
        ("PER", None),
        ("PER-B", None),
        ("BPER", None),
        ("b-PER", None),
    ],
)
def test_what_a_tag_is(written, tag):
    assert parse_tag(written) == tag


def test_tags_that_tell_ends_are_closed():
    assert is_closed([tags("O B-A"), tags("I-A S-A")])
    assert is_closed([tags("B-A L-A")])
    assert not is_closed([tags("O B-A I-A"), []])


@pytest.mark.parametrize(
    ("sentences", "scheme"),
    [
        (["O O"], TagScheme.IOB2),
        (["B-A I-A O B-A"], TagScheme.IOB2),
        (["B-A B-A"], TagScheme.IOB2),
        (["I-A I-A O"], TagScheme.IOB1),
        (["O I-A B-A I-A"], TagScheme.IOB1),
        (["I-A I-B"], TagScheme.IOB1),
        (["I-A", "I-A B-A"], TagScheme.IOB1),
        # Both at once are IOB2 with mistakes.
        (["I-A", "B-A"], TagScheme.IOB2),
        (["B-A I-B"], TagScheme.IOB2),
    ],
)
def test_all_tags_of_a_file_tell_its_scheme(sentences, scheme):
    evidence = Evidence()
    for sentence in sentences:
        evidence.add(tags(sentence))
    assert evidence.scheme is scheme


@pytest.mark.parametrize(
    ("scheme", "line", "found"),
    [
        (TagScheme.IOB2, "", []),
        (TagScheme.IOB2, "O O", []),
        (TagScheme.IOB2, "B-A I-A O B-B", [(0, 2, "A"), (3, 4, "B")]),
        (TagScheme.IOB2, "B-A B-A I-A", [(0, 1, "A"), (1, 3, "A")]),
        (TagScheme.IOB1, "I-A I-A B-A O I-B I-A",
         [(0, 2, "A"), (2, 3, "A"), (4, 5, "B"), (5, 6, "A")]),
        (TagScheme.BIOES, "S-A B-A E-A O B-A I-A E-A S-B S-B",
         [(0, 1, "A"), (1, 3, "A"), (4, 7, "A"), (7, 8, "B"), (8, 9, "B")]),
    ],
)  # fmt: skip
def test_runs_of_tags(scheme, line, found):
    assert list(label_runs(tags(line), scheme)) == [LabelRun(*one) for one in found]


@pytest.mark.parametrize(
    ("scheme", "line", "token"),
    [
        (TagScheme.IOB2, "O I-A", 1),
        (TagScheme.IOB2, "I-A", 0),
        (TagScheme.IOB2, "B-A I-B", 1),
        (TagScheme.IOB2, "B-A O I-A", 2),
        (TagScheme.BIOES, "S-A I-A", 1),
        (TagScheme.BIOES, "B-A O", 1),
        (TagScheme.BIOES, "B-A B-A", 1),
        (TagScheme.BIOES, "B-A S-A", 1),
        (TagScheme.BIOES, "B-A E-B", 1),
        (TagScheme.BIOES, "E-A", 0),
        (TagScheme.BIOES, "B-A E-A E-A", 2),
        (TagScheme.BIOES, "O B-A", 1),
        (TagScheme.BIOES, "B-A I-A", 1),
    ],
)
def test_tags_that_contradict_are_told_with_their_place(scheme, line, token):
    with pytest.raises(TagError) as told:
        list(label_runs(tags(line), scheme))
    assert told.value.token == token
