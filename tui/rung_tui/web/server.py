"""textual-serve as Rung has it: behind a secret path, its page our own, nothing fetched from elsewhere."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server as TextualServer
from textual_serve.server import to_int

from rung_tui.web.page import page, page_headers

__all__ = ["Server"]

_SIZE = 16
# Pixels of a letter, where the link does not say ?fontsize=.


class Server(TextualServer):
    """Starts a program for each page that opens a socket."""

    def __init__(self, command: str, title: str) -> None:
        super().__init__(command, title=f"Rung: {title}")

    def application(self, token: str) -> web.Application:
        """Return the web application; without the token there is nothing to be found."""
        inner = web.Application()
        inner.add_routes(
            [
                web.get("/", self.show_page),
                web.get("/ws", self.open_socket),
                web.get("/download/{key}", self.handle_download),
                web.static("/static", self.statics_path),
            ]
        )
        outer = web.Application()
        outer.add_subapp(f"/{token}/", inner)
        # The page's script asks for files at the root; their keys are secrets of their own.
        outer.add_routes([web.get("/download/{key}", self.handle_download)])
        return outer

    async def show_page(self, request: web.Request) -> web.Response:
        """Answer with the page."""
        secure = request.scheme == "https"
        here = f"{'wss' if secure else 'ws'}://{request.host}{request.path}ws"
        size = to_int(request.query.get("fontsize", ""), _SIZE)
        return web.Response(
            text=page(here, self.title, size),
            content_type="text/html",
            charset="utf-8",
            headers=page_headers(request.host),
        )

    async def open_socket(self, request: web.Request) -> web.WebSocketResponse:
        """Start a program for a page; another site's page may not, even if it knows the link."""
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != request.host:
            raise web.HTTPForbidden(text="another site's page")
        return await self.handle_websocket(request)
