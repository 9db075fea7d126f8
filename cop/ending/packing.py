"""A network's public site as a folder or a zip (B98)."""

import zipfile
from pathlib import Path
from typing import IO

from cop.ending.site import visit
from members.models import Network

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # a zip that is made twice of the same pages is the same zip


class FolderIsNotEmpty(Exception):
    """Files that lie there already would look like part of the archive."""


def write_folder(network: Network, folder: Path) -> int:
    """Write the archive into an empty or new `folder`; how many files. Raises `FolderIsNotEmpty`."""
    if folder.exists() and any(folder.iterdir()):
        raise FolderIsNotEmpty
    count = 0
    for name, content in visit(network).files():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        count += 1
    return count


def write_zip(network: Network, file: IO[bytes]) -> int:
    """Write the archive as a zip into `file`, in a folder with the network's short name; how many files."""
    count = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in visit(network).files():
            about = zipfile.ZipInfo(f"{network.slug}/{name}", LONG_AGO)
            about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(about, content)
            count += 1
    return count
