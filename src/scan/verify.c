#include "scan/verify.h"

#include "finding/fingerprint.h"
#include "fix/fix.h"
#include "parse/parse.h"
#include "workers/interrupt.h"

#include <gio/gio.h>
#include <string.h>

/* A finding costs at most so many analyses of its file. */
enum { MAX_TRIES = 14, MAX_ROUNDS = 6 };
/* So many findings for each process are worked on at once: who waits for the slowest of them does not wait often, and
 * their texts fit into memory. */
enum { TARGETS_PER_JOB = 32 };

/* A text to try, and the finding that it was made for: the wanted one, or what is left of it after a first repair. */
struct attempt {
	const char *text, *how;
	const struct finding *left;
	const struct finding_list *before; /* what was found in the text that it was made from */
	unsigned int round;
};

struct file {
	const struct scan_unit *unit;
	const char *name;
	const char *text;
	guint n_errors;	    /* that the compiler has against it as it is */
	const char *failed; /* why it cannot be analysed; NULL: it can */
	struct finding_list *found;
};

struct target {
	struct file *file;
	struct fix *fix;
	struct arena *arena; /* of its texts; NULL before it is begun and when it is done */
	bool done;
	VEC(struct attempt) stack;
	unsigned int tried;
	struct attempt now;
	struct finding_list *after; /* what was found in the text that is tried now */
};

struct verifier {
	const struct verify_setup *setup;
	struct find_setup find; /* without index: what is tried is nothing to remember */
	struct arena *arena;
	struct arena *wave; /* gone when the texts of a wave have been judged */
	VEC(struct file *) files;
	VEC(struct target) targets;
};

/* The first reason stays: it is that of the best proposal. */
static void withhold(struct verifier *v, struct fix *fix, const char *why)
{
	if (!fix->why)
		fix->why = arena_strdup(v->arena, why);
}

static unsigned int count(struct verifier *v, const struct finding_list *l, const struct finding *f)
{
	const char *identity = finding_identity(v->wave, f);
	unsigned int n = 0;

	for (unsigned int i = 0; i < l->all.n; i++)
		n += strcmp(finding_identity(v->wave, &l->all.v[i]), identity) == 0;
	return n;
}

static struct finding_list *findings_of(struct arena *a, const struct finding_list *all, const char *file)
{
	struct finding_list *own = ARENA_NEW(a, struct finding_list);

	own->arena = a;
	for (unsigned int i = 0; i < all->all.n; i++)
		if (strcmp(all->all.v[i].file, file) == 0)
			finding_list_add(own, &all->all.v[i]);
	return own;
}

/* Without indentation, and without the brace that a repair may have added. */
static void append_line(GString *out, const char *text, unsigned int line)
{
	size_t n;

	for (; line > 1 && *text; line--)
		text += strcspn(text, "\n") + (text[strcspn(text, "\n")] == '\n');
	text += strspn(text, " \t");
	n = strcspn(text, "\n");
	while (n && strchr(" \t{", text[n - 1]))
		n--;
	g_string_append_len(out, text, (gssize)n);
	g_string_append_c(out, '\n');
}

/* Do the two have an event of that kind on lines that read alike? */
static bool alike_at(const struct target *t, const char *kind, const struct finding *x, const struct finding *y)
{
	const struct finding_event *a = finding_event_of_kind(x, kind), *b = finding_event_of_kind(y, kind);
	GString *before = g_string_new(NULL), *now = g_string_new(NULL);
	bool alike;

	if (a && b) {
		append_line(before, t->file->text, a->line);
		append_line(now, t->now.text, b->line);
	}
	alike = a && b && g_string_equal(before, now);
	g_string_free(before, TRUE);
	g_string_free(now, TRUE);
	return alike;
}

/* Was the thing taken on a line that the repair has not made or changed? */
static bool was_taken_before(const struct target *t, const struct finding *f)
{
	const struct finding_event *e = finding_event_of_kind(f, "acquired");
	GString *line = g_string_new(NULL);
	bool before;

	if (e && strcmp(e->file, t->file->name) == 0)
		append_line(line, t->now.text, e->line);
	g_strchomp(line->str);
	before = e && (strcmp(e->file, t->file->name) != 0 || (*line->str && strstr(t->file->text, line->str)));
	g_string_free(line, TRUE);
	return before;
}

