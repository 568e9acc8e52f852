"""Links: a profile link is a handle; any other link is its host and path."""

from urllib.parse import unquote, urlsplit

from lightkeeper.link.forms.text import LONGEST_READ, plain_text

# host -> how many leading path parts come before the handle ("/add/NAME" on Snapchat has one)
_PROFILES: dict[str, tuple[str, ...]] = {
    "instagram.com": ("",),
    "snapchat.com": ("add", "u"),
    "tiktok.com": ("",),
    "t.me": ("",),
    "telegram.me": ("",),
    "x.com": ("",),
    "twitter.com": ("",),
    "facebook.com": ("",),
    "fb.com": ("",),
    "threads.net": ("",),
    "discord.com": ("users",),
    "paypal.me": ("",),
    "paypal.com": ("paypalme",),
    "cash.app": ("",),
    "venmo.com": ("u", ""),
    "wa.me": ("",),
    "reddit.com": ("user", "u"),
    "youtube.com": ("", "user", "c"),
    "twitch.tv": ("",),
    "roblox.com": ("users",),
}
_NOT_A_PROFILE = {
    "p",
    "reel",
    "reels",
    "stories",
    "explore",
    "watch",
    "about",
    "help",
    "legal",
    "share",
    "joinchat",
}
_PAYMENTS = {"paypal.me": "paypal", "paypal.com": "paypal", "cash.app": "cashtag", "venmo.com": "venmo"}


def read_link(value: str) -> tuple[str, str]:
    """What a link names: ("handle", name), ("paypal", name), ("phone", number) or ("url", "host/path").

    Empty strings when it is no link.
    """
    text = value[:LONGEST_READ].strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = plain_text(parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return "", ""
    path = [piece for piece in unquote(parts.path).split("/") if piece]
    if "." not in host or " " in host:
        return "", ""
    name = _profile(host, path)
    if name and host == "wa.me":
        return "phone", f"+{name.lstrip('+')}"
    if name:
        return _PAYMENTS.get(host, "handle"), name.lstrip("@$")
    return "url", "/".join([host, *(plain_text(piece) for piece in path)])


def _profile(host: str, path: list[str]) -> str:
    for prefix in _PROFILES.get(host, ()):
        rest = path[1:] if prefix and path[:1] == [prefix] else path if not prefix else []
        if rest and rest[0].lower() not in _NOT_A_PROFILE:
            return rest[0]
    return ""
