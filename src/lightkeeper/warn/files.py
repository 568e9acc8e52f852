"""All forms of one warning as files, by name, ready to be written or sent."""

import json
from collections.abc import Callable

from lightkeeper.warn.exchange import as_json
from lightkeeper.warn.formats.box import outline_box
from lightkeeper.warn.formats.cap import Message, MessageType, Sender, write_cap
from lightkeeper.warn.formats.data import write_data
from lightkeeper.warn.formats.feed import outline_of, write_feed
from lightkeeper.warn.formats.html import write_html
from lightkeeper.warn.formats.outline import Standing
from lightkeeper.warn.formats.pdf import write_pdf, write_poster_pdf
from lightkeeper.warn.formats.post import write_posts
from lightkeeper.warn.formats.poster import make_poster, write_card
from lightkeeper.warn.formats.sms import write_sms
from lightkeeper.warn.formats.text import write_text
from lightkeeper.warn.formats.word import write_word
from lightkeeper.warn.warning import PublicWarning

Make = Callable[[PublicWarning, Standing], bytes]


def files_of(warning: PublicWarning, standing: Standing, forms: tuple[str, ...]) -> dict[str, bytes]:
    """The named forms (of FORMS) as file name and content; a file's name begins with the warning's id."""
    return {f"{warning.id}{FORMS[form][0]}": FORMS[form][1](warning, standing) for form in forms}


def _html(warning: PublicWarning, standing: Standing) -> bytes:
    return write_html(outline_of(warning, standing)).encode()


def _pdf(warning: PublicWarning, standing: Standing) -> bytes:
    return write_pdf(outline_of(warning, standing))


def _text(warning: PublicWarning, standing: Standing) -> bytes:
    return write_text(outline_of(warning, standing)).encode()


def _word(warning: PublicWarning, standing: Standing) -> bytes:
    return write_word(outline_of(warning, standing))


def _box(warning: PublicWarning, standing: Standing) -> bytes:
    return write_html(outline_box(warning, standing)).encode()


def _poster(warning: PublicWarning, _: Standing) -> bytes:
    return write_poster_pdf(make_poster(warning))


def _card(warning: PublicWarning, _: Standing) -> bytes:
    return write_card(make_poster(warning)).encode()


def _posts(warning: PublicWarning, _: Standing) -> bytes:
    return (json.dumps(as_json(write_posts(warning)), ensure_ascii=False, indent=2) + "\n").encode()


def _sms(warning: PublicWarning, _: Standing) -> bytes:
    return f"{write_sms(warning).text}\n".encode()


def _cap(warning: PublicWarning, standing: Standing) -> bytes:
    sender = Sender(id="lightkeeper", contact=warning.force)
    return write_cap([warning], sender, Message(MessageType.ALERT, warning.issued), standing)


def _feed(warning: PublicWarning, standing: Standing) -> bytes:
    url = warning.page or f"urn:lightkeeper:{warning.id}"
    return write_feed([(warning, standing)], warning.force, url, warning.issued, preview=not standing.approved)


def _draft(warning: PublicWarning, _: Standing) -> bytes:
    return (json.dumps(as_json(warning), ensure_ascii=False, indent=2) + "\n").encode()


FORMS: dict[str, tuple[str, Make]] = {
    "html": (".html", _html),
    "pdf": (".pdf", _pdf),
    "text": (".txt", _text),
    "word": (".docx", _word),
    "box": ("-box.html", _box),
    "poster": ("-poster.pdf", _poster),
    "card": ("-card.svg", _card),
    "posts": ("-posts.json", _posts),
    "sms": ("-sms.txt", _sms),
    "cap": (".cap.xml", _cap),
    "feed": (".atom.xml", _feed),
    "json": (".json", write_data),
    "draft": (".draft.json", _draft),  # everything, for the team: what `warn check` reads
}
