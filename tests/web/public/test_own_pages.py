"""Forms come from our own pages alone."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db
OWN = "http://testserver"


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
@pytest.mark.parametrize("address", ["/report", "/replies", "/cookies", "/feedback"])
def test_a_form_of_another_site_is_refused(send: Any, address: str, headers: dict[str, str]) -> None:
    response = send(address, {"remember": "yes"}, **headers)
    assert response.status_code == 403
    assert "tel:999" in response.content.decode()


@pytest.mark.parametrize(
    "headers", [{}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {"origin": OWN}]
)
def test_a_form_of_ours_is_taken(send: Any, headers: dict[str, str]) -> None:
    assert send("/cookies", {"remember": "no"}, **headers).status_code == 303
