"""A note-taker at a browser of their own, as the server meets one: real sockets, a session, forms with their tokens."""

import re
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from django.db import connection

from members.models import User
from tests.conftest import signed_in


@dataclass
class Answer:
    """What came back, before any redirect is followed."""

    status: int
    text: str
    location: str = ""
    etag: str = ""


@dataclass
class AtTheDesk:
    """One person, one connection a request; `desk` is the desk's path."""

    site: str
    desk: str
    user: User
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def comes(self) -> "AtTheDesk":
        """Sign in and open the desk once."""
        self.cookies["sessionid"] = signed_in(self.user).cookies["sessionid"].value
        # People come in threads of their own, whose connection nobody else would close.
        connection.close()
        self.get(self.desk)
        return self

    def get(self, path: str, **headers: str) -> Answer:
        answer = self._ask("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.text)
        self.token = found[1] if found else self.token
        return answer

    def post(self, path: str, **fields: object) -> Answer:
        body = urlencode({"csrfmiddlewaretoken": self.token, **fields})
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None) -> Answer:
        line = HTTPConnection(urlsplit(self.site).netloc, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            line.request(method, path, body, {**(headers or {}), "Cookie": cookies})
            got = line.getresponse()
            for cookie in got.headers.get_all("Set-Cookie") or []:
                name, value = cookie.split(";")[0].split("=", 1)
                self.cookies[name] = value
            text = unescape(got.read().decode())
            return Answer(got.status, text, got.headers.get("Location", ""), got.headers.get("ETag", ""))
        finally:
            line.close()
