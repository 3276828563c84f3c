"""Foreign names become ours, new ones or nothing: found before, told after, one step."""

import orjson
import pytest

from annotator.core.history import Act
from annotator.core.ids import DocumentId, SetId
from annotator.foundation.catalogue import LANGUAGES, isolated, load_catalogue
from annotator.foundation.errors import Refused
from annotator.store.project_file import ProjectFile
from annotator.workbench import import_preview
from annotator.workbench.foreign_names import with_additions, with_suggestions
from annotator.workbench.import_preview import UnknownNames
from annotator.workbench.importing import IMPORT, ImportChoices, Importer
from annotator.workbench.label_mapping import (
    LEAVE_OUT,
    NO_MAPPING,
    Decision,
    Fate,
    LabelMapping,
    Name,
)
from annotator.workbench.mapping_choices import TypedMapping
from annotator.workbench.mapping_wording import duplicate_lines, restored_lines
from annotator.workbench.merge_scheme import Part
from annotator.workbench.merging import plain_door
from annotator.workbench.project_changes import ProjectChanges
from annotator.workbench.reading import find_files
from annotator.workbench.scheme_exchange import replace_scheme
from annotator.workbench.schemes import scheme_of
from annotator.workbench.trash import Trash
from tests.workbench.foreign import MEETING, TEXT, spans_file, spans_format
from tests.workbench.projects import (
    ARAM,
    SHILAN,
    clock,
    import_into,
    mark,
    new_project,
    opened,
    rows_of,
    write,
)
from tests.workbench.test_importing import SAMPLE, gold_file, gold_record

__all__ = ["spans_format"]
pytestmark = pytest.mark.usefixtures("spans_format")

PERSON, SHIP = Name(Part.LABEL, "PERSON"), Name(Part.LABEL, "کەشتی")
MEET = Name(Part.EVENT_TYPE, "Meet")
ENTITY, WHERE = Name(Part.ROLE, "Entity", "Meet"), Name(Part.ROLE, "Where", "Meet")
SURE, FACET = Name(Part.ATTRIBUTE, "sure", "mention"), Name(Part.ATTRIBUTE, "facet", "mention")


@pytest.fixture
def project(tmp_path):
    with new_project(tmp_path) as made:
        yield made


@pytest.fixture
def file(tmp_path):
    return spans_file(tmp_path, MEETING)


def look(project, *files, **choices):
    return Importer(project, clock).preview(find_files(files), ImportChoices(**choices))


def only_set(project):
    (header,) = project.annotations.headers()
    return project.annotations.read(header)


def changes_of(project):
    return ProjectChanges(project, clock, lambda *_: pytest.fail("nothing to open"))


def test_a_preview_counts_and_writes_nothing(project, file, tmp_path):
    text = write(tmp_path, "a.txt", "دەقێکی تر")
    bad = spans_file(tmp_path, {}, {**MEETING, "late": True}, name="bad.spans")
    preview = look(project, file, text, bad)
    assert (preview.documents, preview.known, preview.sets, preview.duplicates) == (2, 1, 1, 1)
    assert (preview.mentions, preview.entities, preview.events, preview.quotes) == (3, 3, 1, 0)
    assert (preview.annotations, preview.wants_owner) == (4, True)
    assert [(each.line, each.is_refusal) for each in preview.problems] == [(1, True), (2, False)]
    assert project.documents.entries() == ()
    assert project.project_journal.entries() == ()


def test_a_preview_can_be_stopped(project, file):
    with pytest.raises(Refused) as refused:
        Importer(project, clock).preview(find_files([file]), progress=lambda done, total: False)
    assert refused.value.key == "import.cancelled"


def test_unknown_names_are_told_with_counts_and_what_is_alike(project, file):
    unknown = look(project, file).unknown(scheme_of(project))
    told = [(each.name, each.count, each.suggestion) for each in unknown]
    assert told == [
        (PERSON, 2, "PER"),
        (SHIP, 1, None),
        (MEET, 1, "Contact.Meet"),
    ]  # roles and attributes are asked for when it is known what bears them


