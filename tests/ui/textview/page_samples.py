"""Texts and layouts the tests of the page share. All Sorani here was written for these tests."""

from types import MappingProxyType

from annotator.core.annotations import Mention, MentionLevel
from annotator.core.document import Document, Segmentation, Source
from annotator.core.ids import DocumentId, RecordId
from annotator.core.scheme import (
    EventType,
    Guideline,
    Label,
    LabelGroup,
    QuoteTypeSpec,
    Role,
    Scheme,
    Wording,
)
from annotator.core.span import Fragments, Span
from annotator.ui.textview.blocks import split_blocks
from annotator.ui.textview.geometry import Geometry
from annotator.ui.textview.layout import PageLayout
from annotator.ui.textview.scene import Bracket
from annotator.ui.textview.style import LIGHT, PageStyle

PLAIN = Segmentation((), (), ())

MIXED = (
    'سێشەممە ٢٢ - ٩ - ٢٠٢٠ وەزیری باخچەکان گەیشتە شار و لە ٢٠٢٠/٩/٢٢ گوتی: "ئاو بەشی هەمووان '
    'دەکات".  کۆمپانیای Blue River Ltd. لە ساڵی 1998 دامەزراوە 😀 و سڵاوی لا بوو، ئەو کۆڵانە '
    "لای دەریاچەکەیە. ١٧ ـیەم ڕێکخراوی هه\u200cرێم (UN-7) ڕایگەیاند کە ٣٫٥ ملیۆن دار 🌳🌲 "
    "دەچێنرێت؛ کتـــێب و باڵندە، بەڵام وسوریا و ئەلفبێ abc دێن."
)


def document(text: str) -> Document:
    return Document(DocumentId("sample"), text, Source(None, "0" * 64))


def geometry(text: str, width: int = 420, style: PageStyle = LIGHT) -> Geometry:
    return Geometry(PageLayout(text, split_blocks(text, PLAIN), style, width))


def span_of(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def _words(text: str) -> Wording:
    return Wording(ckb=text, en=text.upper())


def _label(identifier: str, color: str, group: LabelGroup = LabelGroup.ENTITY) -> Label:
    name = _words(f"ناوی {identifier}")
    return Label(identifier, name, _words(""), color, group, MentionLevel.NAM)


PER_COLOR, TITLE_COLOR, MEET_COLOR, QUOTE_COLOR = "#1d5fa8", "#6a15ff", "#92400e", "#4b5563"
SCHEME = Scheme(
    id="sample",
    version="1",
    name=_words("نموونە"),
    guideline=Guideline("sample", "1", "stem", _words("")),
    labels=(_label("PER", PER_COLOR), _label("TITLE", TITLE_COLOR, LabelGroup.OVERLAY)),
    event_types=(
        EventType(
            "Contact.Meet",
            _words("کۆبوونەوە"),
            _words(""),
            "a",
            MEET_COLOR,
            (Role("Participant", _words("بەشداربوو"), "p", frozenset()),),
        ),
    ),
    attributes=(),
    quote_types=(QuoteTypeSpec("direct", _words("ڕاستەوخۆ"), _words("")),),
    quote_color=QUOTE_COLOR,
    speaker_labels=frozenset({"PER"}),
    nesting=MappingProxyType({}),
    sha256="",
)


def mention(number: int, start: int, end: int, label: str = "PER") -> Mention:
    return Mention(RecordId(f"T{number}"), label, Fragments.at(start, end))


def bracket(identifier: str, *spans: tuple[int, int], chip: str = "PER", lane: int = 0) -> Bracket:
    places = tuple(Span(start, end) for start, end in spans)
    return Bracket(RecordId(identifier), places, PER_COLOR, chip, lane, tooltip=f"tip {identifier}")
