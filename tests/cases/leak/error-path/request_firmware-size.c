#include <linux/errno.h>
#include <linux/firmware.h>

int upload(const void *data, size_t n);

int firmware_bad(struct device *dev)
{
	const struct firmware *fw;
	int ret = request_firmware(&fw, "x.bin", dev);

	if (ret)
		return ret;
	if (fw->size < 16)
		return -EINVAL; /* expect: leak/error-path firmware */
	ret = upload(fw->data, fw->size);
	release_firmware(fw);
	return ret;
}

int firmware_ok(struct device *dev)
{
	const struct firmware *fw;
	int ret = request_firmware(&fw, "x.bin", dev);

	if (ret)
		return ret;
	if (fw->size < 16)
		ret = -EINVAL;
	else
		ret = upload(fw->data, fw->size);
	release_firmware(fw);
	return ret;
}
