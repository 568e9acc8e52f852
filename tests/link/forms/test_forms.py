"""Normal forms: what different spellings of one thing become."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lightkeeper.link.forms.email import email_form
from lightkeeper.link.forms.handle import handle_form, handle_stem, public_handles
from lightkeeper.link.forms.image import distance, image_form
from lightkeeper.link.forms.link import read_link
from lightkeeper.link.forms.name import name_form
from lightkeeper.link.forms.payment import checks_out, payment_form
from lightkeeper.link.forms.phone import phone_form
from lightkeeper.link.forms.script import overlap, script_words
from lightkeeper.link.forms.text import plain_text


@pytest.mark.parametrize(
    "spelling",
    [
        "lake.mia77",
        "Lake_Mia77",
        "@lakemia_77",
        "1ake.mia77",
        "LAKE MIA77",
        "lаke.mіa77",
        "ｌａｋｅmia77",
        "lake\u200bmia77",
    ],
)
def test_a_handle_is_one_however_it_is_written(spelling: str) -> None:
    assert handle_form(spelling) == handle_form("lakemia77")


def test_a_stem_forgets_trailing_digits_and_short_ones_say_nothing() -> None:
    assert handle_stem("lake.mia77") == handle_stem("LakeMia2009") == handle_stem("1akemia")
    assert handle_stem("mia77") == ""


def test_public_names_end_in_no_digit() -> None:
    # The SQL of the fast engine drops a public handle by its stem, which is the handle itself only without digits.
    assert all(handle_stem(name) in (name, "") for name in public_handles())


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 (0)7700 900123", "+447700900123"),
        ("0044-7700-900123", "+447700900123"),
        ("tel:+447700900123", "+447700900123"),
        ("+63 917 555 0123", "+639175550123"),
        ("no number", ""),
        ("12", ""),
    ],
)
def test_phones_become_e164(written: str, form: str) -> None:
    assert phone_form(written) == form


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("Mia.Lake+games@GoogleMail.com", "mialake@gmail.com"),
        ("mailto:mia@example.com", "mia@example.com"),
        ("mia at example", ""),
        ("@example.com", ""),
    ],
)
def test_mailboxes(written: str, form: str) -> None:
    assert email_form(written) == form


def test_payments_by_scheme_and_their_checksums() -> None:
    assert payment_form("$Mia.Lake", "CashApp") == payment_form("mialake", "cashtag")
    assert payment_form("GB82 WEST 1234 5698 7654 32", "IBAN") == "iban:gb82west12345698765432"
    assert checks_out("iban:gb82west12345698765432") is True
    assert checks_out("iban:gb82west12345698765433") is False
    assert checks_out("btc:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4") is True  # the example of BIP 173
    assert checks_out("btc:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5") is False
    assert checks_out("btc:1BoatSLRHtKNngkdXEeobR76b53LETtpyT") is True  # a published example
    assert checks_out("card:4111111111111111") is True  # the card industry's test number
    assert checks_out("cashtag:anything") is None


@pytest.mark.parametrize(
    ("link", "meaning"),
    [
        ("https://www.instagram.com/mia.lake/?hl=en", ("handle", "mia.lake")),
        ("snapchat.com/add/mia.lake", ("handle", "mia.lake")),
        ("https://wa.me/447700900123", ("phone", "+447700900123")),
        ("cash.app/$mialake", ("cashtag", "mialake")),
        ("https://www.instagram.com/p/abc", ("url", "instagram.com/p/abc")),
        ("https://Example.com/A?b=1", ("url", "example.com/a")),
        ("hello", ("", "")),
        ("http://[broken", ("", "")),
    ],
)
def test_links_to_profiles_are_handles(link: str, meaning: tuple[str, str]) -> None:
    assert read_link(link) == meaning


def test_names_lose_emoji_and_case() -> None:
    assert name_form("  Mia 💙 LAKE ") == name_form("míа lake") == "mia lake"


def test_plain_pictures_are_no_evidence() -> None:
    assert image_form("0" * 64) is None
    assert image_form("a5" * 32) is None  # half of the bits, one pattern: stripes
    assert image_form("not a hash") is None
    assert distance(0b1011, 0b0010) == 2


def test_a_paraphrase_shares_most_words_and_a_phrase_is_no_script() -> None:
    words = [f"word{number}" for number in range(50)]
    changed = ["other" + word if place % 6 == 0 else word for place, word in enumerate(words)]
    assert overlap(script_words(" ".join(words)), script_words(" ".join(changed))) > 0.6
    assert script_words("send me a message soon") == frozenset()


@given(st.text(max_size=300))
def test_no_text_breaks_a_form_and_forms_are_stable(text: str) -> None:
    for form in (handle_form, handle_stem, phone_form, email_form, name_form, plain_text):
        form(text)
    assert handle_form(handle_form(text)) == handle_form(text)
    assert name_form(name_form(text)) == name_form(text)
    assert payment_form(payment_form(text, "iban").removeprefix("iban:"), "iban") == payment_form(text, "iban")
    read_link(text)
    script_words(text)
