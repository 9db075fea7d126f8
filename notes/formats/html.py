"""The HTML of one line, as the allow-list lets it through, as blocks and runs: what a reader sees and nothing more."""

import re
from dataclasses import replace
from html.parser import HTMLParser

from notes.formats.paper import Block, Run, plain

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
PARAGRAPHS = frozenset({"p", "dd", "dt", "tr", "hr", *HEADINGS})
HOLDERS = {"ul": "bullets", "ol": "numbers", "li": "item", "blockquote": "quote"}
MANNERS = {
    "b": "bold",
    "strong": "bold",
    "em": "italic",
    "i": "italic",
    "cite": "italic",
    "code": "code",
    "kbd": "code",
}
STRUCK = frozenset({"del", "s"})
QUOTES = ("“", "”")
SCHEMES = ("https://", "http://", "mailto:")
# Word and Typst refuse addresses that are longer.
LONGEST_ADDRESS = 2_000
_SPACE = re.compile(r"[ \t\n\f]+")


def blocks_of(html: str) -> tuple[Block, ...]:
    """The blocks of a cleaned, well-formed piece of HTML. Addresses that are not of the web or of mail are dropped."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.finished()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, int, list[Block]]] = [("", 1, [])]
        self._manners: list[Run] = [Run("")]
        self._runs: list[Run] = []
        self._kind = "paragraph"

    def finished(self) -> tuple[Block, ...]:
        self._end_paragraph()
        while len(self._open) > 1:
            self._close()
        return tuple(self._open[0][2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HOLDERS:
            self._end_paragraph()
            start = dict(attrs).get("start") or "1"
            self._open.append((HOLDERS[tag], int(start) if start.isdecimal() and len(start) < 6 else 1, []))
        elif tag in PARAGRAPHS or tag == "pre":
            self._end_paragraph("heading" if tag in HEADINGS else "code" if tag == "pre" else "paragraph")
        elif tag == "br":
            self._write("\n")
        elif tag in {"td", "th"} and self._runs:
            self._write(" | ")
        elif tag == "q":
            self._write(QUOTES[0])
        elif tag in MANNERS or tag in STRUCK or tag == "a":
            self._manners.append(self._manner(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in HOLDERS:
            self._end_paragraph()
            self._close()
        elif tag in PARAGRAPHS or tag == "pre":
            self._end_paragraph()
        elif tag == "q":
            self._write(QUOTES[1])
        elif (tag in MANNERS or tag in STRUCK or tag == "a") and len(self._manners) > 1:
            self._manners.pop()

    def handle_data(self, data: str) -> None:
        self._write(data if self._kind == "code" else _SPACE.sub(" ", data))

    def _manner(self, tag: str, attributes: dict[str, str | None]) -> Run:
        now = self._manners[-1]
        if tag == "a":
            return replace(now, link=_address(attributes.get("href") or ""))
        return replace(
            now,
            bold=now.bold or MANNERS.get(tag) == "bold",
            italic=now.italic or MANNERS.get(tag) == "italic",
            code=now.code or MANNERS.get(tag) == "code",
            struck=now.struck or tag in STRUCK,
        )

    def _write(self, text: str) -> None:
        text = plain(text)
        before = self._runs[-1].text if self._runs else "\n"
        if self._kind != "code" and before.endswith((" ", "\n")):
            text = text.lstrip(" ")
        if not text:
            return
        manner = self._manners[-1]
        if self._runs and replace(self._runs[-1], text="") == manner:
            self._runs[-1] = replace(manner, text=before + text)
        else:
            self._runs.append(replace(manner, text=text))

    def _end_paragraph(self, next_kind: str = "paragraph") -> None:
        if self._runs:
            self._runs[-1] = replace(self._runs[-1], text=self._runs[-1].text.rstrip(" \n"))
        runs = tuple(run for run in self._runs if run.text)
        if any(run.text.strip() for run in runs):
            self._open[-1][2].append(Block(self._kind, runs))
        self._runs, self._kind = [], next_kind

    def _close(self) -> None:
        if len(self._open) > 1:
            kind, start, children = self._open.pop()
            if children:
                self._open[-1][2].append(Block(kind, children=tuple(children), start=start))


def _address(href: str) -> str:
    address = plain(href).strip()
    return address if address.lower().startswith(SCHEMES) and len(address) <= LONGEST_ADDRESS else ""