/*
 * Leaks of one acquisition are told one at a time, and so are leaks of one kind at one exit, or at one that is told
 * only when a call has failed: what the wanted one has hidden is repaired with it.
 */
static bool was_hidden(const struct target *t, const struct finding *wanted, const struct finding *fresh)
{
	if (!g_str_has_prefix(fresh->rule, "leak/") || !g_str_has_prefix(wanted->rule, "leak/"))
		return false;
	return alike_at(t, "acquired", wanted, fresh) ||
	       (strcmp(wanted->function, fresh->function) == 0 && was_taken_before(t, fresh));
}

/* What there is now and was not before; the wanted finding counts one less. A release that was missing may give rise to
 * advice on doing without it. */
static const struct finding *something_new(struct verifier *v, const struct target *t, const struct finding_list *after)
{
	for (unsigned int i = 0; i < after->all.n; i++) {
		const struct finding *f = &after->all.v[i];

		if (!finding_rule_advises(f->rule) && count(v, after, f) > count(v, t->file->found, f))
			return f;
	}
	return NULL;
}

/* The way to a finding in words that do not change when lines move. */
static char *path_text(const struct finding *f, const char *text)
{
	GString *out = g_string_new(NULL);

	for (uint32_t i = 0; f && i < f->n_events; i++) {
		/* What others do is no part of the way, and changes with what a repair adds. */
		if (strcmp(f->events[i].kind, "sibling") == 0 || strcmp(f->events[i].kind, "note") == 0)
			continue;
		g_string_append_printf(out, "%s ", f->events[i].kind);
		append_line(out, text, f->events[i].line);
	}
	return g_string_free(out, FALSE);
}

/* How many findings like this one come by the same way. */
static unsigned int count_path(struct verifier *v, const struct finding_list *l, const char *text,
			       const struct finding *f, const char *path)
{
	const char *identity = finding_identity(v->wave, f);
	unsigned int n = 0;

	for (unsigned int i = 0; i < l->all.n; i++) {
		const struct finding *other = &l->all.v[i];
		g_autofree char *theirs = path_text(other, text);

		n += strcmp(finding_identity(v->wave, other), identity) == 0 && strcmp(theirs, path) == 0;
	}
	return n;
}

/* One like it less, and it is this one: another return of the same function may have been repaired in its place. */
static bool is_gone(struct verifier *v, const struct target *t, const struct finding *f,
		    const struct finding_list *after)
{
	g_autofree char *path = path_text(f, t->file->text);

	return count(v, after, f) < count(v, t->file->found, f) &&
	       count_path(v, after, t->now.text, f, path) < count_path(v, t->file->found, t->file->text, f, path);
}

/* The same finding by a way that there was not before: the repair has closed one of several. */
static const struct finding *left_over(struct verifier *v, const struct target *t, const struct finding *wanted,
				       const struct finding_list *after)
{
	const char *identity = finding_identity(v->wave, wanted);

	for (unsigned int i = 0; i < after->all.n; i++) {
		const struct finding *f = &after->all.v[i];
		g_autofree char *path = path_text(f, t->now.text);

		if (strcmp(finding_identity(v->wave, f), identity) == 0 &&
		    !count_path(v, t->now.before, t->file->text, f, path))
			return f;
	}
	return NULL;
}

static void propose(struct verifier *v, struct target *t, const struct attempt *from)
{
	const struct fix_request request = {.finding = from->left,
					    .all = from->before,
					    .text = from->text,
					    .model = v->find.scan.knowledge->model,
					    .patches = v->setup->patches,
					    .optional = v->find.scan.knowledge->optional,
					    .no_managed = v->find.scan.knowledge->no_managed};
	struct fix_candidates found = {.arena = t->arena};

	fix_propose(&request, &found);
	for (unsigned int i = found.all.n; i-- > 0;) {
		struct attempt a = *from;

		a.text = found.all.v[i].text;
		if (!a.how)
			a.how = found.all.v[i].how;
		vec_push(t->arena, &t->stack, a);
	}
	if (!found.all.n)
		withhold(v, t->fix, found.why);
}

