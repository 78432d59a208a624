"""The adoption of many lots as a background job: batch by batch, and on from there after a restart."""

from ...engine.adopt import Adoption
from .work import Work

ADOPT = "adopt"


class AdoptWork(Work):
    """The units of the lots of products that are followed from now on."""

    def prepare_retry(self):
        """Go on where it ended."""
        return super().prepare_retry() | {"done": self.job.done}

    def describe_kept(self):
        """Say how many lots have their units, which stay."""
        env, done = self.job.env, self.job.done
        if not done:
            return env._("It was cancelled before it began: no lot has got its unit.")
        return env._(
            "It was cancelled. The first %(done)s of %(count)s lots have their units, which stay. Try again to go on.",
            done=done,
            count=self.job.count,
        )

    def run(self):
        """Make the units of each batch of lots, and then what needs all of them."""
        job = self.job
        templates = job.env["product.template"].browse(job.settings["product_tmpl_ids"]).exists()
        products = templates.with_context(active_test=False).product_variant_ids
        adoption = Adoption(job._as_requested().env["product.product"].browse(products.ids).sudo())
        last = job.settings.get("last", 0)
        batches = adoption.find_batches(last)
        job.count = job.done + sum(map(len, batches))
        for lots in batches:
            adoption.take(lots)
            last = max(last, lots[-1])
            has_time = job._keep(done=job.done + len(lots), settings={**job.settings, "last": last})
            if not has_time and lots is not batches[-1]:
                return False
        adoption.finish()
        templates.serial_adopting = False
        job._finish(self._describe(adoption), problem="\n".join(adoption.describe_faults()) or False)
        return job._commit()

    def _describe(self, adoption):
        env, count = self.job.env, len(adoption.faults)
        text = env._("%(job)s: done.", job=self.job.name)
        return f"{text} {env._('Some lots could not be taken, see What Is Wrong: %s.', count)}" if count else text
