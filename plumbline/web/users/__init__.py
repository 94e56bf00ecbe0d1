"""The Accounts page: who may come in, and which links there are."""
