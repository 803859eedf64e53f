/*
 * The stage: filter the files, cut them into batches, run the batches on a few processes at a time, read the output.
 * Output is taken in batch order, so the result does not depend on which process was faster.
 */
#include "smpl/filter.h"
#include "smpl/lines.h"
#include "smpl/outline.h"
#include "smpl/run.h"
#include "smpl/smpl.h"

#include <glib/gstdio.h>
#include <string.h>

#define BATCH_FILES 24
#define PROBE_BATCHES 4
#define DEFAULT_LIMIT 30 /* of the clock: many times what the slowest pair took on a loaded machine */

struct unit {
	const char *file; /* as the caller named it */
	char *input;	  /* what spatch reads: the reduced copy; NULL when no patch can match */
	bool *hits;	  /* per patch */
};

struct batch {
	GPtrArray *patches;
	GPtrArray *files; /* of char *, owned by units */
	GPtrArray *outputs;
	unsigned int number;
};

struct scan {
	const struct smpl_options *opt;
	char *spatch;
	char *dir; /* temporary */
	GPtrArray *patches;
	struct smpl_filter *filter;
	GArray *units;
	GHashTable *by_input; /* char * -> struct unit * */
	GPtrArray *batches;
	GMutex lock;		  /* of done and of calls to progress */
	unsigned int done, total; /* files, once per batch they are in */
};

void smpl_skipped_free(void *skipped)
{
	struct smpl_skipped *s = skipped;

	g_free(s->file);
	g_free(s->patch);
	g_free(s);
}

static void batch_free(void *p)
{
	struct batch *b = p;

	g_ptr_array_unref(b->patches);
	g_ptr_array_unref(b->files);
	g_ptr_array_unref(b->outputs);
	g_free(b);
}

static void unit_clear(void *p)
{
	struct unit *u = p;

	if (u->input && u->input != u->file)
		g_unlink(u->input);
	if (u->input != u->file)
		g_free(u->input);
	g_free(u->hits);
}

static void scan_clear(struct scan *s)
{
	g_clear_pointer(&s->filter, smpl_filter_free);
	g_clear_pointer(&s->batches, g_ptr_array_unref);
	g_clear_pointer(&s->by_input, g_hash_table_unref);
	g_clear_pointer(&s->units, g_array_unref);
	g_clear_pointer(&s->patches, g_ptr_array_unref);
	if (s->dir)
		g_rmdir(s->dir);
	g_free(s->dir);
	g_free(s->spatch);
	g_mutex_clear(&s->lock);
}

static int jobs(const struct scan *s)
{
	return MAX(s->opt->jobs, 1);
}

static struct smpl_job job_base(const struct scan *s)
{
	return (struct smpl_job){
		.spatch = s->spatch,
		.dir = s->dir,
		.limit = s->opt->limit < 1 ? DEFAULT_LIMIT : s->opt->limit,
		.stop = s->opt->stop,
	};
}

static gboolean find_spatch(struct scan *s, GError **err)
{
	s->spatch = g_find_program_in_path(s->opt->spatch ? s->opt->spatch : "spatch");
	if (s->spatch)
		return TRUE;
	g_set_error(err, SMPL_ERROR, SMPL_ERROR_NO_SPATCH, "%s is not installed (install coccinelle, or use --no-smpl)",
		    s->opt->spatch ? s->opt->spatch : "spatch");
	return FALSE;
}

/* Asks spatch whether it takes the patches, so that a broken one is told once and not for every file. */
static gboolean probe(const struct scan *s, GPtrArray *patches, GError **err)
{
	struct smpl_job job = job_base(s);
	g_autofree char *why = NULL;

	job.patches = patches;
	job.files = patches; /* only counted */
	if (smpl_job_probe(&job, &why))
		return TRUE;
	g_set_error(err, SMPL_ERROR, SMPL_ERROR_PATCH, "spatch refuses %s: %s",
		    patches->len == 1 ? ((struct smpl_patch *)patches->pdata[0])->path : "the semantic patches",
		    why ? g_strstrip(why) : "it does not run");
	return FALSE;
}

static gboolean load_own(struct scan *s, GError **err)
{
	g_autoptr(GPtrArray) all = NULL;

	s->patches = g_ptr_array_new_with_free_func(smpl_patch_free);
	if (!s->opt->patches)
		return TRUE;
	all = smpl_patches_load(s->opt->patches, err);
	if (!all)
		return FALSE;
	g_ptr_array_set_free_func(all, NULL);
	for (unsigned int i = 0; i < all->len; i++) {
		struct smpl_patch *p = all->pdata[i];

		if (p->confidence == CONF_LOW && !s->opt->low)
			smpl_patch_free(p);
		else
			g_ptr_array_add(s->patches, p);
	}
	return TRUE;
}

