"""Which documents of two files are the same: those whose text is, told by its fingerprint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from annotator.core.ids import DocumentId


class DocumentPairs(Struct, frozen=True):
    """The pairs of documents, gold first, and what is in none, each in the order of its file.

    `renamed` are the pairs that only the text tells, `respaced` those whose texts differ in their
    spaces. `differing` have one id and two texts;
    `missing` are in gold only, `extra` among the predicted only.
    """

    pairs: tuple[tuple[DocumentId, DocumentId], ...]
    renamed: tuple[tuple[DocumentId, DocumentId], ...]
    differing: tuple[DocumentId, ...]
    missing: tuple[DocumentId, ...]
    extra: tuple[DocumentId, ...]
    respaced: tuple[tuple[DocumentId, DocumentId], ...] = ()


def pair_documents(
    gold: Mapping[DocumentId, str], predicted: Mapping[DocumentId, str]
) -> DocumentPairs:
    """Pair documents by id and by the SHA-256 of their texts.

    Two with one id and one text are a pair; of the rest, two of one text are, where no other
    document that is left has that text. A text that is not the same is in no pair.
    """
    partners = {each: each for each in gold if predicted.get(each) == gold[each]}
    left = {each: text for each, text in gold.items() if each not in partners}
    right = {each: text for each, text in predicted.items() if each not in partners}
    by_text = {text: each for each, text in right.items()}
    texts, others = Counter(left.values()), Counter(right.values())
    renamed = {
        each: by_text[text] for each, text in left.items() if texts[text] == others[text] == 1
    }
    partners |= renamed
    taken = set(partners.values())
    rest = right.keys() - taken
    differing = dict.fromkeys(each for each in left if each not in renamed and each in rest)
    return DocumentPairs(
        pairs=tuple((each, partners[each]) for each in gold if each in partners),
        renamed=tuple(renamed.items()),
        differing=tuple(differing),
        missing=tuple(each for each in gold if each not in partners and each not in differing),
        extra=tuple(each for each in predicted if each not in taken and each not in differing),
    )


def pair_respaced(
    pairs: DocumentPairs, gold: Mapping[DocumentId, str], predicted: Mapping[DocumentId, str]
) -> DocumentPairs:
    """The same pairs, and those of the rest whose letters are the same, spaces apart.

    `gold` and `predicted` tell fingerprints of the letters of all documents.
    """
    here, there = {each for each, _ in pairs.pairs}, {each for _, each in pairs.pairs}
    rest = pair_documents(
        {each: letters for each, letters in gold.items() if each not in here},
        {each: letters for each, letters in predicted.items() if each not in there},
    )
    partners = dict((*pairs.pairs, *rest.pairs))
    return DocumentPairs(
        pairs=tuple((each, partners[each]) for each in gold if each in partners),
        renamed=(*pairs.renamed, *rest.renamed),
        differing=rest.differing,
        missing=rest.missing,
        extra=rest.extra,
        respaced=rest.pairs,
    )
