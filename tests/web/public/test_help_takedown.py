"""Take it down: two questions, an answer, and no trace of either in an address."""

import pytest

from lightkeeper.help.takedown import PictureAge

ASK = "/help/take-it-down"


def ask(send, **answers):
    answer = send(answers.pop("address", ASK), answers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_child_in_wales_is_led_to_report_remove(send):
    html = ask(send, age="under_18", place="GB-WLS", platform="whatsapp")
    assert "Go here first: Report Remove" in html
    assert 'href="https://www.childline.org.uk/remove"' in html
    assert "private chat" in html
    assert 'href="/help/apps/whatsapp"' in html
    assert "stopncii" not in html


@pytest.mark.parametrize(
    ("age", "place", "first"),
    [
        ("under_18", "US", "Take It Down"),
        ("was_under_18", "GB-ENG", "Take It Down"),
        ("adult", "GB-SCT", "StopNCII.org"),
        ("adult", "world", "StopNCII.org"),
    ],
)
def test_age_and_place_decide(send, age, place, first):
    assert f"Go here first: {first}" in ask(send, age=age, place=place, platform="unknown")


def test_what_is_missing_is_said_at_the_field_and_at_the_top(send):
    html = ask(send, age="", place="", platform="unknown")
    assert "<title>Missing: " in html
    assert 'href="#age"' in html
    assert 'href="#place"' in html
    assert 'id="age-problem"' in html
    assert 'aria-describedby="place-problem"' in html


def test_an_answer_that_was_given_is_kept_when_another_is_missing(send):
    html = ask(send, age="adult", place="", platform="tiktok")
    assert 'value="adult" required checked' in html
    assert '<option value="tiktok" selected>' in html


@pytest.mark.parametrize("age", ["17", "' OR 1", "UNDER_18"])
def test_an_age_that_is_no_answer_is_asked_again(send, age):
    html = ask(send, age=age, place="GB-ENG")
    assert 'id="age-problem"' in html
    assert age not in html.replace("&#x27;", "'") or age == "17"


def test_an_app_that_is_not_in_the_list_counts_as_not_known(send):
    assert "Go here first" in ask(send, age="under_18", place="GB-ENG", platform="myspace")


def test_switching_the_language_keeps_the_answers_and_asks_nothing_new(send):
    html = ask(send, address=f"/cy{ASK}", age="under_18", place="", platform="snapchat", go="language")
    assert 'lang="cy"' in html
    assert 'value="under_18" required checked' in html
    assert "problem" not in html


def test_switching_the_language_on_the_answer_shows_the_answer(send):
    html = ask(
        send, address=f"/cy{ASK}", age="under_18", place="GB-WLS", platform="", go="language", answered="yes"
    )
    assert "Dechrau yma: Report Remove" in html


def test_nothing_of_an_answer_is_in_an_address_or_kept_by_a_browser(client, send):
    asked = client.get(f"{ASK}?age=under_18&place=GB-ENG").content.decode()
    assert "Go here first" not in asked  # an address with answers in it is not an answer
    answer = send(ASK, {"age": "under_18", "place": "GB-ENG", "platform": "unknown"})
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Location" not in answer.headers


@pytest.mark.parametrize("age", PictureAge)
def test_we_never_ask_for_a_picture(client, send, age):
    for html in (client.get(ASK).content.decode(), ask(send, age=age, place="GB-ENG", platform="website")):
        assert 'type="file"' not in html
        assert "multipart" not in html


def test_a_picture_that_is_sent_all_the_same_is_refused(client):
    picture = b"\xff\xd8\xff\xe0" + bytes(100)
    answer = client.post(ASK, picture, content_type="image/jpeg")
    assert answer.status_code == 415
