"""What a manifest lists of a file."""

from annotator.core.ids import AnnotatorId, DocumentId, SetId
from annotator.core.set_header import SetHeader, SetKind
from annotator.formats.gold_manifest import ManifestFile


def test_a_file_of_one_set_tells_whose_it_is():
    plain = {"name": "a.ann", "records": None, "size": 3, "sha256": "0"}
    assert ManifestFile("a.ann", None, 3, "0").as_json() == plain
    header = SetHeader(
        SetId("gold"),
        DocumentId("a"),
        SetKind.ADJUDICATED,
        (AnnotatorId("a1"), AnnotatorId("a2")),
        created="",
        modified="",
        adjudicator=AnnotatorId("a1"),
        derived_from=(SetId("a1"),),
    )
    whose = {
        "id": "gold",
        "kind": "adjudicated",
        "annotators": ("a1", "a2"),
        "adjudicator": "a1",
        "derived_from": ("a1",),
    }
    told = ManifestFile("a.ann", None, 3, "0", header).as_json()
    assert told == {**plain, "doc_id": "a", "set": whose}
