"""`python -m plumbline …`: a file a family of commands; `main` has them all, `base` what they share."""
