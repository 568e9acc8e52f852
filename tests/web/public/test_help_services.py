"""Who can help where I live, and the open feed."""

import json

from lightkeeper.help.records import shipped_services

LIST = "/help/who-can-help"


def test_the_first_list_is_for_a_child_in_the_uk(client):
    html = client.get(LIST).content.decode()
    assert "tel:999" in html
    assert "tel:08001111" in html
    assert "tel:116123" not in html
    assert "Samaritans" in html


def test_place_and_reader_change_the_list(send):
    html = send(LIST, {"place": "GB-GLS", "reader": "school"}).content.decode()
    assert "Gloucestershire Constabulary" in html
    assert "Professionals Online Safety Helpline" in html
    assert "Kids Helpline" not in html


def test_abroad_the_emergency_number_of_that_land_is_named_without_a_guess(send):
    html = send(LIST, {"place": "AU", "reader": "child"}).content.decode()
    assert "Call the emergency number of the land you are in" in html
    assert "tel:000" not in html
    assert "ACCCE" in html


def test_an_answer_that_is_none_falls_back(send):
    html = send(LIST, {"place": "Atlantis", "reader": "king"}).content.decode()
    assert '<option value="GB" selected>' in html
    assert '<option value="child" selected>' in html


def test_the_feed_is_open_and_holds_every_record(client):
    answer = client.get("/directory.json")
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert json.loads(answer.content)["total_items"] == len(shipped_services())


def test_the_feed_has_one_address_and_no_language(client):
    assert client.get("/cy/directory.json").status_code == 404
