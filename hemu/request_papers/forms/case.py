"""What papers know of a case and of a return visit: texts as they are to be printed, in Chinese."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class House:
    """Whose paper it is; the names stand on blank ones too."""

    company: str = ""
    office: str = ""
    community: str = ""


@dataclass(frozen=True)
class CaseOnPaper:
    """A case as papers print it; what is not known yet is empty and leaves room to write.

    Attributes:
        phone: masked, or in full where whoever prints may see it.
        spoken_by: who spoke on behalf of ``name``, where another did.
        answered: who of the two is answered.
        entered: when it was entered, where that was late (补录); with the reason in ``late_reason``.
        told: what the owner was told in the end: the result, or else the reply.
        signature: the picture of the owner's signature on the glass.
    """

    number: str = ""
    type: str = ""
    type_word: str = ""
    channel: str = ""
    happened: str = ""
    entered: str = ""
    late_reason: str = ""
    room: str = ""
    name: str = ""
    spoken_by: str = ""
    answered: str = ""
    phone: str = ""
    text: str = ""
    added: tuple[str, ...] = ()
    trade: str = ""
    nature: str = ""
    urgency: str = ""
    received_by: str = ""
    department: str = ""
    handler: str = ""
    dispatched: str = ""
    due: str = ""
    appointed: str = ""
    judged: str = ""
    resolved: str = ""
    result: str = ""
    told: str = ""
    told_at: str = ""
    price: str = ""
    price_accepted: bool = False
    outcome: str = ""
    confirmed: str = ""
    signature: bytes = b""
    signed_at: str = ""
    digest: str = ""
    link: str = ""

    @property
    def caller(self) -> str:
        """Whose matter it is, and who spoke for them."""
        return f"{self.name}（{self.spoken_by}代）" if self.spoken_by else self.name


@dataclass(frozen=True)
class VisitOnPaper:
    """A return visit as papers print it."""

    number: str = ""
    kind: str = ""
    way: str = ""
    done: str = ""
    done_by: str = ""
    independent: str = ""
    result: str = ""
    attitude: str = ""
    timely: str = ""
    told: str = ""
    question: str = ""
    promised: str = ""
    answered: str = ""
    tried: tuple[str, ...] = ()
    case: CaseOnPaper = field(default_factory=CaseOnPaper)


NOBODY = CaseOnPaper()
NO_VISIT = VisitOnPaper()
