"""The language of the Sorani tests: texts for hypothesis, and spans by their surface."""

import hypothesis.strategies as st

from annotator.core.span import Span

_AWKWARD = (
    "هەیيىێكکرڕوۆبدشنئةھہۀأ ـ\u200c\u200d\u200e\u200f\u2067\u2069\ufeff\u00ad\u064e\u0654\u0301"
    "0٢۲/-:,،.!?؟…؛\"'«»“”„‹›()[]\n\r\t\u00a0\u2028\u3000\u205f"
    "aZ@#_é👩👧🏽🇮🇶❤\ufe0f\u20e3ﷺﻩﻻﹱ（＂"
)

awkward_texts = st.text(alphabet=st.sampled_from(_AWKWARD), max_size=40)
any_texts = awkward_texts | st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=40)


def span_of(text: str, part: str, *, nth: int = 1) -> Span:
    """The span of the nth occurrence of `part`."""
    start = -1
    for _ in range(nth):
        start = text.index(part, start + 1)
    return Span(start, start + len(part))


def surfaces(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [span.of(text) for span in spans]
