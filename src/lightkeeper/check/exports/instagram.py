"""Instagram's JSON export: `your_instagram_activity/messages/inbox/…/message_1.json`."""

from lightkeeper.check.exports import meta
from lightkeeper.check.exports.draft import Part
from lightkeeper.check.exports.jsons import dict_of, text_of

read = meta.read


def recognises(part: Part) -> bool:
    """A file of the common form whose path, or whose first lines, name Instagram."""
    data = dict_of(part.data)
    named = f"{part.name} {text_of(data.get('thread_path'))} {text_of(data.get('title'))}".lower()
    return meta.recognises(part) and ("instagram" in named or "is_geoblocked_for_viewer" in part.text[:4000])
