"""Stores that are broken on purpose: a suite that does not notice them shows nothing.

Each mutant is a function that breaks the process it is called in. The drivers call it in the child
that does the work, never in the process that looks at what is left.
"""

from __future__ import annotations

import os
from contextlib import contextmanager

from annotator.core.history import History
from annotator.foundation.errors import UserError
from annotator.store import atomic as store_atomic, connection as store_connection
from annotator.store.connection import Connection, Transaction
from annotator.workbench import export_writing


def break_store(name):
    """Break this process's store in the way of that name; None leaves it whole."""
    if name is not None:
        MUTANTS[name]()


def synchronise_never():
    """Commits reach the disk whenever the system likes."""
    settle_in = Connection.settle_in

    def unsafely(self):
        settle_in(self)
        if not self.is_read_only:
            self.rows("PRAGMA synchronous=OFF")

    Connection.settle_in = unsafely


def synchronise_normally():
    """The last fsync of a commit, that of the emptied journal, is left out."""
    settle_in = Connection.settle_in

    def unsafely(self):
        settle_in(self)
        if not self.is_read_only:
            self.rows("PRAGMA synchronous=NORMAL")

    Connection.settle_in = unsafely


def acknowledge_before_commit():
    """A transaction says that it is over, and is committed when the next one begins."""

    @contextmanager
    def transaction(self):
        self._refuse_writing()
        if self._database.in_transaction:
            self.rows("COMMIT")
        self.rows("BEGIN IMMEDIATE")
        begun = self._current = Transaction(self)
        yield begun
        begun.is_over = True
        self._current = None

    def close(self):
        if not self._is_closed and self._database.in_transaction:
            self.rows("COMMIT")
        whole_close(self)

    whole_close = Connection.close
    Connection.transaction = transaction
    Connection.close = close


def write_exports_in_place():
    """The old export is overwritten."""

    @contextmanager
    def naive_write(path, *, check=None):
        with open(path, "wb") as stream:
            yield stream

    export_writing.atomic_write = naive_write


def swallow_full_disks():
    """A full disk is no reason to stop."""
    rows = Connection.rows

    def carefree(self, sql, bindings=()):
        try:
            return rows(self, sql, bindings)
        except UserError as error:
            if error.key != "store.full":
                raise
            return []

    Connection.rows = carefree
    Transaction.require_open = lambda self: None


def go_on_after_errors():
    """A failed write is told, but the next one is tried as if nothing had been."""
    store_connection.is_unsafe = lambda error: False


def forget_the_folder():
    """A new file's name is not forced to the disk."""
    whole = store_atomic.sync

    def only_files(path, *flags):
        if not path.is_dir():
            whole(path, *flags)

    store_atomic.sync = only_files


def publish_before_it_is_whole():
    """A new file takes its name without having been forced to the disk."""
    store_atomic.sync = lambda path, *flags: None


def keep_the_redo_branch():
    """A new edit leaves what could be redone."""
    do = History._do

    def forgetful(self, entry):
        undone = self._redoable()
        do(self, entry)
        self._undone = undone

    History._do = forgetful


def forget_the_journal():
    """An edit is stored without the entry that undoes it."""
    from annotator.store.journal import Journal  # noqa: PLC0415

    append = Journal.append
    count = iter(range(1, os.sys.maxsize))

    def now_and_then(self, tx, header, **values):
        entry = append(self, tx, header, **values)
        if next(count) % 2 == 0:
            tx.execute("DELETE FROM journal WHERE seq = ?", (entry.seq,))
        return entry

    Journal.append = now_and_then


MUTANTS = {
    made.__name__: made
    for made in (
        synchronise_never,
        synchronise_normally,
        acknowledge_before_commit,
        write_exports_in_place,
        swallow_full_disks,
        go_on_after_errors,
        forget_the_folder,
        publish_before_it_is_whole,
        keep_the_redo_branch,
        forget_the_journal,
    )
}