/* Without the tree: with it, the script asks for the file's maintainers first, and those are none of its errors. */
static char *checkpatch_complaint(const struct verify_setup *s, const char *diff)
{
	g_autofree char *script = s->root ? g_build_filename(s->root, "scripts", "checkpatch.pl", NULL) : NULL;
	g_autofree char *perl = g_find_program_in_path("perl"), *out = NULL;
	g_autoptr(GSubprocess) p = NULL;
	char *at;

	if (!script || !perl || !g_file_test(script, G_FILE_TEST_EXISTS))
		return NULL;
	p = g_subprocess_new(
		G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
		NULL, perl, script, "--no-tree", "--no-signoff", "--no-summary", "--terse", "--quiet", "-", NULL);
	if (!p || !g_subprocess_communicate_utf8(p, diff, NULL, &out, NULL, NULL) || !out)
		return NULL;
	at = strstr(out, "ERROR: ");
	return at ? g_strndup(at, strcspn(at, "\n")) : NULL;
}

/* The last steps, for a text that is right: as a patch, it must apply and be in kernel style. */
static void accept(struct verifier *v, struct target *t)
{
	const struct file *w = t->file;
	g_autoptr(GError) err = NULL;
	g_autofree char *diff = fix_diff(w->name, w->text, t->now.text, &err), *complaint = NULL;

	if (!diff || !fix_diff_applies(diff, w->name, w->text, t->now.text, &err)) {
		withhold(v, t->fix, arena_printf(v->wave, "the patch does not apply: %s", err->message));
		return;
	}
	complaint = checkpatch_complaint(v->setup, diff);
	if (complaint) {
		withhold(v, t->fix, arena_printf(v->wave, "checkpatch.pl: %s", complaint));
		return;
	}
	t->fix->diff = arena_strdup(v->arena, diff);
	t->fix->how = arena_strdup(v->arena, t->now.how);
	t->fix->why = NULL;
}

static void begin(struct verifier *v, struct target *t)
{
	const struct attempt first = {.text = t->file->text, .left = t->fix->finding, .before = t->file->found};

	t->arena = arena_new();
	propose(v, t, &first);
}

/* Takes the next text to try; FALSE when this finding is done. */
static bool next_attempt(struct verifier *v, struct target *t)
{
	if (t->done || t->file->failed)
		return false;
	if (!t->arena)
		begin(v, t);
	if (!t->fix->diff && t->stack.n && t->tried < MAX_TRIES) {
		t->now = t->stack.v[--t->stack.n];
		t->tried++;
		return true;
	}
	arena_free(t->arena);
	t->arena = NULL;
	t->done = true;
	return false;
}

/* What was found in a text outlives the wave when the text is repaired further. */
static void keep(struct arena *a, const struct finding_list *after, const struct finding *left, struct attempt *more)
{
	struct finding_list *copy = ARENA_NEW(a, struct finding_list);

	copy->arena = a;
	for (unsigned int i = 0; i < after->all.n; i++)
		finding_list_add(copy, &after->all.v[i]);
	more->before = copy;
	more->left = &copy->all.v[left - after->all.v];
}

/* What ends well may be meant to keep it. */
static bool is_alike(const struct finding *wanted, const struct finding *fresh)
{
	return strcmp(fresh->exit_kind, "success") != 0 || strcmp(wanted->exit_kind, "success") == 0;
}

static void go_on(struct verifier *v, struct target *t, const struct finding_list *after, const struct finding *left)
{
	struct attempt more = {.text = t->now.text, .how = t->now.how, .round = t->now.round + 1};

	if (!left || t->now.round >= MAX_ROUNDS)
		return;
	keep(t->arena, after, left, &more);
	propose(v, t, &more);
}

static bool compiles(struct verifier *v, struct target *t, guint n_errors, const char *failed)
{
	if (!failed && n_errors <= t->file->n_errors)
		return true;
	/* What cannot be analysed may be right: nothing that comes after it is better. */
	if (failed)
		t->stack.n = 0;
	withhold(v, t->fix,
		 failed ? arena_printf(v->wave, "the patched source cannot be analysed: %s", failed)
			: "the patched source does not compile");
	return false;
}

