"""The hard cases as pictures that somebody has looked at; Linux only, with some tolerance.

After a change that is meant: `pytest tests/ui/textview/test_snapshots.py --update-snapshots`, and
look at every picture that git shows as changed.
"""

import sys
from dataclasses import dataclass, replace as other_case
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from annotator.core.annotations import (
    Argument,
    Event,
    Mention,
    MentionTarget,
    Quote,
    QuoteType,
    SpanTarget,
    Speaker,
)
from annotator.core.ids import RecordId
from annotator.core.span import Fragments, Span
from annotator.ui.textview.blocks import split_blocks
from annotator.ui.textview.canvas import Canvas
from annotator.ui.textview.scene import Hint, Wave
from annotator.ui.textview.scene_builder import ViewState, build_scene
from annotator.ui.textview.style import (
    DARK,
    HIGH_CONTRAST,
    HIGH_CONTRAST_LIGHT,
    LIGHT,
)
from tests.ui.textview.page_samples import PLAIN, SCHEME, span_of

FOLDER = Path(__file__).parent / "snapshots"
STYLES = {
    "light": LIGHT,
    "dark": DARK,
    "contrast": HIGH_CONTRAST,
    "contrast-light": HIGH_CONTRAST_LIGHT,
}
DIFFERENT = 60
"""How far a channel of a pixel may be off: glyphs are smoothed a little differently elsewhere."""

ALLOWED = 0.001
"""The share of pixels that may be farther off."""

LARGEST = 40_000
SMALLEST_FILE = 0
"""What Qt calls the quality of a picture that is packed best."""

COLORS = {"PER": "#1d5fa8", "ORG": "#8a3ab9", "GPE": "#0f766e", "DATE": "#a16207", "NUM": "#be185d"}
WIDE = replace(
    SCHEME,
    labels=tuple(replace(SCHEME.labels[0], id=i, color=color) for i, color in COLORS.items()),
)


@dataclass(frozen=True)
class Case:
    """A text with annotations, and how the page stands."""

    text: str
    records: tuple = ()
    suggestions: tuple = ()
    waves: tuple = ()
    hints: tuple = ()
    selected: str | None = None
    selection: Span | None = None
    caret: int = 0
    size: tuple[int, int] = (520, 300)
    code_points: bool = False
    scrolled: int = 0
    font: str = "article"


def _at(text, *parts):
    return Fragments(tuple(span_of(text, part) for part in parts))


def _mention(number, text, label, *parts):
    return Mention(RecordId(f"T{number}"), label, _at(text, *parts))


