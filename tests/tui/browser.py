"""A browser without a screen, led over its debugging protocol: what it loads, draws and is typed."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import re
import shutil
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final, Self

import pytest

__all__ = ["Page", "opened_page"]

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--remote-debugging-port=0",
    "--window-size=1200,800",
)
_WATCH_LETTERS: Final = """
window.drawn = new Set();
for (const kind of [window.CanvasRenderingContext2D, window.OffscreenCanvasRenderingContext2D]) {
  const draw = kind.prototype.fillText;
  kind.prototype.fillText = function (text, ...more) {
    window.drawn.add(text);
    return draw.call(this, text, ...more);
  };
}
"""
_ESCAPE: Final = re.compile(rb"\x1b(?:\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")


class Page:
    """One page: what came over its socket is in ``received``."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._number = 0
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._session = ""
        self.received = bytearray()
        """What the program wrote to the page, escapes and all."""
        self.requested: list[str] = []
        """Every address the page fetched from."""
        self.complaints: list[str] = []
        """The errors on the browser's console."""

    @classmethod
    async def of(cls, socket: Any) -> Self:
        page = cls(socket)
        page._reading = asyncio.create_task(page._read())  # type: ignore[attr-defined]
        target = await page.call("Target.createTarget", url="about:blank")
        attached = await page.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        page._session = attached["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            await page.call(f"{domain}.enable")
        await page.call("Emulation.setFocusEmulationEnabled", enabled=True)
        await page.call("Page.addScriptToEvaluateOnNewDocument", source=_WATCH_LETTERS)
        return page

    async def _read(self) -> None:
        async for message in self._socket:
            told = message.json()
            if "id" in told:
                self._answers.pop(told["id"]).set_result(told)
                continue
            given = told.get("params", {})
            match told["method"]:
                case "Network.requestWillBeSent":
                    self.requested.append(given["request"]["url"])
                case "Network.webSocketCreated":
                    self.requested.append(given["url"])
                case "Network.webSocketFrameReceived":
                    frame = given["response"]
                    is_text = frame["opcode"] == 1
                    data = frame["payloadData"]
                    self.received += data.encode() if is_text else base64.b64decode(data)
                case "Log.entryAdded" if given["entry"]["level"] == "error":
                    self.complaints.append(given["entry"]["text"])
                case "Runtime.exceptionThrown":
                    self.complaints.append(str(given["exceptionDetails"]))

    async def call(self, method: str, **given: Any) -> dict[str, Any]:
        """Have the browser do something, and return what it answers."""
        self._number += 1
        number = self._number
        asked = {"id": number, "method": method, "params": given}
        if self._session:
            asked["sessionId"] = self._session
        self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json(asked)
        answer = await asyncio.wait_for(self._answers[number], 30)
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    async def evaluate(self, expression: str) -> Any:
        """Return what a piece of script gives."""
        told = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return told["result"].get("value")

    async def press(self, key: str, code: int) -> None:
        """Press a key that is not a letter."""
        for kind in ("rawKeyDown", "keyUp"):
            await self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code
            )

    async def click(self, x: int, y: int) -> None:
        """Click, which is also what gives the keys to the terminal."""
        for kind in ("mousePressed", "mouseReleased"):
            await self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    async def type(self, text: str) -> None:
        """Have an input method commit a text."""
        await self.call("Input.insertText", text=text)

    @property
    def text(self) -> str:
        """What came over the socket, without escapes."""
        return _ESCAPE.sub(b"", bytes(self.received)).decode(errors="replace")

    async def until(self, wanted: str, timeout: float = 40) -> None:
        """Wait until the program has written a text since the last wait."""
        end = time.monotonic() + timeout
        while wanted not in self.text:
            assert time.monotonic() < end, f"{wanted!r} did not come; {self.complaints}; {self.text[-800:]!r}"
            await asyncio.sleep(0.05)
        self.received.clear()


@contextlib.asynccontextmanager
async def opened_page(folder: Path) -> AsyncIterator[Page]:
    """Start a browser and give a blank page of it; skips the test where there is none."""
    program = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip(f"no browser to try it in: none of {', '.join(_NAMES)} is on the PATH")
    aiohttp = pytest.importorskip("aiohttp")
    profile = folder / "profile"
    process = await asyncio.create_subprocess_exec(
        program,
        *_QUIET,
        f"--user-data-dir={profile}",
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        told = profile / "DevToolsActivePort"
        end = time.monotonic() + 40
        while not (told.exists() and len(told.read_text(encoding="ascii").split()) > 1):
            assert time.monotonic() < end, "the browser did not start"
            await asyncio.sleep(0.1)
        port, path = told.read_text(encoding="ascii").split()
        async with aiohttp.ClientSession() as session:
            address = f"ws://127.0.0.1:{port}{path}"
            async with session.ws_connect(address, max_msg_size=0) as socket:
                yield await Page.of(socket)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
