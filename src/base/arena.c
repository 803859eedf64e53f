#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 64 * 1024, ALIGN = 16 };

struct chunk {
	struct chunk *next;
	size_t size, used;
	_Alignas(ALIGN) unsigned char data[];
};

struct arena {
	struct chunk *chunks;
	size_t used;
};

static _Noreturn void out_of_memory(void)
{
	fputs("drvcheck: out of memory\n", stderr);
	abort();
}

static struct chunk *chunk_new(size_t size, struct chunk *next)
{
	struct chunk *c = malloc(sizeof(*c) + size);

	if (!c)
		out_of_memory();
	c->next = next;
	c->size = size;
	c->used = 0;
	return c;
}

struct arena *arena_new(void)
{
	struct arena *a = calloc(1, sizeof(*a));

	if (!a)
		out_of_memory();
	return a;
}

void arena_reset(struct arena *a)
{
	struct chunk *c = a->chunks;

	while (c && c->next) {
		struct chunk *next = c->next;

		free(c);
		c = next;
	}
	if (c)
		c->used = 0;
	a->chunks = c;
	a->used = 0;
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	arena_reset(a);
	free(a->chunks);
	free(a);
}

void *arena_alloc_raw(struct arena *a, size_t size)
{
	void *p;

	if (size > SIZE_MAX / 2)
		out_of_memory();
	size = (size + ALIGN - 1) / ALIGN * ALIGN;
	if (!a->chunks || a->chunks->size - a->chunks->used < size)
		a->chunks = chunk_new(size > CHUNK ? size : CHUNK, a->chunks);
	p = a->chunks->data + a->chunks->used;
	a->chunks->used += size;
	a->used += size;
	return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
	return memset(arena_alloc_raw(a, size), 0, size);
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *p = arena_alloc(a, n + 1);

	memcpy(p, s, n);
	return p;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	int n;
	char *p;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	p = arena_alloc(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return p;
}

void *arena_grow(struct arena *a, const void *old, size_t elem, unsigned int n, unsigned int *room)
{
	void *p;

	*room = *room ? *room * 2 : 8;
	p = arena_alloc(a, elem * *room);
	if (n)
		memcpy(p, old, elem * n);
	return p;
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}
