"""Event files of a Jekyll site: YAML front matter, a body in Markdown, and four years of many hands.

`read` understands one file and says what is odd about it; `write` gives the source back, changed only where asked.
"""

from .page import body_for_page
from .prose import ordinal_word
from .reading import read, read_text
from .source import stem_of
from .vocabulary import (
    Category,
    Document,
    DocumentKind,
    EventFile,
    Oddity,
    Presenter,
    Recording,
    Talk,
    UnreadableEventFile,
    Value,
)
from .writing import change_head, new_head, write

__all__ = [
    "Category",
    "Document",
    "DocumentKind",
    "EventFile",
    "Oddity",
    "Presenter",
    "Recording",
    "Talk",
    "UnreadableEventFile",
    "Value",
    "body_for_page",
    "change_head",
    "new_head",
    "ordinal_word",
    "read",
    "read_text",
    "stem_of",
    "write",
]
