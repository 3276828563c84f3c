"""How many annotations a step would take away, told before it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from annotator.core.annotations import layer_of
from annotator.core.edits import Edit
from annotator.core.history import Act
from annotator.core.ids import DocumentId, Layer, SetId
from annotator.core.project_edits import ProjectStep, Thing
from annotator.core.set_header import Annotator
from annotator.core.sudden_drop import SuddenDrop, sudden_drop
from annotator.foundation.errors import UserError
from annotator.store.project_file import ProjectFile
from annotator.workbench.project_changes import RELABEL_ALL
from annotator.workbench.turning import LATER

_COUNTED = (Layer.MENTION, Layer.EVENT, Layer.QUOTE)


class Losses:
    """Asks one project what would go. Nothing is changed, and no set is read."""

    def __init__(self, project: ProjectFile) -> None:
        self._project = project
        self._counts = project.annotations.counts()

    def of_documents(self, documents: Iterable[DocumentId]) -> SuddenDrop | None:
        """The drop when these documents go to the trash."""
        going = frozenset(documents)
        return self._drop(key for key in self._counts if key[0] in going)

    def of_person(self, person: Annotator) -> SuddenDrop | None:
        """The drop when a person goes with all sets."""
        own = SetId(person.id)
        return self._drop(key for key in self._counts if key[1] == own)

    def of_label(self, mentions: int) -> SuddenDrop | None:
        """The drop when this many mentions lose their label."""
        return sudden_drop(self._present(), {Layer.MENTION: mentions})

    def of_turn(self, step: ProjectStep, act: Act) -> SuddenDrop | None:
        """The drop when a step is taken back, or brought back."""
        if step.edit.name == RELABEL_ALL:  # takes nothing away, and may concern every set
            return None
        edit = step.edit if act is Act.REDO else step.edit.inverse
        going = [presence for presence in edit.presences if not presence.is_here]
        documents = {each.id for each in going if each.thing is Thing.DOCUMENT}
        sets = {(each.document, each.id) for each in going if each.thing is Thing.SET}
        keys = {key for key in self._counts if key[0] in documents or key in sets}
        gone = self._sum(keys)
        for document, set_id, entry in self._project.journal.of_project(step.seq):
            if isinstance(entry, UserError) or entry.edit.name in LATER:
                continue
            if (document, set_id) in self._counts and (document, set_id) not in keys:
                gone += _lost(entry.edit if act is Act.REDO else entry.edit.inverse)
        return sudden_drop(self._present(), gone)

    def _drop(self, keys: Iterable[tuple[DocumentId, SetId]]) -> SuddenDrop | None:
        return sudden_drop(self._present(), self._sum(keys))

    def _present(self) -> Counter[Layer]:
        return self._sum(self._counts)

    def _sum(self, keys: Iterable[tuple[DocumentId, SetId]]) -> Counter[Layer]:
        total: Counter[Layer] = Counter()
        for key in keys:
            total.update(self._counts[key])
        return total


def _lost(edit: Edit) -> Counter[Layer]:
    """The annotations that an edit of a set takes away, less those it brings."""
    lost: Counter[Layer] = Counter(map(layer_of, edit.removed()))
    lost.subtract(map(layer_of, edit.added()))
    return Counter({layer: lost[layer] for layer in _COUNTED})
