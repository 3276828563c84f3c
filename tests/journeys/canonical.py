"""The canonical form in which two gold records of the same annotations are equal.

Renumbered: ids, in the order in which the format sorts (mentions by place, entities by their first
mention or use, events and quotes by place), because ids follow the order of creation.
Left out: `provenance` and `scheme.sha256`; `set` except its layers, because a person's set is no
adjudicated one; and what the file on disk was called (`doc_id`, `doc.source_*`).
"""

import re

_ID = re.compile(r"(T|EV|E|Q)[1-9][0-9]*")
_FIRST = 1 << 60


def canonical(record):
    """A record in canonical form."""
    names = _new_names(record)
    kept = {key: value for key, value in record.items() if key not in ("provenance", "doc_id")}
    kept["scheme"] = {k: v for k, v in record["scheme"].items() if k != "sha256"}
    kept["set"] = {"layers": record["set"]["layers"]}
    kept["doc"] = {k: v for k, v in record["doc"].items() if not k.startswith("source_")}
    renamed = _renamed(kept, names)
    for layer in ("mentions", "entities", "events", "quotes"):
        renamed[layer].sort(key=lambda item: (len(item["id"]), item["id"]))
    for event in renamed["events"]:
        event["arguments"].sort(key=str)
    return renamed


def _new_names(record):
    names = {}
    mentions = sorted(record["mentions"], key=lambda m: (m["start"], -m["end"], m["label"]))
    events = sorted(record["events"], key=lambda e: (_place(e["trigger"]), e["type"]))
    quotes = sorted(record["quotes"], key=lambda q: _place(q["content"]))
    uses = {}
    for place, mention in enumerate(mentions):
        uses.setdefault(mention["entity"], place)
    entities = sorted(record["entities"], key=lambda e: (uses.get(e["id"], _FIRST), e["name"]))
    for prefix, items in (("T", mentions), ("E", entities), ("EV", events), ("Q", quotes)):
        names.update({item["id"]: f"{prefix}{number}" for number, item in enumerate(items, 1)})
    return names


def _place(part):
    return part["start"], -part["end"], str(part["fragments"])


def _renamed(value, names):
    if isinstance(value, dict):
        return {key: _renamed(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, names) for item in value]
    if isinstance(value, str) and _ID.fullmatch(value):
        return names.get(value, value)
    return value
