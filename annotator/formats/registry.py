"""The formats there are, as one explicit tuple, and which of them a file is in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.formats.base import Format
from annotator.formats.brat_write import BRAT
from annotator.formats.cas_write import CAS_JSON, CAS_XMI
from annotator.formats.citron import CITRON
from annotator.formats.conll_write import CONLL
from annotator.formats.conllu_plus import CONLLU_PLUS
from annotator.formats.doccano_write import DOCCANO
from annotator.formats.dygie import DYGIE
from annotator.formats.event_jsonl import ONEIE, TEXTEE
from annotator.formats.gliner import GLINER
from annotator.formats.gold_write import GOLD, GOLD_READABLE
from annotator.formats.hf_tokens import HF_TOKENS
from annotator.formats.label_studio_write import LABEL_STUDIO
from annotator.formats.news_json import NEWS_JSON
from annotator.formats.plain_text import PLAIN_TEXT
from annotator.formats.prodigy_write import PRODIGY
from annotator.formats.quote_bio import QUOTE_BIO
from annotator.formats.spacy_docbin import SPACY_DOCBIN
from annotator.formats.tables_csv import TABLES_CSV
from annotator.formats.tables_xlsx import TABLES_XLSX
from annotator.formats.web_annotation import WEB_ANNOTATION
from annotator.formats.webanno_tsv import WEBANNO_TSV
from annotator.foundation.errors import UserError

FORMATS: tuple[Format, ...] = (
    PLAIN_TEXT,
    NEWS_JSON,
    GOLD,
    GOLD_READABLE,
    BRAT,
    CAS_JSON,
    CAS_XMI,
    CITRON,
    CONLL,
    CONLLU_PLUS,
    DOCCANO,
    DYGIE,
    GLINER,
    HF_TOKENS,
    LABEL_STUDIO,
    ONEIE,
    PRODIGY,
    QUOTE_BIO,
    SPACY_DOCBIN,
    TABLES_CSV,
    TABLES_XLSX,
    TEXTEE,
    WEB_ANNOTATION,
    WEBANNO_TSV,
)

_ORDERS = ("utf-8", "utf-16-le", "utf-16-be")
_SAMPLE = 1024 * 1024


def format_by_id(identifier: str, formats: Sequence[Format] = FORMATS) -> Format:
    """The format with this id. Raises `UserError` where there is none."""
    for known in formats:
        if known.id == identifier:
            return known
    raise UserError(
        "formats.unknown", format=identifier, known=", ".join(known.id for known in formats)
    )


def readable_formats(name: str, formats: Sequence[Format] = FORMATS) -> tuple[Format, ...]:
    """The formats that a file of this name can be in and be read from."""
    lowered = name.lower()
    return tuple(known for known in formats if known.can_read and lowered.endswith(known.suffixes))


def guess_format(name: str, head: bytes, formats: Sequence[Format] = FORMATS) -> Format:
    """The format of a file, from its name and its first bytes (a megabyte is plenty).

    Of the formats with its suffix it is the first whose mark is there, else the first that has no
    marks. Raises `UserError` for a name whose suffix no format has.
    """
    candidates = readable_formats(name, formats)
    if not candidates:
        raise UserError("formats.suffix_unknown", name=name)
    sample = head[:_SAMPLE]
    marked = [known for known in candidates if any(mark in sample for mark in _marks(known))]
    plain = [known for known in candidates if not known.marks]
    return (marked or plain or list(candidates))[0]


def _marks(known: Format) -> Iterator[bytes]:
    for mark in known.marks:
        yield from (mark.decode().encode(order) for order in _ORDERS)
