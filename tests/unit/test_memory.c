/* What is remembered of functions: which one is meant, files that come back as they were, files that are damaged. */
#include "scan/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <string.h>

static void expect(const struct memory *m, const char *directory, const char *function, const char *text)
{
	gsize n = 0;
	const void *bytes = memory_recall(m, directory, function, &n);

	if (!text) {
		assert_null(bytes);
		return;
	}
	assert_non_null(bytes);
	assert_int_equal(n, strlen(text));
	assert_memory_equal(bytes, text, n);
}

static struct memory *sample(void)
{
	struct memory *m = memory_new();

	memory_add(m, "drivers/a", "init", FALSE, "one", 3);
	memory_add(m, "drivers/b", "init", TRUE, "two", 3);
	memory_add(m, "drivers/b", "alone", FALSE, "three", 5);
	return m;
}

static void test_which_is_meant(void **state)
{
	struct memory *m = sample();

	(void)state;
	expect(m, "drivers/a", "init", "one");
	expect(m, "drivers/b", "init", "two");
	expect(m, "drivers/c", "init", NULL);
	expect(m, "drivers/c", "alone", "three");
	expect(m, "drivers/c", "nobody", NULL);
	memory_free(m);
}

static void test_order_does_not_matter(void **state)
{
	struct memory *x = memory_new(), *y = memory_new();

	(void)state;
	memory_add(x, "d", "f", FALSE, "b", 1);
	memory_add(x, "d", "f", FALSE, "a", 1);
	memory_add(y, "d", "f", FALSE, "a", 1);
	memory_add(y, "d", "f", FALSE, "b", 1);
	expect(x, "d", "f", "a");
	expect(y, "d", "f", "a");
	assert_int_equal(memory_size(x), 1);
	assert_true(memory_hash(x) == memory_hash(y));
	memory_free(x);
	memory_free(y);
}

static void test_keep(void **state)
{
	struct memory *m = memory_new(), *older = sample();

	(void)state;
	memory_add(m, "drivers/b", "init", FALSE, "zwei", 4);
	memory_keep(m, older);
	assert_int_equal(memory_size(m), 3);
	expect(m, "drivers/b", "init", "zwei");
	expect(m, "drivers/a", "init", "one");
	memory_free(m);
	memory_free(older);
}

/* Of what several callers do, what all of them do is known, in whatever order they come. */
static void test_aftermath(void **state)
{
	static const char *const texts[] = {"1\na_free\nb_stop\nc_put\n", "2\n-\na_free\nc_put\n",
					    "1\nb_stop\nc_put\n"};
	struct memory *x = memory_new(), *y = memory_new(), *older = memory_new();

	(void)state;
	assert_null(memory_aftermath(x, "f"));
	for (int i = 0; i < 3; i++) {
		memory_add_aftermath(x, "f", texts[i]);
		memory_add_aftermath(y, "f", texts[2 - i]);
	}
	assert_string_equal(memory_aftermath(x, "f"), "4\nc_put\n");
	assert_string_equal(memory_aftermath(y, "f"), "4\nc_put\n");
	assert_true(memory_hash(x) == memory_hash(y));
	assert_true(memory_hash(x) != memory_hash(older));
	memory_add_aftermath(older, "f", "1\nd_exit\n");
	memory_add_aftermath(older, "g", "1\n-\n");
	memory_keep(x, older);
	assert_string_equal(memory_aftermath(x, "f"), "5\n");
	assert_string_equal(memory_aftermath(x, "g"), "1\n-\n");
	memory_free(x);
	memory_free(y);
	memory_free(older);
}

static char *scratch_file(void)
{
	char *path = NULL;
	int fd = g_file_open_tmp("drvcheck-memory-XXXXXX", &path, NULL);

	assert_true(fd >= 0);
	g_close(fd, NULL);
	return path;
}

static void test_file(void **state)
{
	struct memory *m = sample(), *all = memory_new(), *some = memory_new();
	char *path = scratch_file();

	(void)state;
	memory_add_aftermath(m, "init", "1\nexit\n");
	assert_true(memory_save(m, path, NULL));
	assert_true(memory_load(all, path, FALSE, NULL));
	assert_string_equal(memory_aftermath(all, "init"), "1\nexit\n");
	assert_int_equal(memory_size(all), 3);
	assert_true(memory_hash(all) == memory_hash(m));
	expect(all, "drivers/b", "init", "two");
	/* "two" speaks of offsets: for another layout there is only one init left. */
	assert_true(memory_load(some, path, TRUE, NULL));
	assert_int_equal(memory_size(some), 2);
	expect(some, "drivers/b", "init", "one");
	g_unlink(path);
	g_free(path);
	memory_free(m);
	memory_free(all);
	memory_free(some);
}

static void test_damage(void **state)
{
	struct memory *m = sample();
	char *path = scratch_file(), *text;
	gsize n;

	(void)state;
	assert_true(memory_save(m, path, NULL));
	assert_true(g_file_get_contents(path, &text, &n, NULL));
	for (gsize keep = 0; keep < n; keep++) {
		struct memory *other = memory_new();
		GError *err = NULL;

		assert_true(g_file_set_contents(path, text, (gssize)keep, NULL));
		assert_false(memory_load(other, path, FALSE, &err));
		assert_non_null(strstr(err->message, path));
		g_error_free(err);
		memory_free(other);
	}
	g_unlink(path);
	g_free(path);
	g_free(text);
	memory_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_which_is_meant), cmocka_unit_test(test_order_does_not_matter),
		cmocka_unit_test(test_keep),	       cmocka_unit_test(test_file),
		cmocka_unit_test(test_damage),	       cmocka_unit_test(test_aftermath),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
