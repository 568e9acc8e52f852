"""An RFC 3161 timestamp over a bag: a trusted third party says when it was there. Only a hash is ever sent.

The authority is the force's own choice; without one, a bag has no timestamp and says nothing about it.
"""

import urllib.error
import urllib.request
from collections.abc import Callable

from lightkeeper.core.errors import TimestampRefused

Ask = Callable[[bytes], bytes]  # a request in DER -> the response in DER
PATIENCE = 15  # seconds


def stamp(data: bytes, ask: Ask) -> bytes:
    """The response (DER, for `openssl ts -verify -in`) over the SHA-512 of `data`. Raises TimestampRefused."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, decode_timestamp_response

    request = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA512).build()
    answer = ask(request.as_bytes())
    try:
        response = decode_timestamp_response(answer)
        info = response.tst_info
    except ValueError:
        raise TimestampRefused("the timestamping authority answered with no timestamp") from None
    if info.message_imprint.message != request.message_imprint.message or info.nonce != request.nonce:
        raise TimestampRefused("the timestamp is for something else than was asked")
    return answer


def ask_authority(url: str) -> Ask:
    """Ask an authority over HTTP, as RFC 3161 section 3.4 has it."""
    if not url.startswith(("https://", "http://")):
        raise TimestampRefused("the authority's address must begin with https:// or http://")

    def ask(request: bytes) -> bytes:
        posted = urllib.request.Request(  # noqa: S310 - the scheme was checked above
            url, data=request, headers={"Content-Type": "application/timestamp-query"}, method="POST"
        )
        try:
            with urllib.request.urlopen(posted, timeout=PATIENCE) as answer:  # noqa: S310
                content: bytes = answer.read(100_000)
                return content
        except (urllib.error.URLError, OSError):
            raise TimestampRefused("the timestamping authority cannot be reached") from None

    return ask
