"""The Follow-ups page: visits that are due, and the call about one."""
