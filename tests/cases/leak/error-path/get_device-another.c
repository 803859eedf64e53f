/* A reference to what the caller has may be meant for another, who was told of it before the path failed. */
#include <linux/device.h>
#include <linux/errno.h>

struct job {
	struct device *dev;
};

int job_submit(struct job *j);
int job_wait(struct job *j);
int job_prepare(struct job *j);

int job_low(struct job *j)
{
	int ret;

	get_device(j->dev);
	ret = job_prepare(j);
	if (ret) {
		put_device(j->dev);
		return ret;
	}
	ret = job_submit(j);
	if (ret) {
		put_device(j->dev);
		return ret;
	}
	return job_wait(j); /* expect: leak/error-path device (low) */
}
