/* The store: what goes in comes out, history, migrations from every schema, damage, two writers, read-only places. */
#include "store/store.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
	char *dir, *path;
	struct arena *arena;
};

static int set_up(void **state)
{
	struct fixture *x = g_new0(struct fixture, 1);

	x->dir = g_dir_make_tmp("drvcheck-store-XXXXXX", NULL);
	x->path = g_build_filename(x->dir, "sub", "drvcheck.db", NULL);
	x->arena = arena_new();
	*state = x;
	return x->dir ? 0 : -1;
}

static void remove_tree(const char *path)
{
	GDir *d = g_dir_open(path, 0, NULL);
	const char *name;

	while (d && (name = g_dir_read_name(d))) {
		g_autofree char *child = g_build_filename(path, name, NULL);

		if (g_file_test(child, G_FILE_TEST_IS_DIR))
			remove_tree(child);
		else
			g_unlink(child);
	}
	if (d)
		g_dir_close(d);
	g_rmdir(path);
}

static int tear_down(void **state)
{
	struct fixture *x = *state;

	remove_tree(x->dir);
	arena_free(x->arena);
	g_free(x->path);
	g_free(x->dir);
	g_free(x);
	return 0;
}

static void add(struct finding_list *l, const char *file, unsigned int line, const char *expression)
{
	struct finding_event events[] = {
		{"acquired", file, line - 5, 9, "acquired here"},
		{"leaves", file, line, 2, "leaves here"},
	};
	struct finding f = {
		.rule = "leak/error-path",
		.confidence = CONF_MEDIUM,
		.file = file,
		.line = line,
		.column = 2,
		.function = "a_probe",
		.resource = "memory",
		.acquire = "alloc_it",
		.release = "free_it",
		.message = "memory is not released",
		.expression = expression,
		.exit_kind = "error",
		.events = events,
		.n_events = 2,
	};

	finding_list_add(l, &f);
}

static struct finding_list list_of(struct fixture *x, const char *const *expressions, unsigned int first_line)
{
	struct finding_list l = {.arena = x->arena};

	for (; *expressions; expressions++, first_line += 10)
		add(&l, "drivers/a.c", first_line, *expressions);
	finding_list_finish(&l);
	return l;
}

static struct store_run a_run(void)
{
	return (struct store_run){
		.version = "1.0",
		.tree = "/nowhere/linux",
		.tree_version = "6.12.0",
		.config = "abc",
		.units = 3,
		.analysed = 3,
		.seconds = 1.5,
	};
}

static char *const a_c[] = {"drivers/a.c", NULL};

static struct store *open_or_fail(const char *path)
{
	g_autoptr(GError) err = NULL;
	struct store *s = store_open(path, &err);

	if (!s)
		fail_msg("%s", err->message);
	return s;
}

static int64_t save(struct store *s, struct finding_list *l, char *const *files)
{
	struct store_run run = a_run();
	g_autoptr(GError) err = NULL;

	if (!store_save_run(s, &run, l, (char **)files, &err))
		fail_msg("%s", err->message);
	return run.id;
}

static char *query(struct store *s, const char *sql)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);
	g_autoptr(GError) err = NULL;

	if (!store_query(s, sql, f, &err)) {
		fclose(f);
		fail_msg("%s", err->message);
	}
	fclose(f);
	return text;
}

static void assert_query(struct store *s, const char *sql, const char *expected)
{
	char *text = query(s, sql);

	assert_string_equal(text, expected);
	free(text);
}

