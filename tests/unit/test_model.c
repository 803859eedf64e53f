/* The model: lookups over the rules that are shipped, name conventions, and errors that name file and line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/model.h"

#include <glib/gstdio.h>
#include <string.h>

static int load_rules(void **state)
{
	GError *err = NULL;

	*state = model_load(RULES_DIR, &err);
	if (!*state)
		fail_msg("%s", err->message);
	return 0;
}

static int free_rules(void **state)
{
	model_free(*state);
	return 0;
}

static const struct effect *effect_of(const struct api *api, enum effect_kind kind)
{
	for (unsigned int i = 0; i < api->n_effects; i++)
		if (api->effects[i].kind == kind)
			return &api->effects[i];
	fail_msg("%s has no effect of kind %d", api->name, kind);
	return NULL;
}

static void test_allocation(void **state)
{
	const struct api *api = model_api(*state, "kmalloc_array");
	const struct effect *e = effect_of(api, EFFECT_ACQUIRE);

	assert_int_equal(api->fails, FAILS_NULL);
	assert_int_equal(api->sleeps, SLEEPS_GFP);
	assert_int_equal(api->gfp_arg, 2);
	assert_int_equal(api->count_arg, 0);
	assert_int_equal(api->size_arg, 1);
	assert_int_equal(e->at.root, PLACE_RETURN);
	assert_int_equal(e->when, WHEN_SUCCESS);
	assert_int_equal(e->device.root, PLACE_NONE);
	assert_ptr_equal(e->family, model_family(*state, "kmem"));
	assert_int_equal(e->family->kind, FAMILY_OWNED);
	assert_true(e->family->dead_after_release);
	assert_true(g_str_has_suffix(api->file, "memory.yaml"));
	assert_true(api->line > 1);
}

static void test_release(void **state)
{
	const struct api *api = model_api(*state, "kfree");
	const struct effect *e = effect_of(api, EFFECT_RELEASE);

	assert_int_equal(e->when, WHEN_ALWAYS);
	assert_int_equal(api->null_ok, 1);
	assert_int_equal(api->gfp_arg, -1);
	assert_ptr_equal(e->families[0], model_family(*state, "kmem"));
}

static void test_realloc_releases_on_success_only(void **state)
{
	const struct api *api = model_api(*state, "krealloc");

	assert_int_equal(effect_of(api, EFFECT_RELEASE)->when, WHEN_SUCCESS);
	assert_int_equal(effect_of(api, EFFECT_RELEASE)->at.arg, 0);
	assert_int_equal(effect_of(api, EFFECT_ACQUIRE)->at.root, PLACE_RETURN);
}

static void test_managed(void **state)
{
	const struct effect *e = effect_of(model_api(*state, "devm_kzalloc"), EFFECT_ACQUIRE);

	assert_int_equal(e->device.root, PLACE_ARG);
	assert_int_equal(e->device.arg, 0);
	e = effect_of(model_api(*state, "devm_add_action"), EFFECT_DEFER);
	assert_int_equal(e->value.arg, 1);
	assert_int_equal(e->with.arg, 2);
}

static void test_places(void **state)
{
	const struct effect *e = effect_of(model_api(*state, "of_parse_phandle_with_args"), EFFECT_ACQUIRE);

	assert_int_equal(e->at.arg, 4);
	assert_int_equal(e->at.deref, 1);
	e = effect_of(model_api(*state, "ata_host_alloc"), EFFECT_STORE);
	assert_int_equal(e->at.arg, 0);
	assert_string_equal(e->at.field, "driver_data");
	e = effect_of(model_api(*state, "request_firmware"), EFFECT_ACQUIRE);
	assert_int_equal(e->at.deref, 1);
	assert_null(e->at.field);
}

static void test_armed_and_counted(void **state)
{
	const struct api *irq = model_api(*state, "request_irq"), *pm = model_api(*state, "pm_runtime_get_sync");

	assert_int_equal(effect_of(irq, EFFECT_ARM)->value.arg, 1);
	assert_int_equal(effect_of(irq, EFFECT_ARM)->with.arg, 4);
	assert_int_equal(effect_of(pm, EFFECT_ACQUIRE)->when, WHEN_ALWAYS);
	assert_true(pm->returns_positive);
}

static void test_intrinsics(void **state)
{
	assert_int_equal(model_api(*state, "IS_ERR")->intrinsic, INTRINSIC_IS_ERR);
	assert_int_equal(model_api(*state, "dev_err_probe")->intrinsic, INTRINSIC_RETURNS_ARG);
	assert_int_equal(model_api(*state, "dev_err_probe")->intrinsic_arg, 1);
	assert_int_equal(model_api(*state, "mem_alloc_profiling_enabled")->intrinsic, INTRINSIC_RETURNS_CONST);
	assert_int_equal(model_api(*state, "mem_alloc_profiling_enabled")->intrinsic_value, 0);
	assert_int_equal(model_api(*state, "_raw_spin_lock")->enter, CONTEXT_LOCK);
	assert_int_equal(model_api(*state, "kfree")->intrinsic, INTRINSIC_NONE);
}

static void test_suffix(void **state)
{
	assert_ptr_equal(model_api(*state, "kmalloc_noprof"), model_api(*state, "kmalloc"));
	assert_string_equal(model_display_name(*state, "kmalloc_noprof"), "kmalloc");
	assert_string_equal(model_display_name(*state, "kfree"), "kfree");
	assert_ptr_equal(model_display_name(*state, "vmalloc_noprof"), model_display_name(*state, "vmalloc"));
	assert_null(model_api(*state, "nobody_knows"));
	assert_null(model_api(*state, "_noprof"));
}

static void test_borrowers(void **state)
{
	assert_true(model_borrows(*state, "_dev_err"));
	assert_true(model_borrows(*state, "of_property_read_variable_u8_array"));
	assert_true(model_borrows(*state, "crypto_ahash_setkey"));
	assert_true(model_borrows(*state, "clk_set_rate"));
	assert_false(model_borrows(*state, "kfree"));
	assert_false(model_borrows(*state, "update_everything"));
	assert_false(model_borrows(*state, "crypto_setkey"));
}

static void test_pairs(void **state)
{
	static const char *const yes[][2] = {
		{"foo_create", "foo_destroy"},	    {"foo_init_hw", "foo_exit_hw"},
		{"alloc_bar", "free_bar"},	    {"foo_power_on", "foo_power_off"},
		{"foo_register", "foo_unregister"}, {"foo_init", "foo_deinit"},
		{"__foo_get", "__foo_put"},	    {"x_prepare_enable", "x_disable_unprepare"},
		{"foo_connect", "foo_disconnect"},  {"create_foo", "destroy_foo"},
	};
	static const char *const no[][2] = {
		{"foo_create", "bar_destroy"}, {"foo_destroy", "foo_create"},	  {"foo_init", "foo_init"},
		{"foo_init", "foo"},	       {"foo_create_a", "foo_destroy_b"}, {"", ""},
		{"foo_init_foo", "foo"},       {"foo_enable", "foo_enabled"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(yes); i++)
		if (!model_is_pair(*state, yes[i][0], yes[i][1]))
			fail_msg("%s is undone by %s", yes[i][0], yes[i][1]);
	for (size_t i = 0; i < G_N_ELEMENTS(no); i++)
		if (model_is_pair(*state, no[i][0], no[i][1]))
			fail_msg("%s is not undone by %s", no[i][0], no[i][1]);
}

static void test_release_words(void **state)
{
	assert_true(model_sounds_like_release(*state, "foo_destroy_queue"));
	assert_true(model_sounds_like_release(*state, "free_foo"));
	assert_false(model_sounds_like_release(*state, "foo_freedom"));
	assert_false(model_sounds_like_release(*state, "foo_create"));
}

static void test_sorted(void **state)
{
	unsigned int n;
	const struct api *const *apis = model_apis(*state, &n);

	assert_true(n > 600);
	for (unsigned int i = 1; i < n; i++)
		assert_true(strcmp(apis[i - 1]->name, apis[i]->name) < 0);
	assert_null(model_family_at(*state, model_n_families(*state)));
	for (unsigned int i = 0; i < model_n_families(*state); i++)
		assert_int_equal(model_family_at(*state, i)->index, i);
}

/* Every family is acquired by some rule, released by one unless all of it is managed, and the release that its messages
 * name is known. */
