/* One spatch process for several patches and files: parsing C costs more than matching, so it is done once for all. */
#include "smpl/run.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define MARK "drvcheck-patch:"
#define REPORT_CALL "coccilib.report.print_report("

void smpl_output_free(void *output)
{
	struct smpl_output *o = output;

	g_free(o->line);
	g_free(o->file);
	g_free(o);
}

/* The patches joined, each report call made to say which patch it stands in. */
static char *patches_join(const GPtrArray *patches)
{
	GString *s =
		g_string_new("@initialize:python@\n@@\n"
			     "def drvcheck_report(patch, p, message):\n"
			     "\tprint(\"" MARK "\" + patch + \":\" + coccilib.report.build_report(p, message))\n\n");

	for (unsigned int i = 0; i < patches->len; i++) {
		const struct smpl_patch *p = patches->pdata[i];
		g_autofree char *call = g_strdup_printf("drvcheck_report(\"%s\", ", p->name);
		g_auto(GStrv) parts = g_strsplit(p->body, REPORT_CALL, -1);
		g_autofree char *text = g_strjoinv(call, parts);

		g_string_append_printf(s, "%s\n\n", text);
	}
	return g_string_free(s, FALSE);
}

/* A script of the kernel runs alone and unchanged. */
static char *script_text(const GPtrArray *patches)
{
	const struct smpl_patch *first = patches->pdata[0];

	return first->options ? g_strdup(first->body) : patches_join(patches);
}

/* Each file a group of its own: a blank line between groups. */
static char *groups_text(const GPtrArray *files)
{
	GString *s = g_string_new(NULL);

	for (unsigned int i = 0; i < files->len; i++)
		g_string_append_printf(s, "%s\n\n", (char *)files->pdata[i]);
	return g_string_free(s, FALSE);
}

static const int interrupt_signals[] = {SIGINT, SIGTERM};

/* A signal that is ignored (SIGINT in a background job) doesn't end us. */
static bool would_end(int signal)
{
	struct sigaction now;

	return sigaction(signal, NULL, &now) == 0 && now.sa_handler != SIG_IGN;
}

void smpl_hold_interrupts(sigset_t *before)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < G_N_ELEMENTS(interrupt_signals); i++)
		if (would_end(interrupt_signals[i]))
			sigaddset(&set, interrupt_signals[i]);
	pthread_sigmask(SIG_BLOCK, &set, before);
}

void smpl_let_interrupts(const sigset_t *before)
{
	pthread_sigmask(SIG_SETMASK, before, NULL);
}

static bool interrupted(void)
{
	sigset_t pending;

	sigpending(&pending);
	for (size_t i = 0; i < G_N_ELEMENTS(interrupt_signals); i++)
		if (would_end(interrupt_signals[i]) && sigismember(&pending, interrupt_signals[i]))
			return true;
	return false;
}

/*
 * In the child, before it becomes spatch. Its own limit relies on a signal handler that runs only between steps; this
 * one cannot be missed. What the parent holds back must still end the child.
 */
