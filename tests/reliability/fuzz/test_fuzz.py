"""Readers against mutated input: by hypothesis in every run, by atheris where it is installed.

``python3 run.py test -m fuzz tests/reliability/fuzz`` runs each harness under atheris for
``NISHAN_FUZZ_SECONDS`` (60) seconds. Atheris is no dependency; a folder that holds it can be named
in ``NISHAN_ATHERIS``.
"""

import os
import re
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from annotator.formats.base import Bundle
from tests.architecture.sources import CHECKOUT
from tests.reliability.fuzz.foreign_readers import FOREIGN, foreign_items
from tests.reliability.fuzz.harnesses import HARNESSES, seeds
from tests.reliability.fuzz.mutations import changed_bytes, changed_json

JSON = ("news", "gold", "strict_json", "scheme", "keymap", "settings",
        "cas_json", "doccano", "label_studio", "prodigy")  # fmt: skip
EXAMPLES = 25
SECONDS = os.environ.get("NISHAN_FUZZ_SECONDS", "60")
PATHS = [str(CHECKOUT), *filter(None, [os.environ.get("NISHAN_ATHERIS")])]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(PATHS)}

quick = settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", HARNESSES)
def test_sound_input_is_read(name):
    for seed in seeds(name):
        HARNESSES[name](seed)


@pytest.mark.parametrize("name", FOREIGN)
def test_the_seeds_of_foreign_readers_hold_annotations(name):
    """Else the mutations of them would only ever be refused."""
    for seed in seeds(name):
        *_, last = foreign_items(name, seed)
        assert isinstance(last, Bundle)
        assert len(last.sets[0].annotations) > 1


@pytest.mark.parametrize("name", HARNESSES)
@quick
@given(data=st.data())
def test_changed_bytes(name, data):
    HARNESSES[name](data.draw(changed_bytes(seeds(name))))


@pytest.mark.parametrize("name", JSON)
@quick
@given(data=st.data())
def test_changed_structure(name, data):
    HARNESSES[name](data.draw(changed_json(seeds(name))))


@pytest.mark.parametrize("name", HARNESSES)
@quick
@given(data=st.binary(max_size=60))
def test_any_bytes(name, data):
    HARNESSES[name](data)


def test_the_scale_is_reported(tell_result):
    """The row of the table; the tests above have failed where a foreign error escaped."""
    runs = EXAMPLES * (2 * len(HARNESSES) + len(JSON))
    tell_result(
        promise="P26",
        technique=f"hypothesis mutations of {len(HARNESSES)} readers; atheris with -m fuzz",
        ci=f"{runs} inputs",
        full="10 min for each reader",
        result="only the program's own errors escape, accepted texts are as written",
    )


def has_atheris():
    done = subprocess.run(
        [sys.executable, "-c", "import atheris"], env=ENVIRONMENT, capture_output=True
    )
    return done.returncode == 0


@pytest.mark.fuzz
@pytest.mark.parametrize("name", HARNESSES)
def test_under_atheris(name, tmp_path, tell_result):
    if not has_atheris():
        pytest.skip("atheris is not installed; see this file's head")
    for number, seed in enumerate(seeds(name)):
        (tmp_path / f"seed{number}").write_bytes(seed)
    command = [sys.executable, "-m", "tests.reliability.fuzz.under_atheris", name, str(tmp_path)]
    limits = [f"-max_total_time={SECONDS}", "-rss_limit_mb=2000", "-timeout=20", "-max_len=100000"]
    done = subprocess.run(
        [*command, *limits, f"-artifact_prefix={tmp_path}/found-"],
        cwd=CHECKOUT, env=ENVIRONMENT, capture_output=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    executions = re.search(r"Done (\d+) runs", done.stderr)
    assert done.returncode == 0, done.stderr[-3000:]
    assert executions is not None, done.stderr[-3000:]
    tell_result(
        promise="P26",
        technique=f"atheris: {name}",
        ci="not in CI",
        full=f"{SECONDS} s",
        result=f"{int(executions[1]):,} executions, no finding",
    )
