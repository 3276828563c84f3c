"""``python -m tests.reliability.fuzz.under_atheris READER FOLDER …`` fuzzes one reader.

What follows the reader goes to libFuzzer: a folder of seeds and its options.
"""

import sys

import atheris

with atheris.instrument_imports(include=["annotator"]):
    from tests.reliability.fuzz.harnesses import HARNESSES


def main() -> None:
    """Fuzz until libFuzzer ends."""
    harness = HARNESSES[sys.argv[1]]
    atheris.Setup([sys.argv[0], *sys.argv[2:]], harness)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
