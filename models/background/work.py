"""What a background job does: an object for each kind of job."""


class Work:
    """The work of one job.

    :param job: the ``serial.job``; what is done is kept by its ``_keep``, and it ends by ``_finish`` or ``_fail``
    """

    def __init__(self, job):
        self.job = job

    def run(self):
        """Do it, from where it was left.

        :return: whether there is time for more
        """
        raise NotImplementedError

    def prepare_retry(self):
        """Return the values of a job that is to be tried again."""
        return {"state": "waiting", "problem": False, "done": 0, "faults": False}

    def describe_kept(self):
        """Return what a job that is cancelled has done, and keeps."""
        return self.job.env._("It was cancelled before it was done: nothing was changed, and there is no file.")

    def count_steps(self):
        """Return how many rows there are to go through."""
        return self.job.count

    def count_left(self):
        """Return how many steps are left; one at least while the work has not ended."""
        return max(self.job.count - self.job.done, 1)
