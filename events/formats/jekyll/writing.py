"""The way back: the source text again, with only those keys rewritten whose value was changed."""

import re
from collections.abc import Mapping
from datetime import date

import yaml

from .fences import Parts, split, split_lines
from .vocabulary import EventFile, Value
from .yaml_keys import Entry, read_entries

_PLAIN = re.compile(r"[A-Za-z0-9][^\n:#'\"\\]*")


def write(event_file: EventFile, changes: Mapping[str, Value] | None = None) -> str:
    """The file's text: byte for byte what was read, but for the keys in `changes` (None empties a key)."""
    return change_head(event_file.head, changes or {}) + event_file.body


def change_head(head: str, changes: Mapping[str, Value]) -> str:
    """A head with some keys set. A key that stands twice is set at its last place and taken out elsewhere."""
    if not changes:
        return head
    if not head.strip("\ufeff \t\r\n"):
        return head + new_head(changes)
    parts = _closed(split(head))
    newline = "\r\n" if "\r\n" in parts.head else "\n"
    entries, _ = read_entries(parts.yaml, 1)
    return f"{parts.opening}{_changed(parts.yaml, entries, changes, newline)}{parts.closing}"


def new_head(values: Mapping[str, Value]) -> str:
    """The front matter of a file that never was one, in the order given."""
    return "---\n" + "".join(_entry(key, value, "\n") for key, value in values.items()) + "---\n"


def _closed(parts: Parts) -> Parts:
    """The same with the fences that were missing, so that new keys cannot run into the text."""
    newline = "\r\n" if "\r\n" in parts.head else "\n"
    return Parts(
        opening=_ended(parts.opening or "---", newline),
        yaml=_ended(parts.yaml, newline) if parts.yaml else "",
        closing=parts.closing or f"---{newline}",
        body="",
    )


def _ended(lines: str, newline: str) -> str:
    return lines if lines.endswith(("\n", "\r")) else lines + newline


def _changed(source: str, entries: tuple[Entry, ...], changes: Mapping[str, Value], newline: str) -> str:
    last = {entry.key: entry for entry in entries}
    text, at = "", 0
    for entry in entries:
        text += source[at : entry.start]
        at = entry.end
        if entry.key not in changes:
            text += source[entry.start : entry.end]
        elif last[entry.key] is entry:
            text += _indented(_entry(entry.key, changes[entry.key], newline), entry.indent)
    new = (_entry(key, value, newline) for key, value in changes.items() if key not in last)
    return text + source[at:] + "".join(_indented(entry, entries[0].indent if entries else "") for entry in new)


def _indented(entry: str, indent: str) -> str:
    return "".join(indent + line for line in split_lines(entry))


def _entry(key: str, value: Value, newline: str) -> str:
    """One key as the site writes it: a line, or a dash a line for a list."""
    if value is None or value == ():
        return f"{_scalar(key)}:{newline}"
    if isinstance(value, str):
        return f"{_scalar(key)}: {_scalar(value)}{newline}"
    if isinstance(value, tuple) and all(isinstance(item, str) for item in value):
        return f"{_scalar(key)}:{newline}" + "".join(f"  - {_scalar(str(item))}{newline}" for item in value)
    return f"{_scalar(key)}: {_flow(value)}{newline}"


def _scalar(text: str) -> str:
    """A text so that YAML reads the same again: bare where that is certain, otherwise in double quotes."""
    if _PLAIN.fullmatch(text) and text == text.strip() and text.isprintable() and _reads_as_itself(text):
        return text
    return f'"{"".join(_escaped(character) for character in text)}"'


def _escaped(character: str) -> str:
    """One character within double quotes (YAML 1.1, 5.6)."""
    if character in '"\\':
        return f"\\{character}"
    code = ord(character)
    if character.isprintable() and code <= 0xFFFF:
        return character
    return f"\\x{code:02X}" if code <= 0xFF else f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def _reads_as_itself(text: str) -> bool:
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    return isinstance(node, yaml.ScalarNode) and node.value == text and (_is_text(node) or _is_date(text))


def _is_text(node: yaml.ScalarNode) -> bool:
    return node.tag == "tag:yaml.org,2002:str"


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _flow(value: Value) -> str:
    """A value on one line, for what is neither a text nor a list of texts."""
    if isinstance(value, tuple):
        return f"[{', '.join(_flow(item) for item in value)}]"
    if value is None or isinstance(value, str):
        return "null" if value is None else f'"{"".join(_escaped(character) for character in value)}"'
    return "{" + ", ".join(f"{_flow(key)}: {_flow(item)}" for key, item in value.items()) + "}"
