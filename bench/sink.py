"""A mail server that takes everything at once and keeps count: `python -m bench.sink`, a process of its own.

It takes commands in a row (RFC 2920), as nearly all servers do; with the word `plain` it does not say so.

Says its port on the first line it prints. Beside SMTP it knows two words: XCOUNT answers with what came since the last
XRESET, as JSON: how many letters, how many Message-IDs among them, the time of the first MAIL and of the last letter,
the mean size, and how many of the letters it kept (the first thousand) are not whole.
"""

import asyncio
import json
import re
import sys
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

KEPT = 1000
# A gap that was not filled in (`cop.lib.mime.new_mark`). The letters "mark" alone also occur in personal links.
MARK = re.compile("mark[0-9a-f]{24}mark")
OFFERS = b"250 8BITMIME\r\n" if "plain" in sys.argv else b"250-8BITMIME\r\n250 PIPELINING\r\n"
ANSWERS = {b"EHLO": b"250-sink\r\n" + OFFERS, b"DATA": b"354 Go on\r\n", b"QUIT": b"221 Bye\r\n"}


class Tally:
    """What has come so far."""

    def __init__(self) -> None:
        self.began_at = self.ended_at = 0.0
        self.letters = self.bytes = 0
        self.ids: set[int] = set()
        self.kept: list[bytes] = []

    def take(self, letter: bytes) -> None:
        self.ended_at = time.monotonic()
        self.letters += 1
        self.bytes += len(letter)
        at = letter.find(b"Message-ID: ")
        self.ids.add(hash(letter[at : letter.find(b"\r\n", at)]))
        if len(self.kept) < KEPT:
            self.kept.append(letter)

    def report(self) -> dict[str, float]:
        return {
            "letters": self.letters,
            "ids": len(self.ids),
            "seconds": self.ended_at - self.began_at,
            "bytes": self.bytes / max(1, self.letters),
            "incomplete": sum(not is_whole(letter) for letter in self.kept),
        }


def is_whole(raw: bytes) -> bool:
    """Whether a letter has all its headers, and text and HTML with the same personal link."""
    # RFC 5321 §4.5.2: a line that begins with a full stop is sent with two.
    made = message_from_bytes(raw.replace(b"\r\n..", b"\r\n."), policy=policy.default)
    headers = all(
        made[name] for name in ("Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "List-Unsubscribe")
    )
    parts = {part.get_content_type(): cast("EmailMessage", part).get_content() for part in made.iter_parts()}
    text, html = parts.get("text/plain", ""), parts.get("text/html", "")
    links = [word for word in text.split() if word.startswith("http")]
    name = str(made["To"]).partition("@")[0]
    named = name in text and name in html and not MARK.search(text + html)
    return headers and named and len(links) == 2 and all(link in html for link in links)


class Post(asyncio.Protocol):
    """One connection."""

    tally = Tally()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.left, self.in_data = b"", False
        self.transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.left += data
        while True:
            end = b"\r\n.\r\n" if self.in_data else b"\r\n"
            said, found, rest = self.left.partition(end)
            if not found:
                return
            self.left = rest
            self.answer(said)

    def answer(self, said: bytes) -> None:
        if self.in_data:
            Post.tally.take(said)
            self.in_data = False
            self.transport.write(b"250 OK\r\n")
            return
        word = said[:4].upper()
        if said == b"XCOUNT":
            self.transport.write(json.dumps(Post.tally.report()).encode() + b"\r\n")
        elif said == b"XRESET":
            Post.tally = Tally()
            self.transport.write(b"{}\r\n")
        else:
            if word == b"MAIL" and not Post.tally.began_at:
                Post.tally.began_at = time.monotonic()
            self.in_data = word == b"DATA"
            self.transport.write(ANSWERS.get(word, b"250 OK\r\n"))


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Post, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