static void test_round_trip(void **state)
{
	struct fixture *x = *state;
	struct finding_list l = list_of(x, (const char *[]){"p->a", "p->b", NULL}, 20), back;
	struct store_unit_status failed[] = {{"drivers/bad.c", "timed out"}};
	struct store_run run = a_run(), loaded;
	struct store *s = open_or_fail(x->path);

	run.analysed = 2;
	run.failed = failed;
	run.n_failed = 1;
	assert_true(store_save_run(s, &run, &l, (char **)a_c, NULL));
	assert_int_equal(run.id, 1);
	assert_int_equal(l.all.v[1].id, 2);
	store_close(s);
	s = store_open_readonly(x->path, NULL);
	assert_non_null(s);
	assert_true(store_load_run(s, x->arena, 0, &loaded, &back, NULL));
	assert_string_equal(loaded.tree, "/nowhere/linux");
	assert_int_equal(loaded.analysed, 2);
	assert_int_equal(loaded.n_failed, 1);
	assert_string_equal(loaded.failed[0].why, "timed out");
	assert_int_equal(back.all.n, 2);
	for (unsigned int i = 0; i < 2; i++) {
		assert_string_equal(back.all.v[i].fingerprint, l.all.v[i].fingerprint);
		assert_string_equal(back.all.v[i].expression, l.all.v[i].expression);
		assert_int_equal(back.all.v[i].line, l.all.v[i].line);
		assert_int_equal(back.all.v[i].confidence, CONF_MEDIUM);
		assert_int_equal(back.all.v[i].n_events, 2);
		assert_string_equal(back.all.v[i].events[1].kind, "leaves");
	}
	store_close(s);
}

static void test_ids_and_history(void **state)
{
	struct fixture *x = *state;
	struct finding_list one = list_of(x, (const char *[]){"p->a", "p->b", NULL}, 20);
	struct finding_list two = list_of(x, (const char *[]){"p->b", "p->c", NULL}, 70);
	struct finding_list three = list_of(x, (const char *[]){"p->a", NULL}, 20);
	struct store *s = open_or_fail(x->path);

	save(s, &one, a_c);
	save(s, &two, a_c);
	assert_int_equal(two.all.v[0].id, one.all.v[1].id);
	assert_query(s, "SELECT expression, first_run, last_run, gone_run FROM findings ORDER BY id",
		     "expression\tfirst_run\tlast_run\tgone_run\np->a\t1\t1\t2\np->b\t1\t2\t\np->c\t2\t2\t\n");
	save(s, &three, a_c);
	assert_query(s, "SELECT expression, first_run, last_run, gone_run FROM findings ORDER BY id",
		     "expression\tfirst_run\tlast_run\tgone_run\np->a\t1\t3\t\np->b\t1\t2\t3\np->c\t2\t2\t3\n");
	assert_query(s, "SELECT file, line FROM open_findings", "file\tline\ndrivers/a.c\t20\n");
	store_close(s);
}

/* A run over other files says nothing about this one. */
static void test_not_scanned_is_not_gone(void **state)
{
	struct fixture *x = *state;
	struct finding_list one = list_of(x, (const char *[]){"p->a", NULL}, 20);
	struct finding_list none = {.arena = x->arena};
	struct store *s = open_or_fail(x->path);

	save(s, &one, a_c);
	save(s, &none, (char *[]){"drivers/other.c", NULL});
	assert_query(s, "SELECT count(*) FROM open_findings", "count(*)\n1\n");
	store_close(s);
}

static void test_deleted_file_is_gone(void **state)
{
	struct fixture *x = *state;
	struct finding_list one = list_of(x, (const char *[]){"p->a", NULL}, 20);
	struct finding_list none = {.arena = x->arena};
	struct store_run run = a_run();
	struct store *s = open_or_fail(x->path);

	save(s, &one, a_c);
	run.tree = x->dir;
	assert_true(store_save_run(s, &run, &none, (char *[]){"drivers/other.c", NULL}, NULL));
	assert_query(s, "SELECT count(*) FROM open_findings", "count(*)\n0\n");
	store_close(s);
}

/* An unchanged finding is told once, however many runs see it; a moved one once more. */
static void test_equal_versions_are_shared(void **state)
{
	struct fixture *x = *state;
	struct finding_list l = list_of(x, (const char *[]){"p->a", NULL}, 20);
	struct finding_list moved = list_of(x, (const char *[]){"p->a", NULL}, 25);
	struct store *s = open_or_fail(x->path);

	save(s, &l, a_c);
	save(s, &l, a_c);
	assert_query(s, "SELECT count(*) FROM versions", "count(*)\n1\n");
	save(s, &moved, a_c);
	assert_query(s, "SELECT count(*) FROM versions", "count(*)\n2\n");
	assert_query(s, "SELECT count(*) FROM events", "count(*)\n4\n");
	store_close(s);
}