/* Is the text right as far as these findings tell? If not, says why, and what could be done next. */
static bool judge(struct verifier *v, struct target *t, const struct finding_list *all)
{
	const struct finding *wanted = t->fix->finding, *fresh;
	struct finding_list *after = findings_of(v->wave, all, t->file->name);
	bool gone = is_gone(v, t, wanted, after);

	fresh = something_new(v, t, after);
	if (!fresh && gone)
		return true;
	if (fresh)
		withhold(v, t->fix,
			 arena_printf(v->wave, "with it, line %u of %s() has a new %s: %s", fresh->line,
				      fresh->function, fresh->rule, fresh->message));
	else
		withhold(v, t->fix, "the finding is still there with it");
	if (!fresh) {
		go_on(v, t, after, left_over(v, t, wanted, after));
	} else if (gone && was_hidden(t, wanted, fresh) && is_alike(wanted, fresh)) {
		go_on(v, t, after, fresh);
	}
	return false;
}

static bool is_among(struct target *const *targets, guint n, const struct file *w)
{
	for (guint i = 0; i < n; i++)
		if (targets[i]->file == w)
			return true;
	return false;
}

/* The semantic patches are asked only about what the engine has nothing against, about one text of a file at a time. */
static void ask_patterns(struct verifier *v, struct target **good, guint n)
{
	struct scan_unit *units = ARENA_ARRAY(v->wave, struct scan_unit, n + 1);
	struct target **now = ARENA_ARRAY(v->wave, struct target *, n + 1);
	struct finding_list found = {.arena = v->wave};
	guint n_now = 0, n_later = 0;

	for (guint i = 0; i < n; i++) {
		if (is_among(now, n_now, good[i]->file)) {
			good[n_later++] = good[i];
			continue;
		}
		units[n_now] = (struct scan_unit){.entry = good[i]->file->unit->entry, .contents = good[i]->now.text};
		for (unsigned int k = 0; k < good[i]->after->all.n; k++)
			finding_list_add(&found, &good[i]->after->all.v[k]);
		now[n_now++] = good[i];
	}
	if (n_now && v->find.patterns.directory)
		patterns_run(&v->find.patterns, units, n_now, &found);
	for (guint i = 0; i < n_now; i++)
		if (judge(v, now[i], &found))
			accept(v, now[i]);
	if (n_later)
		ask_patterns(v, good, n_later);
}

static bool analyse(struct verifier *v, const struct scan_unit *units, guint n, struct scan_result *result)
{
	scan_units(&v->find.scan, v->wave, units, n, result);
	g_ptr_array_unref(result->analysed);
	return !result->interrupted && !interrupt_seen();
}

/* What the compiler has against the files as they are: what follows may be no worse. */
static bool take_baselines(struct verifier *v)
{
	struct scan_unit *units = ARENA_ARRAY(v->wave, struct scan_unit, v->files.n + 1);
	struct scan_result result;

	for (unsigned int i = 0; i < v->files.n; i++)
		units[i] = (struct scan_unit){
			.entry = v->files.v[i]->unit->entry, .contents = v->files.v[i]->text, .when = SCAN_NEVER};
	if (!v->files.n || !analyse(v, units, v->files.n, &result))
		return false;
	for (unsigned int i = 0; i < v->files.n; i++) {
		v->files.v[i]->n_errors = result.n_errors[i];
		v->files.v[i]->failed = result.why[i] ? arena_strdup(v->arena, result.why[i]) : NULL;
	}
	for (unsigned int i = 0; i < v->targets.n; i++) {
		const struct target *t = &v->targets.v[i];

		if (t->file->failed)
			withhold(v, t->fix,
				 arena_printf(v->wave, "the source cannot be analysed: %s", t->file->failed));
	}
	return true;
}

/* The next text of each finding that is not done, as far as their number goes. */
static guint next_attempts(struct verifier *v, struct target **tried, struct scan_unit *units, guint max)
{
	guint n = 0;

	for (unsigned int i = 0; i < v->targets.n && n < max; i++) {
		struct target *t = &v->targets.v[i];

		if (!next_attempt(v, t))
			continue;
		t->after = ARENA_NEW(v->wave, struct finding_list);
		t->after->arena = v->wave;
		units[n] = (struct scan_unit){.entry = t->file->unit->entry,
					      .contents = t->now.text,
					      .when = SCAN_UNLESS_WORSE,
					      .errors_allowed = t->file->n_errors,
					      .findings = t->after};
		tried[n++] = t;
	}
	return n;
}

