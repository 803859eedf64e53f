/* Handed to one call and then to another: a path that frees it after both is evidence against failing in the first. */
#include <linux/slab.h>

struct job {
	u8 *data;
};

int job_prepare(struct job *job);
int job_send(struct job *job);

int job_run_bad(struct job *job)
{
	int ret;

	job->data = kzalloc(64, GFP_KERNEL);
	if (!job->data)
		return -ENOMEM;
	ret = job_prepare(job);
	if (ret)
		return -EIO; /* expect: leak/error-path memory */
	ret = job_send(job);
	if (ret) {
		kfree(job->data);
		return ret;
	}
	return 0;
}

/* Error codes that are told from others are meant: somebody else has the job by now. */
int job_run_ok(struct job *job)
{
	int ret;

	job->data = kzalloc(64, GFP_KERNEL);
	if (!job->data)
		return -ENOMEM;
	ret = job_prepare(job);
	if (ret) {
		kfree(job->data);
		return -EIO;
	}
	ret = job_send(job);
	if (ret && ret != -EINPROGRESS && ret != -EBUSY)
		kfree(job->data);
	return ret;
}
