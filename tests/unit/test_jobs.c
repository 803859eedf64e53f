/* Worker processes: results, failures, crashes, hangs and memory, for one and several workers. */
#include "workers/jobs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { N = 24, CRASHES = 3, HANGS = 7, FAILS = 9, GREEDY = 12, EXITS = 15, ASSERTS = 17 };

struct outcome {
	guint times;
	char text[256];
	bool failed;
};

struct test {
	struct outcome units[N];
	guint interrupt_at; /* raise SIGINT when this many are done; 0: never */
	guint n_done;
};

static void *answer(guint unit, size_t *size)
{
	char *text = malloc(64);

	*size = (size_t)snprintf(text, 64, "result of %u", unit) + 1;
	return text;
}

static void *eat(void)
{
	for (;;) {
		void *volatile p = malloc(1 << 20); /* address space is what is limited: no need to touch it */

		if (!p) {
			fputs("drvcheck: out of memory\n", stderr);
			abort();
		}
	}
}

static void *work(void *ctx, guint unit, size_t *size, char **why)
{
	(void)ctx;
	signal(SIGSEGV, SIG_DFL); /* cmocka has a handler of its own */
	switch (unit) {
	case CRASHES:
		raise(SIGSEGV);
		break;
	case HANGS:
		for (;;)
			pause();
	case FAILS:
		*why = strdup("cannot be parsed");
		return NULL;
	case GREEDY:
		return eat();
	case EXITS:
		_exit(5);
	case ASSERTS:
		fputs("drvcheck: f.c:1: f: Assertion `x' failed.\n", stderr);
		abort();
	}
	return answer(unit, size);
}

static void done(void *ctx, guint unit, const void *blob, size_t size, const char *why)
{
	struct test *t = ctx;
	struct outcome *o = &t->units[unit];

	o->times++;
	o->failed = why != NULL;
	snprintf(o->text, sizeof(o->text), "%s", why ? why : (const char *)blob);
	if (!why)
		assert_int_equal(size, strlen(blob) + 1);
	if (++t->n_done == t->interrupt_at)
		raise(SIGINT);
}

static const struct jobs_ops ops = {.work = work, .done = done};

static void expect_failed(const struct test *t, guint unit, const char *why)
{
	assert_true(t->units[unit].failed);
	assert_string_equal(t->units[unit].text, why);
}

static void check_all(guint workers)
{
	const struct jobs_options opt = {.workers = workers, .timeout = 3, .memory = 256 << 20};
	struct test t = {0};

	assert_true(jobs_run(&opt, &ops, &t, N));
	for (guint i = 0; i < N; i++)
		assert_int_equal(t.units[i].times, 1);
	expect_failed(&t, CRASHES, "the analyser crashed (Segmentation fault)");
	expect_failed(&t, HANGS, "took longer than 3 s");
	expect_failed(&t, FAILS, "cannot be parsed");
	expect_failed(&t, GREEDY, "needs more memory than the budget of 256 MB");
	expect_failed(&t, EXITS, "the analyser gave up (exit 5)");
	expect_failed(&t, ASSERTS, "the analyser crashed (Aborted): drvcheck: f.c:1: f: Assertion `x' failed.");
	assert_false(t.units[0].failed);
	assert_string_equal(t.units[0].text, "result of 0");
	assert_string_equal(t.units[N - 1].text, "result of 23");
}

/* AddressSanitizer makes a SIGSEGV its own exit and its address space has no limit. */
static bool sanitized(void)
{
#if defined(__SANITIZE_ADDRESS__)
	return true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
	return true;
#endif
#endif
	return false;
}

static void one_worker(void **state)
{
	(void)state;
	if (sanitized())
		skip();
	check_all(1);
}

static void many_workers(void **state)
{
	(void)state;
	if (sanitized())
		skip();
	check_all(5);
}

static void more_workers_than_units(void **state)
{
	const struct jobs_options opt = {.workers = 64, .timeout = 10};
	struct test t = {0};

	(void)state;
	assert_true(jobs_run(&opt, &ops, &t, 2));
	assert_int_equal(t.n_done, 2);
	assert_string_equal(t.units[1].text, "result of 1");
}

static void interrupt_ends_it(void **state)
{
	const struct jobs_options opt = {.workers = 1, .timeout = 10};
	struct test t = {.interrupt_at = 2};

	(void)state;
	assert_false(jobs_run(&opt, &ops, &t, 3));
	assert_int_equal(t.units[0].times, 1);
	assert_int_equal(t.units[1].times, 1);
	assert_int_equal(t.units[2].times, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_worker),
		cmocka_unit_test(many_workers),
		cmocka_unit_test(more_workers_than_units),
		cmocka_unit_test(interrupt_ends_it),
	};

	return cmocka_run_group_tests_name("jobs", tests, NULL, NULL);
}
