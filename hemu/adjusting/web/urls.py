from django.urls import path

from hemu.adjusting.web import pages

urlpatterns = [
    path("", pages.rules, name="rules"),
    path("try/", pages.try_out, name="rules_try"),
    path("propose/", pages.put_forward, name="rules_propose"),
    path("moved/<uuid:stamp>/", pages.moved, name="rules_moved"),
    path("<uuid:proposal>/", pages.proposal_page, name="rules_change"),
    path("<uuid:proposal>/decide/", pages.decide, name="rules_decide"),
]
