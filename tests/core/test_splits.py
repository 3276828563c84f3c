"""Dividing documents: wanted sizes, labels spread, families together, the seed alone decides."""

import random
from collections import Counter

import pytest
from hypothesis import given, strategies as st

from annotator.core.splits import DataSplit, Family, Shares, divide
from annotator.foundation.errors import Refused

TRAIN, DEV, TEST = DataSplit
USUAL = Shares(train=80, dev=10, test=10)


def family(name, *, size=1, fixed=None, **labels):
    members = tuple(f"{name}{number}" for number in range(size))
    return Family(members, f"print of {name}", labels, fixed)


def sizes(splits):
    counted = Counter(splits.values())
    return tuple(counted[split] for split in DataSplit)


@pytest.mark.parametrize(
    ("text", "shares"),
    [("80/10/10", USUAL), (" 8/1/1 ", Shares(train=8, dev=1, test=1)),
     ("1/0/0", Shares(train=1, dev=0, test=0))],
)  # fmt: skip
def test_shares_are_read(text, shares):
    assert Shares.parse(text) == shares


@pytest.mark.parametrize("text", ["", "80/20", "80/10/10/0", "a/b/c", "0/0/0", "-1/1/1", "٨/١/١"])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(Refused) as refused:
        Shares.parse(text)
    assert (refused.value.key, refused.value.values) == ("refused.shares", {"text": text})


@pytest.mark.parametrize(
    ("count", "wanted"), [(0, (0, 0, 0)), (1, (1, 0, 0)), (10, (8, 1, 1)), (14, (11, 2, 1)),
                          (5, (4, 1, 0)), (100, (80, 10, 10))]
)  # fmt: skip
def test_wanted_sizes_are_the_nearest_whole_numbers(count, wanted):
    assert tuple(USUAL.wanted(count).values()) == wanted


def test_single_documents_fill_the_shares_to_the_last():
    splits = divide([family(f"d{n}-", GPE=n % 3) for n in range(101)], USUAL, seed=1)
    assert sizes(splits) == (81, 10, 10)


def test_a_share_of_nothing_gets_nothing():
    splits = divide([family(f"d{n}-") for n in range(20)], Shares(train=9, dev=1, test=0), seed=1)
    assert sizes(splits) == (18, 2, 0)


def test_the_seed_decides_and_the_order_does_not():
    families = [family(f"d{n}-", GPE=n % 4, PER=n % 3) for n in range(60)]
    splits = divide(families, USUAL, seed=7)
    shuffled = random.Random(1).sample(families, len(families))
    assert divide(shuffled, USUAL, seed=7) == splits
    assert divide(families, USUAL, seed=8) != splits


def test_a_rare_label_is_in_every_split():
    """Chance alone would leave one of them without it in half of the cases."""
    families = [family(f"d{n}-", GPE=5, **({"LAW": 1} if n < 10 else {})) for n in range(200)]
    for seed in range(5):
        splits = divide(families, USUAL, seed=seed)
        rare = Counter(splits[f.members[0]] for f in families if "LAW" in f.labels)
        assert (rare[TRAIN], rare[DEV], rare[TEST]) == (8, 1, 1)
        assert sizes(splits) == (160, 20, 20)


def test_labels_are_spread_like_the_whole():
    chance = random.Random(5)
    names = ["PER", "ORG", "GPE", "LOC", "LAW", "Contact.Meet", "Conflict.Attack", "direct"]
    families = [
        family(f"d{n}-", **{name: chance.randint(0, 12 // (place + 1))
                            for place, name in enumerate(names)})
        for n in range(300)
    ]  # fmt: skip
    splits = divide(families, USUAL, seed=3)
    whole = sum((Counter(f.labels) for f in families), Counter())
    for split in DataSplit:
        part = sum(
            (Counter(f.labels) for f in families if splits[f.members[0]] is split), Counter()
        )
        for name in names:
            assert part[name] / whole[name] == pytest.approx(USUAL.of(split), abs=0.01)


def test_what_is_fixed_stays_and_the_rest_makes_up_for_it():
    fixed = [family(f"f{n}-", fixed=TEST, PER=2) for n in range(5)]
    free = [family(f"d{n}-", PER=1) for n in range(95)]
    splits = divide([*free, *fixed], USUAL, seed=1)
    assert {splits[one.members[0]] for one in fixed} == {TEST}
    assert sizes(splits) == (80, 10, 10)


def test_more_fixed_than_there_is_room_for_stays_all_the_same():
    fixed = [family(f"f{n}-", fixed=DEV) for n in range(8)]
    splits = divide([*fixed, family("a"), family("b")], USUAL, seed=1)
    assert sizes(splits)[1] == 8


@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(0, 3), st.integers(0, 2)), max_size=40),
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 9)),
    st.integers(0, 99),
)
def test_families_stay_together_and_sizes_within_the_largest_of_them(drawn, parts, seed):
    families = [
        family(f"d{n}-", size=size, PER=people, LAW=laws)
        for n, (size, people, laws) in enumerate(drawn)
    ]
    shares = Shares(train=parts[0], dev=parts[1], test=parts[2])
    splits = divide(families, shares, seed=seed)
    assert set(splits) == {member for one in families for member in one.members}
    assert all(len({splits[member] for member in one.members}) == 1 for one in families)
    largest = max((len(one.members) for one in families), default=0)
    for size, wanted in zip(sizes(splits), shares.wanted(len(splits)).values(), strict=True):
        assert abs(size - wanted) <= largest
