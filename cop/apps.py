"""The roof as a Django app (its management commands), and the organisers' panel as the admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class CopConfig(AppConfig):
    name = "cop"


class PanelConfig(AdminConfig):
    default_site = "cop.panel.Panel"
