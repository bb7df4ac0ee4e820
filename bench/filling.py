"""Cases with their entries, words, duties and messages, made inside PostgreSQL by INSERT … SELECT.

python -m bench.filling COUNT WHO     fills up to COUNT cases; five of a hundred are still open
"""

import json
import sys
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402

from hemu.access.models import Account  # noqa: E402
from hemu.estate.models import Community, Home  # noqa: E402
from hemu.service_requests.models import Request  # noqa: E402

KINDS = ("registered", "classified", "dispatched", "accepted", "resolved", "owner_informed", "closed")
CLAUSES = ("RQ-03", "RQ-06", "RQ-05")

CASES = """
CREATE OR REPLACE FUNCTION pg_temp.new_id(t timestamptz) RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT (lpad(to_hex((extract(epoch FROM t) * 1000)::bigint), 12, '0') || '7'
    || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid $$;
CREATE TEMP TABLE filling AS
  SELECT n, %(code)s || '-1999-' || lpad(n::text, 7, '0') AS number,
    now() - interval '3 years' * (1 - n::float / %(count)s) - interval '2 minutes' AS t,
    n %% 20 = 0 AS open
  FROM generate_series(%(first)s::int, %(count)s::int) AS n;
INSERT INTO service_requests_request (id, number, community_id, state, outcome, version, type, trade, nature,
    urgency, "limit", channel, home_id, place, anonymous, text, caller_name, caller_phone, happened_at,
    registered_at, closed_at, confirmed_by_owner, own_matter, reopened_count, handler_id)
  SELECT pg_temp.new_id(t), number, %(community)s, CASE WHEN open THEN 'accepted' ELSE 'closed' END,
    CASE WHEN open THEN '' ELSE 'told' END, 7, (ARRAY['complaint', 'repair_home', 'inquiry'])[1 + n %% 3],
    'repair', 'routine', 'normal', '', 'phone', %(home)s, '', false, '楼道灯不亮，第 ' || n || ' 次', '住户',
    '19900000000', t, t, CASE WHEN open THEN NULL ELSE t + interval '2 days' END, false, false, 0, %(staff)s
  FROM filling ORDER BY n;
"""
ENTRIES = """
INSERT INTO ledger_entry (v, id, book_id, kind, subject, actor, at, recorded_at, proof, clause, facts, closed, digest)
  SELECT 1, pg_temp.new_id(t + interval '1 hour' * k), %(book)s, 'request.' || kind, 'request:' || number, %(actor)s,
    t + interval '1 hour' * k, t + interval '1 hour' * k, 'word', 'RQ-01', '{}', '', md5(number || k) || md5(k || number)
  FROM filling, unnest(%(kinds)s::text[]) WITH ORDINALITY AS steps (kind, k) WHERE NOT open OR k < 5 ORDER BY n, k;
"""
DUTIES = """
INSERT INTO duties_duty (id, key, clause, book_id, office_id, subject, role, staff_id, start_at, due_at, state, rung,
    pauses, fulfilled_at, ended_by)
  SELECT pg_temp.new_id(t), clause || ':' || number, clause, %(book)s, %(office)s, 'request:' || number, 'frontdesk',
    %(staff)s, t, t + interval '1 day', CASE WHEN open THEN 'open' ELSE 'fulfilled' END, 0, '[]',
    CASE WHEN open THEN NULL ELSE t + interval '5 hours' END, CASE WHEN open THEN NULL ELSE gen_random_uuid() END
  FROM filling, unnest(%(clauses)s::text[]) AS clause ORDER BY n;
"""


def fill(count: int, who: dict[str, str]) -> None:
    """Fill up to ``count`` cases and let the planner see them."""
    community = Community.objects.get(pk=who["community"])
    account = Account.objects.get(login=who["login"])
    values: dict[str, Any] = {
        "first": Request.objects.count() + 1,
        "count": count,
        "code": community.code,
        "community": community.pk,
        "book": community.book_id,
        "office": community.office_id,
        "home": Home.objects.filter(community=community).values_list("pk", flat=True)[0],
        "staff": account.staff_id,
        "actor": f"staff:{account.staff_id}",
        "kinds": list(KINDS),
        "clauses": list(CLAUSES),
    }
    with connection.cursor() as cursor:
        for statement in (CASES, ENTRIES, DUTIES):
            for part in statement.split(";\n"):
                if part.strip():
                    cursor.execute(part, values)
        cursor.execute("DROP TABLE filling")
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    fill(int(sys.argv[1]), json.loads(sys.argv[2]))
