"""Posts that fit their channel, and text messages that fit their parts."""

from dataclasses import replace

import pytest

from lightkeeper.core.errors import UnreadableInput, WarningRefused
from lightkeeper.warn.formats.post import channels, check_post, count_length, write_post, write_posts
from lightkeeper.warn.formats.sms import count_parts, write_sms
from lightkeeper.warn.warning import PublicWarning
from lightkeeper.warn.wording import read_table


def test_every_channel_gets_a_post_that_fits_and_names_somebody_to_call(good: PublicWarning) -> None:
    posts = write_posts(good)
    assert {post.channel for post in posts} == set(channels())
    for post in posts:
        rules = read_table("formats/channels.toml")[post.channel]
        assert post.length <= post.limit == rules["limit"]
        assert 0 < len(post.alt) <= rules["alt"]
        assert "0800 1111" in post.text
        assert "999" in post.text


def test_a_long_headline_is_left_out_before_the_help_is(good: PublicWarning) -> None:
    post = write_post(replace(good, headline="word " * 60), "x")
    assert "word" not in post.text
    assert "0800 1111" in post.text


def test_a_channel_with_room_says_more(good: PublicWarning) -> None:
    assert good.summary in write_post(good, "facebook").text
    assert good.summary not in write_post(good, "x").text


def test_a_link_counts_as_the_channel_counts_it(good: PublicWarning) -> None:
    address = "https://www.example.org/" + "a" * 100
    assert count_length(f"ab {address} cd", 23) == 2 + 1 + 23 + 1 + 2
    assert count_length(address, 0) == len(address)
    assert address not in write_post(replace(good, page=address), "instagram").text


def test_an_accent_is_no_second_character() -> None:
    assert count_length("w\u0302", 0) == 1


def test_a_post_somebody_wrote_is_measured() -> None:
    assert check_post("a" * 500, "mastodon") == 500
    with pytest.raises(WarningRefused, match="takes 500"):
        check_post("a" * 501, "mastodon")


def test_an_unknown_channel_is_named(good: PublicWarning) -> None:
    with pytest.raises(UnreadableInput, match="mastodon"):
        write_post(good, "telegraph")


def test_a_link_that_does_not_fit_is_left_out(good: PublicWarning) -> None:
    far = replace(good, page="https://www.example.org/" + "a" * 300)
    assert far.page not in write_post(far, "bluesky").text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ŵ" * 70, 1),
        ("ŵ" * 71, 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_parts_are_counted_as_phone_companies_do(text: str, parts: int) -> None:
    assert count_parts(text) == parts


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_text_message_is_short_and_plain(language: str, good: PublicWarning) -> None:
    message = write_sms(replace(good, language=language))
    assert message.parts <= 2
    assert "0800 1111" in message.text
    assert "’" not in message.text


def test_a_text_message_that_is_too_long_is_refused(good: PublicWarning) -> None:
    with pytest.raises(WarningRefused, match="at most 2"):
        write_sms(replace(good, force="Constabulary " * 30))