static void units_add(struct scan *s, char **files)
{
	s->units = g_array_new(FALSE, TRUE, sizeof(struct unit));
	g_array_set_clear_func(s->units, unit_clear);
	for (; *files; files++) {
		struct unit u = {.file = *files};

		g_array_append_val(s->units, u);
	}
}

/* Thread pool function: decides what of one file spatch has to see. A file that cannot be read is not ours to report.
 */
static void filter_unit(void *number, void *data)
{
	struct scan *s = data;
	unsigned int i = GPOINTER_TO_UINT(number) - 1;
	struct unit *u = &g_array_index(s->units, struct unit, i);
	g_autofree char *text = NULL, *reduced = NULL;
	gsize size;

	u->hits = g_new0(bool, s->patches->len + 1);
	if (!g_file_get_contents(u->file, &text, &size, NULL) || strlen(text) != size)
		return;
	reduced = smpl_filter_apply(s->filter, text, u->hits);
	if (!reduced)
		return;
	u->input = g_strdup_printf("%s/%u.c", s->dir, i);
	if (!g_file_set_contents(u->input, reduced, -1, NULL))
		g_clear_pointer(&u->input, g_free);
}

/* Calls `work` with 1..n on as many threads as there are jobs. */
static void each(struct scan *s, GFunc work, unsigned int n)
{
	GThreadPool *pool = g_thread_pool_new(work, s, jobs(s), TRUE, NULL);

	for (unsigned int i = 1; i <= n; i++)
		g_thread_pool_push(pool, GUINT_TO_POINTER(i), NULL);
	g_thread_pool_free(pool, FALSE, TRUE);
}

static void batch_add_file(struct scan *s, struct batch *b, const char *file)
{
	g_ptr_array_add(b->files, (void *)file);
	s->total++;
}

static struct batch *batch_new(struct scan *s)
{
	struct batch *b = g_new0(struct batch, 1);

	b->patches = g_ptr_array_new();
	b->files = g_ptr_array_new();
	b->outputs = g_ptr_array_new_with_free_func(smpl_output_free);
	b->number = s->batches->len;
	g_ptr_array_add(s->batches, b);
	return b;
}

static void batch_add_patches(struct batch *b, const struct scan *s, const struct unit *u)
{
	for (unsigned int i = 0; i < s->patches->len; i++)
		if (u->hits[i] && !g_ptr_array_find(b->patches, s->patches->pdata[i], NULL))
			g_ptr_array_add(b->patches, s->patches->pdata[i]);
}

/* Files that need the same patches side by side: then a batch carries few patches that most of its files don't need. */
static int by_hits(gconstpointer a, gconstpointer b, gpointer n_patches)
{
	const struct unit *ua = *(struct unit *const *)a, *ub = *(struct unit *const *)b;
	int order = memcmp(ua->hits, ub->hits, GPOINTER_TO_UINT(n_patches));

	return order ? order : strcmp(ua->file, ub->file);
}

static void batches_make(struct scan *s)
{
	g_autoptr(GPtrArray) sorted = g_ptr_array_new();
	struct batch *b = NULL;

	for (unsigned int i = 0; i < s->units->len; i++) {
		struct unit *u = &g_array_index(s->units, struct unit, i);

		if (!u->input)
			continue;
		g_hash_table_insert(s->by_input, u->input, u);
		g_ptr_array_add(sorted, u);
	}
	g_ptr_array_sort_with_data(sorted, by_hits, GUINT_TO_POINTER(s->patches->len * sizeof(bool)));
	for (unsigned int i = 0; i < sorted->len; i++) {
		const struct unit *u = sorted->pdata[i];

		if (!b || b->files->len == BATCH_FILES)
			b = batch_new(s);
		batch_add_file(s, b, u->input);
		batch_add_patches(b, s, u);
	}
}

/* One batch per script of the kernel and slice of the files; spatch itself leaves out files that lack its tokens. */
static void kernel_batches_make(struct scan *s, struct smpl_patch *script)
{
	struct batch *b = NULL;

	for (unsigned int i = 0; i < s->units->len; i++) {
		if (!b || b->files->len == BATCH_FILES * 8) {
			b = batch_new(s);
			g_ptr_array_add(b->patches, script);
		}
		batch_add_file(s, b, g_array_index(s->units, struct unit, i).file);
	}
}

/* Thread pool function. */
static void run_batch(void *number, void *data)
{
	struct scan *s = data;
	struct batch *b = s->batches->pdata[GPOINTER_TO_UINT(number) - 1];
	struct smpl_job job = job_base(s);

	job.number = b->number;
	job.patches = b->patches;
	job.files = b->files;
	smpl_job_run(&job, b->outputs);
	g_mutex_lock(&s->lock);
	s->done += b->files->len;
	if (s->opt->progress)
		s->opt->progress(s->done, s->total, s->opt->data);
	g_mutex_unlock(&s->lock);
}

