"""The desk in a real browser: a whole case from a child's report to its closing, on both databases.

Each test makes the report it works with and finds it by a word of its own: they stand alone, in any order.
"""

from playwright.sync_api import expect
from tests.browser.both_sites import (
    Both,
    both,
    find_case,
    new_case,
    prove_it_is_you,
    read_replies,
    report_as_a_child,
    take_what_came_in,
    under,
)

__all__ = ["both"]  # the fixture


def test_a_whole_case_from_a_report_to_its_closing_by_two_people(both: Both) -> None:
    told = report_as_a_child(both, "someone wants money from me")
    words, officer = told.words, both.page("officer")
    take_what_came_in(officer, both.team)
    find_case(officer, both.team, told.mark).click()
    expect(officer.locator("h1")).to_contain_text("P")
    case = officer.url
    expect(officer.locator("main")).to_contain_text("Must not happen")
    assert "someone wants money" not in officer.locator("main").inner_text()  # hidden until asked for
    under(officer, "Show their words")
    expect(officer.locator("main")).to_contain_text("someone wants money from me")
    officer.get_by_role("button", name="I have read it").click()
    expect(officer.locator("main")).to_contain_text("Decided:")
    officer.get_by_role("button", name="No: Is the child missing?").click()
    officer.get_by_label("Begin with").select_option("we_have_it")
    assert "You are not in trouble" in officer.get_by_label("To the reporter").input_value()
    officer.get_by_role("button", name="Send", exact=True).click()
    expect(officer.locator("main")).to_contain_text("waits for whoever holds the receipt")
    assert "You are not in trouble" in read_replies(both, words)
    note = under(officer, "A private note")
    note.locator("textarea").fill("rang the school")
    note.get_by_role("button", name="Keep").click()
    assert "rang the school" not in read_replies(both, words)
    whom = under(officer, "Who else was told")
    whom.locator("select").select_option("social_care")
    whom.get_by_role("button", name="Keep").click()
    officer.get_by_role("button", name="Working", exact=True).click()
    close = under(officer, "Close")
    close.get_by_label("The child is safe").check()
    assert close.get_by_label("Outcome 21").is_disabled()
    close.get_by_label("Why").fill("spoke to the child and the school")
    close.get_by_role("button", name="Ask to close").click()
    expect(officer.locator("main")).to_contain_text("somebody else must agree")
    assert officer.get_by_role("button", name="Agree", exact=True).count() == 0
    second = both.page("second")
    second.goto(case)
    second.get_by_role("button", name="Agree", exact=True).click()
    expect(second.locator("main")).to_contain_text("Closed")
    expect(second.locator("main")).to_contain_text("outcome safe")
    timeline = second.locator("ol.timeline").inner_text()
    for said in ("The report came in", "Answer to the reporter", "Private note", "Told: social care", "to closed"):
        assert said in timeline
    lead = both.page("lead")
    lead.goto(f"{both.team.address}/log")
    expect(lead.locator("main")).to_contain_text("see.case.see")
    lead.get_by_role("link", name="Check the chain").click()
    expect(lead.locator("h1")).to_have_text("The log holds")


def test_a_new_report_gets_its_first_decision_in_two_actions(both: Both) -> None:
    told, page = report_as_a_child(both), both.page("officer")
    take_what_came_in(page, both.team)
    find_case(page, both.team, told.mark).focus()
    page.keyboard.press("Enter")  # 1
    expect(page.locator("h1")).to_contain_text("P")
    page.keyboard.press("d")  # 2
    expect(page.locator("main")).to_contain_text("Decided:")


def test_the_queue_by_keyboard_and_covered(both: Both) -> None:
    page = both.page("officer")
    new_case(both, page)
    page.goto(both.team.address)
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.dataset.row") is not None
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "words"
    page.locator("h1").click()
    page.keyboard.press("Shift+B")
    expect(page.get_by_text("Nobody can read over your shoulder")).to_be_visible()
    assert page.evaluate("document.querySelector('main').inert") is True
    page.keyboard.press("Enter")  # the button has the focus
    expect(page.get_by_text("Nobody can read over your shoulder")).to_be_hidden()


def test_a_new_report_appears_without_loading_the_page(both: Both) -> None:
    page = both.page("officer")
    page.clock.install()
    page.goto(both.team.address)
    before = page.locator("[data-row]").count()
    report_as_a_child(both)
    take_what_came_in(both.page("second"), both.team)
    page.clock.run_for(21_000)
    expect(page.locator("[data-row]")).to_have_count(before + 1)
    expect(page.get_by_role("status")).to_have_text("The queue was updated.")


def test_a_hold_says_so_where_the_case_would_have_been(both: Both) -> None:
    page = both.page("lead")
    case = new_case(both, page)
    hold = under(page, "Hold for a live investigation")
    hold.get_by_label("Why").fill("live")
    hold.get_by_role("button", name="Hold", exact=True).click()
    expect(page.get_by_role("heading", name="Held for a live investigation")).to_be_visible()
    expect(page.locator("main")).to_contain_text("An evidence bag and a subject-access export would be here")
    page.goto(f"{both.team.address}/figures")
    expect(page.locator("main")).to_contain_text("held for a live investigation")
    page.goto(case)
    lift = under(page, "Lift this hold")
    lift.get_by_label("Why").fill("charged")
    lift.get_by_role("button", name="Lift the hold").click()
    prove_it_is_you(page)
    expect(page.locator("main")).to_contain_text("The hold is lifted")


def test_nothing_of_a_report_is_in_a_title_or_an_address(both: Both) -> None:
    page = both.page("officer")
    seen = []
    page.on("framenavigated", lambda frame: seen.append(frame.url))
    new_case(both, page, "someone wants money")
    for text in (*seen, page.title()):
        assert "some_name" not in text
        assert "someone wants money" not in text


def test_signing_in_with_a_passkey(both: Both) -> None:
    """A virtual security key in the browser: added once, then it signs in alone."""
    context = both.sign_in("reader")  # of its own: it is signed out here
    page = context.new_page()
    client = page.context.new_cdp_session(page)
    client.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    key |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    client.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    address = both.team.address.replace("127.0.0.1", "localhost")
    page.goto(f"{address}/account/login/")
    page.context.add_cookies([{**one, "domain": "localhost"} for one in page.context.cookies(both.team.address)])
    page.goto(f"{address}/account/factors/webauthn/add/")
    prove_it_is_you(page)
    page.get_by_label("Passwordless").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: "/add/" not in url)
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{address}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Queue")).to_be_visible()
    context.close()
