"""Django's own checks for a site that goes live, and migrations that say all that the models say."""

import pytest
from django.core.management import call_command


def test_the_deploy_checks_find_nothing(settings):
    # The tests run without TLS on this machine; a site that is served has it, and these follow from it.
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SILENCED_SYSTEM_CHECKS = [
        "security.W008",  # the reverse proxy sends plain HTTP to TLS; see settings/base.py
        "security.W021",  # preload is a promise for the whole domain, which is not ours to give
        "axes.W006",  # the name is locked whatever the address; no address of anybody is kept
    ]
    call_command("check", deploy=True, fail_level="WARNING")


@pytest.mark.django_db(databases="__all__")
def test_every_change_of_a_model_has_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
