"""One settings file. Every difference between machines is an environment variable, read in `cop/env.py`."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from cop.env import ROOT, SITE_URL, TRYING_OUT, VAR, env, provider_app, required, secret
from cop.lib.pacing import read_rate

DEBUG = env.bool("DEBUG", False)
if DEBUG and not TRYING_OUT:
    raise ImproperlyConfigured(
        "DEBUG shows pages' inner values to everyone: unset it where SITE_URL is a real address."
    )

SECRET_KEY = secret("SECRET_KEY")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
# Keys that encrypt draft notes at rest, newest first. An old one stays until the drafts made under it are forgotten.
NOTES_KEYS = [key.strip() for key in secret("NOTES_KEYS").split(",") if key.strip()]

_host = urlsplit(SITE_URL).hostname or ""
SECURE = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"] if TRYING_OUT else [_host])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [SITE_URL] if SECURE else [])

INSTALLED_APPS = [
    # Others' before ours, so that the panel can leave out what they put in.
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "cop.apps.CopConfig",
    "cop.search.apps.SearchConfig",
    "cop.ending.apps.EndingConfig",
    "cop.starting.apps.StartingConfig",
    "notes.apps.NotesConfig",
    "events.apps.EventsConfig",
    "members.apps.MembersConfig",
    "cop.apps.PanelConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cop.lib.http.PrivacyHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cop.lib.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "cop.urls"
WSGI_APPLICATION = "cop.wsgi.application"
ASGI_APPLICATION = "cop.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# -- Database: SQLite for a small network, PostgreSQL by DATABASE_URL ------------------------------------------------

DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR / 'db.sqlite3'}")}
_database = DATABASES["default"]
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database["OPTIONS"] = {
        # A writer that waits at BEGIN cannot fail halfway; readers never wait (WAL). What is deleted is overwritten.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
    }
else:
    _database["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", 60)
    _database["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What one web process keeps for another, or for a worker: in a table, or in Redis by CACHE_URL.
CACHES = {
    "default": env.dj_cache_url("CACHE_URL")
    if env.str("CACHE_URL", "")
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cop_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},  # a full cache forgets, and with it codes that have not been sent yet
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": False}}

# -- Signing in: allauth, by a code sent by e-mail -------------------------------------------------------------------

AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "members:me"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "members.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 60 * 15  # a mail server that makes strangers wait takes its minutes
ACCOUNT_FORMS = {"request_login_code": "members.forms.AddressForm", "confirm_login_code": "members.forms.CodeForm"}
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # a letter either way, so that neither time nor work tells who has an account
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = False  # its limits are counted in the cache; ours (members/forms.py) hold whoever asks at once

# Other places that may vouch for an address (OpenID Connect): an office's own, or a large provider's. None unless set;
# see docs/decisions/0028. [{"id": "office", "name": "…", "server": "https://…", "client_id": "…", "secret": "…"}]
OIDC_PROVIDERS: list[dict[str, str]] = list(env.json("OIDC_PROVIDERS", []))
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [provider_app(one) for one in OIDC_PROVIDERS]}}
SOCIALACCOUNT_ADAPTER = "members.adapter.ProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # whoever has the address has the account: the same as by code
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = SOCIALACCOUNT_STORE_TOKENS = False  # and nothing is kept of it

SESSION_ENGINE = "cop.lib.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# -- Headers ---------------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
_behind_proxy = env.bool("BEHIND_PROXY", SECURE)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _behind_proxy else None
# Without it, limits on how often one may ask would count everybody behind the proxy as one.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _behind_proxy else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        # A press on "sign in with …" leads on to the provider's own page.
        "form-action": [SELF, *(f"https://{urlsplit(one['server']).netloc}" for one in OIDC_PROVIDERS)],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    },
}

# -- Mail ------------------------------------------------------------------------------------------------------------

if TRYING_OUT and not env.str("EMAIL_URL", ""):
    EMAIL_BACKEND = "cop.lib.mail.FolderBackend"
else:
    _mail = env.dj_email_url("EMAIL_URL", required("EMAIL_URL", "such as smtp://user:password@host:587?tls=True"))
    EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_BACKEND"], _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["EMAIL_USE_TLS"], _mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 20
# Which providers tell us of bounces and complaints, at /mail/events/<provider>/; the secret stands in that address as
# user and password, and django-anymail checks it, and the provider's own signature where it makes one.
MAIL_EVENTS_FROM: list[str] = env.list("MAIL_EVENTS_FROM", [])
ANYMAIL: dict[str, str] = dict(env.json("ANYMAIL", {}))
if MAIL_EVENTS_FROM:
    ANYMAIL["WEBHOOK_SECRET"] = required("MAIL_EVENTS_SECRET", "user:password, of your own making")
try:
    MAIL_RATE = read_rate(env.str("MAIL_RATE", ""))  # how fast the provider lets us send, all workers together
except ValueError as reason:
    raise ImproperlyConfigured(f"MAIL_RATE: {reason}") from None
MAIL_FOLDER = VAR / "mail"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("MAIL_FROM", f"notes@{'example.org' if TRYING_OUT else _host}")

# -- Words, time, files ----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SECURE, LANGUAGE_COOKIE_HTTPONLY = SECURE, True
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # What speakers upload. No web server serves it: each request is asked who may see what.
    "kept": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "files", "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR / "media"

# -- Logs: they name acts, numbers and kinds of error, never people, words or personal links --------------------------

LOGGING_CONFIG = "cop.lib.logs.configure"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
    "loggers": {
        # Django's own handler would mail a report of the whole request to the site's owner.
        "django": {"handlers": []},
        # Who asked for a page that is not there is the web server's business.
        "django.request": {"level": "ERROR"},
        "django.dispatch": {"level": "CRITICAL"},
        # It would name keys.
        "fido2": {"level": "WARNING"},
    },
}
