"""The Cohorts page: who is compared, what it comes to, whom a mark stands for, what leaves."""
