"""What is over of links: put on record, and after its time removed. What is on record stays."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

from plumbline import audit, sql
from plumbline.sharing.limits import days
from plumbline.sharing.links import of_clinic, utc_now
from plumbline.store import Store


def sweep(store: Store) -> dict[str, int]:
    """Put on record which links have come to their end, and remove what ended long ago; gives how many of each."""
    now = utc_now()
    links_before, attempts_before = now - days("kept_days"), now - timedelta(days=1)
    with closing(store.cursor()) as cursor:
        ended = sql.rows(cursor, "sharing/ended_by_link", now=now)
        old = sql.rows(
            cursor, "sharing/removable_count", links_before=links_before, attempts_before=attempts_before
        )[0]  # fmt: skip
    for row in ended:
        audit.record(store, "link_expired", of_clinic(audit.SYSTEM, row["clinic_id"]), ("link", row["link_id"]))
        with store.write(quietly=True) as cursor:
            sql.run(cursor, "sharing/note_end", link_id=row["link_id"], noted_at=store.stamp())
    if old["links"] or old["attempts"]:
        with store.write(quietly=True) as cursor:
            sql.run(cursor, "sharing/remove_links", before=links_before)
            sql.run(cursor, "sharing/remove_attempts", before=attempts_before)
    return {"ended": len(ended), "removed": old["links"]}
