/* A count of a host that is named by the argument, whatever becomes of the result. */
#include <linux/errno.h>
#include <linux/types.h>

struct Scsi_Host;
struct Scsi_Host *scsi_host_get(struct Scsi_Host *host);
void scsi_host_put(struct Scsi_Host *host);
int port_add(struct Scsi_Host *host);

int port_ok(struct Scsi_Host *host)
{
	int ret;

	scsi_host_get(host);
	ret = port_add(host);
	if (ret)
		scsi_host_put(host);
	return ret;
}

int port_bad(struct Scsi_Host *host, int n)
{
	int ret;

	scsi_host_get(host);
	ret = port_add(host);
	if (ret) {
		scsi_host_put(host);
		return ret;
	}
	if (port_add(host))
		return -EIO; /* expect: leak/error-path Scsi_Host */
	return 0;
}
