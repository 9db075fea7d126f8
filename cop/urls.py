"""Every address of the site."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from cop import crawling, home, topics
from cop.search import views as searching

handler400 = "cop.going_wrong.not_understood"
handler500 = "cop.going_wrong.went_wrong"

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("accounts/", include("members.account_urls")),
    path("", include("cop.starting.urls")),
    path("", include("members.urls")),
    path("", include("events.urls")),
    path("", include("notes.urls")),
    path("", include("cop.ending.urls")),
    path("<slug:network>/search/", searching.search, name="search"),
    path("<slug:network>/topics/<slug:topic>/", topics.topic, name="topic"),
    path("robots.txt", crawling.robots, name="robots"),
    path("sitemap.xml", crawling.sitemap, name="sitemap"),
    path("", home.front, name="home"),
    path("<slug:network>/", home.network, name="network"),
]

handler404 = "cop.missing.page_not_found"
