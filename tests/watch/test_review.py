"""What an alarm says to the officer who reviews it."""

from datetime import date

import numpy as np

from lightkeeper.watch.events import Event, EventKind
from lightkeeper.watch.period import Period
from lightkeeper.watch.review import event_sentences, review_neighbours, review_newest_week

WEEKS = [f"week {number}" for number in range(1, 121)]


def a_rise(seed: int = 1) -> tuple[np.ndarray, dict[str, list[int]]]:
    """Two quiet platforms, one of which jumps four weeks before the end."""
    dice = np.random.default_rng(seed)
    parts = {"instagram": dice.poisson(3, 120), "snapchat": dice.poisson(3, 120)}
    parts["snapchat"][-4:] += 8
    return np.stack([sum(parts.values()), dice.poisson(5, 120)]), {
        name: part.tolist() for name, part in parts.items()
    }


def test_a_review_says_since_when_how_much_and_from_where() -> None:
    counts, parts = a_rise()
    [review] = review_newest_week(["wiltshire", "dorset"], WEEKS, counts, slices={"wiltshire": parts})
    assert (review.series, review.week, review.driver) == ("wiltshire", "week 120", "snapchat")
    assert review.since == "week 117"
    assert review.seen == counts[0, -4:].sum()
    assert abs(review.expected - 24) < 5
    assert review.sentence.startswith(f"wiltshire: {review.seen} reports since week 117")
    assert "most of it in snapchat" in review.sentence


def test_it_says_how_many_false_alarms_to_expect_over_everything_tested() -> None:
    counts, parts = a_rise()
    [review] = review_newest_week(["wiltshire", "dorset"], WEEKS, counts, 0.005, {"wiltshire": parts})
    assert round(review.false_alarms_a_month, 3) == round(4 * 0.005 * 365.2425 / 84, 3)


def test_nothing_to_review_where_nothing_rose() -> None:
    quiet = np.full((1, 120), 5)
    assert review_newest_week(["kent"], WEEKS, quiet) == []


def test_events_stand_beside_the_review() -> None:
    counts, _ = a_rise()
    said = event_sentences([Event(EventKind.NEW_FORM, "the new form", Period(date(2026, 1, 1), date(2026, 1, 1)))])
    [review] = review_newest_week(["wiltshire", "dorset"], WEEKS, counts, events=said)
    assert review.as_json()["events"] == ["new form: the new form, 1 January 2026"]


def test_a_rise_that_no_force_can_see_alone_is_seen_with_its_neighbours() -> None:
    counts = np.tile([5, 6, 7], (4, 40))
    counts[:3, -2:] = 9, 10
    names = ["wiltshire", "dorset", "gloucestershire", "cheshire"]
    borders = {
        "wiltshire": ("dorset", "gloucestershire"),
        "dorset": ("wiltshire",),
        "gloucestershire": ("wiltshire",),
    }
    assert review_newest_week(names, WEEKS, counts) == []
    reviews = review_neighbours(names, WEEKS, counts, borders)
    assert reviews[0].series == "wiltshire and its neighbours"
    assert reviews[0].driver in names[:3]
    assert review_neighbours(names, WEEKS, counts, {}) == []
