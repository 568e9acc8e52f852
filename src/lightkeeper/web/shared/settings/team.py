"""The team site: opens envelopes, keeps cases. Inside, behind sign-in.

Two databases: `default` is the casebook, `inbox` is where the public site leaves its envelopes.
"""

from csp.constants import NONE, SELF

from lightkeeper.core.errors import UnsafeToStart
from lightkeeper.web.shared.settings import environment
from lightkeeper.web.shared.settings.base import *

ROOT_URLCONF = "lightkeeper.web.team.urls"
WSGI_APPLICATION = "lightkeeper.web.team.wsgi.application"
INSTALLED_APPS = [
    "csp",
    "lightkeeper.web.team.apps.Desk",  # before allauth: its templates come first
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "lightkeeper.web.inbox.apps.Inbox",
    "lightkeeper.web.casebook.apps.CasebookConfig",
]
MIDDLEWARE = [
    "lightkeeper.web.shared.quiet_log.NumberRequests",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "lightkeeper.web.team.middleware.NeverStored",
    "lightkeeper.web.team.middleware.TwoFactorsAlways",
    "lightkeeper.web.team.middleware.LongestDay",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "lightkeeper.web.team.middleware.OnlyText",
    "lightkeeper.web.team.middleware.KindRefusals",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lightkeeper.web.team.context.every_page",
            ],
        },
    }
]

DATABASES = {
    "default": environment.database("LIGHTKEEPER_CASEBOOK_URL", DATA / "casebook.sqlite3"),
    "inbox": environment.database("LIGHTKEEPER_INBOX_URL", DATA / "inbox.sqlite3"),
}
if str(DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
    # JSON columns check themselves with a function that an untrusted schema may not call; this schema is our own.
    # What is forgotten is overwritten, not only unlinked.
    _pragmas = str(DATABASES["default"]["OPTIONS"]["init_command"])
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        _pragmas.replace("PRAGMA trusted_schema=OFF;", "") + " PRAGMA secure_delete=ON;"
    )
DATABASES["default"]["ATOMIC_REQUESTS"] = True  # what a page does and what the log says of it are one
DATABASE_ROUTERS = ["lightkeeper.web.shared.router.TwoDatabases"]
RECIPIENTS = environment.recipients("LIGHTKEEPER_RECIPIENTS_FILE", DATA / "recipients.txt")
RECIPIENTS_FILE = environment.text("LIGHTKEEPER_RECIPIENTS_FILE", str(DATA / "recipients.txt"))
TEAM_KEY_FILE = environment.text("LIGHTKEEPER_TEAM_KEY_FILE", str(DATA / "team.key"))
TEAM_KEY_PASSPHRASE_FILE = environment.text("LIGHTKEEPER_TEAM_KEY_PASSPHRASE_FILE", "none").replace("none", "")
TEAM = environment.text("LIGHTKEEPER_TEAM", "desk")  # the team that new reports go to
PUBLICATIONS = environment.place("LIGHTKEEPER_PUBLICATIONS", DATA / "publications")
CAP_SENDER = environment.text("LIGHTKEEPER_CAP_SENDER", "lightkeeper")  # our name for ever in partners' systems
TIMESTAMP_AUTHORITY = environment.text("LIGHTKEEPER_TIMESTAMP_AUTHORITY", "none").replace("none", "")
DESK_TABLES = DATA / "tables"  # response.toml and retention.toml of this installation, where there are any
PICTURES = (
    DATA / "cache" / "pictures"
)  # picture hashes in the form in which near ones are found; made anew if lost
HEADS_FILE = DATA / "audit-heads.txt"
API_KEY = derived("tokens of the programming interface")
SECOND_FACTOR_KEY = derived("secrets of second factors")
INVITATION_KEY = derived("invitations")
WEBHOOK_KEY = derived("webhook signatures")

# People. No sign-up, no e-mail: an administrator invites, and everyone has a second factor.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "queue"
ACCOUNT_ADAPTER = "lightkeeper.web.team.sign_in.ByInvitationOnly"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"login_failed": False, "login": "30/m/ip", "reauthenticate": "10/m/user"}  # axes locks out
MFA_ADAPTER = "lightkeeper.web.team.sign_in.SecondFactors"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # this machine alone: environment.https refuses any other
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Lightkeeper"
USERSESSIONS_TRACK_ACTIVITY = False
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_CALLABLE = "lightkeeper.web.team.sign_in.locked_out"

SESSION_COOKIE_NAME = "desk"
SESSION_COOKIE_AGE = 30 * 60  # idle
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
LONGEST_SESSION = 10 * 3600  # seconds: a long shift
MOST_SESSIONS = 2  # a person at once
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "lightkeeper.web.team.refusals.stale_form"

# The demo shows its own one-time codes, which is only safe where nobody but this machine can ask.
DEMO = environment.yes_or_no("LIGHTKEEPER_DEMO", default=False)
if DEMO and HTTPS:
    raise UnsafeToStart("LIGHTKEEPER_DEMO is yes, but the site is not on this machine alone")

# Every worker must know that a one-time code was used, so the cache is on disk.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": DATA / "cache"}
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static" / "team"
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the square of an authenticator's secret is drawn into the page
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
