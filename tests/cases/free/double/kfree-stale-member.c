/* A helper frees the member and leaves the pointer; the common teardown frees it again. */
#include <linux/slab.h>

struct state {
	u8 *fw, *cal;
};

static int load_stale(struct state *s)
{
	s->fw = kmalloc(64, GFP_KERNEL);
	if (!s->fw)
		return -ENOMEM;
	s->cal = kmalloc(64, GFP_KERNEL);
	if (!s->cal) {
		kfree(s->fw);
		return -ENOMEM;
	}
	return 0;
}

static int load_clean(struct state *s)
{
	s->fw = kmalloc(64, GFP_KERNEL);
	if (!s->fw)
		return -ENOMEM;
	s->cal = kmalloc(64, GFP_KERNEL);
	if (!s->cal) {
		kfree(s->fw);
		s->fw = NULL;
		return -ENOMEM;
	}
	return 0;
}

static void state_free(struct state *s)
{
	kfree(s->cal);
	kfree(s->fw); /* expect: free/double memory */
	kfree(s);
}

struct state *stale_bad(void)
{
	struct state *s = kzalloc(sizeof(*s), GFP_KERNEL);

	if (!s)
		return NULL;
	if (load_stale(s)) {
		state_free(s);
		return NULL;
	}
	return s;
}

struct state *stale_ok(void)
{
	struct state *s = kzalloc(sizeof(*s), GFP_KERNEL);

	if (!s)
		return NULL;
	if (load_clean(s)) {
		state_free(s);
		return NULL;
	}
	return s;
}
