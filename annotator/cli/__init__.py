"""The command line. Imports no Qt unless a window is asked for.

Exit codes: 0 done; 1 done, but errors were found or items refused; 2 wrong usage; 3 not done;
130 stopped by Ctrl+C; 141 whoever read the answer has gone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from annotator.cli.terminal import DONE, FAILED, USAGE, Terminal
from annotator.cli.window import VERB_NAMES, open_demo_window, open_window, watched
from annotator.foundation.atomic import file_error
from annotator.foundation.catalogue import Catalogue, load_catalogue, preferred_language
from annotator.foundation.errors import AnnotatorError, Defect, UserError, WrongUsage
from annotator.foundation.loading import end_loading
from annotator.foundation.logs import log_error
from annotator.foundation.own_copy import COMPANION_FLAG
from annotator.workbench.backups import is_damage
from annotator.workbench.opening import has_kept_work

STOPPED, UNHEARD = 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give the exit code; without a verb the window opens.

    Raises `SystemExit` for ``--help`` and wrong usage, as `argparse` does.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    _prepare_streams()
    try:
        code = _run(words)
        sys.stdout.flush()
    except BrokenPipeError:
        _hush()
        return UNHEARD
    except OSError as error:
        # What was to be said cannot be written; the standard error may still be heard. Python
        # would try once more on its way out, and end with a code of its own.
        _hush()
        with suppress(OSError):
            catalogue = load_catalogue(preferred_language())
            return Terminal(catalogue).fail(file_error(error, Path("stdout")))
        return UNHEARD
    return code


def _run(words: list[str]) -> int:
    catalogue = load_catalogue(preferred_language())
    terminal = Terminal(catalogue, is_json="--json" in words)
    try:
        return _obey(words, catalogue, terminal)
    except KeyboardInterrupt:
        terminal.complain("cli.stopped")
        return STOPPED
    except AnnotatorError as error:
        if isinstance(error, Defect) or is_damage(error):
            log_error(error, "told", is_expected=not isinstance(error, Defect))
        code = terminal.fail(error)
        return USAGE if isinstance(error, WrongUsage) else code
    except MemoryError:
        return terminal.fail(UserError("cli.no_memory"))
    except BrokenPipeError:
        raise
    except OSError as error:
        return terminal.fail(file_error(error, Path(os.fsdecode(error.filename or "?"))))
    except Exception as error:
        log_error(error, "unhandled in the command line")
        terminal.complain("report.cli_fault")
        return FAILED


def _obey(words: list[str], catalogue: Catalogue, terminal: Terminal) -> int:
    words = watched(words)
    if words[:1] == [COMPANION_FLAG]:
        from annotator.cli.companion import accompany

        return accompany(words[1:])
    if not words:
        return open_window([])
    if words == ["demo"]:
        return open_demo_window()
    if words[0] not in VERB_NAMES and not words[0].startswith("-"):
        return _open_paths(words, terminal)
    return _obey_verb(words, catalogue, terminal)


def _obey_verb(words: list[str], catalogue: Catalogue, terminal: Terminal) -> int:
    """Everything but the window: the modules behind the verbs are many, and loaded only here."""
    from annotator.cli.arguments import Parser
    from annotator.cli.self_test import self_test, writer
    from annotator.cli.verbs import VERBS, tell_version

    end_loading()
    if (code := writer(words)) is not None:
        return code
    options = Parser(catalogue).root.parse_args(words)
    if options.version:
        return tell_version(terminal)
    if options.self_test:
        return self_test(terminal)
    if options.verb is None:
        return open_window([])
    return VERBS[options.verb](options, terminal)


def _open_paths(words: list[str], terminal: Terminal) -> int:
    """Open the window on files; a mistyped verb must not become a window."""
    paths = [Path(word) for word in words]
    if not os.path.lexists(paths[0]) and not has_kept_work(paths[0]):
        terminal.complain("cli.unknown_word", word=words[0], verbs=", ".join(VERB_NAMES))
        return USAGE
    return open_window(paths)


def _prepare_streams() -> None:
    """Sorani needs UTF-8 whatever the locale says; a program without a console has no streams."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _hush() -> None:
    """Send what is still unwritten nowhere, else Python complains about it at its end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


__all__ = ["DONE", "STOPPED", "UNHEARD", "USAGE", "main"]
