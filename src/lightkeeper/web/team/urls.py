"""Every address of the team site. What is not here does not exist."""

from allauth.account import views as account
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from lightkeeper.web.team import addresses  # noqa: F401 - registers the converters
from lightkeeper.web.team.guard import open_to_all
from lightkeeper.web.team.views import (
    api,
    campaigns,
    case,
    case_acts,
    exchange,
    figures,
    house,
    keeping,
    log,
    own,
    people,
    queue,
    suspects,
    warnings,
)


@open_to_all
def closed(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Addresses that allauth names and that we do not have: no sign-up, no e-mail."""
    raise Http404


account_addresses = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("factors/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("signup/", closed, name="account_signup"),
    path("email/", closed, name="account_email"),
    path("reset/", closed, name="account_reset_password"),
    path("set/", closed, name="account_set_password"),
    path("second-factor/", own.second_factor, name="second_factor"),
    path("join/<str:token>", own.join, name="join_desk"),
]

case_addresses = [
    path("", case.case, name="case"),
    path("/open", case.open_restricted, name="open_restricted"),
    path("/band", case_acts.decide_band, name="decide_band"),
    path("/lower", case_acts.lower, name="lower"),
    path("/agree", case_acts.agree, name="agree"),
    path("/decline", case_acts.decline, name="decline"),
    path("/answer", case_acts.answer, name="answer"),
    path("/move", case_acts.move, name="move"),
    path("/note", case_acts.note, name="note"),
    path("/task", case_acts.task, name="task"),
    path("/task/<item:item_id>/done", case_acts.task_done, name="task_done"),
    path("/reply", case_acts.reply, name="reply"),
    path("/told", case_acts.told, name="told"),
    path("/assign", case_acts.assign, name="assign"),
    path("/restrict", case_acts.restrict, name="restrict"),
    path("/kirat", case_acts.kirat, name="kirat"),
    path("/hold", case_acts.hold, name="hold"),
    path("/hold/<item:hold_id>/lift", case_acts.lift, name="lift"),
    path("/link", suspects.decide, name="decide_link"),
    path("/evidence", exchange.evidence, name="evidence"),
    path("/disclose", exchange.disclose, name="disclose"),
]

suspect_addresses = [
    path("", suspects.suspect, name="suspect"),
    path("/join", suspects.join, name="join"),
    path("/part", suspects.part, name="part"),
    path("/hold", suspects.hold_suspect, name="hold_suspect"),
    path("/stix", exchange.stix, name="stix"),
]

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("health", house.health, name="health"),
    path("tray", house.take_tray, name="take_tray"),
    path("cases/<case:case_id>", include(case_addresses)),
    path("suspects", suspects.suspects, name="suspects"),
    path("suspects/<suspect:suspect_id>", include(suspect_addresses)),
    path("import", exchange.take_import, name="take_import"),
    path("figures", figures.figures, name="figures"),
    path("figures/run", figures.run_now, name="run_now"),
    path("figures/publish", figures.publish_now, name="publish_figures"),
    path("figures/alarms/<int:number>", figures.look_at_alarm, name="look_at_alarm"),
    path("campaigns", campaigns.campaigns, name="campaigns"),
    path("campaigns/new", campaigns.plan, name="plan_campaign"),
    path("campaigns/<int:number>/item", campaigns.add_item, name="add_item"),
    path("campaigns/<int:number>/item/<int:place>/remove", campaigns.remove_item, name="remove_item"),
    path("campaigns/<int:number>/remove", campaigns.remove, name="remove_campaign"),
    path("warnings", warnings.warnings, name="warnings"),
    path("warnings/<suspect:warning_id>", warnings.warning, name="warning"),
    path("warnings/<suspect:warning_id>/write", warnings.author_step, name="author_step"),
    path("warnings/<suspect:warning_id>/approve", warnings.approve_step, name="approve_step"),
    path("warnings/<suspect:warning_id>/send", warnings.send, name="send_warning"),
    path("log", log.log, name="log"),
    path("log/check", log.check_log, name="check_log"),
    path("feedback", log.feedback, name="feedback"),
    path("feedback/<int:number>/read", log.feedback_read, name="feedback_read"),
    path("keeping", keeping.keeping, name="keeping"),
    path("keeping/forget", keeping.forget, name="forget"),
    path("keeping/<int:number>", keeping.certificate, name="certificate"),
    path("people", people.people, name="people"),
    path("people/invite", people.invite_person, name="invite_person"),
    path("people/team", people.add_team, name="add_team"),
    path("people/token", people.add_token, name="add_token"),
    path("people/token/<int:number>/end", people.end_token, name="end_token"),
    path("people/webhook", people.add_webhook, name="add_webhook"),
    path("people/webhook/<int:number>/end", people.end_webhook, name="end_webhook"),
    path("people/<int:number>", people.change_person, name="change_person"),
    path("people/<int:number>/end", people.end_person, name="end_person"),
    path("people/<int:number>/factors", people.forget_factors, name="forget_factors"),
    path("own", own.own, name="own"),
    path("api/openapi.json", api.openapi, name="openapi"),
    path("api/queue", api.queue, name="api_queue"),
    path("api/cases/<case:case_id>", api.case, name="api_case"),
    path("api/suspects", api.suspects, name="api_suspects"),
    path("account/", include(account_addresses)),
]

handler404 = "lightkeeper.web.team.refusals.not_found"
handler500 = "lightkeeper.web.team.refusals.broken"
