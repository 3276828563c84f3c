"""The sample articles: their size, the phenomena they are there for, and the annotated one."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from annotator.core.annotations import MentionLevel
from annotator.core.ids import Layer
from annotator.core.scheme import FillerKind, LabelGroup, Scheme
from annotator.core.scheme_json import scheme_from_json
from annotator.foundation.paths import resource

FILLED = tuple(kind for kind in FillerKind if kind is not FillerKind.IMPLICIT)
NAMES = ("01-water.txt", "02-airport.txt", "03-congress.txt", "04-flood.txt", "05-court.txt")
DIGITS = "٠-٩"
PHENOMENA = {
    "spaced date": (rf"[{DIGITS}]{{1,2}} - [{DIGITS}]{{1,2}} - [{DIGITS}]{{4}}", NAMES[0]),
    "slash date": (rf"[{DIGITS}]{{4}}/[{DIGITS}]{{1,2}}/[{DIGITS}]{{1,2}}", NAMES[0]),
    "day of month": (rf"[{DIGITS}]{{1,2}}ی حوزەیرانی [{DIGITS}]{{4}}", NAMES[1]),
    "weekday and date": (r"یەکشەممە ١٢ - ٥ - ٢٠٢٤", NAMES[0]),
    "today": (r"\bئەمڕۆ\b", NAMES[0]),
    "ordinal with tatweel": (rf"[{DIGITS}]ـیەم", NAMES[0]),
    "suffix on a year": (r"2024ـەوە", NAMES[1]),
    "digits of both kinds": (rf"[{DIGITS}](?s:.*)[0-9]", NAMES[1]),
    "straight marks": (r'"[^"]+"', NAMES[0]),
    "guillemets": (r"«[^»]+»", NAMES[0]),
    "curly marks": (r"“[^”]+”", NAMES[0]),
    "curly marks in guillemets": (r"«[^»]*“[^”]+”[^»]*»", NAMES[2]),
    "guillemets in straight marks": (r'"[^"«]*«[^»]+»[^"]*"', NAMES[3]),
    "emoji before the first name": ("\\A\U0001f4e2 هەڤاڵ بەکر", NAMES[1]),
    "joiner inside a word": ("گفت\u200cوگۆکەدا", NAMES[1]),
    "Latin name": (r"Thomas Gruber", NAMES[1]),
    "additive clitic": (r"کوردستانیش", NAMES[0]),
    "postposition": (r"هەولێردا", NAMES[2]),
    "ablative": (r"سلێمانییەوە", NAMES[0]),
    "split light verb": (r"جەختی لە (?:\S+ ){3,}کردەوە", NAMES[0]),
    "pointing out": (r"ئاماژەی بەوە دا کە", NAMES[1]),
    "one spelling of a name": (r"\bڕێبوار حەسەن\b", NAMES[3]),
    "another spelling of it": (r"\bرێبوار حەسەن\b", NAMES[3]),
}


def sample(name: str) -> str:
    return resource("samples", name).read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    path = resource("schemes", "ckb-news.json")
    return scheme_from_json(json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def annotated() -> dict[str, Any]:
    record = json.loads(sample("01-water.gold.jsonl"))
    layers = ("doc", "mentions", "entities", "events", "quotes")
    return {layer: record[layer] for layer in layers}


@pytest.fixture(scope="module")
def text(annotated: dict[str, Any]) -> str:
    return sample(annotated["doc"]["source_file"])


def test_the_folder_holds_the_five_articles() -> None:
    assert sorted(path.name for path in resource("samples").glob("*.txt")) == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_articles_are_news_items_of_ordinary_size(name: str) -> None:
    article = sample(name)
    assert 150 <= len(article.split()) <= 350
    assert not set(article) & set("\r\t\ufeff\u00a0\u064a\u0643\u0649\u06be\u200e\u200f")
    assert article.endswith(".\n")
    assert len([line for line in article.splitlines() if line]) >= 5


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_phenomenon_is_present(phenomenon: str) -> None:
    pattern, name = PHENOMENA[phenomenon]
    assert re.search(pattern, sample(name))


def test_one_emoji_and_one_joiner_in_all() -> None:
    everything = "".join(map(sample, NAMES))
    assert sum(ord(character) > 0xFFFF for character in everything) == 1
    assert everything.count("\u200c") == 1


def test_news_lines_have_the_fields_of_a_crawl() -> None:
    rows = [json.loads(line) for line in sample("news.jsonl").split("\n")[:-1]]
    assert len(rows) == 2
    for row in rows:
        assert set(row) == {"text", "title", "outlet", "url", "published", "author"}
        assert re.fullmatch(r"https://[a-z]+\.example\.org/[\w/-]+", row["url"])
        assert len(row["text"].split()) >= 50
    assert [row["author"] is None for row in rows] == [False, True]


def shared_articles() -> list[Path]:
    folders = [folder / "shared" for folder in Path(__file__).resolve().parents]
    if "NISHAN_SHARED" in os.environ:
        folders.insert(0, Path(os.environ["NISHAN_SHARED"]))
    for folder in folders:
        found = sorted((folder / "articles").glob("*.txt"))
        if found:
            return found
    return []


@pytest.mark.skipif(not shared_articles(), reason="the third-party articles are not here")
def test_nothing_is_taken_from_the_articles_of_others() -> None:
    def runs(words: list[str]) -> set[tuple[str, ...]]:
        return {tuple(words[at : at + 7]) for at in range(len(words) - 6)}

    theirs: set[tuple[str, ...]] = set()
    for path in shared_articles():
        theirs |= runs(path.read_text(encoding="utf-8").split())
    ours = runs(" ".join([*map(sample, NAMES), sample("news.jsonl")]).split())
    assert not ours & theirs


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every object with offsets and a text, however deep."""
    if isinstance(value, dict):
        if "start" in value and "text" in value:
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def test_every_span_reproduces_its_text(annotated: dict[str, Any], text: str) -> None:
    found = list(spans(annotated))
    assert len(found) > 100
    for span in found:
        whole = [{"start": span["start"], "end": span["end"]}]
        pieces = span.get("fragments") or whole
        assert " ".join(text[p["start"] : p["end"]] for p in pieces) == span["text"]
        assert (pieces[0]["start"], pieces[-1]["end"]) == (span["start"], span["end"])
        assert span["text"] == span["text"].strip(" ،.\n")
        if span["head"] is not None:
            head = span["head"]
            assert any(p["start"] <= head["start"] < head["end"] <= p["end"] for p in pieces)
        assert span["head"] is not None or not span.get("fragments")


