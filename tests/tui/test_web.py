"""In a browser: served to this machine alone, under a secret link, and it can be worked in there."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser import Page, opened_page
from terminal import Terminal

from rung.errors import RungError
from rung.workspace import Workspace
from rung_tui.web.serving import Asked, bound, command_of

aiohttp = pytest.importorskip("aiohttp")
pytest.importorskip("textual_serve")

DOWN = ("ArrowDown", 40)


@pytest.fixture
def folder(workspace: Workspace) -> Path:
    return workspace.folder


@contextlib.asynccontextmanager
async def served(folder: Path, tmp_path: Path, *more: str) -> AsyncIterator[str]:
    """Run ``rung review --web`` and give the link it says."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "rung", "--lang", "en", "review", str(folder), "--web", *more),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path / "state"), "NO_COLOR": ""}
        | {"PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        said = (await asyncio.wait_for(process.stdout.readline(), 30)).decode()
        assert said.startswith("Open in a browser: http://127.0.0.1:")
        warned = (await asyncio.wait_for(process.stdout.readline(), 30)).decode()
        assert warned == "Whoever has this link acts under your name. Ctrl+C ends it.\n"
        yield said.split()[-1]
    finally:
        process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.wait(), 20)


async def until_drawn(page: Page, letters: str) -> None:
    for _time in range(200):
        drawn = await page.evaluate("[...window.drawn].join('')")
        if all(letter in drawn for letter in letters):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{letters!r} was not drawn, only {drawn!r}")


@pytest.mark.asyncio
async def test_the_queue_is_seen_in_a_browser_and_keys_and_input_methods_work(
    folder: Path, tmp_path: Path
) -> None:
    async with served(folder, tmp_path) as link, opened_page(tmp_path) as page:
        await page.call("Page.navigate", url=link)
        await page.until("K0000001")
        await until_drawn(page, "K公司")
        await page.evaluate("document.querySelector('.xterm-helper-textarea').focus()")
        await page.press(*DOWN)
        await page.until("2/240")
        await page.type("／")
        await page.until("every word must be found")
        await asyncio.sleep(0.3)
        await page.type("合肥和创")
        await page.until("1/1 of 240")
        assert {
            urlsplit(each).netloc for each in page.requested if not each.startswith(("data:", "blob:"))
        } == {urlsplit(link).netloc}
        assert page.complaints == []
        picture = await page.call("Page.captureScreenshot")
        assert len(base64.b64decode(picture["data"])) > 20_000  # a blank page takes a tenth of it


@pytest.mark.asyncio
async def test_what_was_typed_when_the_window_was_closed_is_there_again(folder: Path, tmp_path: Path) -> None:
    async with served(folder, tmp_path) as link, aiohttp.ClientSession() as session:
        for words in ("model grade B", "Typed before the program"):
            async with session.ws_connect(f"{link.replace('http', 'ws')}ws?width=80&height=24") as socket:
                await heard(socket, "K0000001")
                if words.startswith("model"):
                    await asyncio.sleep(1.5)
                    await socket.send_json(["stdin", "\x1b[B\x1b[B\x1bOS"])
                    await heard(socket, words)
                    await socket.send_json(["stdin", "c"])
                    await heard(socket, "notch")
                else:
                    await heard(socket, words)


async def heard(socket: aiohttp.ClientWebSocketResponse, wanted: str) -> None:
    from terminal import _ESCAPE

    seen = b""
    async with asyncio.timeout(40):
        async for message in socket:
            seen += message.data if isinstance(message.data, bytes) else b""
            if wanted in " ".join(_ESCAPE.sub(b"", seen).decode(errors="replace").split()):
                return
    raise AssertionError(f"{wanted!r} did not come")


@pytest.mark.asyncio
async def test_without_the_secret_there_is_nothing_and_other_sites_pages_are_refused(
    folder: Path, tmp_path: Path
) -> None:
    async with served(folder, tmp_path) as link, aiohttp.ClientSession() as session:
        root = link.rpartition("/")[0].rpartition("/")[0]
        for path in ("/", "/ws", "/static/js/textual.js", "/guess/", "/download/x"):
            async with session.get(root + path) as answer:
                assert answer.status == 404, path
        async with session.get(link) as answer:
            assert answer.status == 200
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert "//fonts" not in await answer.text()
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(
                link.replace("http", "ws") + "ws", headers={"Origin": "http://evil.test"}
            )
        assert refused.value.status == 403


def asked(host: str | None, *, agreed: bool = False, port: int = 0) -> Asked:
    return Asked(Path(), None, "en", port, host, agreed)


@pytest.mark.parametrize("host", [None, "127.0.0.1", "127.5.5.5", "::1", "localhost"])
def test_this_machines_own_addresses_are_taken_as_they_are(host: str | None) -> None:
    assert asked(host).address == (host or "127.0.0.1")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "example.test", "127.0.0.1.example.test", ""])
def test_other_addresses_are_refused_with_the_reason_unless_that_is_agreed(host: str) -> None:
    if not host:
        assert asked(host).address == "127.0.0.1"
        return
    with pytest.raises(RungError) as refused:
        asked(host).address  # noqa: B018
    assert f"At {host} others may reach the program, and would act under your name." in str(refused.value)
    assert "--others-act-as-me" in str(refused.value)
    assert asked(host, agreed=True).address == host


def test_a_port_that_is_taken_is_said_in_words() -> None:
    with bound(asked(None)) as taken:
        taken.listen()
        with pytest.raises(RungError, match=r"127\.0\.0\.1, port \d+, cannot be had"):
            bound(asked(None, port=taken.getsockname()[1]))


def test_the_program_behind_a_page_is_started_without_a_shell_in_between() -> None:
    line = command_of(Asked(Path("/tmp/a b'; rm"), "R1", "zh"))
    assert line.startswith("exec ")
    assert line.endswith("""--lang zh review --workspace '/tmp/a b'"'"'; rm' --run R1""")


def test_options_of_the_browser_without_it_are_refused(folder: Path) -> None:
    with Terminal.rung("--lang", "en", "review", str(folder), "--port", "8000") as terminal:
        assert terminal.end() == 2
        assert terminal.last_words == "rung: --port, --web-host and --others-act-as-me go with --web."


def test_an_address_others_reach_is_refused_before_anything_is_served(folder: Path) -> None:
    given = ("--lang", "en", "review", str(folder), "--web", "--web-host", "0.0.0.0")
    with Terminal.rung(*given) as terminal:
        assert terminal.end() == 2
        assert (
            "At 0.0.0.0 others may reach the program, and would act under your name." in terminal.last_words
        )