SORANI = (
    "سێشەممە ٢٢ - ٩ - ٢٠٢٠ وەزیری باخچەکانی شاری کۆیە لەگەڵ نوێنەری Blue River Ltd. کۆبووەوە. "
    "ئەنجوومەنی شارەوانی سەروو و خواروو لە ٢٠٢٠/٩/٢٢ ڕایگەیاند ٣٫٥ ملیۆن دار (UN-7) دەچێنرێت."
)
MENTIONS = (
    _mention(1, SORANI, "DATE", "سێشەممە ٢٢ - ٩ - ٢٠٢٠"),
    _mention(2, SORANI, "PER", "وەزیری باخچەکانی شاری کۆیە"),
    _mention(3, SORANI, "ORG", "باخچەکانی شاری کۆیە"),
    _mention(4, SORANI, "GPE", "شاری کۆیە لەگەڵ"),
    _mention(5, SORANI, "GPE", "کۆیە"),
    _mention(6, SORANI, "ORG", "Blue River Ltd."),
    _mention(7, SORANI, "ORG", "ئەنجوومەنی شارەوانی سەروو", "خواروو"),
    _mention(8, SORANI, "DATE", "٢٠٢٠/٩/٢٢"),
    _mention(9, SORANI, "NUM", "٣٫٥ ملیۆن"),
    _mention(10, SORANI, "ORG", "UN-7"),
)
ENGLISH = (
    "On 22 September 2020 the mayor of Koya (کۆیە) met Blue River Ltd. there. "
    "The upper and the lower town council gave 3.5 million trees to all of them."
)
LATIN_MENTIONS = (
    _mention(1, ENGLISH, "DATE", "22 September 2020"),
    _mention(2, ENGLISH, "PER", "the mayor of Koya (کۆیە)"),
    _mention(3, ENGLISH, "GPE", "Koya (کۆیە)"),
    _mention(4, ENGLISH, "GPE", "کۆیە"),
    _mention(5, ENGLISH, "ORG", "Blue River Ltd"),
    _mention(6, ENGLISH, "ORG", "The upper", "town council"),
    _mention(7, ENGLISH, "NUM", "3.5 million"),
)
NEWS = (
    "وەزیر لە شاری کۆیە لەگەڵ نوێنەری کۆمپانیاکە کۆبووەوە و لەبارەی ئاوی شارەکە قسەیان کرد.\n"
    "پاشان هەردوولا چوون بۆ سەردانی باخچەکە و لەوێ نانیان خوارد.\n"
    "ڕۆژی دواتر بڕیاریان دا کارەکە لە بەهاردا دەست پێ بکات."
)
MEETING = Event(
    RecordId("EV1"),
    "Contact.Meet",
    _at(NEWS, "کۆبووەوە"),
    (
        Argument("Participant", MentionTarget(RecordId("T1"))),
        Argument("Participant", SpanTarget(_at(NEWS, "نوێنەری کۆمپانیاکە"))),
        Argument("Place", SpanTarget(_at(NEWS, "شاری کۆیە"))),
        Argument("Topic", SpanTarget(_at(NEWS, "ئاوی شارەکە"))),
        Argument("Sequel", SpanTarget(_at(NEWS, "نانیان خوارد"))),
        Argument("Time", SpanTarget(_at(NEWS, "بەهاردا"))),
    ),
)
ACTORS = (_mention(1, NEWS, "PER", "وەزیر"), _mention(2, NEWS, "GPE", "شاری کۆیە"), MEETING)
SPEECH = (
    "سەرۆکی شار گوتی: «ئەمڕۆ باخچەوانەکە پێی گوتم: “دارەکان تینوون و کەس ئاویان نادات”، "
    "بۆیە سبەی ئاو دەگاتە هەموو کۆڵانەکان». دانیشتووان دڵخۆش بوون."
)
OUTER = Quote(
    RecordId("Q1"),
    QuoteType.DIRECT,
    _at(
        SPEECH,
        "ئەمڕۆ باخچەوانەکە پێی گوتم: “دارەکان تینوون و کەس ئاویان نادات”، "
        "بۆیە سبەی ئاو دەگاتە هەموو کۆڵانەکان",
    ),
    cue=Fragments((span_of(SPEECH, "گوتی"),)),
    speaker=Speaker(MentionTarget(RecordId("T1"))),
)
INNER = Quote(
    RecordId("Q2"),
    QuoteType.DIRECT,
    _at(SPEECH, "دارەکان تینوون و کەس ئاویان نادات"),
    cue=Fragments((span_of(SPEECH, "پێی گوتم"),)),
    speaker=Speaker(SpanTarget(_at(SPEECH, "باخچەوانەکە"))),
)
QUOTES = (_mention(1, SPEECH, "PER", "سەرۆکی شار"), OUTER, INNER)
TIGHT = "و لە ئەو ٢ تا ٣ بە من لێ a b دا"
CODES = "كوردي  هه\u200cرێم باوه ڕاوە ھەموو\u00a0شت کتـێب على \u2067abc\u2069 وي که\u0301 لا"