def test_roles_and_attributes_are_asked_for_by_what_bears_them(project, file):
    scheme, names = scheme_of(project), look(project, file).names
    mapping = with_suggestions(names, scheme)
    assert mapping.decisions == {
        PERSON: Decision(Fate.OURS, "PER"),
        SHIP: Decision(Fate.NEW, "keshty"),
        MEET: Decision(Fate.OURS, "Contact.Meet"),
        ENTITY: Decision(Fate.OURS, "Participant"),
        WHERE: Decision(Fate.OURS, "Place"),
        SURE: Decision(Fate.NEW, "sure"),
        FACET: Decision(Fate.NEW, "facet"),
    }
    as_gpe = NO_MAPPING.with_decision(SHIP, Decision(Fate.OURS, "GPE"))
    assert FACET not in with_suggestions(names, scheme, as_gpe).decisions


def test_undecided_names_leave_the_project_as_it_was(project, file):
    path = project.path
    project.close()
    before = rows_of(path)
    with ProjectFile.open(path) as again, pytest.raises(UnknownNames) as refused:
        import_into(again, file, annotator=ARAM)
    assert refused.value.values == {"names": "PERSON (2), کەشتی (1), Meet (1)"}
    assert refused.value.preview.mentions == 3
    assert rows_of(path) == before


def test_what_is_mapped_is_stored_under_our_names(project, file):
    names = look(project, file).names
    mapping = with_suggestions(names, scheme_of(project))
    report = import_into(project, file, annotator=ARAM, mapping=mapping)
    assert (report.imported, report.sets, report.left_out) == (("meeting",), 1, ())
    assert report.has_new_scheme
    found, scheme = only_set(project), scheme_of(project)
    assert [mention.label for mention in found.mentions()] == ["PER", "PER", "keshty"]
    assert [entity.label for entity in found.entities()] == ["PER", "PER", "keshty"]
    (event,) = found.events()
    assert event.type == "Contact.Meet"
    assert [each.role for each in event.arguments] == ["Participant", "Participant", "Place"]
    ship = scheme.label("keshty")
    assert (ship.name.ckb, ship.key, ship.is_enabled) == ("کەشتی", None, True)
    assert ship.color not in {label.color for label in scheme.labels if label.id != "keshty"}
    (facet,) = (spec for spec in scheme.attributes if spec.id == "facet")
    assert facet.labels == {"GPE", "keshty"}
    assert any(spec.id == "sure" and not spec.labels for spec in scheme.attributes)


def test_import_and_new_entries_are_one_step(project, file):
    plain = project.schemes.current()
    mapping = with_additions(look(project, file).names, scheme_of(project))
    import_into(project, file, annotator=ARAM, mapping=mapping)
    changes, added = changes_of(project), project.schemes.current()
    (step,) = changes.steps()
    assert (step.edit.name, step.edit.schemes) == (IMPORT, (1, 2))
    changes.undo(step.seq)
    assert project.schemes.current() == plain
    assert project.documents.entries() == ()
    changes.redo(step.seq)
    assert project.schemes.current() == added
    assert [mention.label for mention in only_set(project).mentions()] == [
        "PERSON", "PERSON", "keshty",
    ]  # fmt: skip


def test_undo_leaves_a_scheme_that_has_changed_since(project, file):
    plain = project.schemes.current()
    mapping = with_additions(look(project, file).names, scheme_of(project))
    import_into(project, file, annotator=ARAM, mapping=mapping)
    changes = changes_of(project)
    (step,) = changes.steps()
    with_more = project.schemes.current().replace('"version": "1.0.0"', '"version": "1.0.1"')
    replace_scheme(project, changes, with_more, language="en")
    assert changes.undo(step.seq).left_out == 1
    assert project.schemes.current() == with_more
    without = plain.replace('"version": "1.0.0"', '"version": "1.0.2"')
    replace_scheme(project, changes, without, language="en")
    with pytest.raises(Refused) as refused:
        changes.redo(step.seq)
    assert refused.value.key == "refused.scheme_changed_since"
    replace_scheme(project, changes, with_more, language="en")
    assert changes.redo(step.seq).act is Act.REDO
    assert len(only_set(project)) == 4


