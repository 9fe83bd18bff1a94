"""Makes a backup each night, and reads it back; old ones go when nothing keeps them any more."""

from __future__ import annotations

from typing import Any

from vaultraider.jobs._job import Daily, Job, JobHandle, Services


def run(services: Services, handle: JobHandle) -> dict[str, Any]:
    why = "nightly" if handle.asked_by == "schedule" else "asked"
    made = services.backups.make(why, handle.report)
    rows = sum(made.about.rows.values())
    sentence = f"{made.bytes / 1e6:.1f} MB with {rows} rows, read back and whole."
    return {"file": made.file.name, "bytes": made.bytes, "rows": rows, "sentence": sentence}


JOB = Job(title="Make a backup", run=run, schedule=Daily(3, 30, jitter=1800), exclusive="backup")
