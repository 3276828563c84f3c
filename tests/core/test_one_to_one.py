"""Pairing against every way there is."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given, strategies as st

from annotator.core.one_to_one import one_to_one

weights = st.fractions(0, 1, max_denominator=7)
links = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)), st.tuples(weights, weights), max_size=7
)


def ways(links):
    """Every set of links in which nothing comes twice."""
    for size in range(len(links) + 1):
        for chosen in combinations(sorted(links), size):
            rows, columns = {row for row, _ in chosen}, {column for _, column in chosen}
            if len(rows) == len(columns) == size:
                yield chosen


def worth(links, chosen):
    """The sums of weights, place by place."""
    return tuple(sum(links[pair][place] for pair in chosen) for place in (0, 1))


@given(links)
def test_no_other_way_is_better(links):
    found = one_to_one(links)
    assert found in set(ways(links))
    assert list(found) == sorted(found)
    best = max((len(chosen), *worth(links, chosen)) for chosen in ways(links))
    assert (len(found), *worth(links, found)) == best


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 4), st.integers(0, 4)),
        st.tuples(weights.filter(bool), weights),
        max_size=7,
    )
)
def test_without_most_pairs_the_weights_decide(links):
    found = one_to_one(links, most_pairs=False)
    assert found in set(ways(links))
    assert worth(links, found) == max(worth(links, chosen) for chosen in ways(links))


def test_more_pairs_go_before_heavier_ones():
    heavy, light = (Fraction(1),), (Fraction(1, 10),)
    links = {(0, 0): heavy, (0, 1): light, (1, 0): light}
    assert one_to_one(links) == ((0, 1), (1, 0))
    assert one_to_one(links, most_pairs=False) == ((0, 0),)


def test_the_first_number_goes_before_the_second():
    links = {(0, 0): (Fraction(1, 2), Fraction(0)), (0, 1): (Fraction(1, 3), Fraction(1))}
    assert one_to_one(links) == ((0, 0),)


def test_many_that_hang_together():
    size = 30
    links = {
        (row, column): (Fraction(1, 1 + abs(row - column)),)
        for row in range(size)
        for column in range(size)
    }
    assert one_to_one(links) == tuple((each, each) for each in range(size))


def test_between_equals_the_order_decides_on_both_sides():
    size = range(4)
    links = {(row, column): (Fraction(1),) for row in size for column in size}
    assert one_to_one(links) == tuple((each, each) for each in size)
    fewer = {pair: weight for pair, weight in links.items() if pair[1] < 2}
    assert one_to_one(fewer) == ((0, 0), (1, 1))
    turned = {(column, row): weight for (row, column), weight in fewer.items()}
    assert one_to_one(turned) == ((0, 0), (1, 1))


def test_nothing():
    assert one_to_one({}) == ()


def test_a_long_chain_is_paired_in_no_time():
    links = {(each, each + step): (Fraction(1, 2),) for each in range(3000) for step in (0, 1)}
    assert one_to_one(links) == tuple((each, each) for each in range(3000))
