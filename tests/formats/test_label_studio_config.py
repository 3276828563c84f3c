"""The labelling configuration is one that Label Studio takes, with all of the scheme."""

from xml.etree import ElementTree

from label_studio_sdk.label_interface import LabelInterface
from msgspec.structs import replace

from annotator.core.scheme import Wording
from annotator.formats.label_studio_config import labelling_config, relation_labels
from tests.formats.specimens import SCHEME


def test_label_studio_finds_every_label_in_it():
    interface = LabelInterface(labelling_config(SCHEME).decode())
    interface.validate()
    labels = {name: set(interface.get_control(name).labels) for name in ("mention", "event")}
    assert labels["mention"] == {label.id for label in SCHEME.labels}
    assert labels["event"] == {kind.id for kind in SCHEME.event_types}
    assert set(interface.get_control("quote").labels) == {"direct", "indirect", "mixed"}
    assert set(interface.get_control("part").labels) == {"argument", "cue", "speaker", "addressee"}
    assert interface.get_object("text").value_name == "text"


def test_relations_are_named_once():
    names = relation_labels(SCHEME)
    assert len(set(names)) == len(names)
    assert {"Participant", "cue", "speaker", "addressee", "parent", "part:next"} <= set(names)


def test_names_of_labels_are_no_markup():
    label = replace(SCHEME.labels[0], name=Wording("ناو", 'R&D "<b>"'))
    config = labelling_config(replace(SCHEME, labels=(label,))).decode()
    assert 'hint="R&amp;D &quot;&lt;b&gt;&quot;"' in config
    LabelInterface(config).validate()


def test_the_text_runs_from_right_to_left():
    view = ElementTree.fromstring(labelling_config(SCHEME)).find("View")
    assert view.get("style") == "direction: rtl; text-align: right"
    assert [one.tag for one in view] == ["Text"]
