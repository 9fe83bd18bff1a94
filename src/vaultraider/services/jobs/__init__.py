"""Background work: asked for, run once, told about while it runs, and never lost.

ask      write the row, commit, ring the bell
run      claim the row (nobody else can), take its lease if it is exclusive, keep its heart beating, call the job,
         write down how it ended
sweep    ring again for what is due, give back what stands still because its worker is gone
tick     ask for what the schedules say, sweep four times a minute

Every part may be repeated or lost, and two processes may do the same at once: the row decides.
"""

from __future__ import annotations

from vaultraider.services.jobs.catalogue import JobKind
from vaultraider.services.jobs.handle import JobHandle, JobInterrupted, JobLost
from vaultraider.services.jobs.running import ABANDONED, HEARTBEAT, STALE, Work
from vaultraider.services.jobs.schedules import Daily, Every, Schedule
from vaultraider.services.jobs.service import JobService
from vaultraider.services.jobs.upkeep import KEPT, SWEEP

__all__ = [
    "ABANDONED",
    "HEARTBEAT",
    "KEPT",
    "STALE",
    "SWEEP",
    "Daily",
    "Every",
    "JobHandle",
    "JobInterrupted",
    "JobKind",
    "JobLost",
    "JobService",
    "Schedule",
    "Work",
]
