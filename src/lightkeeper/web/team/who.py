"""From a signed-in user to the desk's officer, and back."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from lightkeeper.core.errors import NotAllowed
from lightkeeper.desk.people import Officer, Role
from lightkeeper.web.team.models import Person


def officer_of(user: AbstractBaseUser | AnonymousUser) -> Officer:
    """The officer that a signed-in user is. Raises NotAllowed for an account without a place at the desk."""
    person = Person.objects.filter(user_id=user.pk).prefetch_related("teams").first()
    if person is None or not user.is_active:
        raise NotAllowed("this account has no place at the desk")
    return read_officer(person)


def read_officer(person: Person) -> Officer:
    return Officer(
        id=person.user.get_username(),
        name=person.name,
        role=Role(person.role),
        teams=frozenset(team.name for team in person.teams.all()),
        areas=split_areas(person.areas),
    )


def split_areas(text: str) -> frozenset[str]:
    return frozenset(area.strip() for area in text.split(",") if area.strip())


def colleagues(officer: Officer) -> list[Officer]:
    """Everybody who shares a team with the officer, by name."""
    people = Person.objects.filter(teams__name__in=officer.teams, user__is_active=True).distinct()
    return [
        read_officer(person) for person in people.select_related("user").prefetch_related("teams").order_by("name")
    ]


def find_officer(username: str) -> Officer:
    """Raises NotAllowed."""
    person: Any = Person.objects.filter(user__username=username, user__is_active=True).first()
    if person is None:
        raise NotAllowed("there is nobody of that name")
    return read_officer(person)


def make_person(
    username: str, name: str, role: Role, teams: list[Any], areas: str = "", password: str | None = None
) -> Person:
    """A user with a place at the desk. Without a password nobody can sign in as them yet."""
    user = get_user_model().objects.create_user(username=username, password=password)
    person = Person.objects.create(user=user, name=name, role=str(role), areas=areas)
    person.teams.set(teams)
    return person
