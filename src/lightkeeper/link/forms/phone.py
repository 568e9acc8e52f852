"""Phone numbers in E.164: +447700900482, however they are written."""

import re
from functools import lru_cache

import phonenumbers

from lightkeeper.link.forms.text import LONGEST_READ, plain_text

FEWEST_DIGITS = 6
HOME_REGION = "GB"  # a number without a country is read as one of this country
# A country's code, then a digit that can begin a national number: nothing is left for a library to decide.
COUNTRY = (
    r"1[2-9]|7[1-79]|(?:20|27|3[0-46-9]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])[1-9]"
    r"|(?:2[1-689]\d|35\d|42\d|5[09]\d|6[7-9]\d|8[0357-9]\d|9[679]\d)[1-9]"
)
PLAIN_PHONE = rf"\+(?:{COUNTRY})\d{{5,12}}"
_PLAIN = re.compile(PLAIN_PHONE, re.ASCII)
_SPACING = str.maketrans("", "", " -./()")


def phone_form(value: str) -> str:
    """The number in E.164, or its bare digits when no country's plan knows it. Empty below six digits."""
    if len(value) > LONGEST_READ:
        return ""
    number = plain_text(value).translate(_SPACING).removeprefix("tel:")
    if number.startswith("00"):
        number = "+" + number[2:]
    return number if _PLAIN.fullmatch(number) else _asked(number)


@lru_cache(maxsize=100_000)
def _asked(number: str) -> str:
    try:
        parsed = phonenumbers.parse(number, HOME_REGION)
    except phonenumbers.NumberParseException:
        digits = "".join(sign for sign in number if sign.isdigit())
        return digits if FEWEST_DIGITS <= len(digits) <= 20 else ""
    form = str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return form if len(form) > FEWEST_DIGITS else ""
