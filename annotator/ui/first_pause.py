"""How long what is not on the first picture of a window waits for that picture."""

from __future__ import annotations

FIRST_PAUSE_MS = 100
"""From opening a document: by then its page is painted, on a slow machine too. Timers that are
over go before painting, so that a shorter pause would make the window wait.
"""
