import itertools

import hypothesis.strategies as st
import pytest
from hypothesis import given

from annotator.core.span import Span
from annotator.kurdish.cues import find_cues, nearest_cue
from annotator.kurdish.lexicon import lexicon_from_json
from tests.kurdish.texts import any_texts

# Each cue as (span, head, is_weak).
CASES = {
    "none": ("ئەو هات", []),
    "verb": ("وەزیر رایگەیاند، هات", [("رایگەیاند", "رایگەیاند", False)]),
    "verb with initial ڕ and additive": ("ڕاشیگەیاند", [("ڕاشیگەیاند", "ڕاشیگەیاند", False)]),
    "present": ("دەڵێت", [("دەڵێت", "دەڵێت", False)]),
    "said": ('گوتیشی: "هات"، وتی', [("گوتیشی", "گوتیشی", False), ("وتی", "وتی", False)]),
    "inside another word": ("نەوتی عێراق، دەوتی", []),
    "light verb": ("ئاماژەی بەوە دا", [("ئاماژەی بەوە دا", "ئاماژەی", False)]),
    "light verb run together": ("ئاماژەی بەوەدا", [("ئاماژەی بەوەدا", "ئاماژەی", False)]),
    "light verb with additive": (
        "جەختیشی لەوە کردەوە",
        [("جەختیشی لەوە کردەوە", "جەختیشی", False)],
    ),
    "light verb parted": ("جەختی لە یاسا کردەوە", [("جەختی لە", "جەختی", False)]),
    "attribution": ("بەپێی راگەیێندراوی وەزارەت", [("بەپێی راگەیێندراوی", "راگەیێندراوی", False)]),
    "attribution alone": ("بەپێی یاسا", [("بەپێی", "بەپێی", False)]),
    "in the words of": (
        "بە گوتەی وەزیر، بەوتەی ئەو",
        [("بە گوتەی", "گوتەی", False), ("بەوتەی", "بەوتەی", False)],
    ),
    "weak": ("داوای کرد", [("داوای کرد", "داوای", True)]),
    "weak with a gap": ("باسی دۆخی ناوچەکەی کرد", [("باسی دۆخی ناوچەکەی کرد", "باسی", True)]),
    "strong before weak": ("باسی ئەوەی رایگەیاند کرد", [("رایگەیاند", "رایگەیاند", False)]),
    "weak beside strong": (
        "گوتی سوپاسی ئەو دەکەم، وتی",
        [("گوتی", "گوتی", False), ("سوپاسی", "سوپاسی", True), ("وتی", "وتی", False)],
    ),
    "verbal noun is weak": ("بە راگەیاندنی کەرەنتین", [("راگەیاندنی", "راگەیاندنی", True)]),
    "noun of expressing is none": ("دەربڕینی هەست", []),
    "arabic letters and zwnj": (
        "ئاماژه\u200cي به\u200cوه\u200c  دا",
        [("ئاماژه\u200cي به\u200cوه\u200c  دا", "ئاماژه\u200cي", False)],
    ),
    "not across lines": ("ئاماژەی بەوە\nدا", []),
    "two lines": ("گوتی\nوتی", [("گوتی", "گوتی", False), ("وتی", "وتی", False)]),
}


@pytest.mark.parametrize(("text", "cues"), CASES.values(), ids=CASES)
def test_cues(text, cues, lexicon):
    found = find_cues(text, lexicon)
    assert [(cue.span.of(text), cue.head.of(text), cue.is_weak) for cue in found] == cues


def test_the_longer_of_two_cues_is_taken():
    lexicon = lexicon_from_json(
        {
            "reporting_cues": [
                {"form": "a", "gloss": "x", "cue_type": "say", "pattern": "گوتی"},
                {"form": "b", "gloss": "x", "cue_type": "say", "pattern": "گوتی کە"},
            ]
        }
    )
    text = "ئەو گوتی کە هات"
    assert [one.span.of(text) for one in find_cues(text, lexicon)] == ["گوتی کە"]


@given(st.data())
def test_cues_are_in_order_and_heads_lie_in_them(lexicon, data):
    words = ["گوتی", "باسی", "کرد", "ئاماژەی", "بەوە", "دا", "راگەیاندنی", "\n", "،"]
    text = data.draw(any_texts | st.lists(st.sampled_from(words)).map(" ".join))
    found = find_cues(text, lexicon)
    assert all(cue.span.contains(cue.head) for cue in found)
    assert not any(left.span.end > right.span.start for left, right in itertools.pairwise(found))


def test_the_cues_of_the_seed_articles(articles, lexicon):
    """The design counts 13/17/17 hits of its patterns.

    Four of them (1, 2 and 1) are the second words of ``بەپێی راگەیێندراوی`` and
    ``راگەیێندراوەکەدا هاتووە``, which are one cue each in the annotation scheme.
    """
    found = [find_cues(article, lexicon) for article in articles]
    assert [len(cues) for cues in found] == [13 - 1, 17 - 2, 17 - 1]


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        ("وەزیر گوتی: باشە، دەڵێت", "باشە", "گوتی"),
        ("وەزیر دەڵێت باس دەکات: باشە باشە باشە گوتی", "باشە باشە باشە", "گوتی"),
        ("داوای کرد: باشە و دواتر بە درێژی گوتی", "باشە", "گوتی"),
        ("داوای کرد: باشە", "باشە", "داوای کرد"),
        ("ئەو هات: گوتی باشە", "گوتی باشە", None),
    ],
)
def test_the_cue_of_a_saying_is_the_nearest_strong_one_outside(lexicon, text, said, expected):
    start = text.index(said)
    cue = nearest_cue(find_cues(text, lexicon), Span(start, start + len(said)))
    assert (None if cue is None else cue.span.of(text)) == expected
