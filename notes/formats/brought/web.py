"""A page of HTML, as Google Docs and Word export it. Our own small reader, in one pass, because the ones there are take
minutes for a page that was made to take minutes."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, urlsplit

from notes.formats.brought.passages import MOST_PIECES, Passage, Passages, Unreadable, Why, Words, web_address
from notes.formats.brought.without import without
from notes.formats.paper import Run

BLOCKS = frozenset(
    {"p", "div", "li", "ul", "ol", "blockquote", "dd", "dt", "pre", "body", "section", "article", "hr", "center"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "td", "th", "caption"}
)
# What stands in these is no text of the document, or was deleted.
MUTED = frozenset(
    {"head", "title", "style", "script", "noscript", "template", "iframe", "object", "svg", "math", "del"}
)
STRUCK = frozenset({"s", "strike"})
MANNERS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "code": "code"}
VOID = frozenset({"img", "input", "meta", "link", "wbr", "col"})
LONGEST_TAG = 4_000
DEEPEST = 100
_NAME = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/]|$)")
_NO_TAG = re.compile(r"[^a-zA-Z/!?]|$")
_ATTRIBUTE = re.compile(r"(?<![a-zA-Z-])([a-zA-Z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_CLASS = re.compile(r"\.([\w-]+)\s*$")
_HEADING = re.compile(r"h([1-6])")
# Comments and footnotes: the mark in the text, and what it leads to.
_MARK = re.compile(r"#_?(cmnt|ftnt|ftn|edn|msocom)", re.IGNORECASE)
_MARKED = re.compile(r"_?(cmnt|ftnt|ftn|edn|msocom_)\d+", re.IGNORECASE)
_LOOKS = (("line-through", "struck"), ("display:none", "struck"), ("font-style:italic", "italic"))
_BOLD = re.compile(r"font-weight:(bold|[6-9]00)")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag, or with no `name` the text before the next one."""

    name: str
    is_end: bool = False
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""


def read_web(text: str) -> list[Passage]:
    """The passages of a page of HTML; raises `Unreadable` where they are too many."""
    text = without(without(text, "<!--", "-->"), "<![if !supportLists]>", "<![endif]>")
    if text.count("<") > MOST_PIECES:
        raise Unreadable(Why.TOO_LONG)
    reader = _Reader(looks_of(text))
    for tag in tags_of(text):
        reader.read(tag)
    return reader.finished()


def tags_of(text: str) -> Iterator[Tag]:
    """Tags and texts in order. What is not quite a tag is a text, if it does not look like one of a machine's."""
    first, *pieces = text.split("<")
    yield Tag("", text=first)
    for piece in pieces:
        inner, closed, after = piece.partition(">")
        name = _NAME.match(inner)
        if closed and name:
            found = _ATTRIBUTE.finditer(inner[:LONGEST_TAG], name.end())
            attributes = {one[1].lower(): html.unescape(one[2] or one[3] or one[4] or "") for one in found}
            yield Tag(name[2].lower(), bool(name[1]), attributes)
            yield Tag("", text=after)
        else:
            yield Tag("", text=f"<{piece}" if _NO_TAG.match(piece) else after)


def looks_of(text: str) -> dict[str, str]:
    """The style sheet's classes to what matters of them: "struck", "bold", "italic"."""
    looks: dict[str, str] = {}
    start = text.find("<style")
    while start >= 0 and (end := text.find("</style", start)) >= 0:
        for rule in text[start:end].split("}"):
            selector, _, body = rule.partition("{")
            name = _CLASS.search(selector[-LONGEST_TAG:])
            if name:
                looks[name[1]] = _look(body)
        start = text.find("<style", end)
    return looks


def _look(style: str) -> str:
    style = re.sub(r"\s+", "", style.lower())
    looks = [look for words, look in _LOOKS if words in style]
    return " ".join([*looks, "bold"] if _BOLD.search(style) else looks)


