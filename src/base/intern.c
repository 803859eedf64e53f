#include "base/intern.h"

#include <stdint.h>
#include <string.h>
#include <xxhash.h>

struct intern {
	struct arena *arena;
	const char **slots;
	size_t size, used;
};

struct intern *intern_new(struct arena *a)
{
	struct intern *t = ARENA_NEW(a, struct intern);

	t->arena = a;
	t->size = 1024;
	t->slots = ARENA_ARRAY(a, const char *, t->size);
	return t;
}

static size_t slot_of(const struct intern *t, const char *s)
{
	size_t i = XXH3_64bits(s, strlen(s)) & (t->size - 1);

	while (t->slots[i] && strcmp(t->slots[i], s) != 0)
		i = (i + 1) & (t->size - 1);
	return i;
}

static void grow(struct intern *t)
{
	const char **old = t->slots;
	size_t n = t->size;

	t->size = n * 2;
	t->slots = ARENA_ARRAY(t->arena, const char *, t->size);
	for (size_t i = 0; i < n; i++)
		if (old[i])
			t->slots[slot_of(t, old[i])] = old[i];
}

const char *intern_str(struct intern *t, const char *s)
{
	size_t i;

	if (!s)
		return NULL;
	i = slot_of(t, s);
	if (t->slots[i])
		return t->slots[i];
	if (t->used++ * 2 > t->size) {
		grow(t);
		i = slot_of(t, s);
	}
	return t->slots[i] = arena_strdup(t->arena, s);
}
