/* A release function in the file that defines it is given what its creator has half made: the body says what it does. */
#include <linux/firmware.h>
#include <linux/slab.h>

int read_image(const struct firmware *fw);

void release_firmware(const struct firmware *fw)
{
	kfree(fw);
}

int load_ok(void)
{
	struct firmware *fw = kzalloc(sizeof(*fw), GFP_KERNEL);
	int ret;

	if (!fw)
		return -ENOMEM;
	ret = read_image(fw);
	release_firmware(fw);
	return ret;
}

int load_bad(void)
{
	struct firmware *fw = kzalloc(sizeof(*fw), GFP_KERNEL);
	int ret;

	if (!fw)
		return -ENOMEM;
	ret = read_image(fw);
	if (ret)
		return ret; /* expect: leak/error-path memory */
	release_firmware(fw);
	return 0;
}
