import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.help.directory import offer_service
from lightkeeper.help.rendering import phone_link, render_line, render_text
from lightkeeper.help.service import Audience, Confidence


def address(name):
    return f"/{name}"


@pytest.fixture
def offers(make_service, evidence_of, checked, today):
    services = (
        make_service(id="good"),
        make_service(id="poor", evidence=evidence_of(Confidence.LOW)),
        make_service(id="checked", verified=checked),
    )
    return {service.id: offer_service(service, Audience.CHILD, today) for service in services}


def test_a_page_is_linked_by_its_name(offers):
    assert render_line("Go [here](page:child/paid).", address, offers) == 'Go <a href="/child/paid">here</a>.'


def test_a_service_shows_what_may_be_shown(offers):
    assert (
        render_line("[A](service:good)", address, offers)
        == '<a href="https://example.com/" rel="noreferrer">A</a>'
    )
    assert render_line("[B](service:poor)", address, offers) == "B"
    assert '<a href="tel:07700900123">07700 900123</a>' in render_line("[C](service:checked)", address, offers)


def test_html_in_a_text_is_shown_and_not_obeyed(offers):
    assert "<script>" not in render_text("<script>alert(1)</script>", address, offers)


@pytest.mark.parametrize("target", ["service:nobody", "https://example.com/", "javascript:x"])
def test_a_link_to_anything_else_is_refused(offers, target):
    if target.startswith("javascript"):
        assert "href" not in render_line(f"[x]({target})", address, offers)
    else:
        with pytest.raises(UnreadableInput):
            render_line(f"[x]({target})", address, offers)


def test_the_two_numbers_can_be_tapped_wherever_they_stand(offers):
    assert render_line("Call **999**.", address, offers) == 'Call <strong><a href="tel:999">999</a></strong>.'
    assert 'href="tel:08001111">0800 1111</a>' in render_line("Ring 0800 1111 now", address, offers)
    assert render_line("1999", address, offers) == "1999"
    assert "tel:" not in render_line("[call 999](page:x)", address, offers)  # no link inside a link


def test_a_number_to_tap():
    assert phone_link("0800 1111") == '<a href="tel:08001111">0800 1111</a>'
