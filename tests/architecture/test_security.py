"""Data is shown as plain text, and the program starts nothing, loads nothing and calls nobody.

These tests read the code. What really happens is looked at by `tests/ui/test_plain_text.py`, and
from outside by `tests/reliability/test_traced.py`.
"""

import ast

import pytest

from tests.architecture.sources import modules

FORBIDDEN_IMPORTS = {
    "pickle", "cPickle", "dill", "joblib", "marshal", "shelve", "dbm", "yaml", "cloudpickle",
    "subprocess", "multiprocessing", "pty", "code", "codeop", "imp", "runpy",
    "ssl", "urllib", "http", "ftplib", "smtplib", "poplib", "imaplib", "telnetlib", "xmlrpc",
    "socketserver", "asyncio", "webbrowser", "requests", "httpx", "aiohttp", "urllib3",
    "xml", "lxml", "zipfile", "tarfile", "torch",
}  # fmt: skip
"""XML and archives need the rules of part 5 of the design before anything may read them."""

ARCHIVES = {"annotator/formats/xlsx_book.py", "annotator/formats/zip_rules.py"}
"""Where `zipfile` may be imported: archives are only written in the one, and the other is those
rules.
"""

XML = "annotator/formats/cas_library.py"
"""Where `lxml` may be imported: of XML that has been refused a document type, and is UTF-8."""

CHILDREN = {"annotator/foundation/child.py"}
"""Where a child process may be started, always a copy of the program: to work beside it (a
companion), and for the self-test to kill."""

ARCHIVE_IMPORTS = {
    "imports zipfile",
    *(f"imports zipfile.{name}" for name in ("ZIP_DEFLATED", "ZipFile")),
}

FORBIDDEN_QT = (
    "QtNetwork", "QtWebEngine", "QtWebSockets", "QtWebChannel", "QtHttpServer", "QtQml", "QtQuick",
    "QtRemoteObjects", "QtDBus",
)  # fmt: skip

FORBIDDEN_CALLS = {
    "eval", "exec", "compile", "__import__", "breakpoint", "import_module",
    "os.system", "os.popen", "os.fork", "os.forkpty", "os.startfile", "os.execv", "os.execve",
    "os.execvp", "os.spawnv", "os.posix_spawn", "os.posix_spawnp", "tempfile.mktemp",
}  # fmt: skip

FORBIDDEN_NAMES = {
    "QProcess", "QDesktopServices", "QNetworkAccessManager", "QTcpSocket", "QUdpSocket",
    "QLocalServer", "QLocalSocket", "QWebEngineView", "QPluginLoader", "QLibrary",
}  # fmt: skip

LOCAL_SOCKETS = {"gethostname", "socketpair", "socket"}
"""What of `socket` may be used: the name of this computer, and a pair inside one process."""

FOREIGN_LIBRARIES = {"annotator/store/drive_calls.py", "annotator/ui/console_close.py"}
"""Where `ctypes` may ask the operating system for what Python does not tell."""

SHOWERS = {
    # what shows text and guesses whether it is markup -> the modules that make it plain
    "QLabel": {"annotator/ui/labels.py"},
    "QToolTip": {"annotator/ui/textview/widget.py"},
    "QMessageBox": {"annotator/ui/messages.py"},
    "QInputDialog": {"annotator/ui/messages.py"},
    "QTextDocument": {"annotator/ui/dialogs/guide_page.py", "annotator/ui/dialogs/key_sheet.py"},
    "QTextBrowser": set(),
    "QTextEdit": {"annotator/ui/dialogs/guide_page.py"},
    "QStaticText": set(),
    "QErrorMessage": set(),
    "QProgressDialog": {"annotator/ui/taking_over.py"},  # with a plain label of its own
    "QSplashScreen": set(),
    "QWhatsThis": set(),
    "QSystemTrayIcon": set(),
}
"""Calls of these; a class made from one of them is looked at by itself."""

PLAIN_CLASSES = {
    "annotator/ui/labels.py ElidedLabel",
    "annotator/ui/fields.py ValueLabel",
    "annotator/ui/dialogs/guide_page.py GuideText",
}
"""Classes made from one of these: labels that call `make_plain`, and the guide, which is our own
Markdown without HTML and loads nothing."""

