from django.urls import path

from hemu.quality.web import action, board, listing, opening

urlpatterns = [
    path("", board.board, name="actions"),
    path("list/", listing.listing, name="actions_list"),
    path("new/", opening.new_action, name="action_new"),
    path("<str:number>/", action.action_page, name="action"),
    path("<str:number>/step/", action.action_step, name="action_step"),
]
