"""Pure ground of the house: no Django, no clock, no I/O, no display text."""
