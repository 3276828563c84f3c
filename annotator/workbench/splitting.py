"""Training, development and test data of a project: which document goes where, and why together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from annotator.core.document import text_sha256
from annotator.core.ids import DocumentId
from annotator.core.splits import DataSplit, Family, divide, split_told
from annotator.kurdish.near_duplicates import near_duplicates
from annotator.store.project_file import ProjectFile
from annotator.workbench.export_scope import ChosenSets, SplitChoices


class SplitPlan(Struct, frozen=True):
    """The split of every document.

    `families` are the near duplicates that were kept together, and `torn` those of which documents
    say different splits themselves, so that they could not be. `empty` names the splits that have
    a share and got no document.
    """

    splits: Mapping[DocumentId, DataSplit]
    families: tuple[tuple[DocumentId, ...], ...]
    torn: tuple[tuple[DocumentId, ...], ...]
    empty: tuple[str, ...] = ()


def plan_splits(
    project: ProjectFile,
    chosen: Iterable[ChosenSets],
    choices: SplitChoices,
    on_document: Callable[[], None],
) -> SplitPlan:
    """Divide the documents of an export; `on_document` is told of each that was looked at."""
    given: dict[DocumentId, DataSplit | None] = {}
    prints: dict[DocumentId, str] = {}

    def text_of(identifier: DocumentId) -> str:
        document = project.documents.get(identifier)
        if identifier not in prints:
            on_document()
            said = None if choices.ignores_given else document.metadata.split
            given[identifier] = split_told(said)
            prints[identifier] = f"{identifier} {text_sha256(document.text)}"
        return document.text

    alike = near_duplicates((one.document for one in chosen), text_of)
    labels = _labels(project, chosen)
    families = []
    for members in alike:
        for part, fixed in _by_given(members, given):
            counts = sum((labels.get(member, Counter()) for member in part), Counter[str]())
            fingerprint = "\n".join(prints[member] for member in part)
            families.append(Family(part, fingerprint, counts, fixed))
    splits = divide(families, choices.shares, seed=choices.seed)
    together = tuple(members for members in alike if len(members) > 1)
    torn = (members for members in together if len({splits[one] for one in members}) > 1)
    given_out = set(splits.values())
    empty = (one.value for one in DataSplit if one not in given_out and choices.shares.of(one))
    return SplitPlan(splits, together, tuple(torn), tuple(empty))


def _labels(
    project: ProjectFile, chosen: Iterable[ChosenSets]
) -> Mapping[DocumentId, Counter[str]]:
    """How often each label and type occurs in the chosen sets of each document."""
    taken = {(one.document, header.id) for one in chosen for header in one.headers}
    found: dict[DocumentId, Counter[str]] = {}
    for document, identifier, layer, label, count in project.label_use.by_set():
        if (document, identifier) in taken:
            found.setdefault(document, Counter())[f"{layer.value} {label}"] += count
    return found


def _by_given(
    members: tuple[DocumentId, ...], given: Mapping[DocumentId, DataSplit | None]
) -> Iterator[tuple[tuple[DocumentId, ...], DataSplit | None]]:
    """A family as one, or in parts where its documents say different splits.

    Those that say nothing go with the split that most of the others say.
    """
    said = Counter(split for member in members if (split := given[member]) is not None)
    if not said:
        yield members, None
        return
    most = max(DataSplit, key=lambda split: said[split])
    for split in (one for one in DataSplit if said[one]):
        part = tuple(member for member in members if (given[member] or most) is split)
        yield part, split
