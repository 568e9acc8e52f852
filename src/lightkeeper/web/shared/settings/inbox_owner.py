"""For `lightkeeper prepare inbox` alone: the owner of the inbox makes its tables and its users, then goes away."""

from lightkeeper.web.shared.settings import environment

INBOX = environment.database(
    "LIGHTKEEPER_INBOX_OWNER_URL", environment.folder("LIGHTKEEPER_DATA") / "inbox.sqlite3"
)
DATABASES = {"default": INBOX}
INSTALLED_APPS = ["lightkeeper.web.inbox.apps.Inbox"]
SECRET_KEY = "nothing is signed here"  # noqa: S105
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
