"""Builds what the public site's pages work with, from the settings, and nowhere else."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest

from lightkeeper.report.spool import Spool
from lightkeeper.report.submit import Sealing
from lightkeeper.report.throttle import Throttle
from lightkeeper.web.inbox.slot import InboxSlot
from lightkeeper.web.public.patience import Patient


@cache
def inbox() -> Patient:
    return Patient(InboxSlot())


@cache
def spool() -> Spool:
    return Spool(settings.SPOOL)


@cache
def throttle() -> Throttle:
    return Throttle(settings.THROTTLE_FILE)


def sealing() -> Sealing:
    return Sealing(settings.RECIPIENTS, settings.PEPPER)


def network_address(request: HttpRequest) -> str:
    """The address the throttle counts under: the one that the outermost proxy of ours saw. It is never kept."""
    if not settings.PROXIES:
        return request.META.get("REMOTE_ADDR", "")
    chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return chain[-settings.PROXIES] if len(chain) >= settings.PROXIES else chain[0]
