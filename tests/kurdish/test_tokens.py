import json

import pytest
from hypothesis import given

from annotator.core.span import Span
from annotator.kurdish.tokens import TOKENIZER_ID, TOKENIZER_VERSION, tokenize
from tests.kurdish.texts import any_texts, surfaces

CASES = {
    "empty": ("", []),
    "spaces only": (" \n\u00a0 ", []),
    "words and comma": ("لە هەولێر، هات", ["لە", "هەولێر", "،", "هات"]),
    "zwnj stays inside": ("هه\u200cرێم لە\u200cگەڵ", ["هه\u200cرێم", "لە\u200cگەڵ"]),
    "heh with zwnj ends a word": ("كه\u200c هات", ["كه\u200c", "هات"]),
    "other zwnj at an end": ("ڕێز\u200c لە", ["ڕێز", "\u200c", "لە"]),
    "direction mark inside": ("کورد\u200fستان\u200f.", ["کورد\u200fستان", "\u200f", "."]),
    "isolate around": ("\u2067ناو\u2069", ["\u2067", "ناو", "\u2069"]),
    "marks": ("کُورد e\u0301t", ["کُورد", "e\u0301t"]),
    "ordinal with spaced tatweel": ("١٧ ـیەم", ["١٧", "ـیەم"]),
    "digit and suffix": ("٢١ی ٢٦ـی 5th", ["٢١", "ی", "٢٦", "ـی", "5", "th"]),
    "digit, zwnj and suffix": ("٢٦\u200cی", ["٢٦", "\u200cی"]),
    "spaced date": ("٢٢ - ٩ - ٢٠٢٠", ["٢٢", "-", "٩", "-", "٢٠٢٠"]),
    "slash date": ("٢٠٢٠/٩/٢٢", ["٢٠٢٠/٩/٢٢"]),
    "numbers": ("٣٫٥ 12:30 ۱٬۰۰۰ 3.", ["٣٫٥", "12:30", "۱٬۰۰۰", "3", "."]),
    "letters before digits": ("K24", ["K", "24"]),
    "hyphen splits": ("ئاسیا-سێل", ["ئاسیا", "-", "سێل"]),
    "glued conjunction": ("وسوریا", ["وسوریا"]),
    "quotes and period": ('"هەیە".', ['"', "هەیە", '"', "."]),
    "brackets": ("((دەق))", ["(", "(", "دەق", ")", ")"]),
    "ellipsis": ("هات... چوو…… ..", ["هات", "...", "چوو", "……", ".", "."]),
    "address": (
        "بڕوانە https://example.org/a?b=1، www.nishan.krd.",
        ["بڕوانە", "https://example.org/a?b=1", "،", "www.nishan.krd", "."],
    ),
    "no address": ("http://", ["http", ":", "/", "/"]),
    "mail": ("a.b@example.org.", ["a.b@example.org", "."]),
    "handle and tag": ("@nav_1 #هه\u200cرێم_٢٤!", ["@nav_1", "#هه\u200cرێم_٢٤", "!"]),
    "emoji": (
        "👩\u200d👧🏽 ❤\ufe0f 🇮🇶🇹🇷 1\ufe0f\u20e3",
        ["👩\u200d👧🏽", "❤\ufe0f", "🇮🇶", "🇹🇷", "1\ufe0f\u20e3"],
    ),
    "half a flag": ("🇮x", ["🇮", "x"]),
    "underscore and bare mark": ("_ \u064e", ["_", "\u064e"]),
    "space between emoji": ("❤\u3000❤\u205f❤", ["❤", "❤", "❤"]),
}


@pytest.mark.parametrize(("text", "tokens"), CASES.values(), ids=CASES)
def test_tokens(text, tokens):
    assert surfaces(text, tokenize(text)) == tokens


@given(any_texts)
def test_tokens_cover_all_but_spaces_and_never_overlap(text):
    tokens = tokenize(text)
    covered = [offset for token in tokens for offset in range(token.start, token.end)]
    assert covered == [offset for offset, ch in enumerate(text) if not ch.isspace()]


@given(any_texts)
def test_tokens_do_not_depend_on_whether_rare_characters_stand_elsewhere(text):
    beside = f"{text} \u0939"  # a Devanagari letter, for which all marks are looked at
    assert tokenize(beside)[:-1] == tokenize(text)


def test_the_rules_are_named_in_the_gold():
    assert (TOKENIZER_ID, TOKENIZER_VERSION) == ("ckb-regex", "1.0.0")


def test_the_seed_articles_have_their_numbers_of_tokens(articles):
    assert [len(tokenize(article)) for article in articles] == [358, 332, 442]


def test_the_gold_example_has_the_same_tokens(shared):
    line = (shared / "design" / "gold.example.jsonl").read_text(encoding="utf-8").splitlines()[0]
    gold = json.loads(line)
    assert tokenize(gold["text"]) == tuple(
        Span(token["start"], token["end"]) for token in gold["tokens"]
    )
    assert (gold["tokenizer"]["id"], gold["tokenizer"]["version"]) == ("ckb-regex", "1.0.0")
