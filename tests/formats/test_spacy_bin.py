"""A file that is filled comes to the same bytes as one of spaCy's own documents."""

import pytest
from hypothesis import Phase, given, settings, strategies as st
from spacy.lang.xx import MultiLanguage
from spacy.tokens import DocBin
from spacy.vocab import create_vocab

from annotator.core.annotations import Entity
from annotator.core.ids import RecordId
from annotator.formats.spacy_docbin import SPACY_DOCBIN
from annotator.formats.token_view import LEVELS, NESTING
from tests.formats.docbin_of_docs import docbin_of_docs
from tests.formats.made_articles import articles
from tests.formats.specimens import bundle, specimens
from tests.formats.written import write


def span_told(span):
    return span.start, span.end, span.text, span.label_, span.id_, span.kb_id_


def told(data):
    """What spaCy reads in a file, with a vocabulary that has never seen its strings."""
    vocab = create_vocab("xx", MultiLanguage.Defaults)
    read = DocBin().from_bytes(data)
    return [
        {
            "words": [(t.text, t.whitespace_, t.norm_, t.is_sent_start, t.ent_iob_) for t in doc],
            "unknown": [(t.tag_, t.dep_, t.lemma_, t.pos_, str(t.morph), t.head.i) for t in doc],
            "entities": [span_told(span) for span in doc.ents],
            "groups": {
                key: (group.name, group.attrs, [span_told(span) for span in group])
                for key, group in doc.spans.items()
            },
            "said": (doc.user_data, doc.cats, doc.has_unknown_spaces),
        }
        for doc in read.get_docs(vocab)
    ], sorted(read.strings)


def is_that_of_docs(items, **options):
    """What is read is compared before the bytes are, to see what differs."""
    _, files, _ = write(SPACY_DOCBIN, items, options=options)
    [made], expected = files.values(), docbin_of_docs(items, **options)
    assert told(made) == told(expected)
    assert made == expected
    return True


def test_a_file_of_every_specimen_is_that_of_documents_of_spacy():
    assert is_that_of_docs(specimens())


@pytest.mark.parametrize(
    "text",
    [
        "😀",
        " ",
        "\n",
        "  \n ئەو \t هات\u00a0\n\n",
        "«ئەو» “هات” ‘ئەو’ — … $ ₹",  # words that spaCy writes as others in NORM
        "ORTH PERSON GPE norm ENT_ID xx",  # words that have small numbers there
        "İstanbul STRASSE ﷲ",
    ],
)
def test_words_have_the_numbers_that_spacy_gives_them(text):
    assert is_that_of_docs([bundle("d1", text)])


def test_labels_and_ids_have_the_numbers_that_spacy_gives_them():
    notation = "[[ئەو]PERSON=E1 هات]ORTH=E2 [T1]DATE=E3"
    known = [(), (("wikidata", "Q9"), ("geonames", "GPE")), (("wikidata", "T1"),)]
    entities = [Entity(RecordId(f"E{n}"), "PER", "ناو", kb) for n, kb in enumerate(known, 1)]
    for nesting in NESTING.values:
        assert is_that_of_docs([bundle("d1", notation, *entities)], nesting=nesting, levels="all")


# Not shrunk, for that takes minutes, and the tests above fail on less.
@settings(max_examples=settings.default.max_examples // 3, phases=[Phase.generate])
@given(
    items=st.tuples(articles("d1"), articles("d2")),
    nesting=st.sampled_from(NESTING.values),
    levels=st.sampled_from(LEVELS.values),
)
def test_a_file_is_that_of_documents_of_spacy(items, nesting, levels):
    assert is_that_of_docs(items, nesting=nesting, levels=levels)
