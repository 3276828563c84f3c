"""A Wine in which nothing runs: it keeps what it is asked for, and lets a test answer."""

from release.wine import Answer


class StandInWine:
    """Has a drive in a folder of the test; `does` is given the words and tells code and text."""

    def __init__(self, root, does=lambda *words: (0, ""), display=""):
        self.root, self.does, self.display = root, does, display
        self.asked, self.environments = [], []
        self.drive.mkdir(parents=True, exist_ok=True)

    @property
    def drive(self):
        return self.root / "drive_c"

    def home(self, *parts):
        return self.drive.joinpath("users", "root", *parts)

    def run(self, *words, is_alone=True, environment=None):
        self.asked.append(words)
        self.environments.append(dict(environment or {}))
        code, text = self.does(*words)
        return Answer(code=code, text=text)


def put(folder, *names):
    """Write small files below a folder, each with its name in it."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return folder
