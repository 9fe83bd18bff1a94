"""Apprise: which of its services are let in, what of their addresses is not, and that it can do nothing but send."""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from apprise.manager_plugins import NotificationManager
from tests.channels.world import FAILED, SHORT, XUR, channels
from tests.outbound.stub import Reply, StubServer

from vaultraider.channels import Channels
from vaultraider.channels import apprise as channel
from vaultraider.channels._apprise_schemas import ALLOWED, REFUSED
from vaultraider.domain.errors import AddressRefused, ChannelRefused, ChannelUnavailable, InvalidInput

PLUGINS = NotificationManager()
LOCAL_MODULES = {
    "asyncio", "ctypes", "dbus", "gi", "gntp", "hid", "imaplib", "multiprocessing", "nntplib", "paho", "pika", "poplib",
    "proton", "pty", "serial", "shutil", "slixmpp", "smpplib", "smtplib", "socket", "socketserver", "sqlite3", "subprocess",
    "syslog", "telnetlib", "tempfile", "webbrowser", "win32api", "win32gui", "winreg", "zipfile",
}  # fmt: skip
"""What a service that only speaks https has no use for."""
LOCAL_CALLS = {"Popen", "system", "popen", "spawnl", "startfile", "exec", "eval", "unlink", "remove", "mkdir", "write_text"}


def test_every_schema_has_been_looked_at() -> None:
    """A new Apprise brings new ones: read what they do, and put them into one of the tables."""
    brought = set(PLUGINS.schemas())
    assert brought - ALLOWED - set(REFUSED) == set(), "unknown: refused until they stand in a table"
    assert (ALLOWED | set(REFUSED)) - brought == set(), "gone"
    assert ALLOWED & set(REFUSED) == set()


def own_files(schema: str) -> set[Path]:
    """The code of a service: its module, those of its ancestors, and the others of their folders."""
    names = [kind.__module__ for kind in PLUGINS[schema].__mro__ if kind.__module__.startswith("apprise.plugins.")]
    files = {Path(inspect.getfile(importlib.import_module(name))) for name in names if name != "apprise.plugins.base"}
    folders = {file.parent for file in files if file.parent.name != "plugins"}
    return files | {path for folder in folders for path in folder.glob("*.py")}


@functools.cache
def uses(file: Path) -> tuple[frozenset[str], frozenset[str]]:
    """Which modules it imports from outside Apprise, and the last names of what it calls."""
    imported: set[str] = set()
    called: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            imported.add(node.module.split(".")[0])
        elif isinstance(node, ast.Call):
            called.add(node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""))
    return frozenset(imported), frozenset(called)


@pytest.mark.parametrize("schema", sorted(ALLOWED))
def test_what_is_let_in_only_speaks_https(schema: str) -> None:
    for file in own_files(schema):
        imported, called = uses(file)
        assert not imported & LOCAL_MODULES, f"{schema} imports {imported & LOCAL_MODULES}"
        assert not called & LOCAL_CALLS, f"{schema} calls {called & LOCAL_CALLS}"


@pytest.mark.parametrize("schema", sorted(REFUSED))
def test_what_is_refused_says_why(schema: str) -> None:
    with pytest.raises(InvalidInput, match="cannot be used here") as caught:
        channels().check("apprise", {"address": f"{schema}://user:password@127.0.0.1/x"})
    assert "password" not in caught.value.sentence