def test_what_is_left_out_is_counted_with_what_pointed_at_it(project, file):
    names, scheme = look(project, file).names, scheme_of(project)
    mapping = with_suggestions(names, scheme, LabelMapping({SHIP: LEAVE_OUT, SURE: LEAVE_OUT}))
    report = import_into(project, file, annotator=ARAM, mapping=mapping)
    assert dict(report.left_out) == {SHIP: 1, SURE: 1}
    assert (report.links, report.has_new_scheme) == (1, False)
    found = only_set(project)
    assert [str(mention.id) for mention in found.mentions()] == ["T1", "T2"]
    assert [mention.attrs for mention in found.mentions()] == [(), ()]
    assert len(list(found.entities())) == 2
    assert [each.role for each in next(found.events()).arguments] == ["Participant"] * 2


def test_an_event_type_is_added_with_its_roles(project, file):
    names, scheme = look(project, file).names, scheme_of(project)
    mapping = with_additions(names, scheme, LabelMapping({WHERE: LEAVE_OUT}))
    import_into(project, file, annotator=ARAM, mapping=mapping)
    kind = scheme_of(project).event_type("Meet")
    assert [role.id for role in kind.roles] == ["Entity"]
    assert kind.key == "0"  # all letters are taken
    assert kind.roles[0].is_repeatable


def test_types_for_which_there_is_no_key_left_are_refused(project, tmp_path):
    kinds = [f"Kind{number}" for number in range(11)]
    events = [["کۆبووەوە", kind, []] for kind in kinds]
    file = spans_file(tmp_path, {**MEETING, "events": events})
    mapping = with_additions(look(project, file).names, scheme_of(project))
    with pytest.raises(Refused) as refused:
        import_into(project, file, annotator=ARAM, mapping=mapping)
    assert refused.value.key == "import.no_free_key"
    assert project.documents.entries() == ()


def test_a_set_of_nobody_needs_an_owner(project, tmp_path):
    file = spans_file(tmp_path, {"text": TEXT, "spans": [["ئازاد", "PER"]]})
    assert look(project, file).wants_owner
    with pytest.raises(Refused) as refused:
        import_into(project, file)
    assert refused.value.key == "import.nobodys"
    import_into(project, file, present=SHILAN)
    (header,) = project.annotations.headers()
    assert (header.id, header.annotators) == ("a1", ("a1",))
    # gold tells its people, and keeps them
    import_into(project, gold_file(tmp_path, gold_record(set__id="a7", set__annotators=["a7"])),
                present=SHILAN)  # fmt: skip
    assert {header.id for header in project.annotations.headers()} == {"a1", "a7"}


def test_a_second_set_of_one_owner_is_told_and_skipped(project, tmp_path):
    file = spans_file(tmp_path, {"text": TEXT, "spans": [["ئازاد", "PER"]]})
    import_into(project, file, present=SHILAN)
    preview = look(project, file, present=SHILAN)
    assert (preview.known, preview.sets, preview.duplicates) == (1, 0, 1)
    assert look(project, file, annotator=ARAM).sets == 1
    copy = write(tmp_path, "copy.jsonl", SAMPLE.read_bytes())
    assert look(project, SAMPLE, copy).duplicates == 1
    report = import_into(project, file, present=SHILAN)
    assert [(each.set, each.differs) for each in report.duplicates] == [(SetId("a1"), False)]


def test_another_set_of_one_owner_is_told_with_what_to_do(project, tmp_path):
    for name in ("PER", "ORG"):
        file = spans_file(tmp_path, {"text": TEXT, "spans": [["ئازاد", name]]})
        report = import_into(project, file, present=SHILAN)
    (double,) = report.duplicates
    assert (double.set, double.differs) == (SetId("a1"), True)
    for language in LANGUAGES:
        (line,) = duplicate_lines(load_catalogue(language), report)
        assert line == load_catalogue(language).text(
            "import.other_set", source=str(file), existing=double.existing, set="a1"
        )
    import_into(project, file, annotator=ARAM)
    assert len(project.annotations.headers()) == 2


