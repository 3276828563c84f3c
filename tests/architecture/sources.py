"""What the architecture tests look at: the checkout, its tracked files and its parsed modules."""

import ast
import os
import subprocess
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "annotator"

# For a checkout without git, such as an unpacked archive: what work leaves behind.
_LEFT_BEHIND = {".git", ".venv", ".out", "demo-output", "__pycache__"}


@cache
def tracked_files() -> tuple[Path, ...]:
    """The files of the repository, relative to the checkout; new ones count before their commit."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"]
    if not (CHECKOUT / ".git").exists():
        return tuple(sorted(_walked()))
    listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, check=True).stdout
    names = {os.fsdecode(name) for name in listed.split(b"\0") if name}
    return tuple(Path(name) for name in sorted(names) if (CHECKOUT / name).is_file())


def _walked():
    for folder, folders, files in os.walk(CHECKOUT):
        folders[:] = [
            name for name in folders if name not in _LEFT_BEHIND and not name.endswith("_cache")
        ]
        yield from (Path(folder, name).relative_to(CHECKOUT) for name in files)


@cache
def tracked_texts() -> dict[Path, str]:
    """The text of every tracked file that is UTF-8, by its path from the checkout."""
    texts = {}
    for path in tracked_files():
        content = (CHECKOUT / path).read_bytes()
        if b"\0" not in content:
            texts[path] = content.decode("utf-8")
    return texts


@cache
def modules() -> dict[str, ast.Module]:
    """The syntax tree of every module of the package, by its path from the checkout."""
    return {
        path.relative_to(CHECKOUT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def dotted(path: str) -> str:
    """The dotted name of a module path: ``annotator/core/__init__.py`` is ``annotator.core``."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
