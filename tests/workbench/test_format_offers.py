"""Which formats an export can be in, in which order, and what makes a target a file."""

from pathlib import Path

from msgspec.structs import replace

from annotator.formats.brat_write import BRAT
from annotator.formats.conll_write import CONLL
from annotator.formats.gold_write import GOLD, GOLD_READABLE
from annotator.formats.plain_text import PLAIN_TEXT
from annotator.formats.registry import FORMATS
from annotator.formats.spacy_docbin import SPACY_DOCBIN
from annotator.workbench.format_offers import FormatOffer, format_offers, is_one_file


def test_everything_that_can_be_written_is_offered_and_gold_comes_first():
    offered = [offer.format for offer in format_offers()]
    assert offered[:2] == [GOLD, GOLD_READABLE]
    assert set(offered) == {known for known in FORMATS if known.can_write}
    assert PLAIN_TEXT not in offered


def test_a_format_without_its_package_says_what_is_missing():
    lame = replace(SPACY_DOCBIN, needs="no_such_package_at_all")
    assert format_offers([lame, GOLD]) == (
        FormatOffer(GOLD),
        FormatOffer(lame, "no_such_package_at_all"),
    )
    assert format_offers([SPACY_DOCBIN]) == (FormatOffer(SPACY_DOCBIN),)


def test_the_suffix_makes_a_file_only_where_the_format_writes_one():
    assert is_one_file(CONLL, Path("a.CONLL"))
    assert is_one_file(GOLD, Path("a.json"))
    assert not is_one_file(CONLL, Path("a.jsonl"))
    assert not is_one_file(BRAT, Path("a.ann"))
