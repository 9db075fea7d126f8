"""A file cut and parsed, before anything in it is understood."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .fences import Parts, split
from .markup import Line, read_lines
from .vocabulary import Oddity, UnreadableEventFile, Value
from .yaml_keys import merge, read_entries

# Reading keys one by one, where YAML is broken, takes longer than they are many.
LONGEST_FRONT_MATTER = 50_000
MOST_LINES = 1_000


@dataclass(frozen=True, slots=True)
class Source:
    """The parts of a file: its keys with their values and lines, and the lines of its body."""

    name: str
    parts: Parts
    front_matter: Mapping[str, Value]
    line_of: Mapping[str, int]
    lines: tuple[Line, ...]

    @property
    def stem(self) -> str:
        """The file's name without folder and ending."""
        return stem_of(self.name)

    def first(self, *keys: str) -> tuple[Value, int]:
        """The value and line of the first of these keys that says something, however it is spelt."""
        for key in keys:
            for own, value in self.front_matter.items():
                if same_key(own) == key and value not in (None, "", ()):
                    return value, self.line_of[own]
        return None, 1

    def texts(self, *keys: str) -> Iterator[tuple[str, int]]:
        """Every text under any of these keys, lists opened, with its line."""
        for own, value in self.front_matter.items():
            if same_key(own) in keys:
                yield from ((text, self.line_of[own]) for text in texts_in(value))


def same_key(key: str) -> str:
    return key.strip().lower().replace("-", "_").replace(" ", "_")


def texts_in(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_in(item)
    elif value is not None:
        for item in value.values():
            yield from texts_in(item)


def stem_of(name: str) -> str:
    """A file's name without folder and ending."""
    return re.sub(r"\.(?:md|markdown|html?)$", "", name.rsplit("/", 1)[-1], flags=re.IGNORECASE)


def open_source(name: str, text: str) -> tuple[Source, tuple[Oddity, ...]]:
    """Cut and parse a text; what was odd about fences and YAML comes with it. Raises UnreadableEventFile where there is
    more front matter than a person writes."""
    parts = split(text)
    if len(parts.yaml) > LONGEST_FRONT_MATTER or parts.yaml.count("\n") > MOST_LINES:
        sentence = f"The front matter is longer than {MOST_LINES} lines or {LONGEST_FRONT_MATTER // 1000} kB."
        raise UnreadableEventFile(name, parts.yaml_line, f"{sentence} Keep the keys the page needs, and try again.")
    entries, broken = read_entries(parts.yaml, parts.yaml_line)
    front_matter, repeated = merge(entries)
    lines = read_lines(parts.body, parts.body_line)
    line_of = {entry.key: entry.line for entry in reversed(entries)}
    return Source(name, parts, front_matter, line_of, lines), (*parts.oddities, *broken, *repeated)
