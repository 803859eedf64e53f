#include "scan/verify.h"

#include "finding/fingerprint.h"
#include "fix/fix.h"
#include "parse/parse.h"
#include "workers/interrupt.h"

#include <gio/gio.h>
#include <string.h>

/* A finding costs at most so many analyses of its file. */
enum { MAX_TRIES = 14, MAX_ROUNDS = 6, PCH_MIN_UNITS = 5 };

/* A text to try, and the finding that it was made for: the wanted one, or what is left of it after a first repair. */
struct attempt {
	const char *text, *how;
	const struct finding *left;
	const struct finding_list *before; /* what was found in the text that it was made from */
	unsigned int round;
};

struct target {
	struct fix *fix;
	struct arena *arena; /* of its texts; NULL before it is begun and when it is done */
	VEC(struct attempt) stack;
	unsigned int tried;
};

/* One file; its findings are repaired one after the other, those of several files at once. */
struct file {
	const struct scan_unit *unit;
	const char *name;
	const char *text;
	bool tried;	/* as it is: what follows counts what the compiler has against it */
	guint n_errors; /* then */
	struct finding_list *found;
	VEC(struct target) targets;
	unsigned int current;
	struct attempt now;
};

struct verifier {
	const struct verify_setup *setup;
	struct find_setup find; /* without index: what is tried is nothing to remember */
	struct arena *arena;
	struct arena *wave; /* gone when the texts of a wave have been judged */
	VEC(struct file *) files;
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
static bool alike_at(const struct file *w, const char *kind, const struct finding *x, const struct finding *y)
{
	const struct finding_event *a = finding_event_of_kind(x, kind), *b = finding_event_of_kind(y, kind);
	GString *before = g_string_new(NULL), *now = g_string_new(NULL);
	bool alike;

	if (a && b) {
		append_line(before, w->text, a->line);
		append_line(now, w->now.text, b->line);
	}
	alike = a && b && g_string_equal(before, now);
	g_string_free(before, TRUE);
	g_string_free(now, TRUE);
	return alike;
}

/* Was the thing taken on a line that the repair has not made or changed? */
static bool was_taken_before(const struct file *w, const struct finding *f)
{
	const struct finding_event *e = finding_event_of_kind(f, "acquired");
	GString *line = g_string_new(NULL);
	bool before;

	if (e && strcmp(e->file, w->name) == 0)
		append_line(line, w->now.text, e->line);
	g_strchomp(line->str);
	before = e && (strcmp(e->file, w->name) != 0 || (*line->str && strstr(w->text, line->str)));
	g_string_free(line, TRUE);
	return before;
}

/*
 * Leaks of one acquisition are told one at a time, and so are leaks of one kind at one exit, or at one that is told
 * only when a call has failed: what the wanted one has hidden is repaired with it.
 */
static bool was_hidden(const struct file *w, const struct finding *wanted, const struct finding *fresh)
{
	if (!g_str_has_prefix(fresh->rule, "leak/") || !g_str_has_prefix(wanted->rule, "leak/"))
		return false;
	return alike_at(w, "acquired", wanted, fresh) ||
	       (strcmp(wanted->function, fresh->function) == 0 && was_taken_before(w, fresh));
}

/* What there is now and was not before; the wanted finding counts one less. A release that was missing may give rise to
 * advice on doing without it. */
static const struct finding *something_new(struct verifier *v, const struct file *w, const struct finding_list *after)
{
	for (unsigned int i = 0; i < after->all.n; i++) {
		const struct finding *f = &after->all.v[i];

		if (!finding_rule_advises(f->rule) && count(v, after, f) > count(v, w->found, f))
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
static bool is_gone(struct verifier *v, const struct file *w, const struct finding *f, const struct finding_list *after)
{
	g_autofree char *path = path_text(f, w->text);

	return count(v, after, f) < count(v, w->found, f) &&
	       count_path(v, after, w->now.text, f, path) < count_path(v, w->found, w->text, f, path);
}

/* The same finding by a way that there was not before: the repair has closed one of several. */
static const struct finding *left_over(struct verifier *v, const struct file *w, const struct finding *wanted,
				       const struct finding_list *after)
{
	const char *identity = finding_identity(v->wave, wanted);

	for (unsigned int i = 0; i < after->all.n; i++) {
		const struct finding *f = &after->all.v[i];
		g_autofree char *path = path_text(f, w->now.text);

		if (strcmp(finding_identity(v->wave, f), identity) == 0 &&
		    !count_path(v, w->now.before, w->text, f, path))
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

static char *checkpatch_complaint(const struct verify_setup *s, const char *diff)
{
	g_autofree char *script = s->root ? g_build_filename(s->root, "scripts", "checkpatch.pl", NULL) : NULL;
	g_autofree char *perl = g_find_program_in_path("perl"), *root = NULL, *out = NULL;
	g_autoptr(GSubprocess) p = NULL;
	char *at;

	if (!script || !perl || !g_file_test(script, G_FILE_TEST_EXISTS))
		return NULL;
	root = g_strdup_printf("--root=%s", s->root);
	p = g_subprocess_new(G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
				     G_SUBPROCESS_FLAGS_STDERR_SILENCE,
			     NULL, perl, script, root, "--no-signoff", "--no-summary", "--terse", "--quiet", "-", NULL);
	if (!p || !g_subprocess_communicate_utf8(p, diff, NULL, &out, NULL, NULL) || !out)
		return NULL;
	at = strstr(out, "ERROR: ");
	return at ? g_strndup(at, strcspn(at, "\n")) : NULL;
}

/* The last steps, for a text that is right: as a patch, it must apply and be in kernel style. */
static bool accept(struct verifier *v, struct file *w, struct target *t)
{
	g_autoptr(GError) err = NULL;
	g_autofree char *diff = fix_diff(w->name, w->text, w->now.text, &err), *complaint = NULL;

	if (!diff || !fix_diff_applies(diff, w->name, w->text, w->now.text, &err)) {
		withhold(v, t->fix, arena_printf(v->wave, "the patch does not apply: %s", err->message));
		return false;
	}
	complaint = checkpatch_complaint(v->setup, diff);
	if (complaint) {
		withhold(v, t->fix, arena_printf(v->wave, "checkpatch.pl: %s", complaint));
		return false;
	}
	t->fix->diff = arena_strdup(v->arena, diff);
	t->fix->how = arena_strdup(v->arena, w->now.how);
	t->fix->why = NULL;
	return true;
}

/* The target to work on; NULL when all are done. */
static struct target *current(struct file *w)
{
	return w->current < w->targets.n ? &w->targets.v[w->current] : NULL;
}

static void begin(struct verifier *v, struct file *w, struct target *t)
{
	const struct attempt first = {.text = w->text, .left = t->fix->finding, .before = w->found};

	t->arena = arena_new();
	propose(v, t, &first);
}

/* Takes the next text to try; FALSE when this file is done. */
static bool next_attempt(struct verifier *v, struct file *w)
{
	struct target *t;

	if (!w->tried && current(w)) {
		w->now = (struct attempt){.text = w->text};
		return true;
	}
	for (; (t = current(w)); w->current++) {
		if (!t->arena)
			begin(v, w, t);
		if (!t->fix->diff && t->stack.n && t->tried < MAX_TRIES) {
			w->now = t->stack.v[--t->stack.n];
			t->tried++;
			return true;
		}
		arena_free(t->arena);
	}
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

static void go_on(struct verifier *v, struct file *w, struct target *t, const struct finding_list *after,
		  const struct finding *left)
{
	struct attempt more = {.text = w->now.text, .how = w->now.how, .round = w->now.round + 1};

	if (!left || w->now.round >= MAX_ROUNDS)
		return;
	keep(t->arena, after, left, &more);
	propose(v, t, &more);
}

/* What was there before any repair. */
static void take_baseline(struct verifier *v, struct file *w, guint n_errors, const char *failed)
{
	w->tried = true;
	w->n_errors = n_errors;
	for (unsigned int i = 0; failed && i < w->targets.n; i++)
		withhold(v, w->targets.v[i].fix, arena_printf(v->wave, "the source cannot be analysed: %s", failed));
	if (failed)
		w->current = w->targets.n;
}

/* Is the text right as far as these findings tell? If not, says why, and what could be done next. */
static bool judge(struct verifier *v, struct file *w, const struct finding_list *all, guint n_errors,
		  const char *failed)
{
	struct target *t = current(w);
	const struct finding *wanted = t->fix->finding, *fresh;
	struct finding_list *after = findings_of(v->wave, all, w->name);
	bool gone = is_gone(v, w, wanted, after);

	/* What cannot be analysed may be right: nothing that comes after it is better. */
	if (failed)
		t->stack.n = 0;
	if (failed || n_errors > w->n_errors) {
		withhold(v, t->fix,
			 failed ? arena_printf(v->wave, "the patched source cannot be analysed: %s", failed)
				: "the patched source does not compile");
		return false;
	}
	fresh = something_new(v, w, after);
	if (!fresh && gone)
		return true;
	if (fresh)
		withhold(v, t->fix,
			 arena_printf(v->wave, "with it, line %u of %s() has a new %s: %s", fresh->line,
				      fresh->function, fresh->rule, fresh->message));
	else
		withhold(v, t->fix, "the finding is still there with it");
	if (!fresh) {
		go_on(v, w, t, after, left_over(v, w, wanted, after));
	} else if (gone && was_hidden(w, wanted, fresh) && is_alike(wanted, fresh)) {
		go_on(v, w, t, after, fresh);
	}
	return false;
}

static const char *why_failed(const struct scan_result *result, const char *name)
{
	for (guint i = 0; i < result->n_failed; i++)
		if (strcmp(result->failed[i].file, name) == 0)
			return result->failed[i].why;
	return NULL;
}

/* The semantic patches are asked only about what the engine has nothing against. */
static void ask_patterns(struct verifier *v, struct file **good, guint n, struct finding_list *found)
{
	struct scan_unit *units = ARENA_ARRAY(v->wave, struct scan_unit, n + 1);

	for (guint i = 0; i < n; i++)
		units[i] = (struct scan_unit){.entry = good[i]->unit->entry, .contents = good[i]->now.text};
	if (n && v->find.patterns.directory)
		patterns_run(&v->find.patterns, units, n, found);
	for (guint i = 0; i < n; i++)
		if (judge(v, good[i], found, good[i]->n_errors, NULL))
			accept(v, good[i], current(good[i]));
}

/* One text of each file at a time. FALSE when there is nothing more to try. */
static bool wave(struct verifier *v)
{
	struct scan_unit *units = ARENA_ARRAY(v->wave, struct scan_unit, v->files.n + 1);
	struct file **tried = ARENA_ARRAY(v->wave, struct file *, v->files.n + 1);
	struct scan_result result;
	guint n = 0, n_good = 0;

	for (unsigned int i = 0; i < v->files.n; i++) {
		struct file *w = v->files.v[i];

		if (!next_attempt(v, w))
			continue;
		units[n] = (struct scan_unit){w->unit->entry, w->now.text, !w->tried, w->tried, w->n_errors};
		tried[n++] = w;
	}
	if (!n)
		return false;
	scan_units(&v->find.scan, v->wave, units, n, &result);
	if (!result.interrupted) {
		for (guint i = 0; i < n; i++) {
			const char *failed = why_failed(&result, tried[i]->name);

			if (!tried[i]->tried)
				take_baseline(v, tried[i], result.n_errors[i], failed);
			else if (judge(v, tried[i], &result.findings, result.n_errors[i], failed))
				tried[n_good++] = tried[i];
		}
		ask_patterns(v, tried, n_good, &result.findings);
	}
	g_ptr_array_unref(result.analysed);
	return !result.interrupted && !interrupt_seen();
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
	parser_prepare(p, entries, n < PCH_MIN_UNITS ? 1 : PCH_MIN_UNITS);
	return p;
}

static void add_targets(struct verifier *v, const struct finding_list *wanted, struct fix *fixes)
{
	for (unsigned int i = 0; i < wanted->all.n; i++) {
		const struct finding *f = &wanted->all.v[i];
		struct file *w = g_path_is_absolute(f->file) ? NULL : file_named(v, f->file);
		struct target t = {.fix = &fixes[i]};

		fixes[i] = (struct fix){.finding = f};
		if (w)
			vec_push(v->arena, &w->targets, t);
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
	while (wave(&v))
		arena_reset(v.wave);
	arena_free(v.wave);
	parser_free(parser);
	for (unsigned int i = 0; i < wanted->all.n; i++)
		if (!fixes[i].diff)
			withhold(&v, &fixes[i], "interrupted");
}
