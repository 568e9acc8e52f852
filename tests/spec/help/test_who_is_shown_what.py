"""Who is shown what, by example. This is also the manual of `lightkeeper.help`.

A child in Cardiff, a parent in Belfast, a grown-up with an old picture, and a page in two languages.
"""

from datetime import date

from lightkeeper.help.directory import find_services
from lightkeeper.help.pages import find_page
from lightkeeper.help.records import shipped_services
from lightkeeper.help.service import Audience, Kind
from lightkeeper.help.steps import advice_steps
from lightkeeper.help.takedown import PictureAge, route_takedown, what_to_expect

TODAY = date(2026, 11, 21)


def test_a_child_in_cardiff_at_night():
    """The list begins with danger. Two numbers are shown, the others by name until somebody has checked them."""
    offers = find_services(shipped_services(), Audience.CHILD, "GB-WLS", TODAY)
    assert [offer.id for offer in offers[:3]] == ["uk-999", "childline", "papyrus"]
    assert [phone.number for offer in offers for phone in offer.numbers] == ["999", "0800 1111"]
    assert {"meic", "hwb"} <= {offer.id for offer in offers}  # Wales has its own
    assert not {"lifeline-ni", "uk-psni", "us-988"} & {offer.id for offer in offers}


def test_a_parent_in_belfast_who_wants_to_report():
    offers = find_services(
        shipped_services(), Audience.PARENT, "GB-NIR", TODAY, (Kind.POLICE, Kind.REPORT, Kind.STATUTORY)
    )
    assert {"ceop", "uk-101", "uk-psni", "ni-gateway"} <= {offer.id for offer in offers}
    (police,) = [offer for offer in offers if offer.id == "uk-101"]
    assert [phone.number for phone in police.numbers] == ["101"]
    assert not police.checked  # the page says so beside the number


def test_a_picture_that_was_not_shared_yet():
    """Report Remove helps before anything happens, and the answer says so."""
    route = route_takedown(PictureAge.UNDER_18, "GB-ENG", "not_shared")
    assert route.services == ("report-remove", "take-it-down")
    assert route.notes == ("before_it_is_shared",)
    assert "before anyone has shared it" in " ".join(what_to_expect("report-remove", "en"))


def test_grown_up_now_but_a_child_in_the_picture():
    assert route_takedown(PictureAge.WAS_UNDER_18, "GB-ENG").first == "take-it-down"


def test_a_child_in_canada_is_led_to_help_that_is_near():
    route = route_takedown(PictureAge.UNDER_18, "CA", "snapchat")
    assert route.services == ("take-it-down", "ca-cybertip")
    assert route.platform == "platform-snapchat"


def test_the_advice_order():
    """Keep, stop, do not pay, tell, report; and only then block."""
    assert [step.key for step in advice_steps(Audience.CHILD, "en")] == [
        *("keep", "stop", "no_pay", "tell", "report", "block")
    ]


def test_a_page_in_two_languages():
    english, welsh = find_page("en", "child", "fake"), find_page("cy", "child", "fake")
    assert english is not None
    assert welsh is not None
    assert (english.now, english.services) == (welsh.now, welsh.services)
    assert english.translation is None
    assert welsh.translation == "machine, unreviewed"
