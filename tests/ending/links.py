"""Whether each link of an archive leads somewhere, read independently of what wrote it."""

from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from django.conf import settings

REFERENCE = {"a": "href", "link": "href", "img": "src", "use": "href", "script": "src", "iframe": "src"}


class Reader(HTMLParser):
    """What a page leads to, fetches and asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.tags.add(tag)
        self.ids.add(said.get("id") or "")
        if link := said.get(REFERENCE.get(tag, "")):
            self.links.append(link)


def dead_links(files: dict[str, bytes]) -> list[tuple[str, str]]:
    """Links that lead to no file of the archive, or to no place in it; those to other sites are not looked at."""
    read = {}
    for name, content in files.items():
        if name.endswith(".html"):
            read[name] = Reader()
            read[name].feed(content.decode())
    dead = []
    for name, page in read.items():
        for link in page.links:
            there = urlsplit(link)
            if there.scheme or there.netloc:
                if link.startswith(settings.SITE_URL):
                    dead.append((name, link))
                continue
            target = name if not there.path else _resolved(name, unquote(there.path))
            known = read[target].ids if target in read else set()
            if target not in files or (there.fragment and there.fragment not in known):
                dead.append((name, link))
    return dead


def _resolved(name: str, link: str) -> str:
    parts: list[str] = []
    for part in (PurePosixPath(name).parent / link).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
