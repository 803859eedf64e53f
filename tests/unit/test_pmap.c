/* The persistent map: put, drop, equality and difference against a plain array. */
#include "base/pmap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

enum { KEYS = 300 };

struct told {
	uint64_t x[KEYS], y[KEYS];
	unsigned int n;
};

static bool note(void *ctx, uint64_t key, uint64_t x, uint64_t y)
{
	struct told *t = ctx;

	assert_true(key >= 1 && key < KEYS);
	assert_int_equal(t->x[key] | t->y[key], 0);
	t->x[key] = x;
	t->y[key] = y;
	t->n++;
	return true;
}

static uint32_t next(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

static void fill(struct arena *a, struct pmap *m, uint64_t *plain, uint32_t *seed, int changes)
{
	for (int i = 0; i < changes; i++) {
		uint64_t key = 1 + next(seed) % (KEYS - 1), value = next(seed) % 4;

		plain[key] = value;
		if (value)
			pmap_put(a, m, key, value);
		else
			pmap_drop(a, m, key);
	}
}

static void test_diff(void **state)
{
	struct arena *a = arena_new();
	uint32_t seed = 7;

	(void)state;
	for (int round = 0; round < 200; round++) {
		uint64_t x[KEYS] = {0}, y[KEYS];
		struct pmap mx = {0}, my;
		struct told t = {{0}, {0}, 0};
		unsigned int expected = 0;

		fill(a, &mx, x, &seed, round);
		my = mx;
		memcpy(y, x, sizeof(y));
		fill(a, &my, y, &seed, round % 17);
		fill(a, &mx, x, &seed, round % 5);
		pmap_diff(&mx, &my, note, &t);
		for (uint64_t k = 1; k < KEYS; k++) {
			expected += x[k] != y[k];
			assert_int_equal(t.x[k], x[k] != y[k] ? x[k] : 0);
			assert_int_equal(t.y[k], x[k] != y[k] ? y[k] : 0);
			assert_int_equal(pmap_get(&mx, k), x[k]);
		}
		assert_int_equal(t.n, expected);
		assert_int_equal(pmap_equal(&mx, &my), expected == 0);
	}
	arena_free(a);
}

static bool only_once(void *ctx, uint64_t key, uint64_t x, uint64_t y)
{
	(void)key, (void)x, (void)y;
	return --*(int *)ctx > 0;
}

static void test_diff_stops(void **state)
{
	struct arena *a = arena_new();
	struct pmap x = {0}, y = {0};
	int calls = 1;

	(void)state;
	for (uint64_t k = 1; k < KEYS; k++)
		pmap_put(a, &x, k, k);
	assert_false(pmap_diff(&x, &y, only_once, &calls));
	assert_int_equal(calls, 0);
	calls = KEYS;
	assert_true(pmap_diff(&x, &y, only_once, &calls));
	assert_int_equal(calls, 1);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_diff), cmocka_unit_test(test_diff_stops)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
