"""What annotators marked is told by number, line and colour, one mark for each camp."""

from annotator.adjudication.choices import Leave, Take
from annotator.adjudication.comparison import Comparison
from annotator.core.span import Span
from annotator.foundation.catalogue import load_catalogue
from annotator.ui.adjudication_scene import (
    AGREED,
    COLOURS,
    CURRENT_FILL,
    OPEN_FILL,
    adjudication_scene,
    colour_of,
)
from annotator.ui.textview.style import DARK, LIGHT, contrast, legible_on
from annotator.workbench.adjudication_sayings import Sayings
from tests.adjudication.sets import EMPTY, A, chosen, sides
from tests.builders import annotated, scheme

ONE = "[ئازاد]PER [چوو]Contact.Meet بۆ [هەولێر]GPE: «[باش بوو]direct»"
OTHER = "[ئازاد]ORG [چوو]Contact.Meet بۆ هەولێر: «[باش بوو]direct»"


def scene_of(gold=EMPTY, *, current=None, start=0):
    comparison = Comparison(sides(ONE, OTHER))
    sayings = Sayings(
        catalogue=load_catalogue("en"),
        scheme=scheme(),
        text=annotated(ONE)[0].text,
        sets={side.id: side.annotations for side in comparison.sides},
        numbers={side.id: number for number, side in enumerate(comparison.sides, 1)},
    )
    units = comparison.against(gold).listed
    return adjudication_scene(units, sayings, visible=Span(start, start + 40), current=current)


def test_each_camp_has_a_mark_with_its_numbers():
    scene = scene_of(current="mention:0")
    marks = [(b.chip, b.color, b.is_dashed, b.is_selected) for b in scene.brackets]
    assert marks == [
        ("1 PER", COLOURS[0], False, True),
        ("2 ORG", COLOURS[1], True, True),
        ("1+2 Contact.Meet", AGREED, False, False),
        ("1 GPE", COLOURS[0], False, False),
        ("1+2 direct", AGREED, False, False),
    ]
    assert [(bar.color, bar.depth, bar.is_dashed) for bar in scene.bars] == [(AGREED, 0, False)]
    assert [fill.strength for fill in scene.fills] == [CURRENT_FILL, *[OPEN_FILL] * 3]
    quote = scene.brackets[-1]
    assert quote.envelope.of(annotated(ONE)[0].text) == "باش"


def test_what_is_decided_has_a_sign_and_no_fill():
    comparison = Comparison(sides(ONE, OTHER))
    gold = chosen(comparison, Take("mention:0", A), Leave("mention:13"))
    scene = scene_of(gold)
    assert [b.chip for b in scene.brackets] == [
        "✓ 1 PER", "2 ORG", "1+2 Contact.Meet", "✗ 1 GPE", "1+2 direct",
    ]  # fmt: skip
    assert len(scene.fills) == 2


def test_only_what_is_near_the_visible_part_is_there():
    assert scene_of(start=2000).brackets == ()


def test_colours_are_seen_on_every_paper_and_go_round():
    assert colour_of(len(COLOURS) + 1) == COLOURS[0]
    for color in (*COLOURS, AGREED):
        for style in (LIGHT, DARK):
            assert contrast(legible_on(color, style.paper), style.paper) >= 3
