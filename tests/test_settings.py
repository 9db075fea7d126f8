"""Safe for trying out, strict in production: what the settings refuse, in a process of their own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REAL = {
    "SITE_URL": "https://cop.example.org",
    "SECRET_KEY": "not a real one, but long enough to pass for a secret of fifty letters",
    "NOTES_KEYS": "Zm9yIHRlc3RzIG9ubHksIG5vdCBhIHJlYWwga2V5ISE=",
    "EMAIL_URL": "smtp://user:password@mail.example.org:587?tls=True",
    "DATABASE_URL": "sqlite://:memory:",
}


def settings_with(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Load the settings in a clean environment, and print some of them."""
    shown = "s.DEBUG, s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0, s.EMAIL_BACKEND"
    words = f"from cop import settings as s; print({shown})"
    clean = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **environment}
    return subprocess.run(
        [sys.executable, "-c", words], cwd=ROOT, env=clean, capture_output=True, text=True, check=False
    )


def test_trying_out_needs_nothing(tmp_path: Path) -> None:
    assert settings_with(tmp_path).stdout == "False False False cop.lib.mail.FolderBackend\n"
    kept = (tmp_path / "keys.env").read_text()
    assert re.findall(r"^\w+", kept, re.MULTILINE) == ["SECRET_KEY", "NOTES_KEYS"]
    assert (tmp_path / "keys.env").stat().st_mode & 0o077 == 0
    settings_with(tmp_path)
    assert (tmp_path / "keys.env").read_text() == kept


def test_a_real_server_is_strict(tmp_path: Path) -> None:
    answer = settings_with(tmp_path, **REAL)
    assert answer.stdout == "False True True django.core.mail.backends.smtp.EmailBackend\n", answer.stderr
    assert not (tmp_path / "keys.env").exists()


@pytest.mark.parametrize("missing", ["SECRET_KEY", "NOTES_KEYS", "EMAIL_URL"])
def test_a_real_server_refuses_to_start_without(tmp_path: Path, missing: str) -> None:
    answer = settings_with(tmp_path, **{name: value for name, value in REAL.items() if name != missing})
    assert answer.returncode == 1
    assert f"{missing} is not set. On a real server" in answer.stderr


def test_a_real_server_refuses_debug(tmp_path: Path) -> None:
    answer = settings_with(tmp_path, **REAL, DEBUG="1")
    assert answer.returncode == 1
    assert "unset it where SITE_URL is a real address" in answer.stderr
