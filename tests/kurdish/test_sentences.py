import itertools
import json

import pytest
from hypothesis import given

from annotator.core.document import Segmentation
from annotator.core.span import Span
from annotator.kurdish.segmentation import segment
from annotator.kurdish.sentences import split_paragraphs, split_sentences
from annotator.kurdish.tokens import tokenize
from tests.kurdish.texts import any_texts, surfaces

SENTENCES = {
    "empty": ("", []),
    "spaces only": ("  \n ", []),
    "no end mark": ("ئەو هات", ["ئەو هات"]),
    "every end mark": (
        "هات. چوو! کێ؟ who? ئا… ئێ... ب۔ کۆتایی",
        ["هات.", "چوو!", "کێ؟", "who?", "ئا…", "ئێ...", "ب۔", "کۆتایی"],
    ),
    "no end marks": ("هات، چوو؛ گوتی: باشە", ["هات، چوو؛ گوتی: باشە"]),
    "no space after": ("هات.چوو 3.5 هێنا", ["هات.چوو 3.5 هێنا"]),
    "runs of marks": ("بەڕاستی؟! ئا", ["بەڕاستی؟!", "ئا"]),
    "quote then period": ('گوتی: "هات". ئەو چوو', ['گوتی: "هات".', "ئەو چوو"]),
    "period then quote": ("«هات.» ئەو (چوو.) ئا", ["«هات.»", "ئەو (چوو.)", "ئا"]),
    "german quotes": ("„هات.“ ئا", ["„هات.“", "ئا"]),
    "spaced closing quote": ('گوتی: "هات. " ئەو چوو', ['گوتی: "هات. "', "ئەو چوو"]),
    "spaced opening quote": ('ئەو هات. "باشە"', ["ئەو هات.", '"باشە"']),
    "spaced guillemet": ("«هات. » ئەو", ["«هات. »", "ئەو"]),
    "spaced opening curly": ("هات. “ئا”", ["هات.", "“ئا”"]),
    "closing quote on the next line": ('"هات.\n" ئا', ['"هات.', '" ئا']),
    "direction mark after period": ("هات.\u200f ئا", ["هات.\u200f", "ئا"]),
    "period after space": ("هات . ئا", ["هات .", "ئا"]),
    "doctor": ("د. ئازاد هات. من چووم", ["د. ئازاد هات.", "من چووم"]),
    "professor": ("پ.د. سارا هات", ["پ.د. سارا هات"]),
    "hours": ("٩ی ب.ن. و ٥ی د.ن. کرایەوە", ["٩ی ب.ن. و ٥ی د.ن. کرایەوە"]),
    "longer abbreviation": ("Dr. Azad پرۆف. سارا", ["Dr. Azad پرۆف. سارا"]),
    "word that ends like an abbreviation": ("ئەو کرد. من", ["ئەو کرد.", "من"]),
    "letter with a vowel mark": ("دُ. ئازاد", ["دُ. ئازاد"]),
    "single letter asks": ("چ؟ ئا", ["چ؟", "ئا"]),
    "digit before period": ("لە ٢٠٢٠. ئا", ["لە ٢٠٢٠.", "ئا"]),
    "abbreviation first": (". ئا", [".", "ئا"]),
    "newline ends": ("سەردێڕ\nدەق\r\nدەق", ["سەردێڕ", "دەق", "دەق"]),
    "newline after abbreviation": ("د.\nئازاد", ["د.", "ئازاد"]),
    "double space inside": ("عێراق  و تورکیا", ["عێراق  و تورکیا"]),
}


@pytest.mark.parametrize(("text", "sentences"), SENTENCES.values(), ids=SENTENCES)
def test_sentences(text, sentences):
    assert surfaces(text, split_sentences(text)) == sentences


PARAGRAPHS = {
    "double space after a sentence": ("هات.  چوو. ئا.   با", ["هات.", "چوو. ئا.", "با"]),
    "double space inside a sentence": ("عێراق  و تورکیا. ئا", ["عێراق  و تورکیا. ئا"]),
    "double space after an abbreviation": ("د.  ئازاد", ["د.  ئازاد"]),
    "double space after a spaced quote": ('"هات. "  ئا', ['"هات. "', "ئا"]),
    "parity begins anew": ('ئا " هات.  "چوو. " ئا', ['ئا " هات.', '"چوو. " ئا']),
    "newline": ("سەردێڕ\n\nدەق. ئا", ["سەردێڕ", "دەق. ئا"]),
    "line separator": ("یەک\u2028دوو\x85سێ", ["یەک", "دوو", "سێ"]),
    "edges": ("\n هات. \n", ["هات."]),
}


@pytest.mark.parametrize(("text", "paragraphs"), PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_paragraphs(text, paragraphs):
    assert surfaces(text, split_paragraphs(text)) == paragraphs


def test_given_tokens_are_used():
    text = "هات. چوو"
    assert split_sentences(text, tokenize(text)) == (Span(0, 4), Span(5, 8))
    assert split_sentences(text, ()) == ()


@given(any_texts)
def test_sentences_and_paragraphs_are_trimmed_and_cover_every_character(text):
    whole = segment(text)
    for spans in (whole.sentences, whole.paragraphs):
        assert list(spans) == sorted(spans)
        assert not any(left.overlaps(right) for left, right in itertools.pairwise(spans))
        assert all(span.of(text) == span.of(text).strip() for span in spans)
        covered = {offset for span in spans for offset in range(span.start, span.end)}
        assert covered >= {offset for offset, ch in enumerate(text) if not ch.isspace()}
    assert all(
        any(paragraph.contains(sentence) for paragraph in whole.paragraphs)
        for sentence in whole.sentences
    )


@given(any_texts)
def test_the_segmentation_is_that_of_the_three_functions(text):
    assert segment(text) == Segmentation(
        tokenize(text), split_sentences(text), split_paragraphs(text)
    )


def test_the_seed_articles_have_their_numbers_of_sentences_and_paragraphs(articles):
    parts = [segment(article) for article in articles]
    assert [len(part.sentences) for part in parts] == [10, 11, 11]
    assert [len(part.paragraphs) for part in parts] == [8, 9, 9]
    assert parts[2].sentences[-1].end == len(articles[2])


def test_the_gold_example_has_the_same_sentences_and_paragraphs(shared):
    line = (shared / "design" / "gold.example.jsonl").read_text(encoding="utf-8").splitlines()[0]
    whole = segment(json.loads(line)["text"])
    assert whole.sentences == whole.paragraphs == (Span(0, 352), Span(354, 532))
