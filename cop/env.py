"""What differs between machines, read from the environment: safe for trying out, strict in production.

An installation is *for trying out* while SITE_URL is a loopback address. Then secrets are made once and kept in
`var/keys.env`, mail becomes files, and the database is SQLite. Anywhere else every secret must be given.
"""

import os
import secrets
import sys
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from environs import Env

ROOT = Path(__file__).resolve().parent.parent
env = Env()

VAR = Path(env.str("VAR_DIR", str(ROOT / "var")))
PORT = env.int("PORT", 8000)
SITE_URL = env.str("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
TRYING_OUT = urlsplit(SITE_URL).hostname in {"127.0.0.1", "localhost", "::1"}


def required(name: str, hint: str) -> str:
    """The variable called `name`, which a real server cannot do without; `hint` says what it looks like."""
    value = env.str(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. On a real server give it in the environment: {hint}.")
    return value


def secret(name: str) -> str:
    """The secret called `name`: from the environment, else (for trying out only) from `var/keys.env`."""
    if TRYING_OUT and not env.str(name, ""):
        return _kept_secrets()[name]
    return required(name, "`python -m cop.env` prints a new one")


def new_secrets() -> dict[str, str]:
    """Fresh values for every secret the project needs."""
    return {"SECRET_KEY": secrets.token_urlsafe(50), "NOTES_KEYS": Fernet.generate_key().decode()}


def provider_app(said: dict[str, str]) -> dict[str, object]:
    """What allauth wants to know of an OpenID Connect provider, of what `OIDC_PROVIDERS` says."""
    missing = [name for name in ("id", "name", "server", "client_id", "secret") if not said.get(name)]
    if missing:
        raise ImproperlyConfigured(f"OIDC_PROVIDERS: a provider needs {', '.join(missing)} as well.")
    return {
        "provider_id": said["id"],
        "name": said["name"],
        "client_id": said["client_id"],
        "secret": said["secret"],
        "settings": {"server_url": said["server"], "oauth_pkce_enabled": True, "scope": ["openid", "email"]},
    }


def _kept_secrets() -> dict[str, str]:
    path = VAR / "keys.env"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        text = "".join(f"{name}={value}\n" for name, value in new_secrets().items())
        # Written beside and linked into place, so that two processes starting at once agree on one set of keys.
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(text)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        draft.unlink()
    return dict(line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)


if __name__ == "__main__":
    sys.stdout.writelines(f"{name}={value}\n" for name, value in new_secrets().items())
