/* Released by a function outside the pair, with a release function for several ways of taking. */
#include <linux/platform_device.h>
#include <linux/slab.h>

struct queue {
	int n;
};

struct port {
	struct queue *rq;
	struct queue *tq;
	void (*destructor)(struct port *p);
};

static void port_free(struct port *p)
{
	kvfree(p->rq);
}

static int probe_bad(struct platform_device *pdev)
{
	struct port *p = platform_get_drvdata(pdev);

	p->rq = kvcalloc(4, sizeof(*p->rq), GFP_KERNEL);
	if (!p->rq)
		return -ENOMEM;
	p->tq = kvcalloc(4, sizeof(*p->tq), GFP_KERNEL); /* expect: leak/remove memory */
	if (!p->tq) {
		kvfree(p->rq);
		return -ENOMEM;
	}
	p->destructor = port_free;
	return 0;
}

const struct platform_driver driver = {.probe = probe_bad};
