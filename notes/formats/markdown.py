"""A copy as Markdown that every reader of Markdown shows alike. Whatever was typed stays words: nothing in a line can
become a heading, a tag or a link that was none."""

import re

from notes.formats.paper import Block, Paper, Part, Point, Run

_MARKS = re.compile(r"[\\`*_\[\]]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINE_START = re.compile(r"^(\d+)([.)])(?=\s|$)|^([#+>-])", re.MULTILINE)
_AS_ATTRIBUTION = re.compile(r"^—(?= )")  # typed words are never read for who agreed to be named
_UNSAFE_IN_ADDRESS = re.compile(r"[\s<>()\\`*\[\]\"]")


def write_markdown(paper: Paper) -> bytes:
    """`paper` as UTF-8."""
    head = [f"# {_flat(paper.title)}", " · ".join(_flat(fact) for fact in (paper.over, *paper.facts))]
    rule = "\n".join(f"> {_flat(line)}" for line in paper.rule.splitlines() if line.strip())
    whole = [*head, rule, *(_part(part, paper.nothing) for part in paper.parts), "---", _flat(paper.foot)]
    return ("\n\n".join(whole) + "\n").encode()


def _part(part: Part, nothing: str) -> str:
    points = [_indented(_point(point), "- ") for point in part.points] or [_flat(nothing)]
    return "\n\n".join([f"## {_flat(part.title)}", *points])


def _point(point: Point) -> str:
    blocks = [_AS_ATTRIBUTION.sub("&mdash;", _block(block)) for block in point.blocks]
    return "\n\n".join([*blocks, *([f"— {_flat(point.attribution)}"] if point.attribution else [])])


def _block(block: Block) -> str:
    if block.kind == "quote":
        return _indented(_blocks(block), "> ", "> ")
    if block.kind in {"bullets", "numbers"}:
        marks = [
            f"{block.start + place}. " if block.kind == "numbers" else "- " for place in range(len(block.children))
        ]
        return "\n\n".join(_indented(_blocks(item), mark) for item, mark in zip(block.children, marks, strict=True))
    if block.kind == "code":
        fence = "`" * max(3, _longest_fence(block.text) + 1)
        return f"{fence}\n{block.text}\n{fence}"
    return markdown_of(block.runs)


def markdown_of(runs: tuple[Run, ...]) -> str:
    """The runs of one paragraph as Markdown: whatever stood there as words stays words."""
    words = _at_line_start("".join(_run(runs, place) for place in range(len(runs))))
    return words.replace("\n", "  \n")


def _blocks(holder: Block) -> str:
    return "\n\n".join(_block(child) for child in holder.children)


def _indented(text: str, mark: str, rest: str = "") -> str:
    """`text` with `mark` before its first line and as much room, or `rest`, before the others."""
    first, *others = text.split("\n")
    room = rest or " " * len(mark)
    return "\n".join([mark + first, *((room + line).rstrip() if not line else room + line for line in others)])


def _run(runs: tuple[Run, ...], place: int) -> str:
    run = runs[place]
    if run.link and run.link == run.text and not _UNSAFE_IN_ADDRESS.search(run.text):
        return f"<{run.link}>"
    words = _code(run.text) if run.code else _marked(runs, place)
    if not run.link:
        return words
    address = _UNSAFE_IN_ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), run.link)
    return f"[{words}]({address})"


def _marked(runs: tuple[Run, ...], place: int) -> str:
    """The run's words in bold or italics where the marks cannot be mistaken, else without: words come before looks."""
    run = runs[place]
    marks = _marks_of(run)
    before = runs[place - 1] if place else Run(" ")
    after = runs[place + 1] if place + 1 < len(runs) else Run(" ")
    opens = before.text[-1].isspace() or (run.text[0].isalnum() and not _marks_of(before))
    closes = after.text[0].isspace() or (run.text[-1].isalnum() and not _marks_of(after))
    is_clear = opens and closes and run.text == run.text.strip() and "\n" not in run.text
    return f"{marks}{_escaped(run.text)}{marks}" if is_clear else _escaped(run.text)


def _marks_of(run: Run) -> str:
    return "*" * (run.italic + 2 * run.bold)


def _code(text: str) -> str:
    fence = "`" * (_longest_fence(text) + 1)
    room = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{room}{text}{room}{fence}"


def _longest_fence(text: str) -> int:
    return max((len(found) for found in re.findall(r"`+", text)), default=0)


def _escaped(text: str) -> str:
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;").replace("~~", "&#126;&#126;")
    return _MARKS.sub(r"\\\g<0>", text)


def _at_line_start(words: str) -> str:
    return _LINE_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", words)


def _flat(text: str) -> str:
    """Words that stand on one line, such as a heading's."""
    return _at_line_start(_escaped(" ".join(text.split())))