static char *relative(const char *root, const char *file)
{
	g_autofree char *f = g_canonicalize_filename(file, NULL);
	g_autofree char *r = root ? g_canonicalize_filename(root, NULL) : NULL;
	size_t n = r ? strlen(r) : 0;

	if (r && strncmp(f, r, n) == 0 && f[n] == '/')
		return g_strdup(f + n + 1);
	return g_strdup(file);
}

static void take_line(const struct scan *s, const struct smpl_output *o, struct finding_list *out)
{
	struct smpl_line *l = smpl_line_parse(o->line);
	const struct unit *u = l ? g_hash_table_lookup(s->by_input, l->file) : NULL;
	const char *file = u ? u->file : l ? l->file : NULL;
	g_autofree char *text = NULL, *name = NULL;

	if (!l)
		return;
	if (g_file_get_contents(file, &text, NULL, NULL)) {
		g_autoptr(GArray) functions = outline_scan(text);
		const struct outline_function *f = outline_at(functions, l->line);

		name = relative(s->opt->root, file);
		smpl_line_add(l, o->patch, name, f ? f->name : NULL, out);
	}
	smpl_line_free(l);
}

static void take_skipped(const struct scan *s, const struct smpl_output *o, GPtrArray *skipped)
{
	const struct unit *u = g_hash_table_lookup(s->by_input, o->file);
	struct smpl_skipped *k = g_new0(struct smpl_skipped, 1);

	k->file = relative(s->opt->root, u ? u->file : o->file);
	k->patch = g_strdup(o->patch->name);
	k->timeout = o->timeout;
	g_ptr_array_add(skipped, k);
}

static int by_file(gconstpointer a, gconstpointer b)
{
	const struct smpl_skipped *sa = *(struct smpl_skipped *const *)a, *sb = *(struct smpl_skipped *const *)b;
	int order = strcmp(sa->file, sb->file);

	return order ? order : strcmp(sa->patch, sb->patch);
}

static void take_outputs(const struct scan *s, struct finding_list *out, GPtrArray *skipped)
{
	for (unsigned int i = 0; i < s->batches->len; i++) {
		const struct batch *b = s->batches->pdata[i];

		for (unsigned int j = 0; j < b->outputs->len; j++) {
			const struct smpl_output *o = b->outputs->pdata[j];

			if (o->line)
				take_line(s, o, out);
			else
				take_skipped(s, o, skipped);
		}
	}
	g_ptr_array_sort(skipped, by_file);
}

/* The scripts of the kernel; one that this spatch refuses is a skipped patch, not the end of the scan. */
static void plan_kernel(struct scan *s, GPtrArray *scripts, GPtrArray *skipped)
{
	for (unsigned int i = 0; i < scripts->len; i++) {
		struct smpl_patch *script = scripts->pdata[i];
		g_autoptr(GPtrArray) one = g_ptr_array_new();
		struct smpl_skipped *k;

		g_ptr_array_add(one, script);
		if (probe(s, one, NULL)) {
			kernel_batches_make(s, script);
			continue;
		}
		k = g_new0(struct smpl_skipped, 1);
		k->file = g_strdup("");
		k->patch = g_strdup(script->name);
		g_ptr_array_add(skipped, k);
	}
}

gboolean smpl_scan(const struct smpl_options *opt, char **files, struct finding_list *out, GPtrArray *skipped,
		   GError **err)
{
	struct scan s = {.opt = opt, .batches = g_ptr_array_new_with_free_func(batch_free)};
	g_autoptr(GPtrArray) scripts = NULL;
	gboolean ok = FALSE;
	sigset_t before;

	smpl_hold_interrupts(&before);
	g_mutex_init(&s.lock);
	s.by_input = g_hash_table_new(g_str_hash, g_str_equal);
	if (!find_spatch(&s, err))
		goto out;
	s.dir = g_dir_make_tmp("drvcheck-smpl-XXXXXX", err);
	if (!s.dir || !load_own(&s, err))
		goto out;
	if (opt->kernel_tree) {
		scripts = smpl_kernel_patches_load(opt->kernel_tree, opt->kernel_map, err);
		if (!scripts)
			goto out;
	}
	units_add(&s, files);
	s.filter = smpl_filter_new(s.patches);
	each(&s, filter_unit, s.units->len);
	batches_make(&s);
	/* With few batches, asking first would cost as much as trying. */
	if (s.batches->len > PROBE_BATCHES && !probe(&s, s.patches, err))
		goto out;
	if (scripts)
		plan_kernel(&s, scripts, skipped);
	each(&s, run_batch, s.batches->len);
	take_outputs(&s, out, skipped);
	ok = TRUE;
out:
	scan_clear(&s);
	smpl_let_interrupts(&before);
	return ok;
}