@pytest.mark.parametrize(
    "address",
    [
        "",
        " ",
        "http://127.0.0.1/",
        "https://hooks.slack.com/services/T/B/x",
        "unheard://x",
        "gotify:127.0.0.1",
        "GOTIFY://h/t",
        "gotify://h/t gotify://i/t",
        "include://x",
        "config://x",
        "file:///etc/passwd",
        "gotify" * 400 + "://h/t",
    ],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(InvalidInput):
        channels().check("apprise", {"address": address})


class Box:
    """The process, asked directly: one start for many rows."""

    def run(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        program = (
            "import json, sys, os, msgspec\n"
            "from vaultraider.channels._apprise_box import Errand, perform\n"
            "from apprise.plugins import url_to_dict\n"
            "url_to_dict('tgram://123456789:abcdefg_hijklmnop/1/')  # reads all services, once\n"
            "for row in json.load(sys.stdin):\n"
            "    child = os.fork()\n"
            "    if not child:\n"
            "        sys.stdout.write(msgspec.json.encode(perform(msgspec.convert(row, Errand))).decode() + '\\n')\n"
            "        sys.stdout.flush()\n"
            "        os._exit(0)\n"
            "    os.waitpid(child, 0)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], input=json.dumps(rows), capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        assert len(answers) == len(rows), done.stderr
        return answers


OPTIONS = [
    "verify=no", "verify=false", "%76erify=no", "VERIFY=no", "redirect=yes", "cto=1000", "rto=1000", "retry=9", "wait=60",
    "store=yes", "optional=yes", "template=/etc/passwd", "template=file:///etc/passwd", "template=http%3A%2F%2F127.0.0.1%2F",
    "template=x.json", "attach=/etc/passwd", "config=/etc/passwd", "include=/etc/passwd", "keyfile=/etc/passwd", "pgp=yes",
    "smtp=127.0.0.1", "%2BHost=internal", "-x=y",
]  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "fork"), reason="one process for many rows needs fork")
class TestTheBox:
    def test_options_that_lead_elsewhere(self) -> None:
        rows = [{"address": f"tgram://123456789:abcdefg_hijklmnop/12315544/?{option}", "schema": "tgram"} for option in OPTIONS]
        answers = Box().run([{**row, "only_check": True} for row in rows])
        assert {option: answer["trouble"] for option, answer in zip(OPTIONS, answers, strict=True)} == dict.fromkeys(
            OPTIONS, "option"
        )

    def test_options_that_do_no_harm(self) -> None:
        harmless = ["format=markdown", "silent=yes", "overflow=split", "emojis=no", "preview=no"]
        rows = [{"address": f"tgram://123456789:abcdefg_hijklmnop/12315544/?{option}", "schema": "tgram"} for option in harmless]
        answers = Box().run([{**row, "only_check": True} for row in rows])
        assert [answer["done"] for answer in answers] == [True] * len(harmless)

    def test_it_takes_a_schema_for_no_other(self) -> None:
        """What we read and what Apprise reads must be one."""
        (answer,) = Box().run([{"address": "syslog://", "schema": "tgram", "only_check": True}])
        assert (answer["done"], answer["trouble"]) == (False, "address")

    def test_names_that_lead_inside_are_refused(self) -> None:
        """Checked as ever, though the name was public when the address was given."""
        with StubServer() as inside:
            rows = [
                {"address": f"gotify://{host}:{inside.port}/AbCdEfGhIjKlMnO", "schema": "gotify", "text": "x"}
                for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "0.0.0.0", "169.254.169.254")
            ]
            answers = Box().run(rows)
        assert {answer["trouble"] for answer in answers} <= {"refused", "address"}
        assert inside.asked == []

    def test_what_a_library_must_not_do_it_cannot(self, tmp_path: Path) -> None:
        """Whatever a plugin might be made to do: run, write, read, listen, speak something else."""
        secret = tmp_path / "settings.toml"
        secret.write_text("api_key = 'x'", encoding="utf-8")
        program = TRIES.replace("SECRET", repr(str(secret))).replace("FOLDER", repr(str(tmp_path)))
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
        assert json.loads(done.stdout) == [], done.stderr
        assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


TRIES = """
import ctypes, json, multiprocessing, os, shutil, smtplib, socket, sqlite3, subprocess, sys, tempfile, threading
from vaultraider.outbound import Doorway
from vaultraider.outbound.closed_process import close_process
server = socket.create_server(("127.0.0.1", 0))
port = server.getsockname()[1]
close_process(Doorway(), refused=lambda sentence: None)
ways = {
    "run": lambda: subprocess.run(["true"]),
    "shell": lambda: os.system("true"),
    "fork": lambda: os.fork(),
    "spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
    "exec": lambda: os.execv("/bin/true", ["true"]),
    "read": lambda: open(SECRET).read(),
    "read bytes": lambda: os.open(SECRET, os.O_RDONLY),
    "read the environment": lambda: open("/proc/self/environ").read(),
    "read passwords": lambda: open("/etc/passwd").read(),
    "write": lambda: open(FOLDER + "/new", "w"),
    "write beside the library": lambda: open(os.path.dirname(json.__file__) + "/new.py", "w"),
    "make": lambda: os.mkdir(FOLDER + "/folder"),
    "remove": lambda: os.remove(SECRET),
    "rename": lambda: os.rename(SECRET, SECRET + "2"),
    "list": lambda: os.listdir(FOLDER),
    "temporary": lambda: tempfile.NamedTemporaryFile(dir=FOLDER),
    "database": lambda: sqlite3.connect(FOLDER + "/db"),
    "library": lambda: ctypes.CDLL(None),
    "connect": lambda: socket.create_connection(("127.0.0.1", port), 1),
    "connect by name": lambda: socket.socket().connect(("localhost", port)),
    "connect in a thread": lambda: in_a_thread(lambda: socket.socket().connect(("127.0.0.1", port))),
    "connect public, unchecked": lambda: socket.socket().connect(("93.184.215.14", 443)),
    "connect to a file": lambda: socket.socket(socket.AF_UNIX).connect("/var/run/docker.sock"),
    "mail": lambda: smtplib.SMTP("127.0.0.1", port, timeout=1),
    "datagram": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", port)),
    "listen": lambda: socket.socket().bind(("127.0.0.1", 0)),
    "old look-up": lambda: socket.gethostbyname("localhost"),
}
def in_a_thread(act):
    went = []
    def run():
        act()
        went.append(True)
    hook, threading.excepthook = threading.excepthook, lambda *_: None
    thread = threading.Thread(target=run)
    thread.start(); thread.join()
    threading.excepthook = hook
    if not went:
        raise RuntimeError
went = []
for name, way in ways.items():
    try:
        way()
    except Exception:
        continue
    went.append(name)
print(json.dumps(went))
"""