def test_gold_with_foreign_labels_is_asked_about_like_any_other(project, tmp_path):
    record = gold_record()
    label = record["mentions"][0]["label"]
    data = orjson.dumps(record).replace(f'"label":"{label}"'.encode(), b'"label":"VESSEL"')
    file = write(tmp_path, "g.jsonl", data)
    with pytest.raises(UnknownNames) as refused:
        import_into(project, file)
    (only,) = refused.value.names
    assert only.name == Name(Part.LABEL, "VESSEL")
    mapping = NO_MAPPING.with_decision(only.name, Decision(Fate.OURS, label))
    assert import_into(project, file, mapping=mapping).problems == ()
    project.close()
    workspace = opened(project.path, document="01-water")
    assert len(workspace.open_document.annotations) == len(
        [*record["mentions"], *record["events"], *record["quotes"]]
    )
    workspace.close()


def test_offsets_that_were_counted_anew_are_in_the_report(project, tmp_path):
    file = spans_file(tmp_path, {}, {"text": TEXT, "spans": [["ئازاد", "PER"]], "late": True})
    report = import_into(project, file, annotator=ARAM)
    assert [(p.key, p.line, p.is_refusal) for p in report.problems] == [
        ("formats.text_empty", 1, True),
        ("formats.warning_utf_16", 2, False),
    ]
    assert (report.sets, report.refused) == (1, 1)


def test_more_names_than_anybody_could_decide_about_are_refused(project, tmp_path, monkeypatch):
    monkeypatch.setattr(import_preview, "MAX_NAMES", 3)
    file = spans_file(tmp_path, MEETING)
    for act in (lambda: look(project, file), lambda: import_into(project, file, annotator=ARAM)):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.key == "import.too_many_names"
    assert project.documents.entries() == ()


class TestTyped:
    """What is typed on the command line."""

    @pytest.fixture
    def names(self, project, file):
        return look(project, file).names

    def read(self, project, names, *words, adds=False):
        pairs = tuple(tuple(word.rsplit("=", 1)) for word in words)
        return TypedMapping(pairs, adds).read(names, scheme_of(project))

    def test_names_are_found_whatever_the_order(self, project, names):
        words = ("Meet.Entity=Participant", "PERSON=PER", "Meet=Contact.Meet", "sure=", "NO=PER")
        mapping, unused = self.read(project, names, *words)
        assert mapping.decisions == {
            ENTITY: Decision(Fate.OURS, "Participant"),
            PERSON: Decision(Fate.OURS, "PER"),
            MEET: Decision(Fate.OURS, "Contact.Meet"),
            SURE: LEAVE_OUT,
        }
        assert unused == ("NO",)

    def test_the_rest_is_added(self, project, names):
        mapping, _ = self.read(project, names, "PERSON=HERO", "Meet=Meeting", adds=True)
        assert mapping.decisions[PERSON] == Decision(Fate.NEW, "HERO")
        assert mapping.decisions[MEET] == Decision(Fate.NEW, "Meeting")
        assert mapping.decisions[SHIP].fate is Fate.NEW

    @pytest.mark.parametrize(
        ("word", "key"),
        [
            ("PERSON=HERO", "import.map_no_such"),
            ("Meet=PER", "import.map_no_such"),
            ("sure=other", "import.map_no_such"),
        ],
    )
    def test_a_new_name_must_be_ours(self, project, names, word, key):
        with pytest.raises(Refused) as refused:
            self.read(project, names, word)
        assert refused.value.key == key

    @pytest.mark.parametrize("words", [("PERSON=PER", "label:PERSON=ORG"), ("NO=PER", "NO=")])
    def test_one_name_cannot_become_two_things(self, project, names, words):
        with pytest.raises(Refused) as refused:
            self.read(project, names, *words)
        assert refused.value.key == "import.map_twice"
        self.read(project, names, "PERSON=PER", "label:PERSON=PER")

    def test_one_name_of_two_things_needs_a_word_in_front(self, project, names):
        names[Name(Part.LABEL, "Meet"), ""] += 1
        with pytest.raises(Refused) as refused:
            self.read(project, names, "Meet=PER")
        assert refused.value.values["ways"] == "event:Meet, label:Meet"
        mapping, _ = self.read(project, names, "label:Meet=PER", "event:Meet=Contact.Meet")
        assert mapping.decisions[MEET] == Decision(Fate.OURS, "Contact.Meet")

    def test_a_role_of_a_new_type_is_named_freely(self, project, names):
        words = ("Meet=Meeting", "Meet.Entity=Guest")
        mapping, _ = self.read(project, names, *words, adds=True)
        assert mapping.decisions[ENTITY] == Decision(Fate.NEW, "Guest")


