/* Nobody comes past an access to what is an error pointer. */
#include <linux/err.h>
#include <linux/slab.h>

struct vport {
	int index;
};
struct esw;
struct vport *load_vport(struct esw *esw, int n);

static struct vport *get_vport(struct esw *esw, int n)
{
	struct vport *vport = load_vport(esw, n);

	return vport ? vport : ERR_PTR(-EINVAL);
}

void teardown_ok(struct esw *esw, void **flows)
{
	struct vport *vport;

	vport = get_vport(esw, 2);
	kfree(flows[vport->index]);
	vport = get_vport(esw, 1);
	kfree(flows[vport->index]);
}

void teardown_bad(struct esw *esw, void **flows)
{
	struct vport *vport;

	vport = get_vport(esw, 2);
	kfree(flows[vport->index]);
	kfree(flows[vport->index]); /* expect: free/double */
}
