"""Statements, audit windows and publications as they stand now; their history is the ledger. Money is in 分."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from hemu.estate.models import Community, Staff
from hemu.papers.models import Document
from hemu.statements.rules import BUDGETS, CATEGORIES, HOWS
from hemu.statements.rules_audit import KINDS

MOVED = [(each, each) for each in HOWS]


class Statement(models.Model):
    """A month's statement in one version; a correction is a version of its own that names the old one."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Community, models.PROTECT, related_name="statements", db_index=False)
    month = models.CharField(max_length=7)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    opening = models.BigIntegerField(null=True)
    closing = models.BigIntegerField(null=True)
    stated_income = models.BigIntegerField(null=True, help_text="the total as written; empty: none was")
    stated_expense = models.BigIntegerField(null=True)
    budget_for = models.CharField(max_length=5, choices=[(each, each) for each in BUDGETS], default="month")
    rounding = models.BigIntegerField(default=0, help_text="by so much sums may differ")
    explanations = models.JSONField(default=dict, help_text="category:item → why")
    remarks = models.JSONField(default=list, help_text="what was seen while its spreadsheet was read")
    source = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the spreadsheet it was read from"
    )
    stamp = models.PositiveIntegerField(default=1, help_text="counts the times it was changed")
    prepared_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="statement")
    paper_digest = models.CharField(max_length=64, blank=True, help_text="of the paper's words as handed in")
    delivered_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=5, choices=MOVED, blank=True)
    published_at = models.DateTimeField(null=True, help_text="to the owners")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "month", "version"], name="statement_once"),
            models.UniqueConstraint(
                fields=["community", "month"],
                condition=Q(delivered_at__isnull=True),
                name="statement_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True) | Q(document__isnull=False),
                name="statement_sent_on_paper",
            ),
        ]
        indexes = [models.Index(fields=["community", "-month", "-version"], name="statement_by_month")]

    @property
    def subject(self) -> str:
        return statement_subject(self.community_id, self.month)


class StatementLine(models.Model):
    """One line of a statement."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="lines", db_index=False)
    position = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=7, blank=True, choices=[(each, each) for each in CATEGORIES])
    item = models.CharField(max_length=40)
    month = models.BigIntegerField(null=True)
    budget = models.BigIntegerField(null=True)
    year = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement", "position"], name="statement_line_once")]


class Publication(models.Model):
    """A community's newspaper or leaflet, brought to the committee in the first month of a quarter (OC-06)."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Community, models.PROTECT, related_name="publications", db_index=False)
    quarter = models.CharField(max_length=7)
    title = models.CharField(max_length=80)
    how = models.CharField(max_length=5, choices=MOVED)
    delivered_at = models.DateTimeField()
    delivered_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["community", "-quarter", "-id"], name="publication_by_quarter")]

    @property
    def subject(self) -> str:
        return publication_subject(self.community_id, self.quarter)


class Receipt(models.Model):
    """One member of the committee has something: opened on the page, signed for by hand, or taken from the post."""

    statement = models.ForeignKey(
        Statement, models.CASCADE, null=True, related_name="receipts", db_index=False
    )
    publication = models.ForeignKey(
        Publication, models.CASCADE, null=True, related_name="receipts", db_index=False
    )
    member = models.UUIDField(help_text="of the roster of the committee")
    person = models.UUIDField(help_text="who sat there then")
    helper = models.BooleanField(default=False)
    how = models.CharField(max_length=5, choices=MOVED)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "member"], name="statement_receipted_once"),
            models.UniqueConstraint(fields=["publication", "member"], name="publication_receipted_once"),
            models.CheckConstraint(
                condition=Q(statement__isnull=True) ^ Q(publication__isnull=True), name="receipt_of_one_thing"
            ),
        ]


class AuditBooks(models.Model):
    """What lies open in the window of a month (10th to 15th): the books and vouchers of the month before."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Community, models.PROTECT, related_name="audit_books", db_index=False)
    month = models.CharField(max_length=7, help_text="of the window; the books are those of the month before")
    laid_at = models.DateTimeField(null=True)
    laid_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "month"], name="audit_books_once"),
            models.CheckConstraint(
                condition=Q(laid_at__isnull=True, laid_by__isnull=True)
                | Q(laid_at__isnull=False, laid_by__isnull=False),
                name="audit_books_laid_by_somebody",
            ),
        ]

    @property
    def subject(self) -> str:
        return audit_subject(self.community_id, self.month)


class Voucher(models.Model):
    """A book or a voucher that lies open; its files lie with the subject of the books, named in its entry."""

    id = models.UUIDField(primary_key=True)
    books = models.ForeignKey(AuditBooks, models.CASCADE, related_name="vouchers", db_index=False)
    kind = models.CharField(max_length=7, choices=[(each, each) for each in KINDS])
    title = models.CharField(max_length=80)
    category = models.CharField(max_length=7, blank=True)
    item = models.CharField(max_length=40, blank=True, help_text="of the month's statement")
    amount = models.BigIntegerField(null=True)
    files = models.JSONField(default=list, help_text="as its entry names them: id, digest, use")
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["books", "id"], name="voucher_by_books")]


class AuditAsk(models.Model):
    """An owner asks to read a window's books; staff grant it or say why not."""

    id = models.UUIDField(primary_key=True)
    books = models.ForeignKey(AuditBooks, models.CASCADE, related_name="asks", db_index=False)
    person = models.UUIDField()
    asked_at = models.DateTimeField()
    granted = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["books", "person"], name="audit_asked_once"),
            models.CheckConstraint(
                condition=Q(granted__isnull=True, decided_at__isnull=True)
                | Q(granted__isnull=False, decided_at__isnull=False),
                name="audit_decided_at_a_time",
            ),
        ]


class Look(models.Model):
    """Somebody looked at what lies open: the page, a file, the book, the package. Every look counts."""

    books = models.ForeignKey(AuditBooks, models.CASCADE, related_name="looks", db_index=False)
    reader = models.CharField(max_length=80, help_text="owner:…, helper:… or staff:…")
    role = models.CharField(max_length=10, help_text="member, owner or staff")
    what = models.CharField(max_length=10, help_text="page, file, ledger or package")
    voucher = models.ForeignKey(Voucher, models.SET_NULL, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["books", "-at"], name="look_by_books")]


def statement_subject(community: UUID, month: str) -> str:
    """Return on what the entries of a month's statement lie: that of the duty of its month (OC-04)."""
    return f"statement:{community.hex}:{month}"


def audit_subject(community: UUID, month: str) -> str:
    """Return on what the entries of a month's audit window lie (OC-05)."""
    return f"audit:{community.hex}:{month}"


def publication_subject(community: UUID, quarter: str) -> str:
    """Return on what the entries of a quarter's publications lie (OC-06)."""
    return f"publication:{community.hex}:{quarter}"
