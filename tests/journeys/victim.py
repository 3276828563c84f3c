"""A process that does the sample's journey by keys and tells every acknowledged act; to be killed.

``python -m tests.journeys.victim PROJECT GOLD`` prints the number of acts after each commit.
"""

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from annotator.app import make_application, make_desk, make_shell
from annotator.ui.demo.hand import Hand
from annotator.ui.demo.pilot import Pilot
from annotator.ui.demo.typist import Typist
from tests.journeys.gold import given_annotations


def main(project, gold):
    application = make_application()
    shell = make_shell(application, make_desk(language="ckb", theme="light"))
    shell.open_project(Path(project))
    application.processEvents()
    acknowledged = 0

    def tell(_):
        nonlocal acknowledged
        acknowledged += 1
        sys.stdout.write(f"{acknowledged}\n")
        sys.stdout.flush()

    shell.workspace.open_document.edited.add(tell)
    hand = Hand(Typist(shell.window), lambda: shell.window.editor)
    Pilot(hand, given_annotations(Path(gold))).fly()
    shell.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
