"""What can be printed and written, and the office's own letter."""

from hemu.request_papers.operations.letters import (
    keep_letter_template,
    letter_template_of,
    use_house_letter,
    write_reply,
)
from hemu.request_papers.operations.printing import (
    LONGEST_DAYS,
    Printing,
    form_of,
    print_blank,
    print_case,
    print_period,
)

__all__ = [
    "LONGEST_DAYS",
    "Printing",
    "form_of",
    "keep_letter_template",
    "letter_template_of",
    "print_blank",
    "print_case",
    "print_period",
    "use_house_letter",
    "write_reply",
]