CASES = {
    "mentions": Case(SORANI, MENTIONS, selected="T2", caret=30, size=(520, 420)),
    "mentions-latin": Case(ENGLISH, LATIN_MENTIONS, selected="T5", caret=52, size=(520, 400)),
    "mentions-interface-font": Case(SORANI, MENTIONS, size=(520, 420), font="interface"),
    "event": Case(NEWS, ACTORS, selected="EV1", caret=44, size=(560, 400)),
    "event-below": Case(NEWS, ACTORS, selected="EV1", caret=130, size=(560, 260), scrolled=260),
    "quotes": Case(SPEECH, QUOTES, selected="Q1", caret=20, size=(520, 340)),
    "quote-inside": Case(SPEECH, QUOTES, selected="Q2", caret=50, size=(520, 340)),
    "suggestions": Case(
        SORANI,
        MENTIONS[:4],
        suggestions=(
            *MENTIONS[4:8],
            Event(RecordId("EV1"), "Contact.Meet", _at(SORANI, "کۆبووەوە")),
            Quote(RecordId("Q1"), QuoteType.DIRECT, _at(SORANI, "٣٫٥ ملیۆن دار (UN-7) دەچێنرێت")),
        ),
        waves=(
            Wave(span_of(SORANI, "باخچەکانی شاری"), "?"),
            Wave(span_of(SORANI, "خواروو"), "?"),
            Wave(span_of(SORANI, "UN-7"), "?"),
        ),
        selection=span_of(SORANI, "دار (UN-7)"),
        size=(520, 420),
    ),
    "hints": Case(
        SORANI,
        MENTIONS,
        hints=tuple(Hint(m.fragments.start, "ابجد"[n % 4]) for n, m in enumerate(MENTIONS)),
        selected="T9",
        size=(520, 420),
    ),
    "tight": Case(
        TIGHT,
        tuple(
            Mention(RecordId(f"T{n + 1}"), label, Fragments.at(start, start + 2))
            for n, (label, start) in enumerate(
                zip(
                    ("PER", "ORG", "DATE", "GPE", "NUM", "DATE", "ORG"),
                    range(0, 28, 4),
                    strict=True,
                )
            )
        ),
        size=(420, 140),
    ),
    "code-points": Case(CODES, code_points=True, size=(520, 200)),
}


def _painted(case: Case, style, families) -> QImage:
    width, height = case.size
    style = replace(style, font_family=getattr(families, case.font), chip_family=families.interface)
    blocks = split_blocks(case.text, PLAIN)
    canvas = Canvas(case.text, blocks, style, width=width, height=height)
    canvas.shows_code_points = case.code_points
    anchor, caret = case.caret, case.caret
    if case.selection is not None:
        anchor, caret = case.selection.start, case.selection.end
    selected = None if case.selected is None else RecordId(case.selected)
    scene = build_scene(
        case.records,
        WIDE,
        language="ckb",
        view=ViewState(anchor, caret, selected, case.hints),
        suggestions=case.suggestions,
        waves=case.waves,
    )
    canvas.show(scene)
    canvas.scroller.move_by(case.scrolled)
    image = QImage(QSize(width, height), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    canvas.paint(painter, QRectF(image.rect()), has_focus=True)
    painter.end()
    return image


def _share_of_difference(first: QImage, second: QImage) -> float:
    if first.size() != second.size():
        return 1.0
    pictures = (image.convertToFormat(QImage.Format.Format_RGB888) for image in (first, second))
    rows = [(image, bytes(image.constBits()), image.bytesPerLine()) for image in pictures]
    (image, mine, stride), (_, other, _) = rows
    used = range(3 * image.width())
    far = sum(
        any(abs(mine[at + c] - other[at + c]) > DIFFERENT for c in range(3))
        for y in range(image.height())
        for at in (y * stride + x for x in used[::3])
        if mine[at : at + 3] != other[at : at + 3]
    )
    return far / (image.width() * image.height())


@pytest.mark.skipif(sys.platform != "linux", reason="letters are smoothed differently elsewhere")
@pytest.mark.parametrize(
    ("case", "style"),
    [(case, style) for case in CASES for style in ("light", "dark")]
    + [(case, s) for case in ("mentions", "suggestions") for s in ("contrast", "contrast-light")],
)
def test_the_page_looks_as_it_did(case, style, families, pytestconfig, tmp_path):
    image = _painted(CASES[case], STYLES[style], families)
    path = FOLDER / f"{case}.{style}.png"
    if pytestconfig.getoption("update_snapshots"):
        image.save(str(path), "PNG", SMALLEST_FILE)
    found = tmp_path / path.name
    image.save(str(found))
    share = _share_of_difference(image, QImage(str(path)))
    assert share <= ALLOWED, f"{share:.2%} of {path.name} differ: see {found}"


def test_every_picture_belongs_to_a_case_and_is_small():
    sizes = {path.name: path.stat().st_size for path in FOLDER.glob("*.png")}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}
    assert {name.split(".")[0] for name in sizes} == set(CASES)


def test_a_frame_that_is_not_drawn_is_noticed(families):
    case = CASES["mentions"]
    framed, bare = (
        _painted(other_case(case, selected=chosen), LIGHT, families) for chosen in ("T2", None)
    )
    assert _share_of_difference(framed, bare) > ALLOWED
