/*
 * drvcheck triage ID...: records a decision in the store, and in the tree's drvcheck.triage when there is one. A team
 * starts that file with --file; from then on it is kept up to date, and merges like text.
 */
#include "cli/triage.h"

#include "cli/commands.h"
#include "cli/lookup.h"
#include "scan/tree.h"

#include <stdlib.h>
#include <string.h>

struct command {
	char *tree, *db, *file, *verdict, *why, *author;
	gboolean list;
	char *root, *path; /* of the tree; of the triage file */
	struct arena *arena;
	struct store *store;
};

static char *file_below(const char *root)
{
	return root ? g_build_filename(root, TRIAGE_FILE, NULL) : g_strdup(TRIAGE_FILE);
}

/* The file's marks and the store's; where both speak of a finding the later date counts, and on one day the store. */
static gboolean load_marks(struct triage_list *marks, struct store *store, const char *path, GError **err)
{
	struct triage_list stored = {.arena = marks->arena};

	if (!triage_read(marks, path, err))
		return FALSE;
	if (store && !store_triage_all(store, marks->arena, &stored, err))
		return FALSE;
	for (unsigned int i = 0; i < stored.all.n; i++)
		vec_push(marks->arena, &marks->all, stored.all.v[i]);
	return TRUE;
}

static void tell_effect(const struct triage_effect *e, const struct triage_list *marks)
{
	if (e->silenced)
		say("%u finding%s not shown: marked false-positive or intentional", e->silenced,
		    e->silenced == 1 ? "" : "s");
	for (unsigned int i = 0; i < e->lapsed.all.n; i++) {
		const struct finding *f = &e->lapsed.all.v[i];
		const struct triage_mark *m = triage_lookup(marks, f->fingerprint);

		say("%s:%u: the mark %s of %s has lapsed: %s() has changed since", f->file, f->line, m->verdict,
		    m->date, f->function);
	}
	for (unsigned int i = 0; i < e->back.all.n; i++) {
		const struct finding *f = &e->back.all.v[i];

		say("%s:%u: marked fixed on %s, and is here again", f->file, f->line,
		    triage_lookup(marks, f->fingerprint)->date);
	}
}

gboolean triage_apply(struct finding_list *l, struct store *store, const char *root, const char *sources, GError **err)
{
	struct triage_list marks = {.arena = l->arena};
	g_autofree char *path = file_below(root);
	struct triage_effect effect;

	if (!load_marks(&marks, store, path, err))
		return FALSE;
	triage_filter(l, &marks, sources ? sources : root, &effect);
	tell_effect(&effect, &marks);
	return TRUE;
}

/* As git would name the user; the login name without git. */
static char *author_name(const char *given)
{
	char *argv[] = {"git", "config", "user.name", NULL}, *name = NULL;
	int status;

	if (given)
		return g_strdup(given);
	if (g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &name, NULL,
			 &status, NULL) &&
	    !status && *g_strstrip(name))
		return name;
	g_free(name);
	return g_strdup(g_get_user_name());
}

static char *today(void)
{
	g_autoptr(GDateTime) now = g_date_time_new_now_local();

	return g_date_time_format(now, "%Y-%m-%d");
}

/* The file is written again as a whole: sorted, one line a finding. */
static gboolean add_to_file(struct command *c, const struct triage_mark *m, GError **err)
{
	struct triage_list marks = {.arena = c->arena};

	if (!c->file && !g_file_test(c->path, G_FILE_TEST_EXISTS))
		return TRUE;
	if (!triage_read(&marks, c->path, err))
		return FALSE;
	if (!marks.all.n)
		say("%s is begun; `%s merge=union` in .gitattributes lets git merge what two people add", c->path,
		    TRIAGE_FILE);
	vec_push(c->arena, &marks.all, *m);
	return triage_write(&marks, c->path, err);
}

