"""Where the tests' database and files live, and which tests the second engine can leave out (see `conftest.py`)."""

import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck, settings as hypothesis_settings

# How quick the machine is says nothing about a property: a busy one is not a failure.
hypothesis_settings.register_profile(
    "patient", hypothesis_settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("patient")

ASKS_FOR_DATABASE = {"db", "transactional_db", "live_server"}
# What takes longest, beside the walks in a browser: begun early, so that at the end no worker waits for another.
LONG = (
    "test_visitors.py", "notes/test_same_bytes.py", "members/test_import_crashing.py", "members/test_crashing.py",
    "notes/test_desk_together.py", "notes/test_contributors.py", "members/test_ticking.py", "tests/test_demo.py",
    "notes/test_leaks.py", "notes/test_states.py", "search/test_search.py",
)  # fmt: skip

IS_SQLITE = settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"


def examples(most: int) -> int:
    """How many made-up cases a property takes that is tried through the database: all on SQLite, where they are quick,
    and a third on the second engine, which can go wrong in storing and locking, not in the rule."""
    return most if IS_SQLITE else max(1, most // 3)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true", help="leave out tests that see no database engine")


def pytest_configure(config: pytest.Config) -> None:
    """Give each process of the test run a folder of its own, and leave the try-out's `var/` alone."""
    folder = Path(tempfile.mkdtemp(prefix="cop-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    database = settings.DATABASES["default"]
    if IS_SQLITE:
        # A file, as an installation has it: what waits and what locks is another matter in memory.
        database.setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")
    # Pages name static files as they lie in the source; nothing has to be collected before a test.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir()
    settings.MAIL_FOLDER = folder / "mail"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Rules and formats, leak set and properties never see an engine: with --only-database they are not run again.

    Nor are walks through pages in a browser: how a page looks and acts is the same over either engine, and what it asks
    of the database is tested on both without one. Walks that are about the database itself say so (`both_engines`).
    """
    if config.getoption("--only-database"):
        seeing = [item for item in items if sees_the_engine(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in seeing])
        items[:] = seeing
    if (worker := getattr(config, "workerinput", None)) is not None:
        items[:] = long_ones_first(items, shares=worker["workercount"])


def long_ones_first(items: list[pytest.Item], *, shares: int) -> list[pytest.Item]:
    """At the head of the first share the walks, so that one process sets their stage; of the second, other long ones.

    Workers begin with equal shares in this order, and whoever is done takes from the end of another's.
    """
    walks = [item for item in items if "tests/browser/" in item.nodeid]
    long = [item for item in items if item.nodeid.split("::")[0].endswith(LONG)]
    early = {*walks, *long}
    rest = [item for item in items if item not in early]
    before = max(0, len(items) // shares - len(walks))
    return [*walks, *rest[:before], *long, *rest[before:]]


def sees_the_engine(item: pytest.Item) -> bool:
    walks = item.get_closest_marker("browser") or item.get_closest_marker("one_engine")
    return asks_for_database(item) and (walks is None or item.get_closest_marker("both_engines") is not None)


def asks_for_database(item: pytest.Item) -> bool:
    """Whether a test uses a database; pytest-django refuses one to all others."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & ASKS_FOR_DATABASE)
