"""Near duplicates are found whatever is spelled or changed a little; what differs stays apart."""

import random
from collections import Counter

import pytest

from annotator.kurdish import near_duplicates as near_duplicates_module
from annotator.kurdish.near_duplicates import (
    LIKENESS,
    likeness_of,
    near_duplicates,
    shingles_of,
)

STORY = """باران دوێنێ لە شارەکە باری و ڕووبارەکان پڕ بوون خەڵک چوونە سەر پردەکان تا ئاوەکە ببینن
منداڵان یاریان دەکرد پیرەمێردێک گوتی ساڵانێک بوو بارانی وا نەباریبوو جوتیارەکان دڵخۆش بوون دارەکان
سەوز دەبنەوە بازاڕ قەرەباڵغ بوو نرخی سەوزە دابەزی قوتابخانەکان کرانەوە مامۆستاکان وانەیان گوتەوە
پزیشکەکان ئامۆژگارییان کرد کارگەکان دەستیان بەکارکردنەوە کرد شۆفێرەکان بەسەر پردی نوێدا تێپەڕین"""
WORDS = STORY.split()


def article(seed, length=200):
    """An article of its own: no other shares more than a few runs of words with it."""
    chance = random.Random(seed)
    return [chance.choice(WORDS) + str(chance.randint(0, 30)) for _ in range(length)]


def changed(words, part, seed=0):
    """The same with a part of its words exchanged."""
    chance = random.Random(seed)
    places = set(chance.sample(range(len(words)), int(len(words) * part)))
    return [f"جیاواز{n}" if n in places else word for n, word in enumerate(words)]


def found(texts):
    joined = {
        name: text if isinstance(text, str) else " ".join(text) for name, text in texts.items()
    }
    return near_duplicates(joined, joined.__getitem__)


def test_shingles_are_runs_of_three_words():
    assert shingles_of("یەک دار، شەش چوار.") == {"یەک دار شەش", "دار شەش چوار"}


@pytest.mark.parametrize(
    ("text", "shingles"),
    [("یەک دار", {"یەک دار"}), ("", {""}), ("؟!", {"?!"}), ("A b", {"a b"})],
)
def test_a_short_text_is_one_shingle(text, shingles):
    assert shingles_of(text) == shingles


def test_spelling_does_not_tell_texts_apart():
    assert shingles_of("كوردستان وڵاتی سوورە ١٢") == shingles_of("کوردستان وڵاتی سوورە، 12")
    assert shingles_of("ڕێگای سووریا دوورە") == shingles_of("رێگای سوریا دورە")


def test_likeness_is_what_is_common_of_all():
    assert likeness_of(frozenset("abc"), frozenset("bcd")) == 0.5
    assert likeness_of(frozenset("a"), frozenset("a")) == 1


def test_texts_that_nearly_say_the_same_are_together():
    first = article(1)
    texts = {
        "d": article(2),
        "c": changed(first, 0.08),
        "a": first,
        "b": ["بەپێی", "هەواڵەکان", *first],
        "e": article(3),
    }
    assert found(texts) == [("a", "b", "c"), ("d",), ("e",)]


def test_what_has_less_than_half_in_common_stays_apart():
    first = article(1)
    texts = {"a": first, "b": changed(first, 0.3)}
    alike = likeness_of(*(shingles_of(" ".join(words)) for words in texts.values()))
    assert 0.2 < alike < LIKENESS
    assert found(texts) == [("a",), ("b",)]


def test_likeness_goes_on_from_one_to_the_next():
    first = article(1)
    second = changed(first, 0.09, seed=1)
    third = changed(second, 0.09, seed=2)
    whole = [shingles_of(" ".join(words)) for words in (first, second, third)]
    assert likeness_of(whole[0], whole[2]) < LIKENESS < likeness_of(whole[0], whole[1])
    assert found({"a": first, "c": third}) == [("a",), ("c",)]
    assert found({"a": first, "b": second, "c": third}) == [("a", "b", "c")]


def test_families_join_when_one_comes_between():
    """The last document is like two that are not like each other, which come before it."""
    first = article(1)
    middle = changed(first, 0.09, seed=1)
    last = changed(middle, 0.09, seed=2)
    assert found({"a": first, "b": last, "c": middle}) == [("a", "b", "c")]


def half_alike(count, own=40):
    """Texts of which any two have less than half in common, and much more than others have."""
    common = article(1, 60)
    texts = {}
    for number in range(count):
        words = [*common, *(f"تایبەت{number}و{place}" for place in range(own))]
        texts[f"d{number:03}"] = " ".join(words)
    return texts


def test_no_pair_is_proved_twice_and_no_text_read_again_for_each(monkeypatch):
    texts = half_alike(30)
    first, second, *_ = map(shingles_of, texts.values())
    assert 0.35 < likeness_of(first, second) < LIKENESS
    read, proved = Counter(), []

    def counted(*both):
        proved.append(both)
        return likeness_of(*both)

    def text_of(name):
        read[name] += 1
        return texts[name]

    monkeypatch.setattr(near_duplicates_module, "likeness_of", counted)
    assert near_duplicates(texts, text_of) == [(name,) for name in texts]
    assert 30 * 29 / 4 < len(proved) <= 30 * 29 / 2
    assert set(read.values()) == {2}


def test_only_so_many_shingles_are_kept(monkeypatch):
    texts = half_alike(6)
    texts["e"] = texts["d005"]
    monkeypatch.setattr(near_duplicates_module, "KNOWN_SHINGLES", 250)
    read = Counter()

    def text_of(name):
        read[name] += 1
        return texts[name]

    assert near_duplicates(texts, text_of)[-1] == ("d005", "e")
    assert max(read.values()) > 2
    monkeypatch.setattr(near_duplicates_module, "KNOWN_SHINGLES", 10)
    assert near_duplicates(texts, texts.__getitem__)[-1] == ("d005", "e")


def test_the_order_says_nothing():
    texts = {f"d{n:02}": changed(article(n // 3), 0.04 * (n % 3), seed=n) for n in range(30)}
    names = list(texts)
    random.Random(1).shuffle(names)
    assert found({name: texts[name] for name in names}) == found(texts)
    assert [len(family) for family in found(texts)] == [3] * 10


def test_empty_texts_are_alike():
    assert found({"a": [], "b": [], "c": ["وشە"]}) == [("a", "b"), ("c",)]


def test_a_pair_over_the_threshold_is_hardly_ever_missed():
    missed = 0
    for seed in range(150):
        first = article(seed, 60)
        second = changed(first, 0.1, seed)
        alike = likeness_of(*(shingles_of(" ".join(words)) for words in (first, second)))
        if alike >= LIKENESS:
            missed += found({"a": first, "b": second}) != [("a", "b")]
    assert missed <= 1
