/* Taken in a callee, and so many paths since that they had to be merged: surer where another path shows the release. */
#include <linux/clk.h>
#include <linux/errno.h>

struct port {
	struct clk *clk;
	unsigned int flags, v[12];
	int powered;
};

int configure(void);
int link_up(void);

static int power_up(struct port *p)
{
	return clk_prepare_enable(p->clk);
}

static void power_down(struct port *p)
{
	clk_disable_unprepare(p->clk);
}

int start_bad(struct port *p)
{
	if (power_up(p) < 0)
		return -EIO;
	if (p->flags & 1)
		p->v[0] = 1;
	if (p->flags & 2)
		p->v[1] = 1;
	if (p->flags & 4)
		p->v[2] = 1;
	if (p->flags & 8)
		p->v[3] = 1;
	if (p->flags & 16)
		p->v[4] = 1;
	if (p->flags & 32)
		p->v[5] = 1;
	if (p->flags & 64)
		p->v[6] = 1;
	if (p->flags & 128)
		p->v[7] = 1;
	if (p->flags & 256)
		p->v[8] = 1;
	if (p->flags & 512)
		p->v[9] = 1;
	if (p->flags & 1024)
		p->v[10] = 1;
	if (p->flags & 2048)
		p->v[11] = 1;
	if (configure() < 0) {
		power_down(p);
		return -EIO;
	}
	if (link_up() < 0)
		return -ENODEV; /* expect: leak/error-path clk */
	return 0;
}

/* A member says whether it was taken, and merged paths no longer know what it says. */
int start_ok(struct port *p)
{
	if (p->powered && power_up(p) < 0)
		return -EIO;
	if (p->flags & 1)
		p->v[0] = 1;
	if (p->flags & 2)
		p->v[1] = 1;
	if (p->flags & 4)
		p->v[2] = 1;
	if (p->flags & 8)
		p->v[3] = 1;
	if (p->flags & 16)
		p->v[4] = 1;
	if (p->flags & 32)
		p->v[5] = 1;
	if (p->flags & 64)
		p->v[6] = 1;
	if (p->flags & 128)
		p->v[7] = 1;
	if (p->flags & 256)
		p->v[8] = 1;
	if (p->flags & 512)
		p->v[9] = 1;
	if (p->flags & 1024)
		p->v[10] = 1;
	if (p->flags & 2048)
		p->v[11] = 1;
	if (configure() < 0)
		goto down;
	if (link_up() < 0)
		goto down;
	return 0;
down:
	if (p->powered)
		power_down(p);
	return -EIO;
}
