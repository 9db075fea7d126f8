"""The body of an event file as the page may show it; what is stored stays as it was written."""

import re
from collections.abc import Collection

from .fences import split_lines
from .markup import LONGEST_LINE_CHARS, find_links, read_lines, target_of
from .material import address_key, bare_addresses, find_documents, leads_to_call

_TARGET = re.compile(r"\]\([^()\n]*\)")


def body_for_page(body: str, *, hidden: Collection[str] = ()) -> str:
    """Markdown without the addresses that are not for everybody.

    A link to an open write-up, to a video call or to one of the `hidden` addresses (a recording its speaker took back)
    keeps its words and loses its address. Liquid and HTML stay: taking them away is the allow-list's part.
    """
    open_to_all = {document.url for document in find_documents(read_lines(body, 1), {}, {}) if document.is_open}
    closed = {address_key(url) for url in open_to_all | set(hidden)}
    return "".join(_line(line, closed) for line in split_lines(body))


def _line(source: str, closed: Collection[str]) -> str:
    if len(source) > LONGEST_LINE_CHARS:
        return _TARGET.sub("]", source)
    text, at = "", 0
    for link in find_links(source):
        text += source[at : link.start()] + (link["text"] if _is_closed(target_of(link), closed) else link[0])
        at = link.end()
    text += source[at:]
    for url in bare_addresses(text):
        if _is_closed(url, closed):
            text = text.replace(url, "")
    return text


def _is_closed(url: str, closed: Collection[str]) -> bool:
    return leads_to_call(url) or address_key(url) in closed
