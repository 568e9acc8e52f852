"""A reading is explained by places, never by words."""

from lightkeeper.core.finding import Finding, Level, Reading, Stage


def test_the_contracts_form():
    finding = Finding(Stage.DEMAND, 3, (4, 9), "demand.gift_card", 2.5, "They demand gift cards.")
    reading = Reading(Level.DANGER, 3, (finding,), {Stage.DEMAND: (3, 3)}, ("self_harm",), (), "chat-1")
    assert reading.as_json() == {
        "id": "chat-1",
        "level": "danger",
        "first_danger": 3,
        "findings": [
            {
                "stage": "demand",
                "message": 3,
                "span": [4, 9],
                "rule": "demand.gift_card",
                "weight": 2.5,
                "why": "They demand gift cards.",
            }
        ],
        "stages": {"demand": [3, 3]},
        "flags": ["self_harm"],
        "notes": [],
    }


def test_the_stages_stand_in_the_order_of_the_script():
    assert [str(stage) for stage in Stage] == [
        "contact", "trust", "move", "request", "threat", "demand", "pressure", "aftermath",
    ]  # fmt: skip
