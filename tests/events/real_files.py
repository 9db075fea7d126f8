"""Where the real event files lie, for tests that try them; they are no part of this project."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("COP_DATA_DIR", ROOT.parent / "shared" / "data")) / "connectedbydata" / "events"
PATHS = sorted(FOLDER.glob("*.md"))

needs_real_files = pytest.mark.skipif(
    len(PATHS) != 85, reason=f"the 85 real event files are not under {FOLDER.parent}; set COP_DATA_DIR to their folder"
)
