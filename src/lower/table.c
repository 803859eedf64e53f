#include "lower/internal.h"

#include <xxhash.h>

/* The identity that clang_equalCursors() compares: a declaration is told by data[0], a statement by data[1]. */
struct key key_cursor(CXCursor c)
{
	bool is_stmt = clang_isExpression(c.kind) || clang_isStatement(c.kind);

	return (struct key){c.data[is_stmt ? 1 : 0], (uintptr_t)c.kind};
}

struct key key_string(const char *interned)
{
	return (struct key){interned, 0};
}

static uint32_t slot_of(const struct table *t, struct key key)
{
	uint32_t i = (uint32_t)XXH3_64bits(&key, sizeof(key)) & (t->size - 1);

	while (t->slots[i].full && (t->slots[i].key.p != key.p || t->slots[i].key.n != key.n))
		i = (i + 1) & (t->size - 1);
	return i;
}

uint32_t table_get(const struct table *t, struct key key)
{
	uint32_t i;

	if (!t->size)
		return IR_NONE;
	i = slot_of(t, key);
	return t->slots[i].full ? t->slots[i].value : IR_NONE;
}

static void grow(struct arena *a, struct table *t)
{
	struct table old = *t;

	t->size = old.size ? old.size * 2 : 32;
	t->slots = ARENA_ARRAY(a, struct table_slot, t->size);
	for (uint32_t i = 0; i < old.size; i++)
		if (old.slots[i].full)
			t->slots[slot_of(t, old.slots[i].key)] = old.slots[i];
}

void table_set(struct arena *a, struct table *t, struct key key, uint32_t value)
{
	uint32_t i;

	if ((t->used + 1) * 2 > t->size)
		grow(a, t);
	i = slot_of(t, key);
	t->used += !t->slots[i].full;
	t->slots[i] = (struct table_slot){key, value, true};
}
