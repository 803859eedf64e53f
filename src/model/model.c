/* Loading a directory of rules, and the lookups that are plain table reads. */
#include "model/tables.h"
#include "model/yaml.h"

#include <string.h>

GQuark model_error_quark(void)
{
	return g_quark_from_static_string("drvcheck-model");
}

static struct model *model_new(void)
{
	struct model *m = g_new0(struct model, 1);

	m->arena = arena_new();
	m->strings = intern_new(m->arena);
	m->families = g_ptr_array_new();
	m->apis = g_ptr_array_new();
	m->borrow_patterns = g_ptr_array_new();
	m->strip_suffixes = g_ptr_array_new();
	m->family_by_name = g_hash_table_new(g_str_hash, g_str_equal);
	m->api_by_name = g_hash_table_new(g_str_hash, g_str_equal);
	m->context_by_name = g_hash_table_new(g_str_hash, g_str_equal);
	m->borrowers = g_hash_table_new(g_str_hash, g_str_equal);
	m->pairs = g_hash_table_new(g_str_hash, g_str_equal);
	m->release_words = g_hash_table_new(g_str_hash, g_str_equal);
	m->final_words = g_hash_table_new(g_str_hash, g_str_equal);
	m->parents = g_hash_table_new(g_str_hash, g_str_equal);
	m->whole_words = g_hash_table_new(g_str_hash, g_str_equal);
	m->weak_words = g_hash_table_new(g_str_hash, g_str_equal);
	m->warning_words = g_hash_table_new(g_str_hash, g_str_equal);
	m->device_writes = g_hash_table_new(g_str_hash, g_str_equal);
	m->renaming = g_hash_table_new(g_str_hash, g_str_equal);
	return m;
}

void model_free(struct model *m)
{
	if (!m)
		return;
	g_ptr_array_unref(m->families);
	g_ptr_array_unref(m->apis);
	g_ptr_array_unref(m->borrow_patterns);
	g_ptr_array_unref(m->strip_suffixes);
	g_hash_table_unref(m->family_by_name);
	g_hash_table_unref(m->api_by_name);
	g_hash_table_unref(m->context_by_name);
	g_hash_table_unref(m->borrowers);
	g_hash_table_unref(m->pairs);
	g_hash_table_unref(m->release_words);
	g_hash_table_unref(m->final_words);
	g_hash_table_unref(m->parents);
	g_hash_table_unref(m->whole_words);
	g_hash_table_unref(m->weak_words);
	g_hash_table_unref(m->warning_words);
	g_hash_table_unref(m->device_writes);
	g_hash_table_unref(m->renaming);
	arena_free(m->arena);
	g_free(m);
}

/* Runs in a thread of its own: touches nothing but its file. */
static void read_file(gpointer data, gpointer unused)
{
	struct rule_file *f = data;

	if (yaml_read(&f->text, &f->error))
		f->raw = raw_load(&f->text, &f->error);
}

/*
 * Parsing YAML is nearly all of the time that loading takes, and files do not depend on each other. An exclusive pool,
 * because its threads are gone afterwards: workers are forked later.
 */
static void read_files(struct rule_file *files, unsigned int n)
{
	GThreadPool *pool = g_thread_pool_new(read_file, NULL, (gint)MIN(g_get_num_processors(), 4), TRUE, NULL);

	for (unsigned int i = 0; i < n; i++)
		g_thread_pool_push(pool, &files[i], NULL);
	g_thread_pool_free(pool, FALSE, TRUE);
}

/* Each step over all files before the next: rules refer to families, and borrowers to rules, of any file. */
static bool build(struct rule_file *files, unsigned int n, GError **err)
{
	static bool (*const steps[])(struct rule_file *, GError **) = {build_families, build_family_links,
								       build_functions, build_contexts, build_names};

	for (size_t s = 0; s < G_N_ELEMENTS(steps); s++) {
		for (unsigned int i = 0; i < n; i++) {
			if (!steps[s](&files[i], err))
				return false;
		}
	}
	return true;
}

/* The first error in file order, whatever the threads met first. */
static bool check_read(struct rule_file *files, unsigned int n, GError **err)
{
	for (unsigned int i = 0; i < n; i++) {
		if (files[i].error) {
			g_propagate_error(err, g_steal_pointer(&files[i].error));
			return false;
		}
	}
	return true;
}

static bool load_files(struct model *m, GPtrArray *paths, GError **err)
{
	struct rule_file *files = g_new0(struct rule_file, paths->len);
	bool ok;

	for (unsigned int i = 0; i < paths->len; i++) {
		files[i].model = m;
		files[i].text.path = intern_str(m->strings, g_ptr_array_index(paths, i));
	}
	read_files(files, paths->len);
	ok = check_read(files, paths->len, err) && build(files, paths->len, err);
	for (unsigned int i = 0; i < paths->len; i++) {
		if (files[i].raw)
			raw_free(files[i].raw);
		g_clear_error(&files[i].error);
		g_free(files[i].text.data);
	}
	g_free(files);
	return ok;
}

static gint compare_apis(gconstpointer a, gconstpointer b)
{
	const struct api *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

struct model *model_load(const char *directory, GError **err)
{
	GPtrArray *paths = yaml_files(directory, err);
	struct model *m;

	if (!paths)
		return NULL;
	m = model_new();
	if (!load_files(m, paths, err)) {
		model_free(m);
		m = NULL;
	} else {
		g_ptr_array_sort(m->apis, compare_apis);
	}
	g_ptr_array_unref(paths);
	return m;
}

const struct family *model_family(const struct model *m, const char *name)
{
	return g_hash_table_lookup(m->family_by_name, name);
}

unsigned int model_n_families(const struct model *m)
{
	return m->families->len;
}

const struct family *model_family_at(const struct model *m, unsigned int index)
{
	return index < m->families->len ? g_ptr_array_index(m->families, index) : NULL;
}

int64_t model_gfp_sleeps(const struct model *m)
{
	return m->gfp_sleeps;
}

int64_t model_gfp_reserve(const struct model *m)
{
	return m->gfp_reserve;
}

int64_t model_gfp_nofail(const struct model *m)
{
	return m->gfp_nofail;
}

const struct effect *api_acquires(const struct api *api)
{
	for (unsigned int i = 0; api && i < api->n_effects; i++)
		if (api->effects[i].kind == EFFECT_ACQUIRE || api->effects[i].kind == EFFECT_ARM)
			return &api->effects[i];
	return NULL;
}

static bool is_of(const struct effect *e, const struct family *f)
{
	for (unsigned int i = 0; i < e->n_families; i++)
		if (e->families[i] == f)
			return true;
	return false;
}

const struct effect *api_releases(const struct api *api, const struct family *f)
{
	for (unsigned int i = 0; api && i < api->n_effects; i++)
		if (api->effects[i].kind == EFFECT_RELEASE && is_of(&api->effects[i], f))
			return &api->effects[i];
	return NULL;
}

const struct api *model_managed_twin(const struct model *m, const char *plain, const struct family *f)
{
	const struct api *twin = NULL;

	for (guint i = 0; i < m->apis->len; i++) {
		const struct api *api = m->apis->pdata[i];
		const struct effect *e = api_acquires(api);

		if (e && e->device.root == PLACE_ARG && e->family == f && g_str_has_suffix(api->name, plain) &&
		    (!twin || strlen(api->name) < strlen(twin->name)))
			twin = api;
	}
	return twin;
}

const struct api *const *model_apis(const struct model *m, unsigned int *n)
{
	*n = m->apis->len;
	return (const struct api *const *)m->apis->pdata;
}