def test_quotation_marks_surround_their_content(annotated: dict[str, Any], text: str) -> None:
    for quote in annotated["quotes"]:
        marks = [text[m["start"] : m["end"]] for m in quote["marks"]]
        if quote["type"] == "direct":
            assert "".join(marks) in ('""', "«»", "“”")
            assert quote["marks"][0]["end"] == quote["content"]["start"]
            assert quote["marks"][1]["start"] == quote["content"]["end"]
        else:
            assert marks == []


def test_annotated_article_is_rich(annotated: dict[str, Any]) -> None:
    mentions, events, quotes = (annotated[name] for name in ("mentions", "events", "quotes"))
    assert len(mentions) >= 40
    assert len(events) >= 8
    assert len(quotes) >= 6
    assert {quote["type"] for quote in quotes} == {"direct", "indirect"}
    assert any(quote["parent"] for quote in quotes)
    assert any(quote["addressees"] for quote in quotes)
    assert any(q["cue"]["fragments"] and q["cue"]["head"] for q in quotes)
    assert any(event["trigger"]["fragments"] for event in events)
    assert {kind for event in events for kind in map(filler, event["arguments"])} == set(FillerKind)
    assert {event["realis"] for event in events} == {"actual", "other"}
    assert {event["polarity"] for event in events} == {"positive", "negative"}
    assert {mention["mention"] for mention in mentions} == {"NAM", "NOM"}


def filler(argument: dict[str, Any]) -> FillerKind:
    if argument["implicit"]:
        return FillerKind.IMPLICIT
    (kind,) = (kind for kind in FILLED if argument[kind.value] is not None)
    return kind


def test_ids_are_numbered_in_order_and_refer_to_records(annotated: dict[str, Any]) -> None:
    ids: dict[str, set[str]] = {}
    for layer, prefix in (("mentions", "T"), ("entities", "E"), ("events", "EV"), ("quotes", "Q")):
        records = annotated[layer]
        numbers = [f"{prefix}{number}" for number in range(1, len(records) + 1)]
        assert [record["id"] for record in records] == numbers
        ids[layer] = set(numbers)
    places = [(m["start"], -m["end"]) for m in annotated["mentions"]]
    assert places == sorted(places)
    for argument in (a for event in annotated["events"] for a in event["arguments"]):
        assert argument["mention"] in ids["mentions"] | {None}
        assert argument["entity"] in ids["entities"] | {None}
        assert argument["event"] in ids["events"] | {None}
        assert argument["quote"] in ids["quotes"] | {None}
    for quote in annotated["quotes"]:
        assert quote["parent"] in ids["quotes"] | {None}
        for who in (quote["speaker"], *quote["addressees"]):
            assert who["mention"] in ids["mentions"] | {None}
            assert who["entity"] in ids["entities"]


