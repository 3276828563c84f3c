"""The annotations of WebAnno TSV as spans of layers: gathered from the words they stand on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from annotator.core.span import Span
from annotator.formats.base import ImportProblem
from annotator.formats.layer_chains import chain_key
from annotator.formats.layer_spans import (
    ENTITY,
    ENTITY_KEY,
    KEY,
    VALUE,
    LayerSpan,
    Link,
    is_read,
)
from annotator.formats.webanno_rows import (
    LayerKind,
    Row,
    TsvFile,
    TsvLayer,
    numbered,
    split,
    unescaped,
)

_NONE, _NO_VALUE = "_", "*"
_ANY = frozenset({"uima.tcas.Annotation", "uima.tcas.AnnotationBase", ""})
_CHAINED = re.compile(r"(.*)->([0-9]{1,9})-([0-9]{1,9})", re.DOTALL | re.ASCII)


class _Gathered(Struct):
    """An annotation while its words are read; targets are units with numbers and layers."""

    id: str
    layer: str
    start: int
    end: int
    values: dict[str, str] = field(default_factory=dict)
    targets: list[tuple[str, str, str, str | None, str]] = field(default_factory=list)


class TsvSpans:
    """Gathers the spans of a file; `places` are the spans of its rows by their units."""

    def __init__(
        self,
        told: TsvFile,
        places: Mapping[str, Span],
        source: str,
        problems: list[ImportProblem],
    ) -> None:
        self._told = told
        self._places = places
        self._source = source
        self._problems = problems
        self._made: dict[tuple[str, str], _Gathered] = {}
        self._chains: dict[str, LayerSpan] = {}
        self._at: dict[str, list[_Gathered]] = {}
        self._unheld: Counter[str] = Counter()

    def spans(self) -> list[LayerSpan]:
        """All spans; those of relations and of grammar are counted and told."""
        for sentence in self._told.sentences:
            for row in sentence.rows:
                if row.unit in self._places:
                    self._read(row)
        for kind, count in sorted(self._unheld.items()):
            values = {"kind": kind, "count": count}
            key = "formats.kind_not_held"
            self._problems.append(ImportProblem(self._source, key, values, is_refusal=False))
        return [*self._chains.values(), *map(self._span, self._made.values())]

    def _read(self, row: Row) -> None:
        for layer in self._told.layers:
            cells = row.cells[layer.first : layer.first + layer.width]
            if all(cell in (_NONE, "") for cell in cells):
                continue
            if layer.kind is LayerKind.RELATION or not is_read(layer.name):
                self._unheld[layer.name.rpartition(".")[2]] += 1
            elif layer.kind is LayerKind.CHAIN:
                self._read_chain(row, layer, cells)
            else:
                self._read_layer(row, layer, cells)

    def _read_layer(self, row: Row, layer: TsvLayer, cells: Sequence[str]) -> None:
        stacks = [split(cell, "|") for cell in cells]
        depth = len(stacks[0])
        if len(cells) < layer.width or any(len(stack) != depth for stack in stacks):
            values = {"annotation": f"{layer.name.rpartition('.')[2]} {row.unit}"}
            self._problems.append(
                ImportProblem(self._source, "formats.tsv_cells", values, row.line)
            )
            return
        for number, parts in enumerate(zip(*stacks, strict=True)):
            if parts[0] != _NONE:
                self._gather(row, layer, parts, number)

    def _gather(self, row: Row, layer: TsvLayer, parts: Sequence[str], number: int) -> None:
        """Take a word of an annotation; its values are those of its first word."""
        known = next((told for part in parts if (told := numbered(part)[1]) is not None), None)
        key = f"{row.unit}/{number}" if known is None else f"[{known}]"
        made = self._annotation(row, layer.name, key)
        if made.values or made.targets:
            return
        rest = iter(parts)
        for column in layer.columns:
            part = next(rest)
            if column.target is not None:
                self._link(made, column.feature, part, next(rest), column.target)
                continue
            value = numbered(part)[0]
            if value not in (_NO_VALUE, _NONE):
                made.values[column.feature] = unescaped(value)

    def _annotation(self, row: Row, layer: str, key: str) -> _Gathered:
        place = self._places[row.unit]
        made = self._made.get((layer, key))
        if made is None:
            made = _Gathered(f"{len(self._made) + 1}", layer, place.start, place.end)
            self._made[layer, key] = made
        made.start, made.end = min(made.start, place.start), max(made.end, place.end)
        self._at.setdefault(row.unit, []).append(made)
        return made

    def _link(self, made: _Gathered, feature: str, roles: str, targets: str, layer: str) -> None:
        told = [numbered(role)[0] for role in split(roles, ";")]
        for role, target in zip(told, split(targets, ";"), strict=False):
            unit, known = numbered(target)
            if unit not in (_NONE, _NO_VALUE, ""):
                shown = "" if role in (_NO_VALUE, _NONE) else unescaped(role)
                made.targets.append((feature, shown, unit, known, layer))

    def _read_chain(self, row: Row, layer: TsvLayer, cells: Sequence[str]) -> None:
        """Spans of a chain: one cell tells chain and place in it, the other one the type."""
        stacks = [split(cell, "|") for cell in cells]
        for parts in zip(*stacks, strict=False):
            found = next((told for part in parts if (told := _CHAINED.fullmatch(part))), None)
            if found is None:
                self._unheld[layer.name.rpartition(".")[2]] += 1
                continue
            made = self._annotation(row, layer.name, f"{found[2]}-{found[3]}")
            types = [numbered(part)[0] for part in parts if part != found[0]]
            if types and types[0] not in (_NO_VALUE, _NONE, ""):
                made.values[VALUE] = unescaped(types[0])
            label = made.values.get(VALUE, layer.name.rpartition(".")[2])
            made.values[ENTITY_KEY] = self._chain(chain_key(f"{layer.name} {found[2]}"), label)

    def _chain(self, key: str, label: str) -> str:
        """The entity of a chain; its key."""
        if key not in self._chains:
            self._chains[key] = LayerSpan(key, ENTITY, (), {KEY: key, VALUE: label})
        return key

    def _span(self, made: _Gathered) -> LayerSpan:
        links: dict[str, tuple[Link, ...]] = {}
        for feature, role, unit, known, layer in made.targets:
            target = self._target(unit, known, layer)
            links[feature] = (*links.get(feature, ()), Link(role, target))
        place = (Span(made.start, made.end),)
        return LayerSpan(made.id, made.layer, place, made.values, links)

    def _target(self, unit: str, known: str | None, layer: str) -> str:
        """The id of what a slot names; its name itself where it is not there, or not the one."""
        found = list(self._candidates(unit, known, layer))
        return found[0].id if len(found) == 1 else f"{unit}[{known}]" if known else unit

    def _candidates(self, unit: str, known: str | None, layer: str) -> Iterator[_Gathered]:
        for one in self._at.get(unit, ()):
            fits = layer in _ANY or one.layer == layer
            if fits and (known is None or self._made.get((one.layer, f"[{known}]")) is one):
                yield one
