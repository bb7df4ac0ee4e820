"""Effects of sending a case to those who handle it: to a person or a department, with helpers, and who takes it."""

from django.db.models import Exists, OuterRef, Q

from hemu.access.models import Account
from hemu.duties.operations import hand_over
from hemu.estate.models import Department, Post, Shift, Staff
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.terms import in_force
from hemu.service_requests import rules
from hemu.service_requests.models import Helper, Named, Request
from hemu.service_requests.operations.asked import Asked, Effect

MOST_HELPERS = 10


def dispatch(asked: Asked) -> Effect:
    """Send to a person or department (RQ-04); `shift` says whether the person is on duty just then (RQ-15).

    Values: `to`, a login; `department`, a name; `helpers`, logins with commas between, who work beside the handler.
    """
    staff, on_duty = _person(asked, asked.take("to"))
    department = _department(asked)
    helpers = _helpers(asked, staff)
    paid = asked.flag("paid")
    shift = asked.code("shift", ("on_duty", "off_duty"), "on_duty" if on_duty else "")
    return Effect(
        asked.said,
        facts={
            "type": asked.request.type,
            "to": staff.key if staff else None,
            "department": str(department.id) if department else None,
            "shift": shift or None,
            "paid": paid,
            "helpers": [each.key for each in helpers] or None,
            "rule": asked.ruled.rule if asked.ruled else None,
        },
        words={"why": asked.ruled.why} if asked.ruled else {},
        changes={"handler": staff, "department": department} | ({"paid": paid} if paid is not None else {}),
        afterwards=[lambda entry: _set_helpers(asked.request, helpers)],
    )


def transfer(asked: Asked) -> Effect:
    """Send on to another person or department, whose open duties they then are."""
    effect = dispatch(asked)
    effect.afterwards.append(hand_over)
    return effect


def may_accept(asked: Asked) -> None:
    """Refuse a job that is another's: it is handed on with a reason, not taken away.

    What lies with a department anyone of it takes, also those who belong to no department of the office.

    Raises:
        RuleViolation: ``accept.others`` (name), ``accept.other_department`` (department).
    """
    request, by = asked.request, asked.by
    if by is None:
        return
    if request.handler_id:
        if request.handler and request.handler_id != by.staff_id:
            raise RuleViolation("accept.others", name=request.handler.name)
    elif request.department and not rules.DISPATCHERS & by.roles_at(request.community.office_id):
        held = in_force(office_day(asked.act.recorded_at))
        posts = Post.objects.filter(held, staff=by.staff_id, department__office=request.community.office_id)
        mine = set(posts.values_list("department_id", flat=True))
        if mine and request.department_id not in mine:
            raise RuleViolation("accept.other_department", department=request.department.name)


def _person(asked: Asked, login: str) -> tuple[Staff | None, bool]:
    """Return whom a login names and whether that person is on duty at the time of the act.

    Raises:
        RuleViolation: ``access.unknown_login``, ``dispatch.cannot_handle``, ``dispatch.named``.
    """
    if not login:
        return None, False
    office, on = asked.request.community.office, office_day(asked.act.recorded_at)
    shifts = Shift.objects.filter(office=office, begins_at__lte=asked.act.at, ends_at__gt=asked.act.at)
    named = Named.objects.filter(request=asked.request, alone=False, staff=OuterRef("staff"))
    posts = Post.objects.filter(
        in_force(on),
        Q(office=office) | Q(office__isnull=True),
        staff__account__login=login,
        staff__account__is_active=True,
        role__in=rules.HANDLERS,
    ).annotate(on_duty=Exists(shifts.filter(staff=OuterRef("staff"))), named=Exists(named))
    post = posts.select_related("staff").first()
    if post is None:
        known = Account.objects.filter(login=login, is_active=True).exists()
        raise RuleViolation("dispatch.cannot_handle" if known else "access.unknown_login", login=login)
    if post.named:
        raise RuleViolation("dispatch.named")
    return post.staff, post.on_duty


def _helpers(asked: Asked, handler: Staff | None) -> list[Staff]:
    logins = dict.fromkeys(filter(None, (each.strip() for each in asked.take("helpers").split(","))))
    if len(logins) > MOST_HELPERS:
        raise RuleViolation("dispatch.too_many_helpers", most=MOST_HELPERS)
    found = [_person(asked, login)[0] for login in logins]
    return [each for each in found if each and each != handler]


def _set_helpers(request: Request, helpers: list[Staff]) -> None:
    Helper.objects.filter(request=request).delete()
    if helpers:
        Helper.objects.bulk_create(Helper(request=request, staff=each) for each in helpers)


def _department(asked: Asked) -> Department | None:
    name = asked.take("department")
    if not name:
        return None
    departments = Department.objects.filter(office=asked.request.community.office)
    department = departments.filter(name=name).first()
    if department is None:
        raise RuleViolation(
            "department.unknown", name=name, known=list(departments.values_list("name", flat=True))
        )
    return department
