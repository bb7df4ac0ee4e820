"""What is kept for people: the duties of their own posts, handed on when they leave."""

from hemu.duties.operations.handing import hand_on, open_duties_of
from hemu.staffing.rules import Work

WORK = (Work("duties", open_duties_of, hand_on),)
