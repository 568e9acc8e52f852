"""Messenger's JSON export: `your_facebook_activity/messages/inbox/…/message_1.json`."""

from lightkeeper.check.exports import meta

read = meta.read
recognises = meta.recognises
