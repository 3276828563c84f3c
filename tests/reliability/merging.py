"""A process that merges one project file into another; to be killed.

``python -m tests.reliability.merging PROJECT OTHER`` prints ``begun`` when it begins.
"""

import sys
from pathlib import Path

from annotator.workbench.merging import merger_of
from annotator.workbench.workspace import open_workspace
from tests.workbench.projects import clock


def main(project, other):
    workspace = open_workspace(Path(project), clock=clock)
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    with merger_of(
        Path(other),
        workspace.project,
        clock=clock,
        changes=workspace.changes,
        door=workspace.door,
        page=lambda: workspace.open_document,
    ) as merger:
        merger.run()
    workspace.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
