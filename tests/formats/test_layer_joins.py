"""A link of coreference on a named entity is one mention with it, and its chain is called so."""

from annotator.core.span import Span
from annotator.formats.layer_chains import with_chains
from annotator.formats.layer_joins import identified_by, with_names
from annotator.formats.layer_spans import ENTITY, NAMED_ENTITY, LayerSpan, Link

TEXT = "شیلان سەعید لە هەولێر بوو، ئەو گەڕایەوە."
LINK = "de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink"
Q7 = "http://www.wikidata.org/entity/Q7"


def at(name, layer, words, links=None, **values):
    start = TEXT.index(words)
    return LayerSpan(name, layer, (Span(start, start + len(words)),), values, links or {})


def chain(first, second, **values):
    """Two links, the first of which may say something."""
    return [
        at("1", LINK, first, {"next": (Link("", "2"),)}, **values),
        at("2", LINK, second, referenceType="pro"),
    ]


def joined(*spans):
    made = with_names(with_chains(spans, TEXT))
    return {one.id: dict(one.values) for one in made.spans}, made.count


def test_the_name_is_in_the_chain_and_the_chain_has_its_label():
    name = at("n", NAMED_ENTITY, "شیلان سەعید", value="PER", note="a")
    found, count = joined(name, *chain("شیلان سەعید", "ئەو", referenceType="nam", note="b"))
    assert (found, count) == (
        {
            "chain 1": {"key": "chain 1", "value": "PER", "name": "شیلان سەعید"},
            "n": {"value": "PER", "note": "a", "level": "NAM", "entity": "chain 1"},
            "2": {"value": "PER", "level": "PRO", "entity": "chain 1"},
        },
        1,
    )


def test_a_type_of_reference_that_is_no_level_is_kept():
    name = at("n", NAMED_ENTITY, "شیلان سەعید", value="PER")
    found, _ = joined(name, *chain("شیلان سەعید", "ئەو", referenceType="IDENT"))
    assert found["n"] == {"value": "PER", "referenceType": "IDENT", "entity": "chain 1"}
    found, _ = joined(name, *chain("شیلان سەعید", "ئەو"))
    assert found["n"] == {"value": "PER", "entity": "chain 1"}


def test_an_identifier_is_that_of_the_chain():
    names = [
        at("n", NAMED_ENTITY, "شیلان سەعید", value="PER", identifier=Q7),
        at("m", NAMED_ENTITY, "ئەو", value="PER", identifier="x:1"),
    ]
    found, count = joined(*names, *chain("شیلان سەعید", "ئەو"))
    assert count == 1
    assert found["chain 1"]["kb"] == '{"wikidata": "Q7"}'
    assert found["n"] == {"value": "PER", "entity": "chain 1"}
    assert found["m"] == {"value": "PER", "identifier": "x:1"}  # says that it is another one
    assert [identified_by(told) for told in (Q7, "x:1", Q7[:-2])] == [
        ("wikidata", "Q7"), ("identifier", "x:1"), ("identifier", Q7[:-2]),
    ]  # fmt: skip


def test_what_is_not_one_name_on_one_link_stays_as_it_is():
    links = chain("شیلان سەعید", "ئەو")
    plain = with_chains(links, TEXT)
    assert with_names(plain).spans == plain
    for names in (
        [at("n", NAMED_ENTITY, "شیلان", value="PER")],
        [at("n", NAMED_ENTITY, "شیلان سەعید")],
        [at(name, NAMED_ENTITY, "شیلان سەعید", value="PER") for name in "nm"],
        [at("n", NAMED_ENTITY, "شیلان سەعید", value="PER", entity="k")],
        [at("n", "x.Person", "شیلان سەعید", value="PER")],
    ):
        assert with_names([*names, *plain]).spans == [*names, *plain]


def test_of_two_chains_only_one_takes_the_name():
    name = at("n", NAMED_ENTITY, "شیلان سەعید", value="PER")
    other = at("3", LINK, "شیلان سەعید")
    found, count = joined(name, *chain("شیلان سەعید", "ئەو"), other)
    assert (count, found["n"]["entity"]) == (1, "chain 1")
    assert found["3"] == {"value": "CoreferenceLink", "entity": "chain 2"}


def test_what_leads_to_the_link_leads_to_the_name():
    name = at("n", NAMED_ENTITY, "شیلان سەعید", value="PER")
    going = at("g", "x.Going", "گەڕایەوە", {"who": (Link("Who", "1"), Link("Who", "2"))})
    made = with_names(with_chains([name, *chain("شیلان سەعید", "ئەو"), going], TEXT))
    (event,) = [one for one in made.spans if one.id == "g"]
    assert event.links == {"who": (Link("Who", "n"), Link("Who", "2"))}
    assert [one.layer for one in made.spans if one.id.startswith("chain")] == [ENTITY]
