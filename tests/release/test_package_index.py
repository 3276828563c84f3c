"""Files come from the index that pip is set to, whole or not at all."""

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from release.package_index import PinnedFile, fetch, link_to
from release.work import Stopped

CONTENT = b"what the archive holds"
GOOD = PinnedFile(
    project="thing", name="thing-1.0.tar.gz", sha256=hashlib.sha256(CONTENT).hexdigest()
)
PAGE = '<a href="../../files/thing-1.0.tar.gz#sha256=0">thing-1.0.tar.gz</a>'


@pytest.fixture
def index(monkeypatch):
    """An index on this computer, with the addresses that it was asked for."""
    asked = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers.get("Authorization")))
            bodies = {"/simple/thing/": PAGE.encode(), "/files/thing-1.0.tar.gz": CONTENT}
            self.send_response(200 if self.path in bodies else 404)
            self.end_headers()
            self.wfile.write(bodies.get(self.path, b""))

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        address = f"http://me:secret@127.0.0.1:{server.server_port}/simple"
        monkeypatch.setenv("PIP_INDEX_URL", address)
        monkeypatch.setenv("PIP_EXTRA_INDEX_URL", " ")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        monkeypatch.delenv("PIP_CERT", raising=False)
        yield asked
        server.shutdown()


def test_a_file_is_fetched_once(index, tmp_path):
    folder = tmp_path / "cache"
    assert fetch(GOOD, folder).read_bytes() == CONTENT
    assert fetch(GOOD, folder) == folder / GOOD.name
    assert [path for path, _ in index] == ["/simple/thing/", "/files/thing-1.0.tar.gz"]
    assert index[0][1] == "Basic bWU6c2VjcmV0"


def test_another_content_is_refused_and_not_kept(index, tmp_path):
    wrong = PinnedFile(project="thing", name=GOOD.name, sha256="0" * 64)
    with pytest.raises(Stopped, match="SHA-256"):
        fetch(wrong, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_the_index_does_not_have_is_told(index, tmp_path):
    missing = PinnedFile(project="other", name="other-1.0.tar.gz", sha256="0" * 64)
    with pytest.raises(Stopped, match=r"other-1\.0\.tar\.gz could not be had .+404"):
        fetch(missing, tmp_path)


def test_a_link_is_found_by_the_name_of_its_file():
    page = "<a href='x/a%2Bb-1.whl?x=1&amp;y=2#sha256=1'>a</a> <A data-x=1 HREF=\"/b.zip\">b</A>"
    address = "https://index.example/simple/a/"
    assert link_to("a+b-1.whl", page=page, address=address) == (
        "https://index.example/simple/a/x/a%2Bb-1.whl?x=1&y=2"
    )
    assert link_to("b.zip", page=page, address=address) == "https://index.example/b.zip"
    assert link_to("c.zip", page=page, address=address) is None