def test_mentions_are_admitted_by_the_scheme(annotated: dict[str, Any], scheme: Scheme) -> None:
    entities = {entity["id"]: entity["label"] for entity in annotated["entities"]}
    for mention in annotated["mentions"]:
        label = scheme.label(mention["label"])
        assert label.is_enabled
        assert (mention["entity"] is None) == (label.group is LabelGroup.VALUE)
        if label.group is LabelGroup.ENTITY:
            assert entities[mention["entity"]] == label.id
        MentionLevel(mention["mention"])
        allowed = {spec.id: spec for spec in scheme.attributes_of(Layer.MENTION, label.id)}
        assert_values(mention["attrs"], allowed)


def assert_values(attrs: dict[str, str], allowed: dict[str, Any]) -> None:
    for name, value in attrs.items():
        values = [v.id for v in allowed[name].values]
        assert not values or value in values


def test_mentions_nest_as_the_scheme_allows(annotated: dict[str, Any], scheme: Scheme) -> None:
    mentions = annotated["mentions"]
    nested = 0
    for at, outer in enumerate(mentions):
        for inner in mentions[at + 1 :]:
            if inner["start"] >= outer["end"]:
                continue
            assert inner["end"] <= outer["end"], (outer["id"], inner["id"])
            assert (inner["start"], inner["end"]) != (outer["start"], outer["end"])
            assert scheme.may_nest(outer["label"], inner["label"]), (outer["id"], inner["id"])
            nested += 1
    assert nested >= 10


def test_events_are_admitted_by_the_scheme(annotated: dict[str, Any], scheme: Scheme) -> None:
    labels = {record["id"]: record["label"] for record in annotated["mentions"]}
    labels |= {record["id"]: record["label"] for record in annotated["entities"]}
    for event in annotated["events"]:
        kind = scheme.event_type(event["type"])
        roles = [argument["role"] for argument in event["arguments"]]
        assert {role.id for role in kind.roles if role.is_required} <= set(roles)
        order = [role.id for role in kind.roles]
        assert roles == sorted(roles, key=order.index)
        for argument in event["arguments"]:
            role = kind.role(argument["role"])
            assert role.is_repeatable or roles.count(role.id) == 1
            assert filler(argument) in role.fillers
            filled = argument["mention"] or argument["entity"]
            if filled is not None and role.labels:
                assert labels[filled] in role.labels, (event["id"], role.id)
        allowed = {spec.id: spec for spec in scheme.attributes_of(Layer.EVENT, kind.id)}
        assert_values(event["attrs"], allowed)
        assert event["realis"] in {value.id for value in allowed["realis"].values}
        assert event["polarity"] in {value.id for value in allowed["polarity"].values}


def test_quotes_are_admitted_by_the_scheme(annotated: dict[str, Any], scheme: Scheme) -> None:
    labels = {entity["id"]: entity["label"] for entity in annotated["entities"]}
    contents = {quote["id"]: quote["content"] for quote in annotated["quotes"]}
    types = {kind.id for kind in scheme.quote_types}
    for quote in annotated["quotes"]:
        assert quote["type"] in types
        assert labels[quote["speaker"]["entity"]] in scheme.speaker_labels
        allowed = {spec.id: spec for spec in scheme.attributes_of(Layer.QUOTE, quote["type"])}
        assert_values(quote["attrs"], allowed)
        if quote["parent"] is not None:
            outer = contents[quote["parent"]]
            assert outer["start"] <= quote["content"]["start"]
            assert quote["content"]["end"] <= outer["end"]


TOKENS = {"token_start": 0, "token_end": 1, "token_aligned": True}


def with_tokens(value: Any) -> Any:
    """The records with the token fields that gold JSON has in addition."""
    if isinstance(value, list):
        return [with_tokens(item) for item in value]
    if isinstance(value, dict):
        added = TOKENS if "start" in value and "text" in value else {}
        return {name: with_tokens(item) for name, item in value.items()} | added
    return value


def test_records_have_the_shape_of_gold_json(annotated: dict[str, Any]) -> None:
    schema = json.loads(resource("schemas", "gold.schema.json").read_text(encoding="utf-8"))
    layers = ("mentions", "entities", "events", "quotes")
    part = {
        "$defs": schema["$defs"],
        "type": "object",
        "required": list(layers),
        "properties": {layer: schema["properties"][layer] for layer in layers},
    }
    validator = jsonschema_rs.Draft202012Validator(part)
    validator.validate(with_tokens({layer: annotated[layer] for layer in layers}))
