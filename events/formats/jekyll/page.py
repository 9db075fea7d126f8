"""The body of an event file as the page may show it; what is stored stays as it was written."""

import re
from collections.abc import Collection

from .fences import split_lines
from .markup import LONGEST_LINE_CHARS, find_links, read_lines, target_of
from .material import bare_addresses, find_documents, leads_to_call
from .vocabulary import DocumentKind

_BASE = re.compile(r"\{\{-?\s*(?:site\.(?:baseurl|url)|page\.url)\s*-?\}\}")
_LIQUID = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def body_for_page(body: str, *, hidden: Collection[str] = ()) -> str:
    """Markdown without Liquid, comments and the addresses that are not for everybody.

    A link to an open write-up, to a video call or to one of the `hidden` addresses (a recording its speaker took back)
    keeps its words and loses its address; doubled brackets are mended. Raw HTML stays: taking it away is the
    allow-list's part.
    """
    shown = _LIQUID.sub("", _BASE.sub("", _COMMENT.sub("", body)))
    closed = {
        document.url
        for document in find_documents(read_lines(shown, 1), {}, {})
        if document.is_open and document.kind is DocumentKind.WRITE_UP
    }
    return "".join(_line(line, closed | set(hidden)) for line in split_lines(shown))


def _line(source: str, closed: set[str]) -> str:
    if len(source) > LONGEST_LINE_CHARS:
        return re.sub(r"\]\([^()]*\)", "]", source)
    text, at = "", 0
    for link in find_links(source):
        url = target_of(link)
        text += source[at : link.start()]
        if url in closed or leads_to_call(url):
            text += link["text"]
        elif link["doubled"] is not None:
            text += f"{link['image']}[{link['text']}]({link['doubled']})"
        else:
            text += link[0]
        at = link.end()
    text += source[at:]
    for url in bare_addresses(text):
        if url in closed or leads_to_call(url):
            text = text.replace(url, "")
    return text
