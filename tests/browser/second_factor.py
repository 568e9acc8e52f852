"""The demo shows the code of the half minute; a code can run out between reading and sending it."""

from playwright.sync_api import Page, expect

HALF_A_MINUTE = 31_000  # milliseconds, after which another code is shown


def give_code(page: Page) -> None:
    """Send the code that the page shows, and once more with the next one if it ran out on the way."""
    signed_in = page.get_by_role("button", name="Sign out")
    refused = page.get_by_text("Incorrect code")
    for pause in (0, 0, HALF_A_MINUTE):
        page.wait_for_timeout(pause)
        if pause:
            page.reload()
        page.get_by_label("Code from your app").fill(page.locator("#demo-code").inner_text())
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(signed_in.or_(refused).first).to_be_visible(timeout=15_000)
        if signed_in.is_visible():
            return
    raise AssertionError("the code that the page shows is refused")
