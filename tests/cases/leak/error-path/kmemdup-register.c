/* What registers something for others is undone by its counterpart, but not if it has failed. */
#include <linux/errno.h>
#include <linux/slab.h>

struct radio {
	void *band;
};

int announce(void);
void withdraw(struct radio *r);

static void set_band(struct radio *r, const void *band)
{
	r->band = kmemdup(band, 64, GFP_KERNEL);
}

int radio_register_bad(struct radio *r, const void *band)
{
	set_band(r, band);
	if (announce() < 0)
		return -EIO; /* expect: leak/error-path memory */
	return 0;
}

void radio_unregister_bad(struct radio *r)
{
	withdraw(r);
	kfree(r->band);
}

int radio_register_ok(struct radio *r, const void *band)
{
	set_band(r, band);
	if (announce() < 0) {
		kfree(r->band);
		return -EIO;
	}
	return 0;
}

/* The counterpart may run in any case. */
int band_setup_ok(struct radio *r, const void *band)
{
	set_band(r, band);
	return announce() < 0 ? -EIO : 0;
}

void band_cleanup_ok(struct radio *r)
{
	kfree(r->band);
}
