from django.urls import path

from hemu.filing.web import disposing, homes, items

urlpatterns = [
    path("", items.archive, name="archive"),
    path("new/", items.new_item, name="archive_new"),
    path("homes/<uuid:home>/", homes.home_page, name="archive_home"),
    path("homes/<uuid:home>/contents.pdf", homes.home_contents, name="archive_home_contents"),
    path("disposal/", disposing.disposals, name="archive_disposals"),
    path("disposal/<uuid:disposal>/", disposing.disposal_page, name="archive_disposal"),
    path("<uuid:item>/", items.item_page, name="archive_item"),
    path("<uuid:item>/step/", items.item_step, name="archive_item_step"),
]
