"""The short questions: for a browser without JavaScript, and for a chat that is not on this device."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Question:
    """One question with yes or no. `weight` is what a yes adds; 10 is danger, 3 a careful look."""

    name: str
    text: Promise
    weight: int


QUESTIONS = (
    Question("show", _("Did they say that they will show a picture, a video or a chat of you to others?"), 10),
    Question("fake", _("Did they make, or say they will make, a fake picture of you?"), 10),
    Question("want", _("Do they want money, gift cards, a password or more pictures?"), 6),
    Question("hurry", _("Do they give you a time limit, or tell you not to block them or tell anyone?"), 4),
    Question("hurt", _("Did they tell you to hurt yourself, or say they will hurt you?"), 10),
    Question("meet", _("Do they want to meet you?"), 3),
    Question("private", _("Did they ask for a private picture, a video call, or to keep it secret?"), 3),
    Question("move", _("Did they want to move to another app?"), 2),
)
CAUTION, DANGER = 3, 10


@dataclass(frozen=True, slots=True)
class Advice:
    """What to show: the level, and whether anyone's life may be in danger or a meeting is asked for."""

    level: str
    hurt: bool
    meet: bool


def advise(said: set[str]) -> Advice:
    """The advice for the questions that were answered with yes."""
    total = sum(question.weight for question in QUESTIONS if question.name in said)
    level = "danger" if total >= DANGER else "caution" if total >= CAUTION else "none"
    return Advice(level, hurt="hurt" in said, meet="meet" in said)