static void test_families_complete(void **state)
{
	unsigned int n, n_families = model_n_families(*state);
	const struct api *const *apis = model_apis(*state, &n);
	bool *acquired = g_new0(bool, n_families), *released = g_new0(bool, n_families);
	bool *by_hand = g_new0(bool, n_families);

	for (unsigned int i = 0; i < n; i++) {
		for (unsigned int k = 0; k < apis[i]->n_effects; k++) {
			const struct effect *e = &apis[i]->effects[k];

			if (e->family && e->device.root == PLACE_NONE)
				by_hand[e->family->index] = true;
			if (e->family)
				acquired[e->family->index] = true;
			for (unsigned int f = 0; f < e->n_families; f++)
				released[e->families[f]->index] = true;
		}
	}
	for (unsigned int i = 0; i < n_families; i++) {
		const struct family *f = model_family_at(*state, i);

		if (!acquired[i])
			fail_msg("nothing acquires family %s", f->name);
		if (!released[i] && by_hand[i])
			fail_msg("nothing releases family %s", f->name);
		if (!f->release || !model_api(*state, f->release))
			fail_msg("family %s: no rule for its release", f->name);
	}
	g_free(acquired);
	g_free(released);
	g_free(by_hand);
}

static void test_families_across_files(void **state)
{
	char *dir = g_dir_make_tmp("model-XXXXXX", NULL);
	char *a = g_build_filename(dir, "a.yaml", NULL), *b = g_build_filename(dir, "b.yaml", NULL);
	GError *err = NULL;
	struct model *m;

	g_file_set_contents(
		a, "functions:\n  - names: [box_get]\n    fails: errptr\n    acquire: [{family: box, at: return}]\n",
		-1, NULL);
	g_file_set_contents(b,
			    "families:\n  - {name: box, resource: box, noun: box, kind: count, report_success: true}\n",
			    -1, NULL);
	m = model_load(dir, &err);
	assert_non_null(m);
	assert_int_equal(model_api(m, "box_get")->line, 2);
	assert_true(model_family(m, "box")->report_success);
	assert_false(model_family(m, "box")->dead_after_release);
	model_free(m);

	g_file_set_contents(b, "functions:\n  - names: [box_put]\n  - names:\n      - box_get\n", -1, NULL);
	m = model_load(dir, &err);
	assert_null(m);
	assert_true(g_error_matches(err, MODEL_ERROR, 0));
	assert_true(g_str_has_prefix(err->message, a));
	assert_non_null(strstr(err->message, "a.yaml:4: no family is called box"));
	g_error_free(err);
	g_unlink(a);
	g_unlink(b);
	g_rmdir(dir);
	g_free(a);
	g_free(b);
	g_free(dir);
}

static void test_no_directory(void **state)
{
	GError *err = NULL;

	assert_null(model_load("no/such/directory", &err));
	assert_true(g_str_has_prefix(err->message, "no/such/directory:0: "));
	g_error_free(err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_allocation),
		cmocka_unit_test(test_release),
		cmocka_unit_test(test_realloc_releases_on_success_only),
		cmocka_unit_test(test_managed),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_armed_and_counted),
		cmocka_unit_test(test_intrinsics),
		cmocka_unit_test(test_suffix),
		cmocka_unit_test(test_borrowers),
		cmocka_unit_test(test_pairs),
		cmocka_unit_test(test_release_words),
		cmocka_unit_test(test_sorted),
		cmocka_unit_test(test_families_complete),
		cmocka_unit_test(test_families_across_files),
		cmocka_unit_test(test_no_directory),
	};

	return cmocka_run_group_tests(tests, load_rules, free_rules);
}
