"""What `make run` needs of the application: its database, the demo network, its static files, links to sign in with."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop.settings")
django.setup()

from cop.env import TRYING_OUT  # noqa: E402 - as the models
from members.actions.signing_in import one_time_link  # noqa: E402 - as the models
from members.models import Membership, Network  # noqa: E402 - models can be read once Django is set up, not before


def prepare() -> None:
    """Bring database and static files up to date; put the demo network into a database that has none."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database ...", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    if TRYING_OUT and not Network.objects.exists():
        print("Loading the demo network ...", flush=True)
        call_command("load_demo", verbosity=0)
    collect_static_files()
    connection.close()


def collect_static_files() -> None:
    """Collect them unless the last run did: which they are, how big and how new, is kept beside them."""
    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            found.update(f"{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT).with_suffix(".collected")
    if stamp.exists() and stamp.read_text(encoding="ascii") == found.hexdigest():
        return
    print("Collecting static files ...", flush=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(found.hexdigest(), encoding="ascii")


def sign_in_links() -> Iterator[tuple[str, str, str]]:
    """Role, name and one-time link of the first owner, note-taker and member; none on a real server's data."""
    for role in ("owner", "note-taker", "member") if TRYING_OUT else ():
        membership = Membership.objects.filter(state="active", role=role).order_by("pk").select_related("user").first()
        if membership is not None:
            yield role, membership.user.name, one_time_link(membership.user)
    connection.close()


def work() -> None:
    """Be the worker, until stopped."""
    call_command("worker")


def mail_folder() -> Path:
    """Where letters are kept while trying out."""
    return Path(settings.MAIL_FOLDER)