static void test_older_run_as_it_was(void **state)
{
	struct fixture *x = *state;
	struct finding_list l = list_of(x, (const char *[]){"p->a", NULL}, 20), back;
	struct finding_list moved = list_of(x, (const char *[]){"p->a", NULL}, 25);
	struct store *s = open_or_fail(x->path);
	g_autoptr(GError) err = NULL;
	struct store_run run;

	save(s, &l, a_c);
	save(s, &moved, a_c);
	assert_true(store_load_run(s, x->arena, 1, &run, &back, NULL));
	assert_int_equal(back.all.v[0].line, 20);
	assert_int_equal(back.all.v[0].events[0].line, 15);
	assert_false(store_load_run(s, x->arena, 9, &run, &back, &err));
	assert_true(g_error_matches(err, STORE_ERROR, STORE_ERROR_NOT_FOUND));
	store_close(s);
}

static void test_empty_database(void **state)
{
	struct fixture *x = *state;
	struct store *s = open_or_fail(x->path);
	g_autoptr(GError) err = NULL;
	struct finding_list l;
	struct store_run run;

	assert_false(store_load_run(s, x->arena, 0, &run, &l, &err));
	assert_true(g_error_matches(err, STORE_ERROR, STORE_ERROR_NOT_FOUND));
	store_close(s);
}

static void test_diff(void **state)
{
	struct fixture *x = *state;
	struct finding_list one = list_of(x, (const char *[]){"p->a", "p->b", NULL}, 20);
	struct finding_list two = list_of(x, (const char *[]){"p->b", "p->c", NULL}, 70);
	struct store *s = open_or_fail(x->path);
	struct store_diff d;

	add(&one, "drivers/unscanned.c", 30, "p->u");
	finding_list_finish(&one);
	save(s, &one, a_c);
	save(s, &two, a_c);
	assert_true(store_diff(s, 1, s, 2, x->arena, &d, NULL));
	assert_int_equal(d.fresh.all.n, 1);
	assert_string_equal(d.fresh.all.v[0].expression, "p->c");
	assert_int_equal(d.gone.all.n, 1);
	assert_string_equal(d.gone.all.v[0].expression, "p->a");
	assert_int_equal(d.same.all.n, 1);
	assert_int_equal(d.same.all.v[0].line, 70);
	assert_int_equal(d.unscanned.all.n, 1);
	store_close(s);
}

static void test_queries_only_read(void **state)
{
	static const char *const refused[] = {
		"DELETE FROM runs",
		"DROP TABLE runs",
		"ATTACH 'x.db' AS x",
		"PRAGMA user_version = 7",
		"BEGIN",
		"SELECT 1; DELETE FROM runs",
		"SELECT nothing",
		"",
		"VACUUM",
	};
	struct fixture *x = *state;
	struct store *s = open_or_fail(x->path);

	for (size_t i = 0; i < G_N_ELEMENTS(refused); i++) {
		g_autoptr(GError) err = NULL;

		assert_false(store_query(s, refused[i], stderr, &err));
		assert_true(g_error_matches(err, STORE_ERROR, STORE_ERROR_SQL));
	}
	assert_query(s, "SELECT 'a\tb' AS x, NULL AS y;", "x\ty\na\\tb\t\n");
	store_close(s);
}

/* Each query of docs/database.md runs on a database with something in each table. */
static void test_documented_queries(void **state)
{
	struct fixture *x = *state;
	struct finding_list one = list_of(x, (const char *[]){"p->a", "p->b", NULL}, 20);
	struct finding_list two = list_of(x, (const char *[]){"p->b", "p->c", NULL}, 20);
	struct store *s = open_or_fail(x->path);
	g_autofree char *page = NULL;
	g_auto(GStrv) parts = NULL;
	unsigned int queries = 0;

	save(s, &one, a_c);
	save(s, &two, a_c);
	assert_true(g_file_get_contents(TEST_DIR "/../docs/database.md", &page, NULL, NULL));
	parts = g_strsplit(page, "```", -1);
	for (char **part = parts; *part; part++) {
		if (!g_str_has_prefix(*part, "sql\n"))
			continue;
		free(query(s, *part + strlen("sql\n")));
		queries++;
	}
	assert_true(queries >= 8);
	store_close(s);
}

