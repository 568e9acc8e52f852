"""People: who works here, inviting, changing roles, ending access; tokens and webhooks for own tools."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lightkeeper.core.errors import NoSuchCase, NotAllowed
from lightkeeper.desk.people import Role
from lightkeeper.desk.policy import Yes
from lightkeeper.report.seal import read_recipient
from lightkeeper.web.team.guard import Desk, page
from lightkeeper.web.team.invitations import invite
from lightkeeper.web.team.models import Invitation, Person, Team, Token, Webhook
from lightkeeper.web.team.tokens import SCOPES, make_token
from lightkeeper.web.team.webhooks import signing_key


@page("people.see")
def people(request: HttpRequest, desk: Desk) -> HttpResponse:
    return render(request, "team/people.html", _context(desk))


def _context(desk: Desk, **more: object) -> dict[str, object]:
    return {
        "desk": desk,
        "people": Person.objects.select_related("user").prefetch_related("teams").order_by("name"),
        "invitations": Invitation.objects.filter(ends__gt=desk.now).order_by("name"),
        "teams": Team.objects.order_by("title"),
        "roles": list(Role),
        "tokens": Token.objects.filter(ended=None, ends__gt=desk.now).order_by("name"),
        "webhooks": Webhook.objects.filter(ended=None).order_by("url"),
        "scopes": SCOPES,
        "may_change": isinstance(desk.may("people.change"), Yes),
        **more,
    }


def _role(request: HttpRequest) -> Role:
    given = request.POST.get("role", "")
    if given not in list(Role):
        raise NotAllowed("choose a role")
    return Role(given)


@page("people.change", sees=False)
def invite_person(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Invite somebody. The link is shown here, once, to be handed over in person."""
    asked = request.POST
    teams = list(Team.objects.filter(name__in=asked.getlist("teams")))
    name, username = asked.get("name", "").strip()[:120], asked.get("username", "").strip()[:30]
    if not name or not teams:
        raise NotAllowed("an invitation needs a name and a team")
    made, token = invite(
        username, name, _role(request), teams, asked.get("areas", "")[:500], desk.officer.id, desk.now
    )
    desk.record("people.invite", username, role=made.role)
    link = request.build_absolute_uri(f"/account/join/{token}")
    return render(request, "team/people.html", _context(desk, link=link, invited=name))


@page("people.change", sees=False)
def change_person(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    person = _person(number)
    if person.user.get_username() == desk.officer.id:
        raise NotAllowed("nobody changes their own role; ask another administrator")
    person.role, person.areas = str(_role(request)), request.POST.get("areas", "")[:500]
    person.save()
    person.teams.set(Team.objects.filter(name__in=request.POST.getlist("teams")))
    desk.record("people.change", person.user.get_username(), role=person.role)
    messages.success(request, f"Changed {person.name}.")
    return redirect("people")


@page("people.change", sees=False)
def end_person(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """End somebody's access: their sessions end at once, their entries in the log stay."""
    person = _person(number)
    if person.user.get_username() == desk.officer.id:
        raise NotAllowed("nobody ends their own access; ask another administrator")
    person.user.is_active = False
    person.user.set_unusable_password()
    person.user.save()
    for session in person.user.usersession_set.all():
        session.end()
    desk.record("people.end", person.user.get_username())
    messages.success(request, f"{person.name} can no longer sign in.")
    return redirect("people")


def _person(number: int) -> Person:
    person = Person.objects.select_related("user").filter(pk=number).first()
    if person is None:
        raise NoSuchCase("there is nobody of that number")
    return person


@page("people.change", sees=False)
def add_team(request: HttpRequest, desk: Desk) -> HttpResponse:
    name, title = request.POST.get("name", "").strip().lower()[:64], request.POST.get("title", "").strip()[:120]
    if not name.replace("-", "").isalnum() or not title:
        raise NotAllowed("a team needs a short name of letters, digits and hyphens, and a title")
    Team.objects.get_or_create(name=name, defaults={"title": title})
    desk.record("people.team", name)
    return redirect("people")


@page("token.make", sees=False)
def add_token(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Make a token of the programming interface. It is shown once."""
    team = Team.objects.filter(name=request.POST.get("team", "")).first()
    scopes = [scope for scope in request.POST.getlist("scopes") if scope in SCOPES]
    name = request.POST.get("name", "").strip()[:120]
    if team is None or not scopes or not name:
        raise NotAllowed("a token needs a name, a team and a scope")
    shown = make_token(name, team, scopes, desk.officer.id, desk.now + timedelta(days=90))
    desk.record("token.make", name, scopes=" ".join(scopes), team=team.name)
    return render(request, "team/people.html", _context(desk, token=shown))


@page("token.make", sees=False)
def end_token(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    Token.objects.filter(pk=number).update(ended=desk.now)
    desk.record("token.end", str(number))
    return redirect("people")


@page("token.make", sees=False)
def add_webhook(request: HttpRequest, desk: Desk) -> HttpResponse:
    team = Team.objects.filter(name=request.POST.get("team", "")).first()
    url, recipient = request.POST.get("url", "").strip()[:500], request.POST.get("recipient", "").strip()
    if team is None or not url.startswith("https://"):
        raise NotAllowed("a webhook needs a team and an https address")
    read_recipient(recipient)
    made = Webhook.objects.create(url=url, team=team, recipient=recipient, made_by=desk.officer.id)
    desk.record("webhook.make", str(made.pk), team=team.name)
    return render(request, "team/people.html", _context(desk, signing=signing_key().decode()))


@page("token.make", sees=False)
def end_webhook(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    Webhook.objects.filter(pk=number).update(ended=desk.now)
    desk.record("webhook.end", str(number))
    return redirect("people")


@page("people.change", sees=False)
def forget_factors(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """For somebody who lost their second factor: they add a new one at their next sign-in."""
    from allauth.mfa.models import Authenticator

    person = _person(number)
    if person.user.get_username() == desk.officer.id:
        raise NotAllowed("ask another administrator")
    Authenticator.objects.filter(user=person.user).delete()
    for session in person.user.usersession_set.all():
        session.end()
    desk.record("people.forget_factors", person.user.get_username())
    messages.success(request, f"{person.name} adds a new second factor at the next sign-in.")
    return redirect("people")
