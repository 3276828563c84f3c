"""Another scheme: what it does not know is told before, and the exchange is one step."""

import json

import pytest

from annotator.core.ids import Layer
from annotator.foundation.errors import Refused, UserError
from annotator.workbench.scheme_exchange import UnknownLabel, replace_scheme, unknown_labels
from annotator.workbench.schemes import scheme_from_text
from tests.workbench.projects import mark, opened, project_with


@pytest.fixture
def workspace(tmp_path):
    made = opened(project_with(tmp_path), document="a")
    mark(made, "هەولێر", "GPE")
    mark(made, "ئازاد", "PER")
    made.open("b")
    mark(made, "سلێمانی", "GPE")
    yield made
    made.close()


def without(workspace, *labels):
    """The scheme of the project under another name, without some labels."""
    text = workspace.project.schemes.current()
    for label in labels:
        text = text.replace(f'"{label}"', f'"{label}X"')
    data = json.loads(text)
    data["version"] = "9.0.0"
    return json.dumps(data, ensure_ascii=False)


def test_what_is_in_use_and_unknown_is_counted(workspace):
    scheme = scheme_from_text(without(workspace, "PER", "GPE"))
    assert unknown_labels(workspace.project, scheme) == (
        UnknownLabel(Layer.MENTION, "GPE", 2),
        UnknownLabel(Layer.MENTION, "PER", 1),
    )
    assert unknown_labels(workspace.project, workspace.scheme) == ()


def test_the_exchange_is_undone(workspace):
    message = replace_scheme(
        workspace.project, workspace.changes, without(workspace, "PER"), language="en"
    )
    assert dict(message.edit.details)["version"] == "9.0.0"
    assert not workspace.scheme.has_label("PER")
    workspace.changes.undo(message.step)
    assert workspace.scheme.has_label("PER")


def test_the_same_scheme_and_none_are_refused(workspace):
    present = workspace.project.schemes.current()
    for text, kind in ((present, Refused), ("[]", UserError)):
        with pytest.raises(kind):
            replace_scheme(workspace.project, workspace.changes, text, language="ckb")
    assert len(workspace.changes.steps()) == 1
