from django.urls import path

from hemu.procedures.web import clause, clauses, duty

urlpatterns = [
    path("clauses/", clauses.clauses, name="clauses"),
    path("clauses/switch/", clauses.switch_some, name="clauses_switch"),
    path("clauses/facts/", clauses.state_fact, name="clauses_state"),
    path("clauses/facts/<uuid:fact>/", clauses.confirm_fact, name="clauses_confirm"),
    path("clauses/<str:clause>/", clause.clause_page, name="clause"),
    path("clauses/<str:clause>/begin/", clause.begin, name="clause_begin"),
    path("duties/<uuid:duty>/", duty.duty_page, name="duty"),
    path("duties/<uuid:duty>/act/", duty.duty_act, name="duty_act"),
]
