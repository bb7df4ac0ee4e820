"""What the desk does in one press, and the link by which an owner beside it sends pictures."""

from hemu.front_desk.operations.answering import add_to_open, answer_at_once, second_open
from hemu.front_desk.operations.photo_links import make_photo_link, photo_case

__all__ = ["add_to_open", "answer_at_once", "make_photo_link", "photo_case", "second_open"]
