"""Files of the package index that pip is set to, without pip, which would run what they hold.

The index is asked of pip, so that a mirror or a proxy is used, and no address stands here.
"""

from __future__ import annotations

import base64
import hashlib
import html
import os
import re
import ssl
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import SplitResult, unquote, urldefrag, urljoin, urlsplit
from urllib.request import Request, urlopen

from release.checks import sha256_of
from release.work import Stopped

_ASK_DEFAULT = "from pip._internal.models.index import PyPI; print(PyPI.simple_url)"
_LINK = re.compile(r"""<a\s[^>]*?href\s*=\s*["']([^"']+)["']""", re.IGNORECASE)
_PATIENCE = 60  # seconds without a byte


@dataclass(frozen=True, slots=True)
class PinnedFile:
    """A file of a project in the package index, and the only content it may have."""

    project: str
    name: str
    sha256: str


def fetch(pinned: PinnedFile, folder: Path) -> Path:
    """The file in `folder`, which is asked for only if it is not there yet.

    Raises `Stopped` where the index does not have it, cannot be reached, or gives something else.
    """
    target = folder / pinned.name
    if target.is_file() and sha256_of(target) == pinned.sha256:
        return target
    content = _content(pinned)
    found = hashlib.sha256(content).hexdigest()
    if found != pinned.sha256:
        raise Stopped(f"{pinned.name} has SHA-256 {found}, not {pinned.sha256}")
    folder.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return target


def link_to(name: str, *, page: str, address: str) -> str | None:
    """The address of a file on the page of its project, without its fragment."""
    for match in _LINK.finditer(page):
        link, _ = urldefrag(urljoin(address, html.unescape(match[1])))
        if unquote(urlsplit(link).path).rpartition("/")[2] == name:
            return link
    return None


def _content(pinned: PinnedFile) -> bytes:
    context = ssl.create_default_context(cafile=_setting("cert") or None)
    reasons = []
    for index in _indexes():
        address = f"{index.rstrip('/')}/{pinned.project}/"
        try:
            page, address = _get(address, context)
            link = link_to(pinned.name, page=page.decode(errors="replace"), address=address)
            if link is not None:
                return _get(link, context)[0]
        except (URLError, OSError) as error:
            reasons.append(str(error))
    told = "; ".join(reasons) or "it is not there"
    raise Stopped(f"{pinned.name} could not be had from the package index: {told}")


def _get(address: str, context: ssl.SSLContext) -> tuple[bytes, str]:
    """The content of an address, and where it came from in the end."""
    parts = urlsplit(address)
    request = Request(_without_user(parts))
    if parts.username:
        words = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        request.add_header("Authorization", f"Basic {base64.b64encode(words).decode()}")
    with urlopen(request, timeout=_PATIENCE, context=context) as answer:
        return answer.read(), answer.geturl()


def _without_user(parts: SplitResult) -> str:
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _indexes() -> Iterator[str]:
    yield _setting("index-url") or _told("-c", _ASK_DEFAULT)
    yield from _setting("extra-index-url").split()


def _setting(name: str) -> str:
    """What pip is set to, by its environment or its files; empty where nothing is said."""
    spoken = os.environ.get(f"PIP_{name.upper().replace('-', '_')}")
    return spoken or _told("-m", "pip", "config", "get", f"global.{name}")


def _told(*words: str) -> str:
    done = subprocess.run((sys.executable, *words), capture_output=True, text=True)
    return done.stdout.strip()