MARKUP = {"setHtml", "insertHtml", "appendHtml", "setMarkdown", "insertMarkdown", "toHtml"}
MARKED_UP = {"annotator/ui/dialogs/guide_page.py", "annotator/ui/dialogs/key_sheet.py"}
NEVER_CALLED = {"setStatusTip", "setWhatsThis", "setInformativeText", "setDetailedText"}
FORMATS_OF_TEXT = {"RichText", "AutoText", "MarkdownText"}
TITLED = {"QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "push_button"}
DOUBLING = {
    "annotator/ui/menus.py",
    "annotator/ui/dialogs/adjudication_buttons.py",
    "annotator/ui/dialogs/controls.py",
}
"""Where titles with data become entries of menus or buttons, with their & doubled; and
`push_button`, whose callers are looked at instead."""


def calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def name_of(node):
    """The last name of what is called or named: ``x.y.setText`` is ``setText``."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def dotted(node):
    match node:
        case ast.Attribute(value=inner, attr=name):
            return f"{dotted(inner)}.{name}"
        case ast.Name(id=name):
            return name
    return ""


def imported(tree):
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield module
                yield from (f"{module}.{alias.name}" for alias in names)


def is_sentence_without_data(node):
    """A text of ours: written here, or a sentence of the catalogue without fields."""
    match node:
        case ast.Constant():
            return True
        case ast.Call(func=func, args=[_], keywords=[]):
            return name_of(func) == "text"
    return False


def is_plain_tooltip(node):
    match node:
        case ast.Constant(value=""):
            return True
        case ast.IfExp(body=body, orelse=other):
            return is_plain_tooltip(body) and is_plain_tooltip(other)
        case ast.Call(func=func):
            return name_of(func) == "plain_tooltip"
    return False


def forbidden_imports(tree):
    for name in imported(tree):
        if name.split(".")[0] in FORBIDDEN_IMPORTS or any(qt in name for qt in FORBIDDEN_QT):
            yield f"imports {name}"


def forbidden_calls(tree):
    for call in calls(tree):
        if dotted(call.func) in FORBIDDEN_CALLS or name_of(call.func) == "import_module":
            yield f"{call.lineno} calls {dotted(call.func)}"
    for node in ast.walk(tree):
        if name_of(node) in FORBIDDEN_NAMES:
            yield f"{node.lineno} names {name_of(node)}"
        match node:
            case ast.Attribute(value=ast.Name(id="socket"), attr=name) if name not in LOCAL_SOCKETS:
                yield f"{node.lineno} socket.{name}"
            case ast.keyword(arg="shell" | "allow_pickle" as name):
                yield f"{node.lineno} {name}="


def rich_showers(path, tree):
    for call in calls(tree):
        name = name_of(call.func)
        of = name_of(call.func.value) if isinstance(call.func, ast.Attribute) else ""
        if any(path not in SHOWERS.get(each, {path}) for each in (name, of)):
            yield f"{call.lineno} calls {of}.{name}; see annotator/ui/labels.py and messages.py"
        if name in NEVER_CALLED or (name in MARKUP and path not in MARKED_UP):
            yield f"{call.lineno} calls {name}"
        if name == "setToolTip" and not (call.args and is_plain_tooltip(call.args[-1])):
            yield f"{call.lineno} shows a tooltip that is not plain"
    yield from _rich_classes(path, tree)
    yield from _tooltips_of_a_model(tree)


def _rich_classes(path, tree):
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) if name in FORMATS_OF_TEXT:
                yield f"{node.lineno} takes text for {name}"
            case ast.ClassDef(name=name, bases=bases) if f"{path} {name}" not in PLAIN_CLASSES:
                made_from = {name_of(base) for base in bases} & SHOWERS.keys()
                yield from (f"{node.lineno} {name} is made from {base}" for base in made_from)


def _tooltips_of_a_model(tree):
    """After a test for the role of tooltips only a plain one is given back."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.If) or "ToolTipRole" not in ast.unparse(node.test):
            continue
        for inner in node.body:
            if isinstance(inner, ast.Return) and not is_plain_tooltip(inner.value):
                yield f"{inner.lineno} a model gives a tooltip that is not plain"


def undoubled(path, tree):
    """Buttons and entries whose titles may hold data: their & would become a key's sign."""
    if path in DOUBLING:
        return
    known = _given_names(tree)
    for call in calls(tree):
        if name_of(call.func) in TITLED and call.args:
            title = call.args[0]
            if not (is_sentence_without_data(title) or ast.unparse(title) in known):
                yield f"{call.lineno} {name_of(call.func)}({ast.unparse(title)})"


def _given_names(tree):
    """Names that are set only from sentences without data, in a module that says so by its code."""
    given = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            given.setdefault(ast.unparse(node.targets[0]), []).append(node.value)
    return {name for name, values in given.items() if all(map(is_sentence_without_data, values))}


@pytest.mark.parametrize("path", modules())
def test_nothing_is_loaded_started_or_called(path):
    tree = modules()[path]
    found = [*forbidden_imports(tree), *forbidden_calls(tree)]
    if path in ARCHIVES:
        found = [one for one in found if one not in ARCHIVE_IMPORTS]
    if path == XML:
        found = [one for one in found if one not in ("imports lxml", "imports lxml.etree")]
    if path in CHILDREN:
        found.remove("imports subprocess")
    assert found == []
    if "ctypes" in set(imported(tree)):
        assert path in FOREIGN_LIBRARIES


UI = [path for path in modules() if path.startswith(("annotator/ui/", "annotator/app"))]


@pytest.mark.parametrize("path", UI)
def test_what_shows_data_takes_it_for_plain_text(path):
    tree = modules()[path]
    assert [*rich_showers(path, tree), *undoubled(path, tree)] == []


def test_labels_of_our_own_make_themselves_plain():
    for place in PLAIN_CLASSES:
        path, name = place.split()
        [made] = [
            node
            for node in ast.walk(modules()[path])
            if isinstance(node, ast.ClassDef) and node.name == name
        ]
        source = ast.unparse(made)
        assert "make_plain(self" in source or "def loadResource" in source, place


WRONG = {
    "import pickle": "imports pickle",
    "from urllib.request import urlopen": "imports urllib.request",
    "from PySide6.QtNetwork import QTcpSocket": "imports PySide6.QtNetwork",
    "eval(x)": "calls eval",
    "os.system(x)": "calls os.system",
    "importlib.import_module(x)": "import_module",
    "socket.create_connection(x)": "socket.create_connection",
    "numpy.load(x, allow_pickle=True)": "allow_pickle",
    "QDesktopServices.openUrl(x)": "QDesktopServices",
    "QLabel(title)": "calls .QLabel",
    "QToolTip.showText(p, title)": "calls QToolTip.showText",
    "QMessageBox.warning(self, 'x', title)": "calls QMessageBox.warning",
    "view.setToolTip(title)": "tooltip",
    "view.setToolTip(plain_tooltip(a) if a else b)": "tooltip",
    "view.setStatusTip(title)": "setStatusTip",
    "view.setHtml(title)": "setHtml",
    "label.setTextFormat(Qt.TextFormat.RichText)": "RichText",
    "class Mine(QLabel):\n    pass": "Mine",
    "if role == Qt.ItemDataRole.ToolTipRole:\n    return name": "tooltip",
    "QPushButton(name, self)": "QPushButton",
    "QCheckBox(text('a.b', name=name), self)": "QCheckBox",
}
RIGHT = [
    "import hashlib",
    "socket.gethostname()",
    "plain_label(self, title)",
    "view.setToolTip(plain_tooltip(title) if title else '')",
    "if role == Qt.ItemDataRole.ToolTipRole:\n    return plain_tooltip(name)",
    "QPushButton(text('a.b'), self)",
    "title = catalogue.text('a.b')\nQPushButton(title, self)",
]


def told(source):
    tree, path = ast.parse(source), "annotator/ui/new.py"
    found = [
        *forbidden_imports(tree),
        *forbidden_calls(tree),
        *rich_showers(path, tree),
        *undoubled(path, tree),
    ]
    return " ".join(found)


@pytest.mark.parametrize("source", WRONG)
def test_what_is_wrong_is_found(source):
    assert WRONG[source] in told(source)


@pytest.mark.parametrize("source", RIGHT)
def test_what_is_right_is_left_alone(source):
    assert told(source) == ""
