"""What SQLite's planner believes of the tables that grow: the same in every installation, so that plans never change.

SQLite keeps no statistics of its own accord, and without them takes an index by its first column for a good one however
many rows share it; gathered at run time they hold the only writer for minutes and change the plans of pages unseen.
These are of a hundred thousand cases in fifty communities (`bench.filling`, then `ANALYZE`), without the empty tables.
A new index that they do not name is judged as before.
"""

from typing import Any

from django.db import connections

# table, index, then of the index: rows, and how many of them share its first column, its first two …
STATISTICS = """
access_account sqlite_autoindex_access_account_1 53 1
access_account sqlite_autoindex_access_account_2 53 1
duties_duty duties_duty_staff_id_f3000e9c 437038 437038
duties_duty duty_by_month 437038 8741 2 2 1 1 1
duties_duty duty_by_subject 437038 5 1
duties_duty duty_due_anywhere 5513 3 1 1
duties_duty duty_due_at_office 5513 111 3 1 1
duties_duty duty_open_by_role 5513 1379 37 3
duties_duty duty_open_by_subject 5513 3 2 1
duties_duty duty_open_of_person 500 10 1
duties_duty sqlite_autoindex_duties_duty_1 437038 1
duties_duty sqlite_autoindex_duties_duty_2 437038 1
estate_community estate_community_office_id_f64b25fc 50 1
estate_community sqlite_autoindex_estate_community_1 50 1
estate_community sqlite_autoindex_estate_community_2 50 1
estate_community sqlite_autoindex_estate_community_3 50 1
estate_community sqlite_autoindex_estate_community_4 50 1
estate_home home_by_building 10001 201 50 1
estate_home home_by_room 10001 201 5
estate_home home_by_room_anywhere 10001 201
estate_home sqlite_autoindex_estate_home_1 10001 1
estate_home sqlite_autoindex_estate_home_2 10001 201 1
estate_office sqlite_autoindex_estate_office_1 50 1
estate_office sqlite_autoindex_estate_office_2 50 1
estate_office sqlite_autoindex_estate_office_3 50 1
estate_post estate_post_department_id_ffd98bed 82 82
estate_post estate_post_office_id_b56bf9bb 82 2
estate_post estate_post_staff_id_292d3ec1 82 2
estate_post post_by_role 82 2 1
estate_staff sqlite_autoindex_estate_staff_1 53 1
infra_searchtoken sqlite_autoindex_infra_searchtoken_1 991020 6788 705 1
infra_searchtoken token_anywhere 991020 6788 1
ledger_book ledger_book_parent_id_b3111d09 101 2
ledger_book sqlite_autoindex_ledger_book_1 101 1
ledger_closedwords sqlite_autoindex_ledger_closedwords_1 198012 1
ledger_entry entry_by_kind 300024 6001 1201 1
ledger_entry entry_by_subject 300024 3 1
ledger_entry sqlite_autoindex_ledger_entry_1 300024 1
ledger_leaf sqlite_autoindex_ledger_leaf_1 299900 1
ledger_leaf sqlite_autoindex_ledger_leaf_2 299900 100 1
ledger_seal seal_by_head 2999 2999
ledger_seal sqlite_autoindex_ledger_seal_1 2999 1
ledger_unsealed sqlite_autoindex_ledger_unsealed_1 124 1
messaging_message message_by_staff 1002 21 1
messaging_message message_unread 1002 21
messaging_message sqlite_autoindex_messaging_message_1 1002 1
messaging_message sqlite_autoindex_messaging_message_2 1002 1
messaging_outgoing outgoing_by_state 101010 50505 50505 1
messaging_outgoing outgoing_by_subject 101010 1 1
messaging_outgoing sqlite_autoindex_messaging_outgoing_1 101010 1
messaging_outgoing sqlite_autoindex_messaging_outgoing_2 101010 1
return_visits_returnvisit return_visit_by_community 11002 221 1
return_visits_returnvisit return_visit_by_state 11002 221 111 1
return_visits_returnvisit return_visit_open_once 1001 1
return_visits_returnvisit return_visit_queue 1001 21 1 1 1 1
return_visits_returnvisit return_visit_queue_anywhere 1001 1 1 1 1
return_visits_returnvisit return_visit_state_anywhere 11002 5501 1
return_visits_returnvisit return_visit_waiting_of_role 1001 1001 1 1
return_visits_returnvisit return_visits_returnvisit_done_by_id_cc086262 11002 5501
return_visits_returnvisit return_visits_returnvisit_request_id_7d6cec25 11002 1
return_visits_returnvisit sqlite_autoindex_return_visits_returnvisit_1 11002 1
return_visits_returnvisit sqlite_autoindex_return_visits_returnvisit_2 11002 1
service_requests_request request_by_channel 100008 2001 2001 1
service_requests_request request_by_community 100008 2001 1
service_requests_request request_by_handler 100008 1961 1
service_requests_request request_by_home 100008 10 1
service_requests_request request_by_state 100008 2001 667 1
service_requests_request request_by_trade 100008 2001 1001 1
service_requests_request request_by_type 100008 2001 501 1
service_requests_request request_channel_anywhere 100008 100008 1
service_requests_request request_open 2004 41 1
service_requests_request request_open_anywhere 2004 1
service_requests_request request_open_lines 2004 41 1 1 1 1 1 1 1 1 1 1
service_requests_request request_trade_anywhere 100008 50004 1
service_requests_request request_type_anywhere 100008 25002 1
service_requests_request request_urged 501 11 1
service_requests_request request_urged_anywhere 501 1
service_requests_request request_urgent_open 501 11 1
service_requests_request service_requests_request_department_id_a88f89af 100008 50004
service_requests_request service_requests_request_first_asked_id_2039c80e 100008 100008
service_requests_request service_requests_request_merged_into_id_ed1926b2 100008 100008
service_requests_request service_requests_request_person_id_e90571d5 100008 100008
service_requests_request sqlite_autoindex_service_requests_request_1 100008 1
service_requests_request sqlite_autoindex_service_requests_request_2 100008 1
"""


def facts() -> list[tuple[str, str, str]]:
    """Return table, index and statistics as SQLite keeps them."""
    lines = [line.split(maxsplit=2) for line in STATISTICS.strip().splitlines()]
    return [(table, index, numbers) for table, index, numbers in lines]


def lay_down(*, using: str, **_: Any) -> None:
    """Lay the statistics down after migrating; PostgreSQL gathers its own."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE infra_heartbeat")  # makes the table that they stand in
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.executemany("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (%s, %s, %s)", facts())
        cursor.execute("ANALYZE sqlite_schema")  # reads them; it gathers none
