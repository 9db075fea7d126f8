"""Where people join, sign in by a link, and look after what we know of them."""

from django.urls import path

from members.views import (
    accessibility,
    agreeing,
    data,
    entrance,
    joining,
    language,
    me,
    moving,
    passkeys,
    people,
    post,
    privacy,
    signing_in,
    stopping,
)

app_name = "members"

urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/signing-in/", entrance.entrance, name="entrance"),
    path("me/signing-in/address/", entrance.address, name="address"),
    path("me/signing-in/elsewhere/", entrance.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("me/signing-in/passkey/", passkeys.add, name="add_passkey"),
    path("me/signing-in/passkey/options/", passkeys.ask_new, name="ask_new_passkey"),
    path("me/signing-in/passkey/<int:passkey_id>/", passkeys.remove, name="remove_passkey"),
    path("accounts/passkey/", passkeys.enter, name="enter"),
    path("accounts/passkey/options/", passkeys.ask_known, name="ask_known_passkey"),
    path("me/signing-in/<int:sign_in_id>/", entrance.sign_out_there, name="sign_out_there"),
    path("p/<str:token>/address/", moving.confirm, name="confirm_address"),
    path("p/<str:token>/keep-address/", moving.keep, name="keep_address"),
    path("me/mailbox/", post.again, name="again"),
    path("mail/events/<slug:provider>/", post.events, name="mail_events"),
    path("me/data/", data.data, name="data"),
    path("me/data/download/", data.download, name="download"),
    path("me/erase/", data.erase, name="erase"),
    path("p/<str:token>/agree/", agreeing.by_link, name="agree"),
    path("p/<str:token>/confirm/", joining.confirm, name="confirm"),
    path("p/<str:token>/letters/", stopping.stop, name="stop"),
    path("p/<str:token>/sign-in/", signing_in.by_link, name="sign_in_by_link"),
    path("language/<slug:language>/", language.choose, name="language"),
    path("accessibility/", accessibility.statement, name="accessibility"),
    path("privacy/", privacy.of_site, name="site_privacy"),
    path("<slug:network>/privacy/", privacy.of_network, name="privacy"),
    path("<slug:network>/join/", joining.join, name="join"),
    path("<slug:network>/join/sent/", joining.sent, name="join_sent"),
    path("<slug:network>/letters/", me.letters, name="letters"),
    path("<slug:network>/agree/", agreeing.signed_in, name="agree_here"),
    path("<slug:network>/people/", people.people, name="people"),
    path("<slug:network>/leave/", me.leave, name="leave"),
]
