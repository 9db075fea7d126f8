"""The public site of a network, page by page, as anybody would read it who is not signed in (B98)."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from mimetypes import guess_extension
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.urls import Resolver404, resolve
from django.utils import translation

from cop.ending.rules.files import file_of, path_on, way
from cop.ending.rules.rewriting import links_in, stand_alone
from events.models import Upload
from members.models import Network

# Pages and files that everybody may read and that need nobody to answer. Whatever is not here stays out, whoever links
# to it: an archive must not hold what a new page shows unthought of.
PUBLIC = frozenset(
    {
        "network",
        "topic",
        "events:archive",
        "events:atom",
        "events:calendar",
        "events:json_feed",
        "events:meeting",
        "events:meeting_calendar",
        "notes:write_ups",
        "notes:write_up",
    }
)
ICONS = "icons.svg"


@dataclass(slots=True)
class Site:
    """What a network's archive consists of: the paths of its pages, of the static files they need, and of other files
    with the name each has in the archive."""

    network: Network
    pages: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    static: set[str] = field(default_factory=set)

    @property
    def home(self) -> str:
        return self.network.get_absolute_url()

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Each file of the archive: its name, with strokes between folders, and what it holds."""
        sprite = _static_bytes(f"{_static_root()}{ICONS}").decode()
        for path, html in sorted(self.pages.items()):
            name = file_of(path, home=self.home)
            yield name, stand_alone(html, lambda link, page=path: self.link(link, page), sprite=sprite).encode()  # type: ignore[misc]  # mypy cannot tell a lambda with a default
        for path, name in sorted(self.others.items()):
            answer = _answer(self.network, path)
            if answer is not None:
                yield name, b"".join(_chunks(answer))
        for path in sorted(self.static):
            yield file_of(path, home=self.home), _static_bytes(path)

    def link(self, link: str, page: str) -> str | None:
        """What a link on `page` is in the archive: relative, or as it was where it leads elsewhere."""
        path = path_on(settings.SITE_URL, link, page=page)
        if path is None:
            return link
        if path not in self.pages and path not in self.others and path not in self.static:
            return None
        fragment = urlsplit(link).fragment
        to = way(file_of(page, home=self.home), self.others.get(path) or file_of(path, home=self.home))
        return f"{to}#{fragment}" if fragment else to


def visit(network: Network) -> Site:
    """Read the public site from its home on, following its own links."""
    site = Site(network)
    waiting, seen = deque([site.home]), {site.home}
    with translation.override(settings.LANGUAGE_CODE):
        while waiting:
            path = waiting.popleft()
            new = [to for to in _take(site, path) if to not in seen]
            seen.update(new)
            site.static.update(to for to in new if to.startswith(_static_root()) and _is_static(to))
            waiting.extend(dict.fromkeys(to for to in new if _is_public(network, to)))
    return site


def _take(site: Site, path: str) -> list[str]:
    """Put the page or file at `path` into the archive; where on our own site it leads."""
    answer = _answer(site.network, path)
    if answer is None:
        return []
    if isinstance(answer, StreamingHttpResponse) or not answer["Content-Type"].startswith("text/html"):
        # An address without an ending, as uploaded files have: whoever opens a file from a disk goes by its ending.
        ending = guess_extension(answer["Content-Type"].partition(";")[0]) or ""
        site.others[path] = file_of(f"{path.rstrip('/')}{ending if path.endswith('/') else ''}", home=site.home)
        # Closing the answer itself would end a request, and with it the connection to the database.
        if isinstance(answer, FileResponse) and answer.file_to_stream is not None:
            answer.file_to_stream.close()
        return []
    site.pages[path] = html = b"".join(_chunks(answer)).decode()
    leading = (path_on(settings.SITE_URL, link, page=path) for link in links_in(html))
    return [to for to in leading if to is not None]


def _is_public(network: Network, path: str) -> bool:
    try:
        found = resolve(path)
    except Resolver404:
        return False
    if found.view_name == "events:file":
        # Its own view answers nobody but those who may see it; what of it everybody may is in the archive.
        return Upload.objects.filter(key=found.kwargs["key"], speaker__agenda_item__meeting__network=network).exists()
    return found.view_name in PUBLIC and found.kwargs.get("network") == network.slug


def _answer(network: Network, path: str) -> HttpResponseBase | None:
    """What the page's own view answers to somebody who is nobody; None unless that is a page."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    site = urlsplit(settings.SITE_URL)
    request.META.update(SERVER_NAME=site.hostname, SERVER_PORT=str(site.port or 443), REMOTE_ADDR="127.0.0.1")
    request.user, request.is_archived = AnonymousUser(), True  # type: ignore[attr-defined]  # ours: templates ask it
    found = request.resolver_match = resolve(path)
    try:
        answer: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
    except Http404:
        return None
    if isinstance(answer, SimpleTemplateResponse):
        answer.render()
    return answer if answer.status_code == 200 else None


def _chunks(answer: HttpResponseBase) -> Iterator[bytes]:
    yield from answer


def _static_root() -> str:
    return f"{settings.STATIC_URL}"


def _is_static(path: str) -> bool:
    """Whether there is such a file: whoever writes a text can link to anything, also to where no file may lie."""
    try:
        _static_bytes(path)
    except (OSError, SuspiciousFileOperation, ValueError):
        return False
    return True


def _static_bytes(path: str) -> bytes:
    """A static file as this installation serves it: collected, or where it lies in the source."""
    name = path.removeprefix(_static_root())
    found = finders.find(name)
    if found is not None:
        return Path(found).read_bytes()
    with staticfiles_storage.open(name) as collected:
        content: bytes = collected.read()
        return content
