from django.urls import path

from hemu.staffing.web import people, person, portrait, sheet, slips

urlpatterns = [
    path("", people.people, name="staff"),
    path("add/", people.add, name="staff_add"),
    path("list/", sheet.upload, name="staff_list"),
    path("list/<uuid:import_id>/", sheet.show, name="staff_list_import"),
    path("list/<uuid:import_id>/write/", sheet.write, name="staff_list_write"),
    path("list/<uuid:import_id>/discard/", sheet.discard_list, name="staff_list_discard"),
    path("list/<uuid:import_id>/refused.xlsx", sheet.refused, name="staff_list_refused"),
    path("slips/", slips.slips, name="staff_slips"),
    path("<uuid:staff_id>/", person.show, name="staff_person"),
    path("<uuid:staff_id>/change/", person.change, name="staff_change"),
    path("<uuid:staff_id>/portrait/", portrait.portrait, name="staff_portrait"),
    path("<uuid:staff_id>/posts/", person.add_post, name="staff_post"),
    path("<uuid:staff_id>/posts/<int:post_id>/end/", person.end, name="staff_post_end"),
    path("<uuid:staff_id>/leave/", person.go, name="staff_leave"),
    path("<uuid:staff_id>/stay/", person.remain, name="staff_stay"),
    path("<uuid:staff_id>/return/", person.come_back, name="staff_return"),
    path("<uuid:staff_id>/authenticator/reset/", person.reset, name="staff_factor_reset"),
]