static void prepare_child(void *seconds)
{
	sigset_t none;
	struct rlimit r = {GPOINTER_TO_UINT(seconds), GPOINTER_TO_UINT(seconds) + 1};

	setrlimit(RLIMIT_CPU, &r);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static GPtrArray *command(const struct smpl_job *job, const char *script, const char *groups)
{
	const struct smpl_patch *first = job->patches->pdata[0];
	GPtrArray *argv = g_ptr_array_new_with_free_func(g_free);

	g_ptr_array_add(argv, g_strdup(job->spatch));
	g_ptr_array_add(argv, g_strdup("--very-quiet"));
	/* The kernel's .cocciconfig wants --use-gitgrep: a search of the whole tree, for files that are known. */
	g_ptr_array_add(argv, g_strdup("--no-scanner"));
	g_ptr_array_add(argv, g_strdup("--timeout"));
	g_ptr_array_add(argv, g_strdup_printf("%d", job->limit));
	if (first->options) {
		g_auto(GStrv) words = g_strsplit(first->options, " ", -1);

		for (char **w = words; *w; w++)
			if (**w)
				g_ptr_array_add(argv, g_strdup(*w));
	} else {
		g_ptr_array_add(argv, g_strdup("--no-includes"));
	}
	g_ptr_array_add(argv, g_strdup("--sp-file"));
	g_ptr_array_add(argv, g_strdup(script));
	g_ptr_array_add(argv, g_strdup("--file-groups"));
	g_ptr_array_add(argv, g_strdup(groups));
	g_ptr_array_add(argv, NULL);
	return argv;
}

static char *utf8_text(GBytes *bytes)
{
	gsize n;
	const char *data = g_bytes_get_data(bytes, &n);

	return n ? g_utf8_make_valid(data, n) : g_strdup("");
}

/* Runs spatch once; false when it did not end well. */
static bool spatch_once(const struct smpl_job *job, const char *script, const char *groups, char **out, char **err)
{
	g_autoptr(GSubprocessLauncher) l =
		g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
	g_autoptr(GPtrArray) argv = command(job, script, groups);
	g_autoptr(GSubprocess) p = NULL;
	g_autoptr(GBytes) out_bytes = NULL, err_bytes = NULL;
	unsigned int seconds = 60 + job->limit * job->files->len;

	g_subprocess_launcher_set_child_setup(l, prepare_child, GUINT_TO_POINTER(seconds), NULL);
	p = g_subprocess_launcher_spawnv(l, (const char *const *)argv->pdata, NULL);
	if (!p)
		return false;
	if (!g_subprocess_communicate(p, NULL, job->stop, &out_bytes, &err_bytes, NULL)) {
		g_subprocess_force_exit(p);
		return false;
	}
	*out = utf8_text(out_bytes);
	*err = utf8_text(err_bytes);
	return g_subprocess_get_if_exited(p) && g_subprocess_get_exit_status(p) == 0;
}

static const struct smpl_patch *patch_named(const GPtrArray *patches, const char *name, size_t length)
{
	for (unsigned int i = 0; i < patches->len; i++) {
		const struct smpl_patch *p = patches->pdata[i];

		if (strncmp(p->name, name, length) == 0 && p->name[length] == '\0')
			return p;
	}
	return NULL;
}

static void output_add(GPtrArray *outputs, const struct smpl_patch *patch, const char *line, const char *file,
		       bool timeout)
{
	struct smpl_output *o = g_new0(struct smpl_output, 1);

	o->patch = patch;
	o->line = g_strdup(line);
	o->file = g_strdup(file);
	o->timeout = timeout;
	g_ptr_array_add(outputs, o);
}

/* Lines of "EXN: why in FILE": file -> whether it was the time limit. */
static GHashTable *faults_read(const char *err)
{
	GHashTable *t = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_auto(GStrv) lines = g_strsplit(err ? err : "", "\n", -1);

	for (char **l = lines; *l; l++) {
		const char *exn = strstr(*l, "EXN: "), *in = exn ? g_strrstr(exn, " in ") : NULL;

		if (in)
			g_hash_table_replace(t, g_strstrip(g_strdup(in + strlen(" in "))),
					     GINT_TO_POINTER(strstr(exn, "Timeout") ? 2 : 1));
	}
	return t;
}

static bool of_faulty_file(const char *line, GHashTable *faults)
{
	const char *colon = strchr(line, ':');
	g_autofree char *file = colon ? g_strndup(line, colon - line) : NULL;

	return file && g_hash_table_contains(faults, file);
}

/* Takes the report lines of one run; those of files that did not finish come again with the second attempt. */
static void lines_take(const struct smpl_job *job, const char *out, GHashTable *faults, GPtrArray *outputs)
{
	g_auto(GStrv) lines = g_strsplit(out ? out : "", "\n", -1);

	for (char **l = lines; *l; l++) {
		const char *line = *l, *colon;
		const struct smpl_patch *p = job->patches->pdata[0];

		if (g_str_has_prefix(line, MARK)) {
			line += strlen(MARK);
			colon = strchr(line, ':');
			p = colon ? patch_named(job->patches, line, colon - line) : NULL;
			line = colon ? colon + 1 : line;
		} else if (!p->options) {
			continue;
		}
		if (p && !of_faulty_file(line, faults))
			output_add(outputs, p, line, NULL, false);
	}
}

bool smpl_job_probe(const struct smpl_job *job, char **why)
{
	g_autofree char *script = g_strdup_printf("%s/job%u.cocci", job->dir, job->number);
	g_autofree char *groups = g_strdup_printf("%s/job%u.files", job->dir, job->number);
	g_autofree char *empty = g_strdup_printf("%s/job%u.c", job->dir, job->number);
	g_autofree char *out = NULL;
	g_autofree char *text = script_text(job->patches);
	bool ok;

	*why = NULL;
	ok = g_file_set_contents(script, text, -1, NULL) && g_file_set_contents(groups, empty, -1, NULL) &&
	     g_file_set_contents(empty, "int x;\n", -1, NULL) && spatch_once(job, script, groups, &out, why);
	unlink(script);
	unlink(groups);
	unlink(empty);
	return ok;
}

static void job_run_part(const struct smpl_job *job, GPtrArray *patches, GPtrArray *files, GPtrArray *outputs)
{
	struct smpl_job part = *job;

	part.patches = patches;
	part.files = files;
	smpl_job_run(&part, outputs);
}

/* One file again: patch by patch, or given up when there is only one. */
static void file_again(const struct smpl_job *job, const char *file, bool timeout, GPtrArray *outputs)
{
	g_autoptr(GPtrArray) files = g_ptr_array_new();

	g_ptr_array_add(files, (void *)file);
	if (job->patches->len == 1) {
		output_add(outputs, job->patches->pdata[0], NULL, file, timeout);
		return;
	}
	for (unsigned int i = 0; i < job->patches->len; i++) {
		g_autoptr(GPtrArray) one = g_ptr_array_new();

		g_ptr_array_add(one, job->patches->pdata[i]);
		job_run_part(job, one, files, outputs);
	}
}

/* The whole process failed without saying on which file. */
static void all_again(const struct smpl_job *job, GPtrArray *outputs)
{
	for (unsigned int i = 0; i < job->files->len; i++) {
		g_autoptr(GPtrArray) files = g_ptr_array_new();

		g_ptr_array_add(files, job->files->pdata[i]);
		if (job->files->len == 1)
			file_again(job, files->pdata[0], false, outputs);
		else
			job_run_part(job, (GPtrArray *)job->patches, files, outputs);
	}
}

/* There is no time left. */
static void skip_all(const struct smpl_job *job, GPtrArray *outputs)
{
	for (unsigned int i = 0; i < job->files->len; i++)
		for (unsigned int j = 0; j < job->patches->len; j++)
			output_add(outputs, job->patches->pdata[j], NULL, job->files->pdata[i], true);
}

void smpl_job_run(const struct smpl_job *job, GPtrArray *outputs)
{
	g_autofree char *script = g_strdup_printf("%s/job%u.cocci", job->dir, job->number);
	g_autofree char *groups = g_strdup_printf("%s/job%u.files", job->dir, job->number);
	g_autofree char *text = script_text(job->patches);
	g_autofree char *files_text = groups_text(job->files);
	g_autofree char *out = NULL, *err = NULL;
	g_autoptr(GHashTable) faults = NULL;
	bool ok;

	if (interrupted())
		return;
	if (g_cancellable_is_cancelled(job->stop)) {
		skip_all(job, outputs);
		return;
	}
	ok = g_file_set_contents(script, text, -1, NULL) && g_file_set_contents(groups, files_text, -1, NULL) &&
	     spatch_once(job, script, groups, &out, &err);
	unlink(script);
	unlink(groups);
	if (!ok) {
		if (g_cancellable_is_cancelled(job->stop))
			skip_all(job, outputs);
		else
			all_again(job, outputs);
		return;
	}
	faults = faults_read(err);
	lines_take(job, out, faults, outputs);
	for (unsigned int i = 0; i < job->files->len; i++) {
		int fault = GPOINTER_TO_INT(g_hash_table_lookup(faults, job->files->pdata[i]));

		if (fault)
			file_again(job, job->files->pdata[i], fault == 2, outputs);
	}
}
