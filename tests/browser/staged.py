"""The stage (`stage.py`) takes seconds to set: a process sets it once, and puts it back as it was for the next walk."""

import sqlite3
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from tests.browser.stage import Stage, set_the_stage

# A meeting on the stage is on now, and must still be when the last page is looked at.
LASTS = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Kept:
    """Who plays, and the file with everything they have in the database."""

    stage: Stage
    file: Path
    at: datetime


_kept = list[Kept]()


def the_stage() -> Stage:
    """The stage as just set, in an empty database; outside a transaction, as walks through a server are."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return set_the_stage()
    if not _kept or timezone.now() - _kept[-1].at > LASTS:
        at, stage = timezone.now(), set_the_stage()
        file = Path(connection.settings_dict["NAME"]).with_name("stage.sqlite3")
        with closing(sqlite3.connect(file)) as copy:
            connection.connection.backup(copy)
        _kept[:] = [Kept(deepcopy(stage), file, at)]
        return stage
    connection.ensure_connection()
    with closing(sqlite3.connect(_kept[-1].file)) as copy:
        copy.backup(connection.connection)
    ContentType.objects.clear_cache()
    return deepcopy(_kept[-1].stage)
