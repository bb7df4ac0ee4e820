"""The company, its communities and offices, homes and the people bound to them, staff and their posts.

Everything that names a person or a room lies here, in rows that can be erased; the ledger knows ids.
"""

from datetime import date

from django.db import models
from django.db.models import Q

from hemu.infra.prefix import LastFour
from hemu.ledger.models import Book

BY_BEGINNING = ["varchar_pattern_ops"]
"""PostgreSQL then finds `begins` by the index whatever its locale; SQLite passes it over."""


class Company(models.Model):
    """The one company of the installation."""

    name = models.CharField(max_length=100)
    book = models.OneToOneField(Book, models.PROTECT)


class Office(models.Model):
    """A management office 管理处; it serves one community or several."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=100, unique=True)
    book = models.OneToOneField(Book, models.PROTECT)
    profile = models.CharField(max_length=40, default="default")
    rules_stamp = models.UUIDField(
        null=True, help_text="new with every change of a setting or a day that counts here"
    )
    times_stamp = models.UUIDField(
        null=True,
        help_text="new with those changes by which due times may move: settings and days, not switches",
    )


class Community(models.Model):
    """A community 小区; `code` heads its numbers."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=100, unique=True)
    code = models.CharField(max_length=12, unique=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="communities")
    book = models.OneToOneField(Book, models.PROTECT)


class Place(models.Model):
    """A public place of a community: a gate, a lift, a garage."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Community, models.PROTECT, related_name="places")
    name = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="place_once")]


class Home(models.Model):
    """A home 房屋(一套). `written` is its one canonical room form, such as ``1-2-301``."""

    class Occupancy(models.TextChoices):
        OCCUPIED = "occupied", "已入住"
        NOT_MOVED_IN = "not_moved_in", "未入住"
        NOT_HANDED_OVER = "not_handed_over", "未收楼"
        VACANT = "vacant", "空置"
        LET = "let", "出租"
        BUSINESS = "business", "办公"
        UNKNOWN = "unknown", "未登记"

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Community, models.PROTECT, related_name="homes", db_index=False)
    building = models.CharField(max_length=20)
    unit = models.CharField(max_length=20, blank=True)
    floor = models.SmallIntegerField(null=True)
    room = models.CharField(max_length=20)
    written = models.CharField(max_length=60)
    area_centi = models.PositiveIntegerField(null=True, help_text="0.01 m²")
    occupancy = models.CharField(max_length=20, choices=Occupancy.choices, default=Occupancy.UNKNOWN)
    handed_over_on = models.DateField(null=True)
    flags = models.JSONField(default=list, help_text="codes: lives_alone, hardship, disabled, no_calls …")
    parking = models.CharField(max_length=100, blank=True)
    remark = models.CharField(max_length=300, blank=True)
    imported = models.JSONField(default=dict, help_text="the values the last roster brought")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "written"], name="home_once")]
        indexes = [
            models.Index(fields=["community", "room"], name="home_by_room"),
            models.Index(fields=["community", "building", "id"], name="home_by_building"),
            models.Index(fields=["room"], name="home_by_room_anywhere"),
        ]

    OCCUPIED = (Occupancy.OCCUPIED, Occupancy.LET, Occupancy.BUSINESS)

    def __str__(self) -> str:
        return self.written


class Person(models.Model):
    """Somebody bound to a home, or a company that owns one. Erasable."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=100, blank=True)
    initials = models.CharField(max_length=20, blank=True, help_text="first letters of the name in pinyin")
    is_company = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["name"], name="person_by_name", opclasses=BY_BEGINNING),
            models.Index(fields=["initials"], name="person_by_initials", opclasses=BY_BEGINNING),
        ]


class Phone(models.Model):
    """One number of a person; digits only, in the order in which to try them."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="phones")
    number = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "number"], name="phone_once")]
        indexes = [
            models.Index(fields=["number"], name="phone_by_number", opclasses=BY_BEGINNING),
            models.Index(LastFour("number"), name="phone_by_last_four"),
        ]


class Tie(models.Model):
    """What binds a person to a home, from a date to a date; both ends belong to it."""

    class Kind(models.TextChoices):
        OWNER = "owner", "业主"
        CO_OWNER = "co_owner", "共有人"
        TENANT = "tenant", "租户"
        COMPANY = "company", "单位业主"
        CONTACT = "contact", "联系人"

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="ties")
    home = models.ForeignKey(Home, models.CASCADE, related_name="ties")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "home", "kind"], condition=Q(until__isnull=True), name="tie_once"
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="tie_ends_after_it_began",
            ),
        ]


class Staff(models.Model):
    """A member of staff. What they may do comes from their posts."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=60)
    initials = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=20, blank=True, help_text="digits only; the firm's or their own")
    number = models.CharField(max_length=30, blank=True, help_text="the company's own number for them")
    left_on = models.DateField(null=True, help_text="from this day on they belong to the company no more")

    @property
    def key(self) -> str:
        return f"staff:{self.id}"

    def has_left(self, on: date) -> bool:
        return self.left_on is not None and self.left_on <= on


