"""What suggesters know besides the text: the scheme, the word lists, and what was marked before."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from annotator.core.scheme import Scheme
from annotator.kurdish.lexicon import EntryKind, Lexicon, LexiconEntry, TriggerEntry
from annotator.suggest.memory import Memory
from annotator.suggest.phrases import Phrases, phrase_key

# The labels of the bundled scheme; one that a project's scheme lacks is not suggested.
_LABELS = {
    EntryKind.ORGANISATION: "ORG",
    EntryKind.PERSON: "PER",
    EntryKind.NATIONALITY: "NORP",
}
_STEM = "stem"


class KnownName(Struct, frozen=True):
    """A name of the word lists; `is_common` for one that is an ordinary word as well."""

    label: str
    is_common: bool


class WordLists(Struct, frozen=True):
    """The lexicon by keys: names with their labels, and the words that tell of events."""

    lexicon: Lexicon
    names: Mapping[str, KnownName]
    triggers: Mapping[str, TriggerEntry]
    name_phrases: Phrases
    trigger_phrases: Phrases


class Knowledge(Struct, frozen=True):
    """All that a suggestion can rest on.

    `project` is what the annotator marked in other documents, `document` what is marked in the
    open one.
    """

    scheme: Scheme
    lists: WordLists
    project: Memory
    document: Memory

    @property
    def cuts_clitics(self) -> bool:
        """Whether the guideline leaves final clitics outside."""
        return self.scheme.guideline.boundary_policy == _STEM

    def admits_label(self, label: str) -> bool:
        """Whether mentions may be marked so in this project."""
        return any(known.id == label and known.is_enabled for known in self.scheme.labels)


def word_lists(lexicon: Lexicon) -> WordLists:
    """The lexicon as suggesters look it up. Of two entries with one key the first counts."""
    names: dict[str, KnownName] = {}
    name_phrases, trigger_phrases = Phrases(), Phrases()
    for entry in lexicon.entries:
        label = _label(entry)
        if label is not None:
            for form in entry.forms:
                key = phrase_key(form)
                name_phrases.add(key, form)
                names.setdefault(key, KnownName(label, entry.is_common))
    triggers: dict[str, TriggerEntry] = {}
    for trigger in lexicon.triggers:
        for form in trigger.forms:
            key = phrase_key(form)
            trigger_phrases.add(key, form)
            triggers.setdefault(key, trigger)
    return WordLists(lexicon, names, triggers, name_phrases, trigger_phrases)


def _label(entry: LexiconEntry) -> str | None:
    return entry.group if entry.kind is EntryKind.PLACE else _LABELS.get(entry.kind)
