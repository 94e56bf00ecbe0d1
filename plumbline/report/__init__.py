"""Pages of paper: a patient's own copy and the letter to the referring doctor, each one A4 page, tagged, as PDF."""

from plumbline.report.handout import handout_pdf
from plumbline.report.letter import Letter, letter_pdf
from plumbline.report.patient import patient_pdf

__all__ = ["Letter", "handout_pdf", "letter_pdf", "patient_pdf"]
