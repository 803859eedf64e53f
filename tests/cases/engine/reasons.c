#include <linux/slab.h>
#include <linux/types.h>

void drv_eval(long value);

struct channels {
	void *out, *in;
	bool shared;
};

/* The answer is no for two reasons. */
static bool enabled(const struct channels *c)
{
	return c->out && (c->shared || c->in);
}

void no_reason(struct channels *c)
{
	if (!c->out)
		return;
	if (c->in)
		drv_eval(enabled(c)); /* expect: engine/probe 1 */
	else if (c->shared)
		drv_eval(enabled(c)); /* expect: engine/probe 1 */
	else
		drv_eval(enabled(c)); /* expect: engine/probe 0 */
}

void not_known(struct channels *c)
{
	if (c->out)
		drv_eval(enabled(c)); /* expect: engine/probe 0 */ /* expect: engine/probe 1 */
}
