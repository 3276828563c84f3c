"""Links of chains become mentions of one entity, named as it is first mentioned."""

from annotator.core.span import Span
from annotator.formats.layer_chains import with_chains
from annotator.formats.layer_spans import ENTITY, LayerSpan, Link

TEXT = "شیلان سەعید لە هەولێر بوو، ئەو گەڕایەوە."
LINK = "de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink"


def link(name, words, after=None, *, layer=LINK, role="", **values):
    start = TEXT.index(words)
    links = {"next": (Link(role, after),)} if after else {}
    return LayerSpan(name, layer, (Span(start, start + len(words)),), values, links)


def entities(spans):
    return [dict(one.values) for one in with_chains(spans, TEXT) if one.layer == ENTITY]


def test_links_in_any_order_are_one_entity():
    first = link("1", "شیلان سەعید", "2", referenceType="nam", note="x")
    spans = [link("2", "ئەو", referenceType="pro"), first, link("3", "هەولێر")]
    made = with_chains(spans, TEXT)
    assert [(one.id, one.values, one.links) for one in made] == [
        ("chain 1", {"key": "chain 1", "value": "nam", "name": "شیلان سەعید"}, {}),
        ("chain 2", {"key": "chain 2", "value": "CoreferenceLink", "name": "هەولێر"}, {}),
        ("2", {"value": "pro", "entity": "chain 1"}, {}),
        ("1", {"note": "x", "value": "nam", "entity": "chain 1"}, {}),
        ("3", {"value": "CoreferenceLink", "entity": "chain 2"}, {}),
    ]


def test_chains_of_other_layers_are_found_by_their_links():
    other = "webanno.custom.SameLink"
    spans = [link("1", "شیلان", "2", layer=other, value="PER"), link("2", "ئەو", layer=other)]
    assert entities(spans) == [{"key": "chain 1", "value": "PER", "name": "شیلان"}]


def test_a_circle_ends_where_it_began():
    spans = [link("1", "شیلان", "2"), link("2", "ئەو", "1")]
    assert [one["name"] for one in entities(spans)] == ["شیلان"]


def test_what_only_looks_like_a_chain_stays_as_it_is():
    event = "webanno.custom.Going"
    spans = [
        link("1", "بوو", "2", layer=event),  # to a span of another layer
        link("2", "هەولێر", "3", layer="x.Place", role="near"),
        link("3", "شیلان", "9", layer="x.Place"),  # to nothing
        LayerSpan("4", ENTITY, (), {"value": "PER"}),
        LayerSpan("5", ENTITY, (), {"key": "k"}),
        LayerSpan("6", "x.Place", (Span(0, 5),), {"entity": "k"}),
    ]
    assert with_chains(spans, TEXT) == spans
