"""The Patient page: what it shows of one patient, and what is entered, corrected and shared there."""
