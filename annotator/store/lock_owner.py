"""Who holds a lock, as it is written into the lock file for people and programs."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from msgspec import Struct, json

from annotator.foundation.machine import host_name, machine_id


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
            host=host_name(),
            pid=os.getpid(),
            since=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            token=os.urandom(8).hex(),
            machine=machine_id(),
        )

    @classmethod
    def parse(cls, content: bytes) -> Owner | None:
        """The owner written in a lock file, or None where it is not (yet) readable."""
        try:
            fields = json.decode(content)
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
        for name, value in fields.items():
            if isinstance(value, str):  # what the system calls somebody may be no text
                fields[name] = value.encode("utf-8", "replace").decode()
        return json.encode(fields)

    @property
    def began(self) -> datetime | str:
        """When the lock was made; as it is written where that is no moment."""
        try:
            moment = datetime.fromisoformat(self.since)
        except ValueError:
            return self.since
        return moment if moment.tzinfo is not None else self.since


def _user_name() -> str:
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):  # as `getpass` looks for it
        if name := os.environ.get(variable):
            return name
    import getpass  # slow to load

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