def test_a_workspace_follows_the_scheme_when_an_import_is_turned(project, file):
    mapping = with_additions(look(project, file).names, scheme_of(project))
    import_into(project, file, annotator=SHILAN, mapping=mapping)
    project.close()
    workspace = opened(project.path, document="meeting")
    assert workspace.scheme.has_label("keshty")
    (step,) = workspace.changes.steps()
    workspace.changes.undo(step.seq)
    assert not workspace.scheme.has_label("keshty")
    workspace.changes.redo(step.seq)
    assert workspace.open(DocumentId("meeting")).annotations.get("T1") is not None
    workspace.close()


def decided(label):
    """Decisions for all names of the file, with this label for persons."""
    gone = (SHIP, MEET, SURE, FACET)
    return LabelMapping({PERSON: Decision(Fate.OURS, label), **dict.fromkeys(gone, LEAVE_OUT)})


def test_an_import_that_was_taken_back_comes_again_under_another_mapping(project, file):
    import_into(project, file, annotator=ARAM, mapping=decided("ORG"))
    changes = ProjectChanges(project, clock, plain_door(project, clock))
    changes.undo(changes.steps()[0].seq)
    assert look(project, file, annotator=ARAM).sets == 1  # its names are asked for again
    report = import_into(project, file, annotator=ARAM, mapping=decided("PER"))
    assert (report.imported, report.sets, report.duplicates) == ((), 1, ())
    assert report.is_whole
    (document,) = project.documents.entries()
    assert restored_lines(load_catalogue("en"), report) == [
        f"{isolated(document.id)} was in the trash and is back."
    ]
    assert {mention.label for mention in only_set(project).mentions()} == {"PER"}
    changes.undo(changes.steps()[0].seq)
    assert project.documents.entries() == ()
    import_into(project, file, annotator=ARAM, mapping=decided("LOC"))
    assert {mention.label for mention in only_set(project).mentions()} == {"LOC"}


def test_what_somebody_has_worked_in_since_comes_back_as_it_was(project, file):
    import_into(project, file, annotator=ARAM, mapping=decided("ORG"))
    (header,) = project.annotations.headers()
    project.close()
    workspace = opened(project.path, annotator=ARAM)
    mark(workspace, "هەولێر", "LOC")
    workspace.close()
    with ProjectFile.open(project.path) as again:
        changes = changes_of(again)
        changes.undo(changes.steps()[0].seq)
        report = import_into(again, file, annotator=ARAM, mapping=decided("PER"))
        assert (report.restored, report.sets) == ((header.document,), 0)
        assert not report.is_whole
        assert {each.label for each in only_set(again).mentions()} == {"ORG", "LOC"}


@pytest.mark.parametrize("is_undone_later", [False, True])
def test_what_somebody_has_put_into_the_trash_comes_back_as_it_was(project, file, is_undone_later):
    import_into(project, file, annotator=ARAM, mapping=decided("ORG"))
    (header,) = project.annotations.headers()
    changes = ProjectChanges(project, clock, plain_door(project, clock))
    Trash(project, changes).remove_documents([header.document])
    if is_undone_later:  # the import that stands is still the first one
        import_into(project, file, annotator=ARAM, mapping=decided("PER"))
        changes.undo(changes.steps()[0].seq)
    assert project.documents.entries() == ()
    report = import_into(project, file, annotator=ARAM, mapping=decided("PER"))
    assert (report.restored, report.sets, report.is_whole) == ((header.document,), 0, False)
    assert {each.label for each in only_set(project).mentions()} == {"ORG"}


def test_of_several_sets_for_one_person_the_others_are_told(project, tmp_path):
    fewer = {**MEETING, "spans": MEETING["spans"][:1], "events": []}
    other = spans_file(tmp_path, fewer, name="b.spans")
    first = spans_file(tmp_path, MEETING)
    mapping = decided("PER")
    report = import_into(project, first, other, annotator=ARAM, mapping=mapping)
    assert not report.is_whole
    (line,) = duplicate_lines(load_catalogue("en"), report)
    assert "A person has one set of a document" in line
    assert import_into(project, first, annotator=ARAM, mapping=mapping).is_whole
