"""`make bench`: each figure beside the least work that could do the job, timed in the same run."""
