"""The clause register, the profiles and what they say: pure but for reading its two packaged files."""
