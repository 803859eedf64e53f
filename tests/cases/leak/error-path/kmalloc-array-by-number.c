#include <linux/slab.h>

#define SOURCES 6

struct source {
	int rate;
};

struct sources {
	struct source *all[SOURCES];
	struct source *spare;
	unsigned int n;
};

int sources_start(struct sources *s);

static void sources_destruct(struct sources *s)
{
	unsigned int i;

	for (i = 0; i < s->n; i++)
		kfree(s->all[i]);
}

/* Each put there by its number, all given back by an index. */
static int sources_construct_ok(struct sources *s)
{
	s->all[0] = kzalloc(sizeof(*s->all[0]), GFP_KERNEL);
	s->all[1] = kzalloc(sizeof(*s->all[1]), GFP_KERNEL);
	s->all[2] = kzalloc(sizeof(*s->all[2]), GFP_KERNEL);
	s->all[3] = kzalloc(sizeof(*s->all[3]), GFP_KERNEL);
	s->n = 4;
	if (sources_start(s)) {
		sources_destruct(s);
		return -EIO;
	}
	return 0;
}

struct sources *sources_create_ok(void)
{
	struct sources *s = kzalloc(sizeof(*s), GFP_KERNEL);

	if (!s)
		return NULL;
	if (sources_construct_ok(s) == 0)
		return s;
	kfree(s);
	return NULL;
}

/* What stands beside the array is not in it. */
static int sources_construct_bad(struct sources *s)
{
	s->spare = kzalloc(sizeof(*s->spare), GFP_KERNEL);
	if (!s->spare)
		return -ENOMEM;
	s->all[0] = kzalloc(sizeof(*s->all[0]), GFP_KERNEL);
	s->n = 1;
	if (sources_start(s)) {
		sources_destruct(s);
		return -EIO; /* expect: leak/error-path memory */
	}
	return 0;
}

struct sources *sources_create_bad(void)
{
	struct sources *s = kzalloc(sizeof(*s), GFP_KERNEL);

	if (!s)
		return NULL;
	if (sources_construct_bad(s) == 0)
		return s;
	kfree(s);
	return NULL;
}
