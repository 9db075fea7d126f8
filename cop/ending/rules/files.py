"""Where a page lies among the archive's files, and how one file leads to another."""

import posixpath
from urllib.parse import unquote, urljoin, urlsplit

INDEX = "index.html"


def file_of(path: str, *, home: str) -> str:
    """The file for the page at `path`; `home` ("/voices/") is the network's own address, and lies at the root.

    A page whose address ends in a stroke is a folder's `index.html`, because nothing on a USB stick looks for that file
    by itself. No part of an address leads out of the folder.
    """
    within = path[len(home) :] if path.startswith(home) else path.lstrip("/")
    parts = [part for part in unquote(within).split("/") if part not in {"", ".", ".."}]
    if path.endswith("/") or not parts:
        parts.append(INDEX)
    return "/".join(parts)


def way(from_file: str, to_file: str) -> str:
    """The relative link from one file of the archive to another."""
    return posixpath.relpath(to_file, posixpath.dirname(from_file) or ".")


def path_on(site: str, link: str, *, page: str) -> str | None:
    """The path that a link on the page at `page` leads to on our own `site`; None where it leads elsewhere
    or is no address.

    What only a query tells apart is no file, so such a link leads nowhere.
    """
    ours = urlsplit(site)
    try:
        whole = urlsplit(urljoin(f"{site}{page}", link.strip()))
    except ValueError:
        return None
    if (whole.scheme, whole.netloc) != (ours.scheme, ours.netloc):
        return None
    return f"{whole.path}?{whole.query}" if whole.query else whole.path or "/"
