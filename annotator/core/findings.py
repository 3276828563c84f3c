"""Findings: what validation rules say about an annotation set, and the facts they look at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from enum import Enum
from typing import Any, Protocol, TypeVar

from msgspec import Struct, field

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Record
from annotator.core.document import Document, Segmentation
from annotator.core.ids import Layer, RecordId
from annotator.core.scheme import Scheme
from annotator.core.set_header import SetHeader
from annotator.core.span import Fragments, Span

_R = TypeVar("_R", bound=Record)
_T = TypeVar("_T")

EXCERPT_LENGTH = 40


class Severity(Enum):
    """Errors block the gold export; warnings ask for a second look; infos are hints."""

    ERROR = "E"
    WARNING = "W"
    INFO = "I"


class Finding(Struct, frozen=True):
    """What one rule says about one place.

    `rule` is the number of the rule (``V14``), `key` the sentence in the catalogue
    (``finding.V14.sentence``) and `values` its named fields. `span` is where to go in the text; it
    is None for what concerns the whole document or an entity without a mention.
    """

    rule: str
    severity: Severity
    record: RecordId | None
    span: Span | None
    key: str
    values: tuple[tuple[str, object], ...]

    @property
    def title_key(self) -> str:
        """The catalogue key of what the rule is called, for headings and filters."""
        return f"rule.{self.rule}"


class Facts(Struct, frozen=True, eq=False):
    """What rules may look at: one annotation set on one document, and knowledge of the script.

    `is_boundary` tells whether an offset of a text is an edge of a grapheme cluster,
    `orphans_joiner` whether a span leaves a joiner or a tatweel alone at one of its edges,
    `stem_ends` gives the offsets at which a span of whole words may end when final clitics of its
    last word stay outside, and `fold` the form in which strings are compared. They come from
    outside because the core knows nothing of Kurdish. `header` is None for a set that is not
    stored yet.
    """

    annotations: AnnotationSet
    header: SetHeader | None
    document: Document
    segmentation: Segmentation
    scheme: Scheme
    is_boundary: Callable[[str, int], bool]
    orphans_joiner: Callable[[str, Span], bool]
    stem_ends: Callable[[str, Span], Collection[int]]
    fold: Callable[[str], str]
    _shared: dict[Callable[[Facts], Any], Any] = field(default_factory=dict)

    def shared(self, work_out: Callable[[Facts], _T]) -> _T:
        """What `work_out` makes of these facts: made once for all the rules that ask for it."""
        if work_out not in self._shared:
            self._shared[work_out] = work_out(self)
        made: _T = self._shared[work_out]
        return made

    def known(self, identifier: RecordId | None, kind: type[_R]) -> _R | None:
        """The record with this id if it is there and of this kind."""
        record = self.annotations.get(identifier)
        return record if isinstance(record, kind) else None

    def excerpt(self, fragments: Fragments) -> str:
        """The text of the fragments for a sentence: at most `EXCERPT_LENGTH` code points."""
        text = fragments.of(self.document.text)
        if len(text) <= EXCERPT_LENGTH:
            return text
        cut = EXCERPT_LENGTH
        while cut > 0 and not self.is_boundary(text, cut):
            cut -= 1
        return f"{text[:cut].rstrip()}…"


class Rule(Protocol):
    """One validation rule. `layer` is None for rules about the text or the whole set."""

    @property
    def id(self) -> str:
        """The number of the rule: ``V14``."""

    @property
    def layer(self) -> Layer | None:
        """The layer whose annotations it looks at."""

    @property
    def may_block(self) -> bool:
        """Whether it can find errors, which keep a set from being gold."""

    def check(self, facts: Facts) -> Iterable[Finding]:
        """What the rule says about these facts, in any order."""


class FunctionRule(Struct, frozen=True):
    """A rule that is one function."""

    id: str
    layer: Layer | None
    function: Callable[[Facts], Iterable[Finding]]
    may_block: bool = False

    def check(self, facts: Facts) -> Iterable[Finding]:
        """What the function says about these facts."""
        return self.function(facts)


def finding(
    code: str,
    severity: Severity,
    *,
    record: RecordId | None = None,
    span: Span | None = None,
    **values: object,
) -> Finding:
    """A finding from its code: the rule, and its case after a dot (``V14.sentence``)."""
    rule = code.partition(".")[0]
    return Finding(rule, severity, record, span, f"finding.{code}", tuple(values.items()))
