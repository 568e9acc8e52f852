"""The tables between the two sites. Everything personal in them is sealed."""

from django.db import models


class Envelope(models.Model):
    """One sealed thing that came through the slot. The public site's user may INSERT here and nothing else."""

    reference = models.UUIDField(unique=True)
    key = models.CharField(max_length=64, unique=True)  # idempotency: the same words told twice are one envelope
    kind = models.CharField(max_length=8)  # report, answer, feedback
    sealed = models.BinaryField()
    arrived = models.DateTimeField()  # to the minute

    class Meta:
        indexes = [  # noqa: RUF012 - Django reads it as it is
            models.Index(fields=["kind", "id"], name="inbox_by_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} envelope"


class Reply(models.Model):
    """An answer of the team, sealed for one receipt. The public site's user may SELECT here and nothing else."""

    lookup = models.CharField(max_length=64, db_index=True)
    sealed = models.BinaryField()
    written = models.DateTimeField()  # to the minute

    def __str__(self) -> str:
        return "a sealed reply"


class Visit(models.Model):
    """One page shown to somebody who agreed to be counted: no identifier, no time of day. INSERT only, too."""

    day = models.DateField()
    page = models.CharField(max_length=60)  # the route's name, never an address with anything in it
    language = models.CharField(max_length=10)

    def __str__(self) -> str:
        return f"{self.page} on {self.day}"
