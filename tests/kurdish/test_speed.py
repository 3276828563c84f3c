"""Long runs of one thing must cost time by their length, not by its square."""

import time

import pytest

from annotator.core.span import Span
from annotator.kurdish.clitics import clitic_ladder
from annotator.kurdish.cues import find_cues
from annotator.kurdish.normalize import FoldLevel, fold
from annotator.kurdish.numbers import find_dates, find_numbers, join_number
from annotator.kurdish.quotation import find_quotations
from annotator.kurdish.segmentation import segment

LENGTH = 60_000
RUNS = [
    "1",
    "1.",
    "1 - ",
    '"',
    "«",
    "(",
    ". ",
    "د. ",
    "a-",
    "\u200c",
    "a\u200f",
    "www.",
    "http://(",
    "🇮",
    "👩\u200d",
    "ئەمڕۆ ",
    "مانگی ",
    "باسی ",
    "هانی ",
    "راگەی",
    "ه\u064e",
    "\n",
]


@pytest.mark.parametrize("run", RUNS)
def test_runs_are_linear(run, lexicon):
    text = (run * LENGTH)[:LENGTH]
    begin = time.process_time()
    whole = segment(text)
    fold(text, FoldLevel.ORTHOGRAPHIC)
    find_dates(text)
    find_numbers(text)
    find_cues(text, lexicon)
    find_quotations(text, whole.paragraphs)
    clitic_ladder(text, Span(0, LENGTH))
    join_number(text, whole.tokens, Span(100, 101))
    assert time.process_time() - begin < 1
