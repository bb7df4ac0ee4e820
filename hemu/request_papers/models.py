"""What an office keeps of its own about papers."""

from django.db import models

from hemu.estate.models import Office, Staff


class LetterTemplate(models.Model):
    """The office's own letter, a Word file; without one the house's letter is used."""

    office = models.OneToOneField(Office, models.CASCADE, primary_key=True, related_name="letter_template")
    content = models.BinaryField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file")
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(Staff, models.PROTECT)