/* FALSE when there is nothing more to try. */
static bool wave(struct verifier *v)
{
	guint max = v->find.scan.jobs * TARGETS_PER_JOB, n, n_good = 0;
	struct scan_unit *units = ARENA_ARRAY(v->wave, struct scan_unit, max);
	struct target **tried = ARENA_ARRAY(v->wave, struct target *, max);
	struct scan_result result;

	n = next_attempts(v, tried, units, max);
	if (!n || !analyse(v, units, n, &result))
		return false;
	for (guint i = 0; i < n; i++)
		if (compiles(v, tried[i], result.n_errors[i], result.why[i]) && judge(v, tried[i], tried[i]->after))
			tried[n_good++] = tried[i];
	ask_patterns(v, tried, n_good);
	return true;
}

static struct file *file_named(struct verifier *v, const char *name)
{
	for (unsigned int i = 0; i < v->files.n; i++)
		if (strcmp(v->files.v[i]->name, name) == 0)
			return v->files.v[i];
	return NULL;
}

static void add_file(struct verifier *v, const struct scan_unit *unit, const struct finding_list *found)
{
	struct file *w = ARENA_NEW(v->arena, struct file);
	g_autofree char *text = NULL;

	*w = (struct file){.unit = unit};
	w->name = arena_strdup(v->arena, scan_name(&v->find.scan, unit->entry->file));
	if (!unit->contents && !g_file_get_contents(unit->entry->file, &text, NULL, NULL))
		return;
	w->text = unit->contents ? unit->contents : arena_strdup(v->arena, text);
	w->found = findings_of(v->arena, found, w->name);
	if (w->found->all.n)
		vec_push(v->arena, &v->files, w);
}

/* The compiler is to say more than in a scan: a goto past an initialisation, a label that nothing leads to any more. */
static struct parser *strict_parser(const struct scan_unit *units, guint n)
{
	const struct parser_options options = {.strict = TRUE};
	struct parser *p = parser_new(&options);
	g_autoptr(GPtrArray) entries = g_ptr_array_new();

	for (guint i = 0; i < n; i++)
		g_ptr_array_add(entries, (gpointer)units[i].entry);
	parser_prepare(p, entries, n < PARSER_WORTH_UNITS ? 1 : PARSER_WORTH_UNITS);
	return p;
}

static void add_targets(struct verifier *v, const struct finding_list *wanted, struct fix *fixes)
{
	for (unsigned int i = 0; i < wanted->all.n; i++) {
		const struct finding *f = &wanted->all.v[i];
		struct file *w = g_path_is_absolute(f->file) ? NULL : file_named(v, f->file);
		struct target t = {.file = w, .fix = &fixes[i]};

		fixes[i] = (struct fix){.finding = f};
		if (w)
			vec_push(v->arena, &v->targets, t);
		else
			withhold(v, &fixes[i], "its file is no unit of the tree by itself");
	}
}

void verify_fixes(const struct verify_setup *s, struct arena *a, const struct scan_unit *units, guint n,
		  const struct finding_list *found, const struct finding_list *wanted, struct fix *fixes)
{
	struct verifier v = {.setup = s, .find = s->find, .arena = a, .wave = arena_new()};
	struct parser *parser = strict_parser(units, n);

	v.find.scan.parser = parser;
	v.find.scan.index = NULL;
	v.find.patterns.index = NULL;
	v.find.scan.quiet = TRUE;
	for (guint i = 0; i < n; i++)
		add_file(&v, &units[i], found);
	add_targets(&v, wanted, fixes);
	if (take_baselines(&v))
		while (wave(&v))
			arena_reset(v.wave);
	for (unsigned int i = 0; i < v.targets.n; i++)
		arena_free(v.targets.v[i].arena);
	arena_free(v.wave);
	parser_free(parser);
	for (unsigned int i = 0; i < wanted->all.n; i++)
		if (!fixes[i].diff)
			withhold(&v, &fixes[i], "interrupted");
}
