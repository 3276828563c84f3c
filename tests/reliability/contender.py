"""One of several who want the same lock: tries when it reads a line, and lets go at the next."""

import sys
from pathlib import Path

from annotator.foundation.errors import UserError
from annotator.store.lock_file import acquire


def contend(path):
    held = None
    for line in sys.stdin:
        if line == "take\n":
            try:
                held = acquire(path)
            except UserError as error:
                say(error.key)
            else:
                say("won")
        elif line == "free\n":
            if held is not None:
                held.release()
                held = None
            say("free")


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    contend(Path(sys.argv[1]))
