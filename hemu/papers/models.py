"""Papers as they stand now: versions frozen by digest, decisions, uses of the seal. Their history is the ledger."""

from django.db import models
from django.db.models import Q

from hemu.attachments.models import KeptFile
from hemu.estate.models import Community, Office, Staff
from hemu.papers.rules_documents import State


class PaperLayout(models.Model):
    """How an office's papers look from a day on (no office: those of all)."""

    office = models.ForeignKey(Office, models.CASCADE, null=True, related_name="paper_layouts")
    since = models.DateField()
    values = models.JSONField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "since"], name="paper_layout_once"),
            models.UniqueConstraint(
                fields=["since"], condition=Q(office__isnull=True), name="company_paper_layout_once"
            ),
        ]


class ApprovalChain(models.Model):
    """Who reads and who approves a kind of paper at an office from a day on (no office: at all)."""

    office = models.ForeignKey(Office, models.CASCADE, null=True, related_name="approval_chains")
    kind = models.CharField(max_length=20)
    since = models.DateField()
    turns = models.JSONField(help_text="[[{act, role}]]: turn after turn, those of one turn together")
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "kind", "since"], name="approval_chain_once"),
            models.UniqueConstraint(
                fields=["kind", "since"], condition=Q(office__isnull=True), name="company_chain_once"
            ),
        ]


class Document(models.Model):
    """One paper. Its number is given with the last approval, so that what is refused leaves no gap."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20)
    office = models.ForeignKey(Office, models.PROTECT, related_name="documents", db_index=False)
    community = models.ForeignKey(Community, models.PROTECT, null=True, related_name="documents")
    title = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=[(str(each), str(each)) for each in State])
    version = models.PositiveIntegerField(default=1, help_text="of its newest words")
    number = models.CharField(max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    ordinal = models.PositiveIntegerField(null=True)
    case_number = models.CharField(max_length=40, blank=True, help_text="a slip of a case bears its number")
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replaced_by", help_text="a correction names the old"
    )
    code = models.CharField(max_length=16, null=True, unique=True, help_text="under which anybody checks it")
    drafted_by = models.ForeignKey(Staff, models.PROTECT, related_name="documents")
    drafted_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    approved_on = models.DateField(null=True)
    void_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind", "year", "ordinal"],
                condition=Q(ordinal__isnull=False),
                name="document_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "issued"]) | ~Q(number="") & Q(code__isnull=False),
                name="document_approved_has_number",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state", "-id"], name="document_by_state"),
            models.Index(fields=["office", "-id"], name="document_by_office"),
            models.Index(fields=["case_number"], name="document_by_case", condition=~Q(case_number="")),
        ]

    @property
    def subject(self) -> str:
        return f"paper:{self.id.hex}"

    @property
    def book_id(self) -> str:
        return self.community.book_id if self.community else self.office.book_id


class Version(models.Model):
    """The words of a paper at one time; never changed."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(Staff, models.PROTECT)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="version_once")]


class Decision(models.Model):
    """A place in the chain of one version: asked for when it is submitted, decided by one person."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="decisions", db_index=False)
    turn = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=10)
    role = models.CharField(max_length=30)
    result = models.CharField(max_length=10, blank=True, help_text="agreed, refused; empty: not yet")
    by = models.ForeignKey(Staff, models.PROTECT, null=True)
    at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    independent = models.BooleanField(null=True)
    second_factor = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "turn", "position"], name="decision_once"),
            models.CheckConstraint(
                condition=Q(result="", by__isnull=True, at__isnull=True)
                | ~Q(result="") & Q(by__isnull=False, at__isnull=False),
                name="decision_by_somebody",
            ),
        ]


class SealUse(models.Model):
    """One use of the seal, or of the mark that stands in for it: the row that makes a paper issued."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="seal_use", primary_key=True)
    version = models.ForeignKey(Version, models.PROTECT)
    office = models.ForeignKey(Office, models.PROTECT, related_name="seal_uses", db_index=False)
    mode = models.CharField(max_length=10, choices=[("scan", "scan"), ("mark", "mark")])
    copies = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Staff, models.PROTECT)
    at = models.DateTimeField()
    file = models.ForeignKey(KeptFile, models.SET_NULL, null=True, related_name="+")
    file_digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the signed file")
    scan_digest = models.CharField(
        max_length=700, blank=True, help_text="SHA-256 of each scan of the sealed paper, a blank between them"
    )
    signer = models.CharField(max_length=64, help_text="SHA-256 of the certificate")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(mode="scan") | ~Q(scan_digest=""), name="scan_of_a_sealed_paper"
            )
        ]
        indexes = [models.Index(fields=["office", "-at"], name="seal_use_by_time")]

    @property
    def scan_digests(self) -> list[str]:
        return self.scan_digest.split()
