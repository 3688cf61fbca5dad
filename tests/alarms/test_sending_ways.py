"""Commands and webhooks in earnest: ones that work, fail, hang with their children, trickle and redirect."""

from __future__ import annotations

import io
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from rung.plugins.aside import printed_aside
from rung.service.alarms.command import CommandWay
from rung.service.alarms.ways import PluginWay
from rung.service.alarms.webhook import WebhookWay

ALARM = {"id": "W7", "title": {"zh": "差评", "en": "A bad answer"}, "customer_id": "C1"}


class Receiver(BaseHTTPRequestHandler):
    """Answers by the path it is asked for, and keeps what came."""

    came: ClassVar[list[tuple[str, dict[str, str], Any]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Receiver.came.append((self.path, dict(self.headers), json.loads(body)))
        path = self.path.partition("?")[0]
        if path == "/hang":
            time.sleep(3)
            return
        if path == "/trickle":
            self.wfile.write(b"HTTP/1.0 200 OK\r\n")
            for _n in range(30):
                try:
                    self.wfile.write(b"X-A: b\r\n")
                    self.wfile.flush()
                except OSError:
                    return
                time.sleep(0.1)
            return
        codes = {"/ok": 204, "/broken": 500, "/moved": 302}
        self.send_response(codes[path])
        self.send_header("Location", "/ok")
        self.end_headers()

    def do_GET(self) -> None:
        raise AssertionError("nothing is asked for")

    def log_message(self, *_told: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """A real server on this machine."""
    Receiver.came.clear()
    found = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    found.daemon_threads = True
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{found.server_port}"
    found.shutdown()
    found.server_close()
    thread.join()


def test_a_webhook_is_posted_the_alarm_as_json(server: str) -> None:
    found = WebhookWay(f"{server}/ok?token=secret").send(ALARM, 5)
    assert (found.is_delivered, found.said) == (True, "HTTP 204")
    ((path, headers, body),) = Receiver.came
    assert (path, body) == ("/ok?token=secret", ALARM)
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert headers["Idempotency-Key"] == "W7"


def test_a_password_in_the_address_goes_into_a_header(server: str) -> None:
    assert WebhookWay(server.replace("//", "//li:s%20t@") + "/ok").send(ALARM, 5).is_delivered
    assert Receiver.came[0][1]["Authorization"] == "Basic bGk6cyB0"


@pytest.mark.parametrize(("path", "said"), [("/broken", "HTTP 500"), ("/moved", "HTTP 302")])
def test_any_other_answer_is_none_and_no_redirect_is_followed(server: str, path: str, said: str) -> None:
    found = WebhookWay(f"{server}{path}?token=secret").send(ALARM, 5)
    assert (found.is_delivered, found.said) == (False, said)
    assert len(Receiver.came) == 1


@pytest.mark.parametrize("path", ["/hang", "/trickle"])
def test_an_answer_that_does_not_come_in_time_is_not_waited_for(server: str, path: str) -> None:
    began = time.monotonic()
    found = WebhookWay(f"{server}{path}?token=secret").send(ALARM, 0.5)
    assert time.monotonic() - began < 2
    assert not found.is_delivered
    assert "secret" not in found.said


def test_nobody_there_is_said_without_the_address() -> None:
    found = WebhookWay("http://127.0.0.1:9/hook?token=secret").send(ALARM, 5)
    assert (found.is_delivered, found.said) == (False, "Connection refused")
    assert "secret" not in repr(WebhookWay("http://127.0.0.1:9/hook?token=secret"))


def script(folder: Path, text: str) -> str:
    file = folder / "tell.py"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_a_command_is_given_the_alarm_in_a_file_that_is_gone_after(tmp_path: Path) -> None:
    told = script(
        tmp_path,
        "import sys, pathlib; p = pathlib.Path(sys.argv[1]); print(p);"
        "pathlib.Path('got.json').write_bytes(p.read_bytes()); assert sys.stdin.read() == ''",
    )
    found = CommandWay((sys.executable, told, "{file}"), tmp_path).send(ALARM, 20)
    assert found.is_delivered
    assert json.loads((tmp_path / "got.json").read_text(encoding="utf-8")) == ALARM
    assert not Path(found.said).exists()


def test_without_a_place_for_the_file_it_comes_by_standard_input(tmp_path: Path) -> None:
    told = script(tmp_path, "import sys, json; print(json.load(sys.stdin)['id'])")
    assert CommandWay((sys.executable, told), tmp_path).send(ALARM, 20).said == "W7"


def test_a_command_that_fails_is_quoted_with_its_last_line(tmp_path: Path) -> None:
    told = script(tmp_path, "import sys; print('one'); sys.exit('no mail server\\x1b[31m')")
    found = CommandWay((sys.executable, told), tmp_path).send(ALARM, 20)
    assert (found.is_delivered, found.said) == (False, "ended with code 1: no mail server[31m")


def test_a_command_there_is_not_is_said_so(tmp_path: Path) -> None:
    found = CommandWay((str(tmp_path / "nothing"), "{file}"), tmp_path).send(ALARM, 20)
    assert found.said == "the command cannot be started: No such file or directory"


def test_a_command_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    child = "import time; time.sleep(2.5); open('late', 'w').close()"
    told = script(
        tmp_path,
        f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {child!r}]);"
        "open('begun', 'w').close(); time.sleep(60)",
    )
    began = time.monotonic()
    found = CommandWay((sys.executable, told), tmp_path).send(ALARM, 1.5)
    assert (found.is_delivered, found.said) == (False, "no answer within 1.5 s")
    assert time.monotonic() - began < 5
    assert (tmp_path / "begun").exists()
    time.sleep(3)
    assert not (tmp_path / "late").exists()


def test_a_command_that_leaves_a_child_with_its_output_does_not_hold_the_caller(tmp_path: Path) -> None:
    told = script(
        tmp_path,
        "import subprocess, sys; print('ok');"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(4)'])",
    )
    began = time.monotonic()
    assert CommandWay((sys.executable, told), tmp_path).send(ALARM, 20).said == "ok"
    assert time.monotonic() - began < 3


def test_a_plugin_may_raise_exit_or_hang_and_is_said_to_have_failed() -> None:
    def raises(_alarm: object) -> str:
        raise LookupError("nobody\nthere")

    def leaves(_alarm: object) -> str:
        raise SystemExit(3)

    def hangs(_alarm: object) -> str:
        time.sleep(1)
        return "late"

    assert PluginWay("crm", lambda: raises).send(ALARM, 1).said == "LookupError: nobody there"
    assert not PluginWay("crm", lambda: leaves).send(ALARM, 1).is_delivered
    assert PluginWay("crm", lambda: hangs).send(ALARM, 0.2).said == "no answer within 0.2 s"
    assert PluginWay("crm", lambda: lambda alarm: f"case {alarm['id']}").send(ALARM, 1).said == "case W7"


def test_what_a_plugin_prints_is_not_among_the_answers_even_where_it_hangs_while_it_loads(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ended = threading.Event()

    def prints(_alarm: object) -> str:
        print("telling")
        return "told"

    def hangs() -> Callable[[object], str]:
        with printed_aside():  # as the host has it while it imports a plugin
            ended.wait(10)
        raise LookupError

    assert PluginWay("crm", lambda: prints).send(ALARM, 5).said == "told"
    assert PluginWay("crm", hangs).send(ALARM, 0.1).said == "no answer within 0.1 s"
    print("the answer")
    printed = capsys.readouterr()
    ended.set()
    assert (printed.out, printed.err) == ("the answer\n", "telling\n")


def test_what_a_plugin_prints_that_was_left_behind_is_never_among_the_answers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    go_on, is_printed, end = threading.Event(), threading.Event(), threading.Event()

    def hangs(_alarm: object) -> str:
        go_on.wait(10)
        print("too late")
        with printed_aside():
            print("and more")
            is_printed.set()
            end.wait(10)
        return "late"

    with printed_aside():  # others may be at it meanwhile
        assert not PluginWay("crm", lambda: hangs).send(ALARM, 0.1).is_delivered
    go_on.set()
    assert is_printed.wait(10)
    print("the answer")
    with printed_aside():
        print("of somebody else")
    print("its end")
    printed = capsys.readouterr()
    end.set()
    assert printed.out == "the answer\nits end\n"
    assert printed.err == "too late\nand more\nof somebody else\n"


def test_standard_output_is_itself_again_once_nobody_left_behind_lives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, end = io.TextIOWrapper(io.BytesIO(), "latin-1"), threading.Event()
    monkeypatch.setattr(sys, "stdout", before)
    assert not PluginWay("crm", lambda: lambda _alarm: str(end.wait(10))).send(ALARM, 0.1).is_delivered
    assert sys.stdout is not before
    assert sys.stdout.encoding == "latin-1"
    end.set()
    for thread in threading.enumerate():
        if thread.name == "rung-alarm":
            thread.join(10)
    with printed_aside():
        pass
    assert sys.stdout is before
