"""Background work: each file without an underscore is one job with its schedule, found by its `JOB`."""
