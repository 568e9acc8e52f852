"""What both sites set alike. Each site's own module adds its apps, its databases and its keys."""

import hashlib
import hmac

from lightkeeper.web.shared.settings import environment

DATA = environment.folder("LIGHTKEEPER_DATA")
SECRET_KEY = environment.secret("LIGHTKEEPER_SECRET_FILE", DATA / "secret")
ALLOWED_HOSTS = environment.words("LIGHTKEEPER_HOSTS", "localhost,127.0.0.1,[::1]")
HTTPS = environment.https("LIGHTKEEPER_HTTPS", ALLOWED_HOSTS)
PROXIES = environment.whole_number("LIGHTKEEPER_PROXIES", default=0, least=0, most=5)


def derived(purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, from the site's one secret (HMAC, as in RFC 5869's extract)."""
    return hmac.new(SECRET_KEY.encode(), f"lightkeeper {purpose}".encode(), hashlib.sha256).digest()


DEBUG = False
USE_TZ = True
TIME_ZONE = "Europe/London"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False
TEST_RUNNER = "django.test.runner.DiscoverRunner"

# No picture comes in, and no body larger than a long chat is read (see web/public/no_images.py).
FILE_UPLOAD_HANDLERS: list[str] = []
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 0

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False  # the reverse proxy does it; a redirect of ours would hide a wrong set-up
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = False  # a promise for the whole domain, which is not ours to give
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
X_FRAME_OPTIONS = "DENY"

# A log line says what went wrong and where in our code, never what a person wrote: the formatter leaves out
# the messages of exceptions, because they may quote their input.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "lightkeeper.web.shared.quiet_log.QuietFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