class _Reader:
    """The page as it is read. An element that is open is its name, with manner and muteness from before it."""

    def __init__(self, looks: dict[str, str]) -> None:
        self._passages = Passages()
        self._looks = looks
        self._words = Words()
        self._heading = 0
        self._manner, self._is_muted = Run(""), False
        self._open: list[tuple[str, Run, bool]] = []
        self._muted_by, self._muted_depth = "", 0
        self._tables = 0

    def read(self, tag: Tag) -> None:
        if self._muted_by:
            self._listen(tag)
        elif not tag.name:
            self._text(tag.text)
        elif tag.name in MUTED:
            self._mute("" if tag.is_end else tag.name)
        elif tag.name in BLOCKS:
            self._block(tag)
        else:
            self._within_a_block(tag)

    def finished(self) -> list[Passage]:
        self._end_block()
        self._passages.close_row()
        return self._passages.found

    def _text(self, text: str) -> None:
        if not self._is_muted:
            self._words.write(re.sub(r"[ \t\r\n\f]+", " ", html.unescape(text)), self._manner)

    def _within_a_block(self, tag: Tag) -> None:
        if tag.name == "br":
            self._words.write("\n", self._manner)
        elif tag.name == "a" and _MARKED.fullmatch(tag.attributes.get("id") or tag.attributes.get("name") or ""):
            self._words = Words()
            self._mute("div")
        elif tag.is_end:
            self._close(tag.name)
        elif tag.name not in VOID and len(self._open) < DEEPEST:
            self._inline(tag)

    def _mute(self, name: str) -> None:
        self._muted_by, self._muted_depth = name, 1

    def _listen(self, tag: Tag) -> None:
        """Within something muted only the same kind of element counts."""
        if self._muted_by == "head" and tag.name == "body":
            self._mute("")
        elif tag.name == self._muted_by:
            self._muted_depth += -1 if tag.is_end else 1
            self._muted_by = tag.name if self._muted_depth else ""

    def _end_block(self) -> None:
        self._passages.add(self._words.passage(self._heading))
        self._words, self._heading = Words(), 0
        self._manner, self._is_muted = Run(""), False
        self._open = []

    def _block(self, tag: Tag) -> None:
        self._end_block()
        if tag.name in {"table", "tr", "td", "th"}:
            self._table(tag)
        elif not tag.is_end:
            level = _HEADING.fullmatch(tag.name)
            names = tag.attributes.get("class", "").lower().split()
            self._heading = int(level[1]) if level else int("title" in names or "msotitle" in names)
            if "mso-element:comment" in tag.attributes.get("style", "").replace(" ", ""):
                self._mute(tag.name)

    def _table(self, tag: Tag) -> None:
        if tag.name == "table":
            self._tables = max(self._tables + (-1 if tag.is_end else 1), 0)
        if self._tables > 1:
            return
        if tag.name == "tr" and not tag.is_end:
            self._passages.open_row()
        elif tag.name in {"td", "th"} and not tag.is_end:
            self._passages.open_cell()
        elif tag.name in {"tr", "table"}:
            self._passages.close_row()

    def _inline(self, tag: Tag) -> None:
        self._open.append((tag.name, self._manner, self._is_muted))
        names = tag.attributes.get("class", "").split()
        looks = " ".join([_look(tag.attributes.get("style", "")), *(self._looks.get(name, "") for name in names)])
        manner = {MANNERS.get(tag.name, ""), *looks.split()}
        address = tag.attributes.get("href", "")
        is_mark = tag.name == "a" and _MARK.match(address) is not None
        self._is_muted = self._is_muted or tag.name in STRUCK or "struck" in manner or is_mark
        self._manner = replace(
            self._manner,
            bold=self._manner.bold or "bold" in manner,
            italic=self._manner.italic or "italic" in manner,
            code=self._manner.code or "code" in manner,
            link=web_address(_direct(address)) if tag.name == "a" else self._manner.link,
        )

    def _close(self, name: str) -> None:
        place = next((place for place in reversed(range(len(self._open))) if self._open[place][0] == name), None)
        if place is not None:
            _, self._manner, self._is_muted = self._open[place]
            del self._open[place:]


def _direct(address: str) -> str:
    """Where a link leads that Google counts on the way."""
    try:
        parts = urlsplit(address)
        query = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return ""
    if parts.hostname in {"www.google.com", "google.com"} and parts.path == "/url":
        return next(iter(query.get("q", [])), "")
    return address
