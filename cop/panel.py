"""The organisers' panel: Django's admin under our name, entered through the site's own sign-in."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class Panel(admin.AdminSite):
    site_header = _("Organisers' panel")
    site_title = _("Organisers' panel")
    index_title = _("What there is to do")
    enable_nav_sidebar = False


# allauth's documented way; it carries no types.
Panel.login = secure_admin_login(Panel.login)  # type: ignore[method-assign,no-untyped-call]  # allauth's documented way; it has no types
