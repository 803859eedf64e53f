/* A member that still points to what was released: only who reads it later, and before it is set, follows it. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/firmware.h>

struct dsp {
	struct device *dev;
	const struct firmware *fw, *bin;
};

int dsp_load(const struct firmware *fw);
int dsp_check(struct dsp *dsp);

static int reset_ok(struct dsp *dsp)
{
	return dsp_load(dsp->bin);
}

static int bringup_ok(struct dsp *dsp, const struct firmware *bin)
{
	dsp->bin = bin;
	return reset_ok(dsp);
}

int dsp_start_ok(struct dsp *dsp)
{
	const struct firmware *bin;
	int ret = request_firmware(&bin, "bin", dsp->dev);

	if (ret)
		return ret;
	ret = bringup_ok(dsp, bin);
	if (dsp_check(dsp) < 0) {
		release_firmware(dsp->bin);
		return 0;
	}
	return ret;
}

static int reset_bad(struct dsp *dsp)
{
	return dsp_load(dsp->fw);
}

int dsp_resume_bad(struct dsp *dsp)
{
	return reset_bad(dsp);
}

int dsp_start_bad(struct dsp *dsp)
{
	int ret = request_firmware(&dsp->fw, "fw", dsp->dev);

	if (ret)
		return ret;
	ret = reset_bad(dsp);
	if (dsp_check(dsp) < 0) {
		release_firmware(dsp->fw);
		return 0; /* expect: free/use-after */
	}
	return ret;
}
