"""How fast documents go in and out, in every format, and how much memory that takes.

``python -m tests.bench.formats [--documents 1000,10000] [--formats gold,conll]`` makes documents of
2 KB with 34 annotations each, imports them as gold, exports the project in each format and imports
what can be read again; every act in a process of its own. The table gives documents a second, the
greatest memory of the process and of its companion, and the ratio to the floor of the same run:
for writing, `orjson` alone encoding the same gold records and writing them; for reading, SQLite
alone inserting the rows of the same project. As a peer, spaCy's `DocBin` writes and reads the same
tokens and annotations:
*docbin write* makes the `Doc`s and saves them, *docbin read* loads the file and makes the `Doc`s.
*gold write* and *gold read* are writer and reader alone, from and to documents in memory, as with
the peer. An export reads the project, segments, checks, validates and writes; an import reads,
validates, proves and commits. Time is that on the wall, since both processors are used: nothing
else should run. ``--act`` runs one act; ``--profile`` shows where its time goes.
"""

import argparse
import cProfile
import json
import pstats
import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.formats.registry import FORMATS
from tests.bench.format_acts import ACTS, CORPUS, Clock, act_of, make
from tests.bench.rows import Row, print_rows


def print_line(line):
    """Say how far it is."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run_act(name, folder, count, *, profiled=False):
    """Run one act here and print what it took."""
    clock, profile = Clock(), cProfile.Profile()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if profiled:
        profile.enable()
    act_of(name)(folder, clock)
    profile.disable()
    # A companion is of the same program: its memory counts as well.
    peak = sum(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    json.dump(
        {"rate": count / clock.seconds, "peak": peak / 1024, "start": before / 1024}, sys.stdout
    )
    if profiled:
        pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(35)


def measured(name, folder, count):
    """What an act took in a process of its own."""
    words = [sys.executable, "-m", "tests.bench.formats", "--act", name, "--folder", str(folder)]
    done = subprocess.run(
        [*words, "--documents", str(count)], capture_output=True, encoding="utf-8"
    )
    if done.returncode:
        sys.stderr.write(done.stderr)
        raise SystemExit(1)
    return json.loads(done.stdout)


BARS = {"gold export": ("docbin write", 2.0), "gold write": ("docbin write", 2.0),
        "gold import": ("docbin read", 1.0), "gold read": ("docbin read", 1.0)}  # fmt: skip
OF_GOLD = 0.5
"""No other format may be slower than this share of gold."""
HEAD = f"{'act':28} {'documents/s':>12} {'of floor':>9} {'of gold':>8} {'peak MB':>8}"


def acts(chosen):
    """All acts, those that others are compared with first."""
    names = list(ACTS)
    for known in FORMATS:
        if known.id in chosen and not known.id.startswith("gold"):
            names += [f"{known.id} export"] if known.can_write else []
            names += [f"{known.id} import"] if known.can_write and known.can_read else []
    return names


def is_in(act):
    """Whether an act takes documents in."""
    return act.endswith(("import", "insert", "read"))


def results(count, chosen, tell=lambda line: None):
    """What each act took; `tell` hears a line of each."""
    found = {}
    with TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, count)
        size = (folder / CORPUS).stat().st_size
        tell(f"\n{count:,} documents, {size / 1e6:,.1f} MB of gold\n{HEAD}")
        for act in acts(chosen):
            told = found[act] = measured(act, folder, count)
            floor = found.get("floor insert" if is_in(act) else "floor write", told)["rate"]
            gold = found.get("gold import" if is_in(act) else "gold export", told)["rate"]
            rate, peak = told["rate"], told["peak"]
            tell(f"{act:28} {rate:12,.0f} {rate / floor:9.3f} {rate / gold:8.2f} {peak:8.0f}")
    return found


def rows(count, found):
    """The results as rows."""
    for act, told in found.items():
        gold = "gold import" if is_in(act) else "gold export"
        peer, bar = BARS.get(act, (gold, OF_GOLD if act not in ACTS else None))
        yield Row(
            act=f"{act}, {count:,}", value=told["rate"], floor=peer, bar=bar, is_least=True,
            unit=f"documents/s (peak {told['peak']:.0f} MB)",
            ratio=told["rate"] / found[peer]["rate"],
        )  # fmt: skip


def memory_rows(peaks):
    """How the memory of gold grows from the smallest number of documents to the largest."""
    least, most = min(peaks), max(peaks)
    for act in ("gold import", "gold export"):
        peak = peaks[most][act]["peak"]
        yield Row(act=f"memory of {act}, {most:,}", value=peak, unit="MB", bar=1.3,
                  ratio=peak / peaks[least][act]["peak"], floor=f"{least:,} documents")  # fmt: skip


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", default="1000")
    parser.add_argument("--formats", default=",".join(known.id for known in FORMATS))
    parser.add_argument("--act")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--rows", action="store_true", help="for `python -m tests.bench`")
    values = parser.parse_args()
    if values.act == "make":
        make(values.folder, int(values.documents))
    elif values.act:
        run_act(values.act, values.folder, int(values.documents), profiled=values.profile)
    else:
        tell = (lambda line: None) if values.rows else print_line
        counts, chosen = map(int, values.documents.split(",")), values.formats.split(",")
        found = {count: results(count, chosen, tell) for count in counts}
        if values.rows:
            for count, told in found.items():
                print_rows(rows(count, told))
            print_rows(memory_rows(found))


if __name__ == "__main__":
    main()
