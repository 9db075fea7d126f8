"""The keys of a front matter with their values and places, even where the YAML is broken.

Scalars stay text (`2024-02-30` is no error, `no` no truth value); null is None. PyYAML reads the whole where it can;
where it cannot (Liquid, a colon in a title, tabs), each key is read alone, and taken as it stands if it must be.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import yaml

from .fences import is_key_line, line_at, split_lines
from .vocabulary import Oddity, Value

MOST_BRACKETS = 200

_NULL = "tag:yaml.org,2002:null"
_YAML_TAG = "tag:yaml.org,2002:"
_LIQUID = re.compile(r"\{\{|\{%")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_BROKEN = (yaml.YAMLError, RecursionError, ValueError, OverflowError)


class _NotPlainError(ValueError):
    """YAML that says something which is not simply text, a list or a mapping of them."""


class _Composer(yaml.SafeLoader):
    """Stops at aliases, which could repeat one another a million times."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise _NotPlainError
        return super().compose_node(parent, index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One key as it stands; `start` and `end` are offsets of its whole lines in the YAML, `line` counts in the file."""

    key: str
    value: Value
    start: int
    end: int
    line: int
    indent: str = ""


def read_entries(source: str, first_line: int) -> tuple[tuple[Entry, ...], tuple[Oddity, ...]]:
    """Every key of the YAML in order, repeated ones too, with what was odd. Never raises."""
    try:
        return tuple(_read_whole(source, first_line)), ()
    except _BROKEN:
        return _read_each(source, first_line)


def _read_whole(source: str, first_line: int) -> Iterator[Entry]:
    node = _compose(source)
    if node is None:
        return
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise _NotPlainError
    starts = [_line_start(source, key.start_mark.index) for key, _ in node.value]
    if len(set(starts)) != len(starts):
        raise _NotPlainError
    for (key, value), start, limit in zip(node.value, starts, [*starts[1:], len(source)], strict=True):
        yield Entry(
            key=_text(key),
            value=_value(value, source),
            start=start,
            end=_end_of_value(source, start, limit),
            line=first_line + line_at(source, start) - 1,
            indent=_indent_at(source, start),
        )


def _compose(source: str) -> yaml.Node | None:
    if source.count("[") + source.count("{") > MOST_BRACKETS:
        raise _NotPlainError  # PyYAML's time grows with their square
    loader = _Composer(source)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _text(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode) or _UNSTORABLE.search(node.value) or not node.tag.startswith(_YAML_TAG):
        raise _NotPlainError
    return str(node.value)


def _value(node: yaml.Node, source: str) -> Value:
    if _LIQUID.match(source, node.start_mark.index):
        raise _NotPlainError
    if isinstance(node, yaml.SequenceNode):
        return tuple(_value(item, source) for item in node.value)
    if isinstance(node, yaml.MappingNode):
        return MappingProxyType({_text(key): _value(value, source) for key, value in node.value})
    return None if node.tag == _NULL else _text(node)


def _line_start(source: str, offset: int) -> int:
    return max(source.rfind("\n", 0, offset), source.rfind("\r", 0, offset)) + 1


def _indent_at(source: str, start: int) -> str:
    rest = source[start : start + 40]
    return rest[: len(rest) - len(rest.lstrip(" "))]


def _end_of_value(source: str, start: int, limit: int) -> int:
    """Where the lines of one key stop: empty lines and comments below it belong to nobody."""
    end = kept = start
    for line in split_lines(source[start:limit]):
        end += len(line)
        if line.strip() and (not line.startswith("#") or end - len(line) == start):
            kept = end
    return kept


def _read_each(source: str, first_line: int) -> tuple[tuple[Entry, ...], tuple[Oddity, ...]]:
    entries: list[Entry] = []
    oddities: list[Oddity] = []
    for start, end in _blocks(source):
        block = source[start:end]
        line = first_line + line_at(source, start) - 1
        if not is_key_line(block):
            oddities.append(
                Oddity(line=line, sentence="This line of the front matter is no YAML; it is kept as it is.")
            )
            continue
        try:
            (entry,) = _read_whole(block, line)
            entries.append(replace(entry, start=start, end=start + entry.end))
        except _BROKEN:
            key, value = _as_it_stands(block)
            entries.append(Entry(key=key, value=value, start=start, end=_end_of_value(source, start, end), line=line))
            oddities.append(Oddity(line=line, sentence=_broken_sentence(key, block)))
    return tuple(entries), tuple(oddities)


def _blocks(source: str) -> Iterator[tuple[int, int]]:
    """Offsets of each key with the lines that belong to it, and of each stray line alone."""
    start = offset = 0
    for line in split_lines(source):
        if offset > start and not _continues(line, source[start:offset]):
            yield start, offset
            start = offset
        offset += len(line)
    yield start, offset


def _continues(line: str, block: str) -> bool:
    stray = not is_key_line(block) and bool(block.strip())
    return not line.strip() or (not stray and line.startswith((" ", "\t", "#", "-", "]", "}")))


def _as_it_stands(block: str) -> tuple[str, Value]:
    """A key and its value without YAML's rules: the rest of the line, or the dashes below it."""
    head, _, rest = block.partition(":")
    lines = [line.strip() for line in rest.splitlines() if line.strip() and not line.startswith("#")]
    if lines and all(line.startswith("-") for line in lines):
        value: Value = tuple(_unquoted(line.lstrip("- \t")) for line in lines)
    else:
        value = _unquoted(" ".join(lines)) or None
    return _unquoted(head.strip()), value


def _unquoted(text: str) -> str:
    text = _UNSTORABLE.sub("", text.strip())
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text[1:] if text.startswith('"') and text.count('"') == 1 else text


def _broken_sentence(key: str, block: str) -> str:
    if _LIQUID.search(block):
        return f"“{key}” holds Liquid, which is kept in the source and not carried out."
    return f"“{key}” is not valid YAML; its value is taken as it stands."


def merge(entries: tuple[Entry, ...]) -> tuple[Mapping[str, Value], tuple[Oddity, ...]]:
    """One value a key: lists are joined without repeats, null yields, of two different texts the last is kept."""
    merged: dict[str, Value] = {}
    first: dict[str, int] = {}
    oddities: list[Oddity] = []
    for entry in entries:
        if entry.key in merged:
            told = _told(merged[entry.key], entry.value)
            sentence = f"“{entry.key}” stands here again (first on line {first[entry.key]}); {told}."
            oddities.append(Oddity(line=entry.line, sentence=sentence))
            merged[entry.key] = _merged(merged[entry.key], entry.value)
        else:
            merged[entry.key], first[entry.key] = entry.value, entry.line
    return MappingProxyType(merged), tuple(oddities)


def _merged(before: Value, after: Value) -> Value:
    if before is None or after is None:
        return before if after is None else after
    if isinstance(before, tuple) or isinstance(after, tuple):
        both = [*_as_tuple(before), *_as_tuple(after)]
        return tuple({repr(value): value for value in both}.values())
    return after


def _as_tuple(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)


def _told(before: Value, after: Value) -> str:
    if before == after or before is None or after is None:
        return "nothing is lost by it"
    if isinstance(before, tuple) or isinstance(after, tuple):
        return "both lists are joined"
    return "the two differ, and the last is kept"
