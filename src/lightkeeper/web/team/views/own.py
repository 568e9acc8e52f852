"""One's own account: the second factor that everyone must have, and taking up an invitation."""

from datetime import UTC, datetime

from allauth.account.internal.flows.login import record_authentication
from django import forms
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lightkeeper.core.errors import NotAllowed
from lightkeeper.desk.audit import Act
from lightkeeper.desk.people import Role
from lightkeeper.web.team.guard import Desk, open_to_all, page
from lightkeeper.web.team.invitations import hash_token
from lightkeeper.web.team.models import Invitation
from lightkeeper.web.team.who import make_person
from lightkeeper.web.team.wiring import casebook


@page("account.own", sees=False)
def own(request: HttpRequest, desk: Desk) -> HttpResponse:
    return render(request, "team/own.html", {"desk": desk})


@open_to_all
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where somebody lands who has signed in without a second factor: nothing else is open to them."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    return render(request, "team/second_factor.html")


class Password(forms.Form):
    password = forms.CharField(
        label="Choose a password",
        min_length=12,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        given: str = self.cleaned_data["password"]
        validate_password(given)
        return given


@open_to_all
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Take up an invitation: choose a password, then add a second factor. A link works once."""
    found = Invitation.objects.filter(token_hash=hash_token(token), ends__gt=datetime.now(UTC)).first()
    if found is None:
        raise NotAllowed("this invitation was used or has ended; ask for a new one")
    form = Password(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "team/join.html", {"form": form, "invitation": found})
    with transaction.atomic():
        person = make_person(
            found.username,
            found.name,
            Role(found.role),
            list(found.teams.all()),
            found.areas,
            form.cleaned_data["password"],
        )
        casebook().record(Act(found.username, "people.join", found.username))
        found.delete()
    login(request, person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    # They typed the password this moment: adding the second factor need not ask for it again.
    record_authentication(request, person.user, method="password", reauthenticated=True)
    return redirect("second_factor")
