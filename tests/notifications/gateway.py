"""A gateway of the tests' own: an HTTP server on this machine that speaks the protocol of ours, and keeps what it was told."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Gateway:
    """What the server does next, and what it was told. As real ones do, it sends one message for each key."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    delay: float = 0
    body: bytes | None = None
    requests: list[dict[str, Any]] = field(default_factory=list)
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)

    def take(self, headers: dict[str, str], content: dict[str, Any]) -> tuple[int, bytes]:
        self.requests.append({"headers": headers, "content": content})
        status = self.answers.pop(0) if self.answers else 202
        if status < 300:
            self.sent.setdefault(headers["Idempotency-Key"], content)
        time.sleep(self.delay)
        number = f"sms-{list(self.sent).index(headers['Idempotency-Key']) + 1}" if status < 300 else ""
        return status, self.body if self.body is not None else json.dumps({"id": number}).encode()


@contextmanager
def running() -> Iterator[Gateway]:
    """Run a gateway on a free port until the block ends."""
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, body = gateway.take(dict(self.headers), content)
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the caller has given up waiting, as it should

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name is the base class's)
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    gateway.url = f"http://127.0.0.1:{server.server_port}/v1/messages"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
