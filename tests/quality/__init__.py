"""Data quality: each check on its planted fault, and what the page may know."""
