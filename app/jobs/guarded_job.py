"""RQ jobs that can only ever be our own tasks.

Even with JSON, whoever can write to the queue's server could name any importable function, or have RQ call a
web address afterwards. A job of this class runs nothing but the tasks in the policy, without arguments.
"""

from typing import Any

from rq.job import Job

from app.jobs.policy import TASKS


class ForeignJob(Exception):  # noqa: N818 - what it is, not what went wrong
    """Somebody put a job into our queue that is none of ours."""


class GuardedJob(Job):
    """A job whose function is on our list, and that calls nothing else before, during or after."""

    def restore(self, raw_data: Any) -> Any:  # noqa: ANN401 - RQ's own signature
        result = super().restore(raw_data)
        self._success_callback_name = None
        self._failure_callback_name = None
        self._stopped_callback_name = None
        self.webhooks = []
        return result

    def perform(self) -> Any:  # noqa: ANN401 - RQ's own signature
        if self.func_name not in TASKS or self.args or self.kwargs or self.instance is not None:
            raise ForeignJob("this queue runs only the gateway's own tasks, without arguments")
        return super().perform()