class TestSending:
    @pytest.mark.parametrize(
        ("reply", "error", "words"),
        [
            (Reply(status=400), ChannelRefused, "did not understand"),
            (Reply(status=401), ChannelRefused, "key"),
            (Reply(status=404), ChannelRefused, "does not know this address"),
            (Reply(status=500), ChannelUnavailable, "try again"),
            (Reply(status=302, headers={"Location": "http://127.0.0.1:1/"}), ChannelRefused, "leads elsewhere"),
            (Reply(breaks=True), ChannelUnavailable, "broke"),
        ],
        ids=["400", "401", "404", "500", "redirect", "broken line"],
    )
    def test_a_failure_is_the_same_as_everywhere(self, reply: Reply, error: type[Exception], words: str) -> None:
        with StubServer(reply) as stub, pytest.raises(error, match=words):
            channels().send("apprise", gotify(stub), FAILED)
        assert len(stub.asked) == 1, "no second try of its own, no redirect followed"

    def test_too_much(self) -> None:
        with StubServer(Reply(status=429, headers={"Retry-After": "90"})) as stub, pytest.raises(ChannelUnavailable) as caught:
            channels().send("apprise", gotify(stub), FAILED)
        assert (caught.value.retry_after, caught.value.maybe_sent) == (90.0, False)

    def test_no_answer(self) -> None:
        """Its process is ended when its time is over."""
        with StubServer(Reply(drips=True)) as stub, pytest.raises(ChannelUnavailable, match="in time") as caught:
            channels(seconds=SHORT).send("apprise", gotify(stub), FAILED)
        assert caught.value.maybe_sent

    def test_a_large_answer_is_not_read_to_its_end(self) -> None:
        with StubServer(Reply(body=b"x" * 2_000_000)) as stub:
            assert channels().send("apprise", gotify(stub), FAILED).sentence == "The service took it."

    def test_nothing_of_our_environment_goes_along(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """Not the proxy, not the .netrc that requests would take a password from."""
        (tmp_path / ".netrc").write_text("machine 127.0.0.1 login marrow password hunter2\n", encoding="utf-8")
        (tmp_path / ".netrc").chmod(0o600)
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
        monkeypatch.setenv("APPRISE_URLS", "json://127.0.0.1:1/")
        with StubServer() as proxy, StubServer() as stub:
            monkeypatch.setenv("HTTP_PROXY", proxy.url)
            monkeypatch.setenv("http_proxy", proxy.url)
            channels().send("apprise", gotify(stub), XUR)
        assert proxy.asked == []
        assert "authorization" not in stub.asked[0].headers

    def test_what_breaks_in_the_box_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(channel.sys, "executable", "/bin/false")
        with pytest.raises(ChannelUnavailable, match="broke off"):
            channels().send("apprise", {"address": "gotify://127.0.0.1:8080/AbCdEfGhIjKlMnO"}, FAILED)

    def test_an_address_that_is_refused_at_sending(self) -> None:
        with StubServer() as stub, pytest.raises(AddressRefused, match="own network"):
            channels(allow=()).send("apprise", gotify(stub), FAILED)
        assert stub.asked == []

    def test_its_label_is_no_secret(self) -> None:
        assert Channels.label(channels(), "apprise", {"address": "tgram://123:secret/1"}) == "tgram://…"


def gotify(stub: StubServer) -> dict[str, str]:
    return {"address": f"gotify://127.0.0.1:{stub.port}/AbCdEfGhIjKlMnO"}
