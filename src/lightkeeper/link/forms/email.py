"""E-mail addresses: dots and plus-parts are ways of writing one mailbox in many ways."""

from lightkeeper.link.forms.text import LONGEST_READ, plain_text

SAME_HOST = {"googlemail.com": "gmail.com"}


def email_form(value: str) -> str:
    """The mailbox, without dots, a plus-part and case. Empty when it is no address.

    Dots matter to some hosts; two people whose addresses differ by a dot alone are rarer than one who adds dots.
    """
    local, at, host = plain_text(value[:LONGEST_READ]).replace(" ", "").removeprefix("mailto:").rpartition("@")
    local = local.split("+", 1)[0].replace(".", "")
    return f"{local}@{SAME_HOST.get(host, host)}" if local and at and "." in host else ""


def local_part(form: str) -> str:
    """What stands before the @ of a normal form: very often a handle."""
    return form.rpartition("@")[0]