static void test_blobs(void **state)
{
	struct fixture *x = *state;
	struct store *s = open_or_fail(x->path);
	char data[10000] = "some bytes", *back;
	size_t size;

	assert_true(store_begin(s, NULL));
	assert_true(store_blob_put(s, "summary@3", "f", data, sizeof(data), NULL));
	assert_true(store_blob_put(s, "summary@3", "empty", "", 0, NULL));
	assert_true(store_commit(s, NULL));
	back = store_blob_get(s, "summary@3", "f", &size);
	assert_int_equal(size, sizeof(data));
	assert_memory_equal(back, data, size);
	g_free(back);
	back = store_blob_get(s, "summary@3", "empty", &size);
	assert_non_null(back);
	assert_int_equal(size, 0);
	g_free(back);
	assert_null(store_blob_get(s, "summary@4", "f", &size));
	assert_null(store_blob_get(s, "ir@3", "f", &size));
	assert_true(store_blob_put(s, "summary@4", "f", "x", 1, NULL));
	assert_null(store_blob_get(s, "summary@3", "f", &size));
	store_close(s);
}

static void raw_sql(const char *path, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void assert_open_fails(const char *path, enum store_error code, const char *word)
{
	g_autoptr(GError) err = NULL;

	assert_null(store_open(path, &err));
	if (!g_error_matches(err, STORE_ERROR, code) || !strstr(err->message, word))
		fail_msg("unexpected error %d: %s", err->code, err->message);
}

static void test_newer_schema(void **state)
{
	struct fixture *x = *state;

	store_close(open_or_fail(x->path));
	raw_sql(x->path, "PRAGMA user_version = 1000");
	assert_open_fails(x->path, STORE_ERROR_NEWER, "Update drvcheck");
}

static void test_not_a_database(void **state)
{
	struct fixture *x = *state;
	g_autofree char *text = g_strnfill(5000, 'x'), *path = g_build_filename(x->dir, "note.txt", NULL),
			*after = NULL;

	assert_true(g_file_set_contents(path, text, -1, NULL));
	assert_open_fails(path, STORE_ERROR_CORRUPT, "not a sound database");
	assert_true(g_file_get_contents(path, &after, NULL, NULL));
	assert_string_equal(after, text);
}

static void test_somebody_elses_database(void **state)
{
	struct fixture *x = *state;
	g_autofree char *path = g_build_filename(x->dir, "other.db", NULL), *before = NULL, *after = NULL;
	size_t n, m;

	raw_sql(path, "CREATE TABLE t (x)");
	assert_true(g_file_get_contents(path, &before, &n, NULL));
	assert_open_fails(path, STORE_ERROR_CORRUPT, "not made by drvcheck");
	assert_true(g_file_get_contents(path, &after, &m, NULL));
	assert_int_equal(n, m);
	assert_memory_equal(before, after, n);
}

/* Pages overwritten in the middle: reading reports it, and does not crash. */
static void test_corrupt_pages(void **state)
{
	struct fixture *x = *state;
	struct finding_list l = {.arena = x->arena}, back;
	g_autofree char *bytes = NULL;
	g_autoptr(GError) err = NULL;
	struct store_run run;
	struct store *s = open_or_fail(x->path);
	size_t size;

	for (int i = 0; i < 200; i++)
		add(&l, "drivers/a.c", 10 + i, "p");
	finding_list_finish(&l);
	save(s, &l, a_c);
	store_close(s);
	assert_true(g_file_get_contents(x->path, &bytes, &size, NULL));
	memset(bytes + 4096, 0x55, size - 4096);
	assert_true(g_file_set_contents(x->path, bytes, size, NULL));
	s = store_open_readonly(x->path, &err);
	if (s)
		assert_false(store_load_run(s, x->arena, 0, &run, &back, &err));
	assert_true(g_error_matches(err, STORE_ERROR, STORE_ERROR_CORRUPT));
	store_close(s);
}

static void test_missing_for_reading(void **state)
{
	struct fixture *x = *state;
	g_autoptr(GError) err = NULL;

	assert_null(store_open_readonly(x->path, &err));
	assert_true(g_error_matches(err, STORE_ERROR, STORE_ERROR_NOT_FOUND));
}

/* Root may write anywhere, so somebody else tries. */
static int as_nobody(void (*try)(struct fixture *), struct fixture *x)
{
	pid_t child = fork();
	int status;

	if (!child) {
		if (!geteuid() && setuid(65534))
			_exit(2);
		try(x);
		_exit(0);
	}
	waitpid(child, &status, 0);
	return status;
}

static void try_readonly(struct fixture *x)
{
	g_autoptr(GError) err = NULL;
	struct finding_list l;
	struct store_run run;
	struct store *s;

	if (store_open(x->path, &err) || !g_error_matches(err, STORE_ERROR, STORE_ERROR_READONLY))
		_exit(3);
	s = store_open_readonly(x->path, NULL);
	if (!s || !store_load_run(s, x->arena, 0, &run, &l, NULL) || l.all.n != 1)
		_exit(4);
}

static void test_readonly_directory(void **state)
{
	struct fixture *x = *state;
	struct finding_list l = list_of(x, (const char *[]){"p->a", NULL}, 20);
	struct store *s = open_or_fail(x->path);
	g_autofree char *sub = g_path_get_dirname(x->path);

	save(s, &l, a_c);
	store_close(s);
	g_chmod(x->dir, 0755);
	g_chmod(x->path, 0444);
	g_chmod(sub, 0555);
	assert_int_equal(as_nobody(try_readonly, x), 0);
	g_chmod(sub, 0755);
}

/* A limit on pages is what a full disk looks like: the run is refused, the earlier one is still there. */
static void test_full_disk(void **state)
{
	struct fixture *x = *state;
	struct finding_list l = list_of(x, (const char *[]){"p->a", NULL}, 20), many = {.arena = x->arena}, back;
	struct store *s = open_or_fail(x->path);
	g_autoptr(GError) err = NULL;
	struct store_run run = a_run();

	save(s, &l, a_c);
	for (int i = 0; i < 5000; i++)
		add(&many, "drivers/a.c", 10 + i, "p");
	finding_list_finish(&many);
	store_limit_pages(s, 60);
	assert_false(store_save_run(s, &run, &many, (char **)a_c, &err));
	assert_true(g_error_matches(err, STORE_ERROR, STORE_ERROR_FULL));
	assert_true(store_load_run(s, x->arena, 0, &run, &back, NULL));
	assert_int_equal(run.id, 1);
	assert_int_equal(back.all.n, 1);
	store_close(s);
}

enum { WRITERS = 4, RUNS_EACH = 5 };

static void write_runs(struct fixture *x)
{
	struct store *s = store_open(x->path, NULL);

	if (!s)
		_exit(3);
	for (int i = 0; i < RUNS_EACH; i++) {
		struct finding_list l = list_of(x, (const char *[]){"p->a", "p->b", NULL}, 20);
		struct store_run run = a_run();

		if (!store_save_run(s, &run, &l, (char **)a_c, NULL))
			_exit(4);
	}
	store_close(s);
	_exit(0);
}

/* From the very creation of the file. */
static void test_writers_at_once(void **state)
{
	struct fixture *x = *state;
	struct store *s;
	int status;

	for (int i = 0; i < WRITERS; i++)
		if (!fork())
			write_runs(x);
	for (int i = 0; i < WRITERS; i++) {
		wait(&status);
		assert_int_equal(status, 0);
	}
	s = open_or_fail(x->path);
	assert_query(s, "SELECT count(*) FROM runs", "count(*)\n20\n");
	assert_query(s, "SELECT count(*) FROM findings", "count(*)\n2\n");
	assert_query(s, "PRAGMA integrity_check", "integrity_check\nok\n");
	store_close(s);
}

static void kill_in_the_middle(struct fixture *x)
{
	struct store *s = store_open(x->path, NULL);

	if (!s || !store_begin(s, NULL) || !store_blob_put(s, "a@1", "k", "x", 1, NULL))
		_exit(3);
	kill(getpid(), SIGKILL);
}

static void test_killed_writer_leaves_nothing(void **state)
{
	struct fixture *x = *state;
	struct store *s = open_or_fail(x->path);
	pid_t child;
	size_t size;

	store_close(s);
	if (!(child = fork()))
		kill_in_the_middle(x);
	waitpid(child, NULL, 0);
	s = open_or_fail(x->path);
	assert_null(store_blob_get(s, "a@1", "k", &size));
	assert_true(store_blob_put(s, "a@1", "k", "x", 1, NULL));
	store_close(s);
}

/*
 * Schema 1 as it was written, with one run and one finding: frozen here, so that a change of the steps that lead to it
 * is noticed. What it holds must be there after the upgrade.
 */
static const char schema_1[] =
	"CREATE TABLE runs (id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, version TEXT NOT NULL, tree "
	"TEXT NOT NULL,"
	" tree_version TEXT NOT NULL, config TEXT NOT NULL, units INTEGER NOT NULL, analysed INTEGER NOT NULL, seconds "
	"REAL NOT NULL);"
	"CREATE TABLE files (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);"
	"CREATE TABLE run_files (run_id INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,"
	" file_id INTEGER NOT NULL REFERENCES files(id), PRIMARY KEY (run_id, file_id)) WITHOUT ROWID;"
	"CREATE TABLE failed_units (run_id INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE, file TEXT NOT NULL, "
	"why TEXT NOT NULL);"
	"CREATE INDEX failed_units_run ON failed_units(run_id);"
	"CREATE TABLE findings (id INTEGER PRIMARY KEY AUTOINCREMENT, fingerprint TEXT NOT NULL UNIQUE, rule TEXT NOT "
	"NULL,"
	" file_id INTEGER NOT NULL REFERENCES files(id), function TEXT NOT NULL, resource TEXT NOT NULL, acquire TEXT "
	"NOT NULL,"
	" expression TEXT NOT NULL, exit_kind TEXT NOT NULL, first_run INTEGER NOT NULL REFERENCES runs(id),"
	" last_run INTEGER NOT NULL REFERENCES runs(id), gone_run INTEGER REFERENCES runs(id));"
	"CREATE INDEX findings_file ON findings(file_id);"
	"CREATE TABLE versions (id INTEGER PRIMARY KEY, finding_id INTEGER NOT NULL REFERENCES findings(id), hash TEXT "
	"NOT NULL,"
	" confidence TEXT NOT NULL, line INTEGER NOT NULL, column INTEGER NOT NULL, release TEXT NOT NULL, message "
	"TEXT NOT NULL,"
	" UNIQUE (finding_id, hash));"
	"CREATE TABLE events (version_id INTEGER NOT NULL REFERENCES versions(id), step INTEGER NOT NULL, kind TEXT "
	"NOT NULL,"
	" file TEXT NOT NULL, line INTEGER NOT NULL, column INTEGER NOT NULL, message TEXT NOT NULL,"
	" PRIMARY KEY (version_id, step)) WITHOUT ROWID;"
	"CREATE TABLE run_findings (run_id INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,"
	" finding_id INTEGER NOT NULL REFERENCES findings(id), version_id INTEGER NOT NULL REFERENCES versions(id),"
	" PRIMARY KEY (run_id, finding_id)) WITHOUT ROWID;"
	"CREATE TABLE blobs (kind TEXT NOT NULL, key TEXT NOT NULL, version TEXT NOT NULL, size INTEGER NOT NULL, data "
	"BLOB NOT NULL,"
	" PRIMARY KEY (kind, key));"
	"INSERT INTO runs VALUES (1, 1700000000, '0.1', '/t', '6.1', 'c', 1, 1, 2.5);"
	"INSERT INTO files VALUES (1, 'drivers/a.c');"
	"INSERT INTO run_files VALUES (1, 1);"
	"INSERT INTO findings VALUES (1, '0123456789abcdef', 'free/double', 1, 'f', 'memory', 'get', 'p', 'error', 1, "
	"1, NULL);"
	"INSERT INTO versions VALUES (1, 1, 'h', 'high', 7, 3, 'put', 'released twice');"
	"INSERT INTO events VALUES (1, 1, 'released', 'drivers/a.c', 5, 3, 'released here');"
	"INSERT INTO run_findings VALUES (1, 1, 1);"
	"PRAGMA application_id = 1146246723; PRAGMA user_version = 1;";

static void test_migration_from_1(void **state)
{
	struct fixture *x = *state;
	g_autofree char *path = g_build_filename(x->dir, "one.db", NULL),
			*fresh_path = g_build_filename(x->dir, "new.db", NULL);
	const char *sql = "SELECT type, name, tbl_name FROM sqlite_master ORDER BY type, name";
	struct finding_list l;
	struct store_run run;
	struct store *s, *fresh;
	char *made, *migrated;

	raw_sql(path, schema_1);
	s = open_or_fail(path);
	assert_true(store_load_run(s, x->arena, 0, &run, &l, NULL));
	assert_string_equal(run.tree_version, "6.1");
	assert_int_equal(l.all.n, 1);
	assert_string_equal(l.all.v[0].fingerprint, "0123456789abcdef");
	assert_string_equal(l.all.v[0].events[0].message, "released here");
	fresh = open_or_fail(fresh_path);
	migrated = query(s, sql);
	made = query(fresh, sql);
	assert_string_equal(migrated, made);
	free(migrated);
	free(made);
	store_close(s);
	store_close(fresh);
}

/* What schema 2 added to it, frozen as well, with one decision. */
static const char schema_2[] =
	"CREATE TABLE triage (id INTEGER PRIMARY KEY AUTOINCREMENT, fingerprint TEXT NOT NULL, verdict TEXT NOT NULL"
	" CHECK (verdict IN ('confirmed', 'false-positive', 'intentional', 'fixed')), author TEXT NOT NULL, date TEXT "
	"NOT NULL,"
	" why TEXT NOT NULL, place TEXT NOT NULL, function_hash TEXT NOT NULL);"
	"CREATE INDEX triage_fingerprint ON triage(fingerprint, id);"
	"CREATE VIEW open_findings AS SELECT f.id, f.fingerprint, f.rule, v.confidence, p.path AS file, v.line, "
	"v.column,"
	" f.function, f.resource, f.acquire, v.release, v.message, f.first_run, f.last_run, (SELECT t.verdict FROM "
	"triage t"
	" WHERE t.fingerprint = f.fingerprint ORDER BY t.id DESC LIMIT 1) AS verdict FROM findings f JOIN files p"
	" ON p.id = f.file_id JOIN run_findings r ON r.run_id = f.last_run AND r.finding_id = f.id JOIN versions v"
	" ON v.id = r.version_id WHERE f.gone_run IS NULL;"
	"INSERT INTO triage VALUES (1, '0123456789abcdef', 'confirmed', 'A. Person', '2024-01-02', 'seen', 'f', '');"
	"PRAGMA user_version = 2;";

static void test_migration_from_2(void **state)
{
	struct fixture *x = *state;
	g_autofree char *path = g_build_filename(x->dir, "two.db", NULL);
	struct finding_list l;
	struct store_run run;
	struct store *s;

	raw_sql(path, schema_1);
	raw_sql(path, schema_2);
	s = open_or_fail(path);
	assert_query(s, "SELECT fingerprint, verdict FROM open_findings",
		     "fingerprint\tverdict\n0123456789abcdef\tconfirmed\n");
	assert_true(store_load_run(s, x->arena, 0, &run, &l, NULL));
	assert_int_equal(l.all.n, 1);
	assert_int_equal(l.all.v[0].n_parts, 0);
	store_close(s);
}

/* What is told as one is kept one by one: each has its own history. */
static void test_parts_have_their_own_history(void **state)
{
	struct fixture *x = *state;
	struct finding_list three = list_of(x, (const char *[]){"p->a", "p->b", "p->c", NULL}, 20), two, back;
	struct store *s = open_or_fail(x->path);
	struct store_run run;
	struct store_diff d;

	for (unsigned int i = 0; i < 3; i++) {
		three.all.v[i].line = 20;
		three.all.v[i].group = "f";
		three.all.v[i].rank = i;
	}
	two = (struct finding_list){.arena = x->arena};
	for (unsigned int i = 0; i < 2; i++)
		finding_list_add(&two, &three.all.v[i]);
	finding_list_finish(&three);
	finding_list_finish(&two);
	assert_int_equal(three.all.n, 1);
	save(s, &three, a_c);
	save(s, &two, a_c);
	assert_query(s, "SELECT expression, gone_run FROM findings ORDER BY id",
		     "expression\tgone_run\np->c\t2\np->a\t\np->b\t\n");
	assert_query(s, "SELECT count(*), min(id) FROM open_findings", "count(*)\tmin(id)\n1\t3\n");
	assert_true(store_load_run(s, x->arena, 1, &run, &back, NULL));
	assert_int_equal(back.all.n, 1);
	assert_string_equal(back.all.v[0].message, three.all.v[0].message);
	assert_string_equal(back.all.v[0].fingerprint, three.all.v[0].fingerprint);
	assert_int_equal(back.all.v[0].n_parts, 3);
	assert_true(store_diff(s, 1, s, 2, x->arena, &d, NULL));
	assert_int_equal(d.fresh.all.n, 0);
	assert_int_equal(d.same.all.n, 1);
	assert_int_equal(d.gone.all.n, 1);
	assert_string_equal(d.gone.all.v[0].expression, "p->c");
	store_close(s);
}

/* Reading alone may not change an old database: what is shown comes from a copy. */
static void test_old_schema_readonly(void **state)
{
	struct fixture *x = *state;
	g_autofree char *path = g_build_filename(x->dir, "one.db", NULL), *before = NULL, *after = NULL;
	gsize n_before, n_after;
	struct finding_list findings = {.arena = x->arena};
	struct store_run run;
	GError *err = NULL;
	struct store *s;

	raw_sql(path, schema_1);
	assert_true(g_file_get_contents(path, &before, &n_before, NULL));
	s = store_open_readonly(path, &err);
	assert_non_null(s);
	assert_true(store_load_run(s, x->arena, 0, &run, &findings, &err));
	assert_string_equal(run.tree_version, "6.1");
	assert_int_equal(findings.all.n, 1);
	assert_query(s, "SELECT count(*) FROM open_findings", "count(*)\n1\n");
	store_close(s);
	assert_true(g_file_get_contents(path, &after, &n_after, NULL));
	assert_int_equal(n_before, n_after);
	assert_memory_equal(before, after, n_before);
}

#define WITH_DIR(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_DIR(test_round_trip),
		WITH_DIR(test_ids_and_history),
		WITH_DIR(test_not_scanned_is_not_gone),
		WITH_DIR(test_deleted_file_is_gone),
		WITH_DIR(test_equal_versions_are_shared),
		WITH_DIR(test_older_run_as_it_was),
		WITH_DIR(test_empty_database),
		WITH_DIR(test_diff),
		WITH_DIR(test_queries_only_read),
		WITH_DIR(test_documented_queries),
		WITH_DIR(test_blobs),
		WITH_DIR(test_newer_schema),
		WITH_DIR(test_not_a_database),
		WITH_DIR(test_somebody_elses_database),
		WITH_DIR(test_corrupt_pages),
		WITH_DIR(test_missing_for_reading),
		WITH_DIR(test_readonly_directory),
		WITH_DIR(test_full_disk),
		WITH_DIR(test_writers_at_once),
		WITH_DIR(test_killed_writer_leaves_nothing),
		WITH_DIR(test_migration_from_1),
		WITH_DIR(test_migration_from_2),
		WITH_DIR(test_parts_have_their_own_history),
		WITH_DIR(test_old_schema_readonly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
