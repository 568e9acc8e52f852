"""The public site: advice, check, report, replies by receipt. It can add to the inbox and read nothing there.

No sessions, no accounts, no administration: what is not installed cannot be broken into.
"""

from csp.constants import NONE, SELF

from lightkeeper.web.shared.catalogues import compile_catalogues
from lightkeeper.web.shared.settings import environment
from lightkeeper.web.shared.settings.base import *

environment.must_not_be_set("LIGHTKEEPER_TEAM_KEY_FILE", "the public site must never hold what opens a report")
environment.must_not_be_set("LIGHTKEEPER_CASEBOOK_URL", "the public site must not know where cases are kept")

ROOT_URLCONF = "lightkeeper.web.public.urls"
WSGI_APPLICATION = "lightkeeper.web.public.wsgi.application"
INSTALLED_APPS = [
    "csp",
    "django.contrib.staticfiles",
    "lightkeeper.web.inbox.apps.Inbox",
    "lightkeeper.web.public.apps.Public",
]
MIDDLEWARE = [
    "lightkeeper.web.shared.quiet_log.NumberRequests",
    "django.middleware.security.SecurityMiddleware",
    "lightkeeper.web.public.headers.AlwaysTheSame",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "lightkeeper.web.public.no_images.OnlyPlainForms",
    "lightkeeper.web.public.own_pages.OnlyFromOwnPages",
    "django.middleware.locale.LocaleMiddleware",
    "lightkeeper.web.public.choices.RememberChoices",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "lightkeeper.web.public.context.every_page",
            ],
        },
    }
]

DATABASES = {"default": environment.database("LIGHTKEEPER_INBOX_URL", DATA / "inbox.sqlite3")}
RECIPIENTS = environment.recipients("LIGHTKEEPER_RECIPIENTS_FILE", DATA / "recipients.txt")
SPOOL = environment.folder("LIGHTKEEPER_SPOOL", DATA / "spool")
PUBLICATIONS = environment.place("LIGHTKEEPER_PUBLICATIONS", DATA / "publications")  # read, never written
THROTTLE_FILE = DATA / "throttle"
PEPPER = derived("receipt pepper")
FORM_KEY = derived("answers on their way")
MOST_REPORTS = environment.whole_number("LIGHTKEEPER_MOST_REPORTS", default=60, least=5, most=1_000_000)
MOST_WRONG_RECEIPTS = environment.whole_number("LIGHTKEEPER_MOST_WRONG_RECEIPTS", default=20, least=3, most=1000)
NEUTRAL_ADDRESS = environment.text("LIGHTKEEPER_NEUTRAL_ADDRESS", "https://www.bbc.co.uk/weather")
TEAM_NAME = environment.text("LIGHTKEEPER_TEAM_NAME", "Lightkeeper")

LOCALE_PATHS = [compile_catalogues(DATA / "locale")]

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static" / "public"
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
WHITENOISE_MAX_AGE = 3600

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": [NONE],
    }
}
