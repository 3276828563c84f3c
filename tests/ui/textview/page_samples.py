"""Texts and layouts the tests of the page share. All Sorani here was written for these tests."""

from annotator.core.document import Document, Segmentation, Source
from annotator.core.ids import DocumentId
from annotator.core.span import Span
from annotator.ui.textview.blocks import split_blocks
from annotator.ui.textview.geometry import Geometry
from annotator.ui.textview.layout import PageLayout
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
