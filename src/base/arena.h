/*
 * Arena: memory whose lifetime is a phase (run, unit, function), not a list of frees.
 *
 * arena_new/arena_free bracket a phase; everything allocated in between is zeroed, 16-byte aligned and goes at once.
 * Allocation never returns NULL: running out of memory ends the process (the worker; its parent reports the unit).
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *a);
/* Forgets every allocation but keeps the memory for reuse. */
void arena_reset(struct arena *a);
/* All zeros. */
void *arena_alloc(struct arena *a, size_t size);
/* As it comes: for what is filled at once. */
void *arena_alloc_raw(struct arena *a, size_t size);
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Bytes handed out since arena_new or arena_reset. */
size_t arena_used(const struct arena *a);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_alloc((a), sizeof(type) * (size_t)(n)))

/*
 * Growable array living in an arena: declare `VEC(struct foo) foos;`, zero it, vec_push(arena, &foos, value).
 * Old storage is abandoned on growth (arenas do not free), so total waste is at most the final size.
 */
#define VEC(type)                     \
	struct {                      \
		type *v;              \
		unsigned int n, room; \
	}
#define vec_push(a, vec, value)                                                                          \
	do {                                                                                             \
		if (!(vec)->v || (vec)->n == (vec)->room)                                                \
			(vec)->v = arena_grow((a), (vec)->v, sizeof(*(vec)->v), (vec)->n, &(vec)->room); \
		(vec)->v[(vec)->n++] = (value);                                                          \
	} while (0)
void *arena_grow(struct arena *a, const void *old, size_t elem, unsigned int n, unsigned int *room);

#endif
