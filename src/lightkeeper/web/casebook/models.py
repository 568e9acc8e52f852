"""The casebook's tables. The desk works with `desk.case.Case`; `rows.py` turns one into the other."""

from django.db import models
from django.db.models import Q


class CaseRow(models.Model):
    """One case. What the queue sorts and filters by has a column; the rest of the case is JSON."""

    id = models.CharField(primary_key=True, max_length=16)
    report_id = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=16)
    is_open = models.BooleanField()
    band = models.PositiveSmallIntegerField()
    team = models.CharField(max_length=64)
    area = models.CharField(max_length=200, blank=True)
    received = models.DateTimeField()
    opened = models.DateTimeField()
    due = models.DateTimeField()
    owner = models.CharField(max_length=150, blank=True)
    age = models.PositiveSmallIntegerField(null=True)
    because = models.CharField(max_length=200, blank=True)
    restricted = models.BooleanField(default=False)
    proposed = models.BooleanField(default=False)
    held_on_arrival = models.BooleanField(default=False)
    outcome = models.CharField(max_length=16, blank=True)
    closed = models.DateTimeField(null=True)
    first_decision = models.DateTimeField(null=True)
    suspect = models.CharField(max_length=64, blank=True, db_index=True)
    lookup = models.CharField(max_length=64, blank=True, db_index=True)
    report = models.JSONField()
    desk = models.JSONField()  # triage, facts, proposal, reply_to, contact, ... see rows.py

    class Meta:
        indexes = (
            # A team's queue in its order, and all that it is filtered and counted by: no row is read to count.
            models.Index(
                *("team", "band", "due", "received", "id", "restricted", "area", "owner", "is_open"),
                name="case_queue_of_team",
                condition=Q(is_open=True),
            ),
            models.Index("received", "report_id", name="case_received"),
            models.Index("team", "outcome", "closed", name="case_closed_of_team", condition=Q(state="closed")),
            # Partial, because SQLite looks through the whole table for a bare yes or no.
            models.Index("report_id", name="case_held_on_arrival", condition=Q(held_on_arrival=True)),
        )

    def __str__(self) -> str:
        return self.id


class AllowedRow(models.Model):
    """Who may open a restricted case."""

    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="allowed_rows")
    person = models.CharField(max_length=150)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "person"), name="allowed_once"),)


class ItemRow(models.Model):
    """A note, reply, task, or what others were told."""

    id = models.CharField(primary_key=True, max_length=32)
    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=16)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    text = models.TextField(blank=True)
    subject = models.CharField(max_length=64, blank=True)
    due = models.DateField(null=True)
    assigned = models.CharField(max_length=150, blank=True, db_index=True)
    done = models.DateTimeField(null=True)


class LinkRow(models.Model):
    """A link that the engine found. Reasons never hold an identifier's value."""

    a = models.CharField(max_length=64, db_index=True)
    b = models.CharField(max_length=64, db_index=True)
    strength = models.CharField(max_length=16)
    weight = models.FloatField()
    reasons = models.JSONField()


class DecisionRow(models.Model):
    """An officer's word on a pair of reports."""

    a = models.CharField(max_length=64, db_index=True)
    b = models.CharField(max_length=64, db_index=True)
    verdict = models.CharField(max_length=16)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("a", "b"), name="decision_once"),)


class HoldRow(models.Model):
    """A live-investigation hold; lifted ones are kept."""

    id = models.CharField(primary_key=True, max_length=32)
    about = models.CharField(max_length=64, db_index=True)
    anchors = models.JSONField()
    reason = models.TextField()
    owner = models.CharField(max_length=150)
    review_on = models.DateField()
    placed_at = models.DateTimeField()
    lifted_by = models.CharField(max_length=150, blank=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_why = models.TextField(blank=True)


class EntryRow(models.Model):
    """One line of the log. Triggers in the database refuse to change or delete it."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    who = models.CharField(max_length=150)
    what = models.CharField(max_length=64)
    about = models.CharField(max_length=150, blank=True)
    detail = models.JSONField()
    why_digest = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = (
            models.Index("about", "number", name="entry_about"),
            models.Index("who", "number", name="entry_who"),
        )


class WhyRow(models.Model):
    """The words of a reason, which may be forgotten; the chain keeps only their salted digest."""

    number = models.BigIntegerField(primary_key=True)
    salt = models.CharField(max_length=32)
    words = models.TextField()


class SearchRow(models.Model):
    """The words of a case for PostgreSQL's full-text index; SQLite has a virtual table of its own (search.py)."""

    case = models.OneToOneField(CaseRow, on_delete=models.CASCADE, primary_key=True, related_name="search")
    words = models.TextField()
