"""Random damage: the doctor never fails, never writes, and misses nothing that matters.

Whatever happens to the bytes, either the doctor names it or everything in the project is still as
it was, value by value; and a repair ends with a clean copy or says why there is none. Names of
the project and of people, times of sets and of the trash, and places of the caret stand in columns
without a digest:
that a letter or a digit of those is another one is not told, and counted here for itself.
"""

import random
from collections import Counter

import pytest
from msgspec.structs import replace

from annotator.core.findings import Severity
from annotator.foundation.errors import UserError
from annotator.store.doctor.repairing import repair
from tests.store.doctor.patients import ailments, content, finished, make_trashed
from tests.store.projects import NOW

PAGE, SECTOR = 4096, 512
CI, FULL = 32, 1_000


def bit(data, chance):
    at = chance.randrange(len(data))
    data[at] ^= 1 << chance.randrange(8)


def byte(data, chance):
    at = chance.randrange(len(data))
    data[at] = (data[at] + chance.randrange(1, 256)) % 256


def sector(data, chance):
    at = chance.randrange(len(data) // SECTOR) * SECTOR
    data[at : at + SECTOR] = bytes(SECTOR)


def page(data, chance):
    to, source = (chance.randrange(len(data) // PAGE) * PAGE for _ in range(2))
    data[to : to + PAGE] = data[source : source + PAGE]


def truncation(data, chance):
    del data[chance.randrange(len(data)) :]


DAMAGES = (bit, byte, sector, page, truncation)


@pytest.fixture(scope="module")
def healthy(tmp_path_factory):
    """The bytes of a project with some hundred records and a trash, and what it holds."""
    path = make_trashed(tmp_path_factory.mktemp("healthy") / "p.nishan", mentions=120)
    return path.read_bytes(), content(path)


class Outcomes:
    """What was found how often, and what the repaired copies still held."""

    def __init__(self):
        self.found = Counter()
        self.kept = Counter()
        self.cases = 0

    def rows(self):
        """What was found how often, and what the copies held."""
        for name, counted in (("found", self.found), ("copy holds", self.kept)):
            for key, count in counted.most_common():
                yield name, key, f"{count} of {self.cases}"

    @property
    def result(self):
        """In how many cases everything that had been recorded was in the copy or unhurt."""
        unhurt = self.found["nothing"] + self.found["nothing, and a name or time is another"]
        whole = unhurt + self.kept["all"] + self.kept["all records"]
        lost = self.kept["some records"]
        return f"every damage told in {self.cases}; all records kept {whole}, losses named {lost}"


def examined(path, healthy, outcomes):
    """Examine and repair one damaged file."""
    _, was = healthy
    before = path.read_bytes()
    try:
        said = [one for one in ailments(path) if one.severity is Severity.ERROR]
    except UserError as error:
        outcomes.found[error.key] += 1
        said = None
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    if said == []:
        now = content(path)
        is_whole = now == was
        outcomes.found["nothing" if is_whole else "nothing, and a name or time is another"] += 1
        assert is_whole or without_names_and_times(now) == without_names_and_times(was)
        return
    for kind in {one.kind.value for one in said or ()}:
        outcomes.found[kind] += 1
    copied(path, was, outcomes)
    assert path.read_bytes() == before


def without_names_and_times(held):
    """The content of a project but for what no digest guards."""
    people = [person.id for person in held["people"]]
    sets = {
        key: (replace(header, created="", modified=""), one)
        for key, (header, one) in held["sets"].items()
    }
    trash = {item[:-1] if isinstance(item, tuple) else item.id for item in held["trash"]}
    meta = [held["meta"][0], *held["meta"][3:]]  # all but the name and the time of the project
    told = {"people": people, "sets": sets, "trash": trash, "places": None, "meta": meta}
    return {**held, **told}


def copied(path, was, outcomes):
    """Repair; the copy is clean, for the repair looks itself, and it opens."""
    target = path.with_name("copy.nishan")
    try:
        report = finished(repair(path, target, now=NOW))
    except UserError as error:
        refusal = error.key
    else:
        refusal = None
    if refusal is not None:
        outcomes.kept[refusal] += 1
        assert refusal != "doctor.not_clean"
        assert not target.exists()
        return
    now = content(target)
    if without_names_and_times(now) == without_names_and_times(was):
        outcomes.kept["all"] += 1
        return
    records = {key: one.records for key, (_, one) in was["sets"].items()}
    left = {key: one.records for key, (_, one) in now["sets"].items()}
    total = sum(map(len, records.values()))
    same = sum(
        left.get(key, {}).get(name) == record
        for key, listed in records.items()
        for name, record in listed.items()
    )
    outcomes.kept["all records" if same == total else "some records"] += 1
    assert report.remedies
    if same < total:
        assert report.losses, "what is not there is told"
    lost_acts = set(was["acts"]) - set(now["acts"])
    assert not lost_acts or report.losses, "acts that are not there are told"
    target.unlink()


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize(
    "cases", [pytest.param(CI, id="ci"), pytest.param(FULL, marks=pytest.mark.heavy, id="full")]
)
def test_random_damage(healthy, tmp_path, damage, cases, tell_result, tell_table):
    outcomes = Outcomes()
    chance = random.Random(f"{damage.__name__} {cases}")
    for case in range(cases):
        folder = tmp_path / str(case)
        folder.mkdir()
        hurt = bytearray(healthy[0])
        damage(hurt, chance)
        path = folder / "p.nishan"
        path.write_bytes(hurt)
        outcomes.cases += 1
        examined(path, healthy, outcomes)
    name = damage.__name__
    tell_result(
        promise="P14",
        technique=f"doctor, then repair into a copy: {name} at random",
        ci=f"{CI} files",
        full=f"{FULL} files",
        result=outcomes.result,
    )
    tell_table(f"doctor: {name}", ("of", "outcome", "files"), outcomes.rows())
