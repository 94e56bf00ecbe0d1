"""The Data in page: a file is looked at, mapped, checked and stored; earlier imports."""
