"""The part of allauth that we use: a code by e-mail, and signing out. Its other pages (passwords) are not here."""

from allauth.account import views
from django.urls import path

from members.views import providers, signing_in

urlpatterns = [
    path("login/", views.request_login_code, name="account_login"),
    path("login/code/", views.request_login_code, name="account_request_login_code"),
    path("login/code/again/", signing_in.another_code, name="account_another_code"),
    path("login/code/confirm/", views.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", views.logout, name="account_logout"),
    path("signup/", views.signup, name="account_signup"),
    path("with/<slug:provider_id>/", providers.leave, name="openid_connect_login"),
    path("with/<slug:provider_id>/back/", providers.come_back, name="openid_connect_callback"),
    path("inactive/", views.account_inactive, name="account_inactive"),
]
