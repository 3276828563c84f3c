"""Promise 26: bad input ends as part 5 of the design demands, within time and memory.

Every case is read by the program's own importers, in a child process with limits (see `room`).
"""

import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from functools import partial

import pytest

from annotator.core.document import text_sha256
from annotator.foundation.catalogue import load_catalogue, without_isolates
from tests.architecture.sources import CHECKOUT

room = pytest.importorskip(
    "tests.reliability.bad_inputs.room", reason="needs fork and limits on processes"
)

from tests.reliability.bad_inputs.case import Ending, Importer  # noqa: E402
from tests.reliability.bad_inputs.cases import LEFT_OUT, all_cases  # noqa: E402
from tests.workbench.projects import project_with  # noqa: E402

PROCESSES = 2
SORANI = load_catalogue("ckb")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What became of every case, by its id."""
    folder = tmp_path_factory.mktemp("bad_inputs")
    project_with(folder, annotator="شیلان").rename(folder / "template.nishan")
    numbers = [str(number) for number in range(len(all_cases()))]
    command = [sys.executable, "-m", "tests.reliability.bad_inputs.room", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "NISHAN_LANGUAGE": "en"}
    shares = [[*command, *numbers[first::PROCESSES]] for first in range(PROCESSES)]
    with ThreadPoolExecutor(PROCESSES) as pool:
        done = list(pool.map(partial(_run, environment), shares))
    lines = (json.loads(line) for process in done for line in process.stdout.splitlines())
    return {
        values["id"]: room.Outcome(**{**values, "texts": tuple(values["texts"])})
        for values in lines
    }


def _run(environment, command):
    done = subprocess.run(
        command, cwd=CHECKOUT, env=environment, capture_output=True, encoding="utf-8", timeout=300
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done


def complaints(case, outcome):
    """In what a case has not ended as demanded; nothing where it has."""
    if outcome.code not in (0, 1, 3) or "Traceback" in outcome.complained:
        return [f"ended with {outcome.code}: {outcome.complained[-600:]}"]
    told = json.loads(outcome.told or "{}")
    problems = told.get("problems", [])
    if "error" in told:
        problems = [{"key": told["error"], "message": told["message"], "is_refusal": True}]
    found = [*_about_texts(case, outcome), *_about_sentences(problems)]
    if case.importer is Importer.SETTINGS:
        return found + ([] if told[case.says[0]] else [f"not {case.says[0]}"])
    match case.ending:
        case Ending.REFUSED:
            return found + _about_telling(case, problems, is_refusal=True)
        case Ending.WARNED:
            return found + _about_telling(case, problems, is_refusal=False)
        case Ending.UNCHANGED:
            return found + ([f"told of {problems}"] if problems else [])


def _about_texts(case, outcome):
    if case.ending is Ending.REFUSED and case.texts is None and not outcome.is_as_before:
        return ["the project has changed"]
    expected = tuple(map(text_sha256, case.texts or ()))
    if outcome.texts != expected:
        return [f"the project holds {len(outcome.texts)} other texts than it should"]
    return []


def _about_telling(case, problems, *, is_refusal):
    of_kind = [
        p for p in problems if p["is_refusal"] is is_refusal and p["key"].startswith(case.key)
    ]
    if not of_kind:
        return [f"told {[p['key'] for p in problems]} and not {case.key}"]
    others = [p["key"] for p in problems if p["is_refusal"] and not is_refusal]
    if others:
        return [f"refused for {others}"]
    text = without_isolates(of_kind[0]["message"])
    return [f"does not say {piece}: {text}" for piece in case.says if piece not in text]


def _about_sentences(problems):
    """Each is one line with an end, in both languages."""
    found = []
    for problem in problems:
        sentences = [problem["message"]]
        if "values" in problem:
            sentences.append(SORANI.text(problem["key"], **problem["values"]))
        for text in sentences:
            if "\n" in text or not text.rstrip("\u2069").endswith((".", "!", "؟", "…")):
                found.append(f"no sentence: {text}")
    return found


@pytest.mark.parametrize("kind", dict.fromkeys(case.kind for case in all_cases()))
def test_every_case_ends_as_demanded(outcomes, kind):
    wrong = {
        case.id: complaints(case, outcomes[case.id]) for case in all_cases() if case.kind == kind
    }
    assert {name: told for name, told in wrong.items() if told} == {}


def test_there_are_enough_cases_for_every_importer(outcomes, tell_result, tell_table):
    cases = all_cases()
    assert outcomes.keys() == {case.id for case in cases}
    assert len(cases) >= 150
    assert {case.importer for case in cases} == set(Importer)
    ended = Counter(case.kind for case in cases if not complaints(case, outcomes[case.id]))
    rows = [
        (kind, count, ended[kind]) for kind, count in Counter(case.kind for case in cases).items()
    ]
    left_out = [(name, "–", f"left out: {why}") for name, why in LEFT_OUT]
    slowest = max(outcome.seconds for outcome in outcomes.values())
    largest = max(outcome.megabytes for outcome in outcomes.values())
    tell_table("bad input, by class", ["class", "cases", "ended as demanded"], [*rows, *left_out])
    tell_result(
        promise="P26",
        technique=f"generated bad input, {len(Importer)} importers, limits in child processes",
        ci=f"{len(cases)} cases",
        full="the same",
        result=f"{ended.total()} of {len(cases)} as demanded; at most {slowest:.1f} s, "
        f"{largest:.0f} MB",
    )


def test_a_case_that_ends_otherwise_is_noticed(outcomes):
    """The judge itself: outcomes of one case do not pass for those of another."""
    cases = all_cases()
    kept = next(case for case in cases if case.ending is Ending.UNCHANGED and case.texts)
    left = next(case for case in cases if case.ending is Ending.REFUSED)
    crossed = {f.name: getattr(outcomes[kept.id], f.name) for f in fields(room.Outcome)}
    assert complaints(left, room.Outcome(**crossed))
    assert complaints(kept, outcomes[left.id])
    assert complaints(kept, room.Outcome(**{**crossed, "code": -9}))
    assert complaints(kept, room.Outcome(**{**crossed, "texts": ("x",)}))
