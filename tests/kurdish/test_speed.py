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
SHORT = LENGTH // 10
MOST = 45
"""Ten times the length takes ten times as long, or, by the square, a hundred times."""

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
    def work(length):
        text = (run * length)[:length]
        whole = segment(text)
        fold(text, FoldLevel.ORTHOGRAPHIC)
        find_dates(text)
        find_numbers(text)
        find_cues(text, lexicon)
        find_quotations(text, whole.paragraphs)
        clitic_ladder(text, Span(0, length))
        join_number(text, whole.tokens, Span(100, 101))

    assert ratio(work) < MOST


def ratio(work):
    """How much more time of the processor the long text takes than the short one."""
    short = min(cost(work, SHORT) for _ in range(3))
    return min(cost(work, LENGTH) for _ in range(2)) / max(short, 0.001)


def cost(work, length):
    begin = time.process_time()
    work(length)
    return time.process_time() - begin