class Department(models.Model):
    """A department of an office, with the trade that it carries."""

    id = models.UUIDField(primary_key=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="departments")
    name = models.CharField(max_length=60)
    trade = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="department_once")]


class Post(models.Model):
    """A role that a member of staff holds at an office (no office: in the whole company), from a day to a day."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="posts")
    role = models.CharField(max_length=30)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="posts")
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="posts")
    since = models.DateField()
    until = models.DateField(null=True, help_text="the last day of it")
    by_sheet = models.BooleanField(default=False, help_text="given by a staff list, which may end it again")

    class Meta:
        indexes = [models.Index(fields=["office", "role"], name="post_by_role")]


class Beat(models.Model):
    """A community, or some buildings of it, that the holder of a post looks after."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="beats")
    community = models.ForeignKey(Community, models.CASCADE, related_name="beats")
    buildings = models.JSONField(default=list, help_text="as homes write them; none: the whole community")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "community"], name="beat_once")]


class Shift(models.Model):
    """A member of staff on duty at an office, from a moment to a moment."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="shifts")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="shifts")
    role = models.CharField(max_length=30)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["office", "role", "begins_at"], name="shift_by_role")]


class OfficeDay(models.Model):
    """A day on which an office works or rests otherwise than the country (no office: the whole company)."""

    office = models.ForeignKey(Office, models.CASCADE, null=True, related_name="days")
    date = models.DateField()
    working = models.BooleanField()
    reason = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "date"], name="office_day_once"),
            models.UniqueConstraint(
                fields=["date"], condition=Q(office__isnull=True), name="company_day_once"
            ),
        ]


class ProfileValue(models.Model):
    """A setting of the SOP profile that an office (none: the company) overrides from a day on."""

    office = models.ForeignKey(Office, models.CASCADE, null=True, related_name="profile_values")
    key = models.CharField(max_length=80, help_text="dotted, as in profiles.toml: hours.office")
    value = models.JSONField()
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "key", "since"], name="profile_value_once"),
            models.UniqueConstraint(
                fields=["key", "since"], condition=Q(office__isnull=True), name="company_value_once"
            ),
        ]


class ClauseSwitch(models.Model):
    """From a day on a community is watched for a clause or a package of clauses, or is no longer."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="switches")
    what = models.CharField(max_length=20, help_text="a clause's id or a package's name")
    since = models.DateField()
    on = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "what", "since"], name="clause_switch_once")
        ]


class CommunityFact(models.Model):
    """What a community is from a day on, where clauses depend on it; it counts once a second person confirms it."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Community, models.CASCADE, related_name="facts")
    fact = models.CharField(max_length=40)
    since = models.DateField()
    on = models.BooleanField()
    stated_by = models.CharField(max_length=80)
    confirmed_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(confirmed_by=models.F("stated_by")), name="fact_confirmed_by_another"
            )
        ]


class RosterImport(models.Model):
    """One roster file on its way into a community. `claimed_until`: a worker is at it till then."""

    class State(models.TextChoices):
        READING = "reading"
        PREVIEW = "preview"
        WRITING = "writing"
        DONE = "done"
        FAILED = "failed"
        DISCARDED = "discarded"

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Community, models.CASCADE, related_name="roster_imports")
    filename = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file")
    state = models.CharField(max_length=10, choices=State.choices)
    by = models.CharField(max_length=80)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    answers = models.JSONField(default=dict, help_text="home → [sold | spelling, ISO date or null]")
    refusal = models.JSONField(default=dict, help_text="code and params, where it failed")

    class Meta:
        indexes = [
            models.Index(fields=["community", "-started_at"], name="roster_by_time"),
            models.Index(
                fields=["state"], name="roster_by_state", condition=Q(state__in=["reading", "writing"])
            ),
        ]


class RosterFile(models.Model):
    """The uploaded file, kept only until it is written or discarded."""

    roster_import = models.OneToOneField(RosterImport, models.CASCADE, primary_key=True, related_name="file")
    content = models.BinaryField()


class StagedRow(models.Model):
    """A line of an import's preview, or a row laid ready for its one transaction: `section` says which."""

    roster_import = models.ForeignKey(RosterImport, models.CASCADE, related_name="staged", db_index=False)
    section = models.CharField(max_length=10)
    position = models.PositiveIntegerField()
    payload = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roster_import", "section", "position"], name="staged_once")
        ]
