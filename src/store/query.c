/* `drvcheck query`: anybody's SQL, which may read everything and change nothing. */
#include "store/db.h"

#include <string.h>

/* These only tell, with an argument or without. */
static const char *const harmless_pragmas[] = {"table_info", "table_xinfo",	"table_list",	     "index_list",
					       "index_info", "integrity_check", "foreign_key_check", NULL};

/* sqlite3_stmt_readonly() calls ATTACH and PRAGMA harmless; this does not. */
static int allow_reading(void *data, int action, const char *a, const char *b, const char *c, const char *d)
{
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_RECURSIVE:
		return SQLITE_OK;
	case SQLITE_FUNCTION:
		return b && !strcmp(b, "load_extension") ? SQLITE_DENY : SQLITE_OK;
	case SQLITE_PRAGMA:
		return a && g_strv_contains(harmless_pragmas, a) ? SQLITE_OK : SQLITE_DENY;
	default:
		return SQLITE_DENY;
	}
}

/* A value on one line in one field, whatever it holds. */
static void print_value(FILE *out, const char *s)
{
	for (; *s; s++) {
		if (*s == '\t')
			fputs("\\t", out);
		else if (*s == '\n')
			fputs("\\n", out);
		else
			fputc(*s, out);
	}
}

static void print_header(FILE *out, sqlite3_stmt *st)
{
	for (int i = 0; i < sqlite3_column_count(st); i++)
		fprintf(out, "%s%s", i ? "\t" : "", sqlite3_column_name(st, i));
	fputc('\n', out);
}

static void print_row(FILE *out, sqlite3_stmt *st)
{
	for (int i = 0; i < sqlite3_column_count(st); i++) {
		if (i)
			fputc('\t', out);
		if (sqlite3_column_type(st, i) == SQLITE_BLOB)
			fprintf(out, "(%d bytes)", sqlite3_column_bytes(st, i));
		else
			print_value(out, db_text(st, i));
	}
	fputc('\n', out);
}

static gboolean refuse(const char *why, GError **err)
{
	g_set_error(err, STORE_ERROR, STORE_ERROR_SQL, "query: %s", why);
	return FALSE;
}

static gboolean print_all(struct store *s, sqlite3_stmt *st, FILE *out, GError **err)
{
	int code;

	print_header(out, st);
	while ((code = db_row(s, st, err)) == SQLITE_ROW)
		print_row(out, st);
	return code == SQLITE_DONE;
}

gboolean store_query(struct store *s, const char *sql, FILE *out, GError **err)
{
	g_autoptr(sqlite3_stmt) st = NULL;
	const char *rest = "";
	int code;

	sqlite3_set_authorizer(s->db, allow_reading, NULL);
	code = sqlite3_prepare_v2(s->db, sql, -1, &st, &rest);
	sqlite3_set_authorizer(s->db, NULL, NULL);
	if (code == SQLITE_AUTH)
		return refuse("only reading is allowed; `drvcheck triage` records decisions", err);
	if (code != SQLITE_OK)
		return refuse(sqlite3_errmsg(s->db), err);
	if (!st)
		return refuse("there is no statement in it", err);
	if (!sqlite3_stmt_readonly(st))
		return refuse("only reading is allowed", err);
	if (rest[strspn(rest, " \t\n\r;")])
		return refuse("one statement at a time", err);
	return print_all(s, st, out, err);
}
