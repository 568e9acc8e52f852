"""Who works here and what they were given: people, invitations, tokens, webhooks, certificates of forgetting."""

from django.conf import settings
from django.db import models


class Team(models.Model):
    """A team that has cases: a force's desk, a school trust, a helpline."""

    name = models.SlugField(max_length=64, unique=True)
    title = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.title


class Person(models.Model):
    """What a user is here: the role, the teams and areas."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="person")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=16)
    teams = models.ManyToManyField(Team, related_name="people")
    areas = models.CharField(max_length=500, blank=True)  # with commas between; empty: every area

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A place at the desk that somebody has not taken yet. The link is shown once and kept as a hash."""

    name = models.CharField(max_length=120)
    username = models.CharField(max_length=150, unique=True)
    role = models.CharField(max_length=16)
    teams = models.ManyToManyField(Team)
    areas = models.CharField(max_length=500, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.CharField(max_length=150)
    ends = models.DateTimeField()


class Token(models.Model):
    """A token of the programming interface: kept as a keyed hash, narrow in scope, and it ends."""

    name = models.CharField(max_length=120)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField()
    team = models.ForeignKey(Team, on_delete=models.CASCADE)
    made_by = models.CharField(max_length=150)
    ends = models.DateTimeField()
    ended = models.DateTimeField(null=True)


class Webhook(models.Model):
    """Where a P1 is announced. What is sent is sealed for the receiver's own key."""

    url = models.URLField(max_length=500)
    team = models.ForeignKey(Team, on_delete=models.CASCADE)
    recipient = models.CharField(max_length=120)
    made_by = models.CharField(max_length=150)
    ended = models.DateTimeField(null=True)


class Delivery(models.Model):
    """One announcement to one webhook; tried again with growing pauses until it is taken or given up."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE)
    case_id = models.CharField(max_length=16, db_index=True)
    body = models.BinaryField()
    made = models.DateTimeField()
    next_try = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    delivered = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("webhook", "case_id"), name="announced_once"),)


class Certificate(models.Model):
    """What was forgotten and when: counts and hashes, nothing else."""

    made = models.DateTimeField()
    by = models.CharField(max_length=150)
    cases = models.PositiveIntegerField()
    body = models.JSONField()
    hash = models.CharField(max_length=64)


class Round(models.Model):
    """What a nightly round counted, for the figures page. Held reports were left out before it was written;
    `held` names their cases, so that the page can tell when a later hold covers something that was counted."""

    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    body = models.JSONField()
    held = models.JSONField(default=list)


class Warned(models.Model):
    """A warning in the making and every step of its approval, in the warn package's own JSON."""

    warning_id = models.CharField(max_length=120, unique=True)
    area = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=32, db_index=True)
    warning = models.JSONField()
    approval = models.JSONField()


class Publication(models.Model):
    """A warning at the moment at which it became public, or was withdrawn: these words, these steps, for ever."""

    warning_id = models.CharField(max_length=120, db_index=True)
    area = models.CharField(max_length=64)
    at = models.DateTimeField()
    step = models.CharField(max_length=16)  # "publish" or "withdraw"
    warning = models.JSONField()
    approval = models.JSONField()


class Planned(models.Model):
    """A campaign that was written on the desk's own page, in the warn package's JSON."""

    campaign = models.JSONField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()


class Sending(models.Model):
    """That a published warning went out by one of the outboxes: which words, when, to how many."""

    warning_id = models.CharField(max_length=120, db_index=True)
    fingerprint = models.CharField(max_length=64)
    way = models.CharField(max_length=120)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("fingerprint", "way"), name="sent_once"),)


class OpenFigure(models.Model):
    """A table that was published: what the public reads of it, and its entry in the ledger, which is secret."""

    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    what = models.CharField(max_length=64, db_index=True)  # "area", "platform", "age"
    table = models.JSONField()
    page = models.JSONField()
    release = models.JSONField()


class Alarm(models.Model):
    """A rise that the round saw in one week: open until an officer has looked. It never publishes anything."""

    series = models.CharField(max_length=160)
    week = models.CharField(max_length=10)
    at = models.DateTimeField()
    sentence = models.TextField()
    looked_by = models.CharField(max_length=150, blank=True)
    looked_at = models.DateTimeField(null=True)
    found = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("series", "week"), name="one_alarm_a_week"),)


class Taken(models.Model):
    """The mark of an envelope that was taken, so that the same one coming again is not taken twice.

    It comes again when the machine stops between keeping and removing, or when the public site did not hear that
    it was kept and put it into the spool as well. A mark says nothing; it goes after 90 days.
    """

    mark = models.CharField(max_length=64, unique=True)
    day = models.DateField(db_index=True)


class Feedback(models.Model):
    """What somebody said about the public site. Nobody sees it before a person has read it."""

    page = models.CharField(max_length=60, blank=True)
    found = models.CharField(max_length=20, blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    arrived = models.DateTimeField()
    read_by = models.CharField(max_length=150, blank=True)
