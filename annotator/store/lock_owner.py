"""Who holds a lock, as it is written into the lock file for people and programs."""

from __future__ import annotations

import getpass
import json
import os
import secrets
import socket
from datetime import UTC, datetime

from msgspec import Struct

from annotator.foundation.machine import machine_id


class Owner(Struct, frozen=True):
    """Who holds a lock.

    `since` is UTC in ISO 8601, `token` tells two locks of one person apart, `machine` two
    computers of one name; it is empty where it is not known.
    """

    user: str
    host: str
    pid: int
    since: str
    token: str
    machine: str = ""

    @classmethod
    def here(cls) -> Owner:
        """What another process reads about this one."""
        return cls(
            user=_user_name(),
            host=socket.gethostname(),
            pid=os.getpid(),
            since=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            token=secrets.token_hex(8),
            machine=machine_id(),
        )

    @classmethod
    def parse(cls, content: bytes) -> Owner | None:
        """The owner written in a lock file, or None where it is not (yet) readable."""
        try:
            fields = json.loads(content)
            return cls(
                user=str(fields["user"]),
                host=str(fields["host"]),
                pid=int(fields["pid"]),
                since=str(fields["since"]),
                token=str(fields["token"]),
                machine=str(fields.get("machine", "")),
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def encode(self) -> bytes:
        """The content of the lock file."""
        fields = {name: getattr(self, name) for name in self.__struct_fields__}
        return json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace")

    @property
    def began(self) -> datetime | str:
        """When the lock was made; as it is written where that is no moment."""
        try:
            moment = datetime.fromisoformat(self.since)
        except ValueError:
            return self.since
        return moment if moment.tzinfo is not None else self.since


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
