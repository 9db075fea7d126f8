"""Markdown, or plain text with dashes: each paragraph and each item of a list is a passage, as it was typed.

Left behind are what Markdown's writers hide or mark as gone: front matter, comments, CriticMarkup, struck-out words,
pictures.
"""

import re

from notes.formats.brought.own_copy import without_what_is_printed_around
from notes.formats.brought.passages import MOST_PIECES, Passage, Passages, Unreadable, Why, Words, web_address
from notes.formats.brought.without import without
from notes.formats.paper import Run, plain

_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_ITEM = re.compile(r"[ \t]*(?:[-*+•–]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(.*)$")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_TABLE_RULE = frozenset(" \t:|-")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+")
_DEFINITION = re.compile(r" {0,3}\[([^\]\n]{1,200})\]:[ \t]*<?([^\s<>]{1,2000})>?")
_LONG_DEFINITION = re.compile(r" {0,3}\[[^\]\n]{1,200}\]:[ \t]*<?data:", re.IGNORECASE)
_REFERENCE = re.compile(r"(!?)\[([^\[\]\n]{1,500})\]\[([^\[\]\n]{0,200})\]")
_PICTURE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\s]*(?:[ \t]+\"[^\"\n]{0,500}\")?\)")
_MAIL = re.compile(r"\[([^\[\]\n]{1,500})\]\(mailto:[^()\s]*\)", re.IGNORECASE)
_MARKS = re.compile(r"[*_`\\]")


def read_marked(text: str) -> list[Passage]:
    """The passages of a text in Markdown; raises `Unreadable` where they are too many."""
    lines = _without_what_is_gone(without_what_is_printed_around(plain(text))).split("\n")
    if len(lines) > MOST_PIECES:
        raise Unreadable(Why.TOO_LONG)
    reader = _Reader(_definitions(lines))
    for line in lines:
        reader.read(line)
    return reader.finished()


def _without_what_is_gone(text: str) -> str:
    if text.startswith("---\n") and (end := text.find("\n---", 3)) >= 0:
        text = text[end + 4 :]
    for start, end_mark in (("<!--", "-->"), ("{>>", "<<}"), ("{--", "--}"), ("<del>", "</del>")):
        text = without(text, start, end_mark)
    text = without(text, "{~~", "~>").replace("~~}", "")
    for mark in ("{++", "++}", "{==", "==}"):
        text = text.replace(mark, "")
    return "\n".join(without(line, "~~", "~~") for line in text.split("\n"))


def _definitions(lines: list[str]) -> dict[str, str]:
    found = (_DEFINITION.match(line) for line in lines)
    return {one[1].casefold(): web_address(one[2]) for one in found if one}


class _Reader:
    def __init__(self, targets: dict[str, str]) -> None:
        self._passages = Passages()
        self._targets = targets
        self._lines: list[str] = []
        self._fence = ""

    def read(self, line: str) -> None:
        fence = _FENCE.match(line)
        if self._fence or fence:
            self._code(line, fence[1] if fence else "")
        elif (underline := _UNDERLINE.match(line)) and len(self._lines) == 1:
            self._end(heading=1 if underline[1][0] == "=" else 2)
        elif not line.strip() or _RULE.match(line) or _LONG_DEFINITION.match(line) or _DEFINITION.match(line):
            self._end()
        elif heading := _HEADING.match(line):
            self._end()
            self._lines = [line[heading.end() :].rstrip(" \t#")]
            self._end(heading=len(heading[1]))
        else:
            self._words(line)

    def finished(self) -> list[Passage]:
        self._end()
        return self._passages.found

    def _words(self, line: str) -> None:
        line = _QUOTE.sub("", line)
        if line.lstrip().startswith("|"):
            self._row(line)
        elif item := _ITEM.match(line):
            self._end()
            self._lines = [item[1]]
        elif line.strip():
            self._lines.append(line.strip() + ("  " if line.endswith("  ") else ""))

    def _row(self, line: str) -> None:
        self._end()
        if not set(line) <= _TABLE_RULE:
            self._lines = [" | ".join(cell.strip() for cell in line.strip().strip("|").split("|") if cell.strip())]
            self._end()

    def _code(self, line: str, fence: str) -> None:
        """A fenced piece of code is one passage, with its fences."""
        if not self._fence:
            self._end()
            self._fence, self._lines = fence, [line.strip()]
            return
        self._lines.append(line)
        if fence.startswith(self._fence) and line.strip() == fence:
            self._fence = ""
            self._end(is_code=True)

    def _end(self, heading: int = 0, *, is_code: bool = False) -> None:
        text = "\n".join(self._lines).strip()
        self._lines, self._fence = [], ""
        if not is_code:
            text = self._linked(text)
        counted = Words()
        counted.write(_MARKS.sub("", text), Run(""))
        passage = counted.passage(heading)
        if passage is not None:
            self._passages.add(Passage(text=text, words=passage.words, heading=heading))

    def _linked(self, text: str) -> str:
        """`text` with links that stand on their own feet, and without pictures and mail addresses behind words."""
        text = _REFERENCE.sub(self._resolved, _PICTURE.sub("", text))
        return _MAIL.sub(r"\1", text).strip()

    def _resolved(self, found: re.Match[str]) -> str:
        if found[1]:
            return ""
        address = self._targets.get((found[3] or found[2]).casefold())
        if address is None:
            return found[0]
        return f"[{found[2]}]({address})" if address else found[2]
