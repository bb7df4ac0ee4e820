"""The one reviewed table: which role may do what. Roles are those of the SOP register.

A permission is a name that a room declares in its `permissions.py`; a name here that no room declares, or one
declared that stands nowhere here, stops the start. What a role may do holds within its scope: the communities
of the office where the post is held, or all of them for a post of the company.
"""

WATCH = frozenset(
    {"request.view", "duty.view", "estate.view", "matter.view", "action.view", "paper.view"}
) | {"work.view", "notice.view"}
SEE_COMMITTEE = frozenset({"committee.view", "meeting.view", "correspondence.view"})
ANSWER_COMMITTEE = SEE_COMMITTEE | {"correspondence.step"}
KEEP_COMMITTEE = ANSWER_COMMITTEE | {"committee.keep", "meeting.keep"}
SEE_MONEY = frozenset({"statement.view"})
KEEP_MONEY = SEE_MONEY | {"statement.keep", "audit.keep", "file.keep"}
SEND_MONEY = SEE_MONEY | {"statement.send"}
PUBLICATIONS = SEE_MONEY | {"publication.deliver"}
HANDLE = WATCH | {"duty.keep"} | {"request.step", "file.keep", "dispatch.view"}
MATTERS = frozenset({"matter.step", "action.step", "work.step", "notice.post"})
FIELD = MATTERS | {"field.work"}
CALLS = frozenset({"call.view", "call.keep"})
DESK = HANDLE | CALLS | {"request.register", "estate.reveal", "portal.match", "praise.pass_on"}
REVISIT = frozenset({"return_visit.view", "report.view", "return_visit.step", "estate.reveal", "file.keep"})
SEE_REVISITS = frozenset({"return_visit.view", "report.view"})
PLAN = frozenset({"plan.approve"})
SIGN = frozenset({"review.sign", "report.publish", "channel.check", "root.publish"})
OVERSEE = frozenset({"request.export", "wall.view", "call.view", "figure.view"})
STAFFING = frozenset({"staff.view", "staff.change"})
SET_UP = frozenset({"setup.change", "token.keep"})
ANSWER = frozenset({"duty.annul", "evidence.recall"})
SWITCH = ANSWER | {"duty.keep", "clause.switch", "rules.change", "action.step", "file.keep"}
SEE_STAFF = frozenset({"staff.view"})
CONSENT = frozenset({"duty.put_off", "meeting.consent"})
READ_PAPERS = frozenset({"paper.read"})
READ_FILE = frozenset({"archive.view"})
FILE = READ_FILE | {"archive.keep", "file.keep"}
DISPOSE = READ_FILE | {"archive.dispose"}
WRITE_PAPERS = READ_PAPERS | {"paper.draft"}
DECIDE = WRITE_PAPERS | FILE | {"paper.decide"}
SEAL = frozenset({"paper.seal"})
END_PAPERS = frozenset({"paper.read", "paper.decide", "paper.void"})
ARRANGE = frozenset({"paper.arrange"})
LEAD = DESK | OVERSEE | MATTERS | {"dispatch.arrange", "roster.import", "estate.change", "paper.template"}

PERMISSIONS_OF: dict[str, frozenset[str]] = {
    "general_manager": HANDLE
    | ANSWER_COMMITTEE
    | CONSENT
    | REVISIT
    | OVERSEE
    | STAFFING
    | SET_UP
    | SWITCH
    | END_PAPERS
    | DISPOSE
    | SEND_MONEY,
    "company_leader": HANDLE
    | ANSWER_COMMITTEE
    | CONSENT
    | REVISIT
    | OVERSEE
    | STAFFING
    | SET_UP
    | SWITCH
    | END_PAPERS
    | DISPOSE
    | SEND_MONEY,
    "company_office": WATCH
    | SEE_REVISITS
    | SEE_STAFF
    | WRITE_PAPERS
    | FILE
    | SEAL
    | {"duty.keep"}
    | SEE_COMMITTEE
    | DISPOSE
    | SEE_MONEY,
    "hr": STAFFING,
    "operations": WATCH
    | SEE_COMMITTEE
    | SEE_REVISITS
    | OVERSEE
    | SEE_STAFF
    | SET_UP
    | SWITCH
    | DECIDE
    | ARRANGE
    | SEE_MONEY,
    "quality": WATCH
    | SEE_COMMITTEE
    | SEE_REVISITS
    | OVERSEE
    | SWITCH
    | DECIDE
    | END_PAPERS
    | ARRANGE
    | DISPOSE
    | SEE_MONEY,
    "finance": KEEP_MONEY | WRITE_PAPERS | {"committee.view", "meeting.view", "estate.view", "duty.view"},
    "call_center": DESK | SEE_REVISITS,
    "office_director": PLAN
    | KEEP_COMMITTEE
    | LEAD
    | REVISIT
    | SIGN
    | STAFFING
    | SET_UP
    | SWITCH
    | DECIDE
    | END_PAPERS
    | SEAL
    | DISPOSE
    | ARRANGE
    | KEEP_MONEY
    | SEND_MONEY
    | PUBLICATIONS,
    "public_affairs": DESK | KEEP_COMMITTEE | REVISIT | MATTERS | DECIDE | SEAL | DISPOSE | PUBLICATIONS,
    "department_head": PLAN | HANDLE | SEE_REVISITS | OVERSEE | FIELD | {"dispatch.arrange"} | DECIDE,
    "cs_supervisor": LEAD
    | KEEP_COMMITTEE
    | REVISIT
    | SIGN
    | SEE_STAFF
    | ANSWER
    | DECIDE
    | SEAL
    | DISPOSE
    | SEE_MONEY,
    "frontdesk": DESK | REVISIT | MATTERS | WRITE_PAPERS | FILE,
    "steward": DESK | REVISIT | FIELD | WRITE_PAPERS | FILE,
    "technician": HANDLE | FIELD,
    "security": HANDLE | FIELD,
    "committee_chair": frozenset(),
    "all_departments": frozenset(),
    "all_staff": frozenset(),
}
"""Which step a role may take within a case stands in the step table of the requests, clause by clause."""


def permissions_of(roles: frozenset[str]) -> frozenset[str]:
    """Return what somebody holding these roles may do."""
    return frozenset().union(*(PERMISSIONS_OF[role] for role in roles))
