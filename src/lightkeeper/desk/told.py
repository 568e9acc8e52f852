"""What the public site's form asks beyond the report's schema, as facts that the triage rules can use."""

from collections.abc import Mapping

#: question of the form, answer -> fact; an answer that is not here says nothing ("rather_not", "unsure").
_SAYS: dict[tuple[str, str], tuple[tuple[str, bool], ...]] = {
    ("hurt", "yes"): (("self_harm", True),),
    ("hurt", "no"): (("self_harm", False),),
    ("danger", "yes"): (("danger_now", True),),
    ("danger", "no"): (("danger_now", False),),
    ("deadline", "hour"): (("deadline_hours", True),),
    ("deadline", "today"): (("deadline_hours", True),),
    ("deadline", "week"): (("deadline_days", True),),
    ("knows_address", "yes"): (("knows_address", True),),
    ("spread", "yes"): (("spread", True),),
    ("still_talking", "yes"): (("still_in_contact", True),),
    ("adult_known", "yes"): (("in_person", True), ("adult", True)),
    ("fake", "yes"): (("fake_picture", True),),
}


def facts_told(told: Mapping[str, object]) -> tuple[tuple[str, bool], ...]:
    """The facts in what a reporter ticked. Unknown is not no: what was not ticked gives no fact."""
    found: dict[str, bool] = {}
    for name, answer in plain_told(told):
        found.update(_SAYS.get((name, answer), ()))
    return tuple(sorted(found.items()))


def plain_told(told: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """The same as text, for the case's page."""
    return tuple(
        sorted(
            (name, "yes" if said is True else "no" if said is False else str(said)) for name, said in told.items()
        )
    )