static gboolean mark(struct command *c, const char *name, GError **err)
{
	g_autofree char *author = author_name(c->author), *date = today();
	struct finding f;
	struct triage_mark m;

	if (!lookup_finding(c->store, c->arena, name, &f, err))
		return FALSE;
	m = (struct triage_mark){
		.fingerprint = f.fingerprint,
		.verdict = c->verdict,
		.author = author,
		.date = date,
		.why = c->why,
		.place = arena_printf(c->arena, "%s:%s", f.file, f.function),
		.function_hash = triage_function_hash(c->arena, c->root, &f),
	};
	if (!store_triage_set(c->store, &m, err) || !add_to_file(c, &m, err))
		return FALSE;
	printf("%s\t%s\t%s\t%s\n", m.fingerprint, m.verdict, m.place, m.why);
	return TRUE;
}

static gboolean list(struct command *c, GError **err)
{
	struct triage_list marks = {.arena = c->arena};

	if (!load_marks(&marks, c->store, c->path, err))
		return FALSE;
	for (unsigned int i = 0; i < marks.all.n; i++) {
		const struct triage_mark *m = &marks.all.v[i];

		if (triage_lookup(&marks, m->fingerprint) == m)
			printf("%s\t%s\t%s\t%s\t%s\t%s\n", m->fingerprint, m->verdict, m->date, m->author, m->place,
			       m->why);
	}
	return TRUE;
}

static int triage(struct command *c, char **names)
{
	GError *err = NULL;
	g_autofree char *db = NULL;
	gboolean ok;

	c->root = tree_root(c->tree, NULL, &err);
	if (err)
		return fault(err);
	db = tree_database(c->db, c->root);
	c->path = c->file ? g_strdup(c->file) : file_below(c->root);
	c->store = c->list ? store_open_readonly(db, &err) : store_open(db, &err);
	ok = c->store != NULL;
	if (ok && c->list)
		ok = list(c, &err);
	for (; ok && !c->list && *names; names++)
		ok = mark(c, *names, &err);
	store_close(c->store);
	return ok ? EXIT_CLEAN : fault(err);
}

/* FALSE, having said why. */
static gboolean check_usage(const struct command *c, int argc)
{
	if (c->list)
		return TRUE;
	if (argc < 2)
		say("triage takes the id or fingerprint of a finding");
	else if (!c->verdict || !triage_verdict_known(c->verdict))
		say("triage needs --as confirmed, false-positive, intentional or fixed");
	else if (!c->why || !*c->why)
		say("triage needs --why: the reason, for whoever comes next");
	else
		return TRUE;
	return FALSE;
}

static void clear(struct command *c)
{
	char *strings[] = {c->tree, c->db, c->file, c->verdict, c->why, c->author, c->root, c->path};

	for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
		g_free(strings[i]);
	arena_free(c->arena);
}

int cmd_triage(int argc, char **argv)
{
	struct command c = {.arena = arena_new()};
	const GOptionEntry entries[] = {
		{"tree", 'C', 0, G_OPTION_ARG_FILENAME, &c.tree, "root of the kernel tree", "KERNEL"},
		{"db", 0, 0, G_OPTION_ARG_FILENAME, &c.db, "database", "FILE"},
		{"as", 0, 0, G_OPTION_ARG_STRING, &c.verdict, "confirmed, false-positive, intentional or fixed",
		 "VERDICT"},
		{"why", 0, 0, G_OPTION_ARG_STRING, &c.why, "the reason", "TEXT"},
		{"author", 0, 0, G_OPTION_ARG_STRING, &c.author, "who says so (default: git's user.name)", "NAME"},
		{"file", 0, 0, G_OPTION_ARG_FILENAME, &c.file,
		 "keep the mark in this file too (default: the tree's " TRIAGE_FILE ", if there is one)", "FILE"},
		{"list", 0, 0, G_OPTION_ARG_NONE, &c.list, "print the decisions that count", NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};
	int code = EXIT_FAULT;

	if (parse_options(&argc, &argv, entries, "ID...", "Records what was decided about findings.") &&
	    check_usage(&c, argc))
		code = triage(&c, argv + 1);
	clear(&c);
	return code;
}
