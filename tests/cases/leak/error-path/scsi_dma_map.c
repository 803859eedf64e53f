/* It returns how many segments it has mapped; of none there is nothing to unmap. */
#include <linux/errno.h>

struct scsi_cmnd;

int scsi_dma_map(struct scsi_cmnd *cmd);
void scsi_dma_unmap(struct scsi_cmnd *cmd);
int post(struct scsi_cmnd *cmd, int n);

int queue_ok(struct scsi_cmnd *cmd)
{
	int n = scsi_dma_map(cmd);

	if (n <= 0)
		return -EIO;
	if (post(cmd, n)) {
		scsi_dma_unmap(cmd);
		return -EIO;
	}
	return 0;
}

int queue_bad(struct scsi_cmnd *cmd)
{
	int n = scsi_dma_map(cmd);

	if (n <= 0)
		return -EIO;
	if (n > 64) {
		scsi_dma_unmap(cmd);
		return -EIO;
	}
	if (post(cmd, n))
		return -EIO; /* expect: leak/error-path dma */
	return 0;
}
