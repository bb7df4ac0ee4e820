from django.urls import path

from hemu.dispatching.web import board, danger, handing, rota, rulebook

urlpatterns = [
    path("", board.dispatching, name="dispatching"),
    path("send/", board.send, name="dispatch_many"),
    path("<str:number>/by-rule/", board.by_rule, name="dispatch_by_rule"),
    path("<str:number>/take/", board.take_it, name="dispatch_take"),
    path("rules/", rulebook.rulebook, name="dispatch_rules"),
    path("rules/change/", rulebook.change, name="dispatch_rule"),
    path("rota/", rota.rota, name="rota"),
    path("rota/publish/", rota.publish, name="rota_publish"),
    path("hand-over/", handing.handing, name="hand_over"),
    path("danger/", danger.danger, name="danger"),
    path("danger/<str:number>/", danger.details, name="danger_details"),
]
