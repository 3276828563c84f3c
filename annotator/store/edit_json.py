"""Edits as JSON, for the journal: name, focus and every change with both of its sides."""

from __future__ import annotations

from annotator.core.annotations import Record
from annotator.core.edits import Change, Edit, Focus
from annotator.core.ids import RecordId, layer_and_number
from annotator.store.record_json import Json, record_from_json, record_to_json


def edit_to_json(edit: Edit) -> Json:
    """An edit as values that JSON can hold."""
    focus = edit.focus
    return {
        "name": edit.name,
        "changes": [
            {"before": _side_out(change.before), "after": _side_out(change.after)}
            for change in edit.changes
        ],
        "focus": None
        if focus is None
        else {"anchor": focus.anchor, "caret": focus.caret, "selected": focus.selected},
    }


def edit_from_json(body: Json) -> Edit:
    """The edit that `edit_to_json` wrote. Raises like `record_from_json`."""
    focus = body["focus"]
    return Edit(
        name=_text(body["name"]),
        changes=tuple(
            Change(_side_in(change["before"]), _side_in(change["after"]))
            for change in body["changes"]
        ),
        focus=None if focus is None else _focus_in(focus),
    )


def _side_out(record: Record | None) -> Json | None:
    return None if record is None else record_to_json(record)


def _side_in(body: Json | None) -> Record | None:
    return None if body is None else record_from_json(body)


def _focus_in(body: Json) -> Focus:
    selected = body["selected"]
    if selected is not None:
        layer_and_number(selected)
    return Focus(
        anchor=_number(body["anchor"]),
        caret=_number(body["caret"]),
        selected=None if selected is None else RecordId(selected),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return value
