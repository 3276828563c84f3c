"""The colours of the shipped scheme stay apart for every common kind of colour vision.

Simulation: Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color
Vision Deficiency", IEEE TVCG 15(6), 2009, severity 1.0, applied to linear sRGB. Difference:
CIEDE2000 after Sharma, Wu and Dalal, Color Research and Application 30(1), 2005. Contrast: WCAG 2.
"""

import json
from itertools import combinations
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

import pytest

from annotator.core.scheme import Scheme
from annotator.core.scheme_json import scheme_from_json
from annotator.foundation.paths import resource

Triple = tuple[float, float, float]

VISION: dict[str, tuple[Triple, Triple, Triple]] = {
    "usual": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE = "#ffffff"
NEAR_BLACK = "#111111"
LEAST_DIFFERENCE = 20.0
LEAST_CONTRAST = 4.5


def linear(color: str) -> Triple:
    def channel(at: int) -> float:
        value = int(color[at : at + 2], 16) / 255
        return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

    return channel(1), channel(3), channel(5)


def times(matrix: tuple[Triple, Triple, Triple], vector: Triple) -> Triple:
    rows = [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]
    return rows[0], rows[1], rows[2]


def lab(rgb: Triple) -> Triple:
    white = times(TO_XYZ, (1.0, 1.0, 1.0))

    def curve(value: float) -> float:
        return value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116

    x, y, z = (curve(v / w) for v, w in zip(times(TO_XYZ, rgb), white, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(color: str, vision: str) -> Triple:
    red, green, blue = (min(1.0, max(0.0, v)) for v in times(VISION[vision], linear(color)))
    return lab((red, green, blue))


def mean_hue(first: float, second: float) -> float:
    if abs(first - second) <= 180:
        return (first + second) / 2
    total = first + second
    return (total + 360) / 2 if total < 360 else (total - 360) / 2


def ciede2000(left: Triple, right: Triple) -> float:
    (l1, a1, b1), (l2, a2, b2) = left, right
    c7 = ((hypot(a1, b1) + hypot(a2, b2)) / 2) ** 7
    g = 0.5 * (1 - sqrt(c7 / (c7 + 25**7)))
    c1, c2 = hypot(a1 * (1 + g), b1), hypot(a2 * (1 + g), b2)
    h1, h2 = (degrees(atan2(b, a * (1 + g))) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    hue = h1 + h2 if c1 * c2 == 0 else mean_hue(h1, h2)
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.20 * cos(radians(4 * hue - 63))
    )
    dl = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / sqrt(20 + (light - 50) ** 2))
    dc = (c2 - c1) / (1 + 0.045 * chroma)
    dh = 2 * sqrt(c1 * c2) * sin(radians(turn / 2)) / (1 + 0.015 * chroma * t)
    bend = 2 * sqrt(chroma**7 / (chroma**7 + 25**7))
    rotation = -sin(radians(60 * exp(-(((hue - 275) / 25) ** 2)))) * bend
    return sqrt(dl**2 + dc**2 + dh**2 + rotation * dc * dh)


def contrast(first: str, second: str) -> float:
    weights = (0.2126, 0.7152, 0.0722)
    high, low = sorted(
        (sum(w * v for w, v in zip(weights, linear(c), strict=True)) for c in (first, second)),
        reverse=True,
    )
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    path = resource("schemes", "ckb-news.json")
    return scheme_from_json(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("left", "right", "difference"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0009), 7.1792),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_difference_agrees_with_the_published_pairs(
    left: Triple, right: Triple, difference: float
) -> None:
    assert ciede2000(left, right) == pytest.approx(difference, abs=1e-4)


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", WHITE) == pytest.approx(21)


@pytest.mark.parametrize("vision", VISION)
def test_main_labels_stay_apart(vision: str, scheme: Scheme) -> None:
    main = [(label.id, label.color) for label in scheme.labels if label.is_enabled]
    assert len(main) == 10
    distances = {
        (a, b): ciede2000(seen(one, vision), seen(two, vision))
        for (a, one), (b, two) in combinations(main, 2)
    }
    nearest = min(distances, key=lambda pair: distances[pair])
    assert distances[nearest] >= LEAST_DIFFERENCE, (nearest, distances[nearest])


def test_chip_text_can_be_read_on_every_colour(scheme: Scheme) -> None:
    colors = {item.color for item in (*scheme.labels, *scheme.event_types)} | {scheme.quote_color}
    best = {c: max(contrast(c, WHITE), contrast(c, NEAR_BLACK)) for c in colors}
    assert {c: round(v, 2) for c, v in best.items() if v < LEAST_CONTRAST} == {}


def test_event_types_of_one_domain_share_a_colour_that_is_theirs(scheme: Scheme) -> None:
    pairs = {(kind.id.split(".")[0], kind.color) for kind in scheme.event_types}
    assert len(pairs) == len({domain for domain, _ in pairs}) == len({color for _, color in pairs})
