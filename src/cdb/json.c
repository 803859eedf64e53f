/*
 * compile_commands.json, read in one pass without building a tree of it: a kernel's has 90 MB. Only what such a file
 * may hold is understood in detail (an array of objects); unknown members are skipped whatever their value.
 */
#include "cdb/internal.h"

#include <errno.h>
#include <string.h>

struct scanner {
	const char *path;
	const char *s, *end;
	guint line;
	GString *text; /* the last string read */
	GError **err;
};

struct record {
	char *directory, *file, *command;
	GPtrArray *arguments;
	guint line;
};

static gboolean fail(struct scanner *sc, const char *what)
{
	if (sc->err && !*sc->err)
		g_set_error(sc->err, CDB_ERROR, CDB_ERROR_FORMAT,
			    "%s:%u: %s; make the file again (for example with `drvcheck capture`)", sc->path, sc->line,
			    what);
	return FALSE;
}

static char peek(struct scanner *sc)
{
	while (sc->s < sc->end && strchr(" \t\r\n", *sc->s) && *sc->s)
		if (*sc->s++ == '\n')
			sc->line++;
	return sc->s < sc->end ? *sc->s : '\0';
}

static gboolean expect(struct scanner *sc, char c)
{
	char what[] = "expected 'x'";

	if (peek(sc) == c) {
		sc->s++;
		return TRUE;
	}
	what[10] = c;
	return fail(sc, what);
}

static gboolean hex4(struct scanner *sc, gunichar *out)
{
	*out = 0;
	if (sc->end - sc->s < 4)
		return fail(sc, "\\u escape cut off");
	for (int i = 0; i < 4; i++) {
		int digit = g_ascii_xdigit_value(*sc->s++);

		if (digit < 0)
			return fail(sc, "bad \\u escape");
		*out = *out * 16 + (gunichar)digit;
	}
	return TRUE;
}

static gboolean unicode_escape(struct scanner *sc)
{
	gunichar c, low;

	if (!hex4(sc, &c))
		return FALSE;
	if (c >= 0xd800 && c < 0xdc00) {
		if (sc->end - sc->s < 6 || sc->s[0] != '\\' || sc->s[1] != 'u')
			return fail(sc, "half of a surrogate pair");
		sc->s += 2;
		if (!hex4(sc, &low))
			return FALSE;
		c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
	}
	if (c == 0 || !g_unichar_validate(c))
		return fail(sc, "\\u escape is no character");
	g_string_append_unichar(sc->text, c);
	return TRUE;
}

static gboolean escape(struct scanner *sc)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *at;

	if (sc->s == sc->end)
		return fail(sc, "string is not closed");
	if (*sc->s == 'u') {
		sc->s++;
		return unicode_escape(sc);
	}
	at = *sc->s ? strchr(from, *sc->s) : NULL;
	if (!at)
		return fail(sc, "unknown escape in a string");
	g_string_append_c(sc->text, to[at - from]);
	sc->s++;
	return TRUE;
}

static gboolean string(struct scanner *sc)
{
	g_string_truncate(sc->text, 0);
	if (!expect(sc, '"'))
		return FALSE;
	while (sc->s < sc->end && *sc->s != '"') {
		const char *run = sc->s;

		while (sc->s < sc->end && *sc->s != '"' && *sc->s != '\\' && *sc->s != '\n')
			sc->s++;
		g_string_append_len(sc->text, run, sc->s - run);
		if (sc->s < sc->end && *sc->s == '\n')
			return fail(sc, "string is not closed");
		if (sc->s < sc->end && *sc->s == '\\') {
			sc->s++;
			if (!escape(sc))
				return FALSE;
		}
	}
	return expect(sc, '"');
}

static gboolean skip_scalar(struct scanner *sc)
{
	const char *start = sc->s;

	while (sc->s < sc->end && (g_ascii_isalnum(*sc->s) || strchr("+-.", *sc->s)) && *sc->s)
		sc->s++;
	return sc->s > start ? TRUE : fail(sc, "expected a value");
}

/* Nesting of a value that nobody asked for; deeper means that the file is not what it claims. */
#define MAX_DEPTH 32

static gboolean skip_value(struct scanner *sc, int depth)
{
	char open = peek(sc), close = open == '{' ? '}' : ']';

	if (open == '"')
		return string(sc);
	if (open != '{' && open != '[')
		return skip_scalar(sc);
	if (depth > MAX_DEPTH)
		return fail(sc, "nested too deep");
	sc->s++;
	if (peek(sc) == close)
		return expect(sc, close);
	do {
		if (open == '{' && !(string(sc) && expect(sc, ':')))
			return FALSE;
		if (!skip_value(sc, depth + 1))
			return FALSE;
	} while (peek(sc) == ',' && sc->s++);
	return expect(sc, close);
}

static gboolean string_array(struct scanner *sc, GPtrArray *out)
{
	if (!expect(sc, '['))
		return FALSE;
	if (peek(sc) == ']')
		return expect(sc, ']');
	do {
		if (!string(sc))
			return FALSE;
		g_ptr_array_add(out, g_strndup(sc->text->str, sc->text->len));
	} while (peek(sc) == ',' && sc->s++);
	return expect(sc, ']');
}

static gboolean string_into(struct scanner *sc, char **out)
{
	if (!string(sc))
		return FALSE;
	g_free(*out);
	*out = g_strndup(sc->text->str, sc->text->len);
	return TRUE;
}

static gboolean member(struct scanner *sc, struct record *r)
{
	char *name;
	gboolean ok;

	if (!string(sc))
		return FALSE;
	name = g_strdup(sc->text->str);
	if (!expect(sc, ':'))
		ok = FALSE;
	else if (strcmp(name, "directory") == 0)
		ok = string_into(sc, &r->directory);
	else if (strcmp(name, "file") == 0)
		ok = string_into(sc, &r->file);
	else if (strcmp(name, "command") == 0)
		ok = string_into(sc, &r->command);
	else if (strcmp(name, "arguments") == 0)
		ok = string_array(sc, r->arguments);
	else
		ok = skip_value(sc, 0);
	g_free(name);
	return ok;
}

static gboolean record_add(struct scanner *sc, struct record *r, struct cdb *db)
{
	g_auto(GStrv) words = NULL;

	sc->line = r->line; /* what is missing is missing in the record as a whole */
	if (!r->file || !r->directory)
		return fail(sc, r->file ? "entry has no \"directory\"" : "entry has no \"file\"");
	if (!g_path_is_absolute(r->directory))
		return fail(sc, "\"directory\" is not an absolute path");
	if (r->arguments->len > 0) {
		g_ptr_array_add(r->arguments, NULL);
		cdb_add(db, r->directory, r->file, (char **)r->arguments->pdata);
		return TRUE;
	}
	if (!r->command)
		return fail(sc, "entry has neither \"arguments\" nor \"command\"");
	words = shell_split(r->command, NULL);
	if (!words || !words[0])
		return fail(sc, words ? "\"command\" is empty" : "a quote in \"command\" is not closed");
	cdb_add(db, r->directory, r->file, words);
	return TRUE;
}

static gboolean record(struct scanner *sc, struct cdb *db)
{
	struct record r = {.arguments = g_ptr_array_new_with_free_func(g_free), .line = sc->line};
	gboolean ok = expect(sc, '{');
	guint end_line;

	if (ok && peek(sc) != '}')
		do
			ok = peek(sc) && member(sc, &r);
		while (ok && peek(sc) == ',' && sc->s++);
	ok = ok && expect(sc, '}');
	end_line = sc->line;
	ok = ok && record_add(sc, &r, db);
	if (ok)
		sc->line = end_line;
	g_free(r.directory);
	g_free(r.file);
	g_free(r.command);
	g_ptr_array_free(r.arguments, TRUE);
	return ok;
}

static gboolean records(struct scanner *sc, struct cdb *db)
{
	if (!expect(sc, '['))
		return FALSE;
	if (peek(sc) != ']')
		do {
			peek(sc);
			if (!record(sc, db))
				return FALSE;
		} while (peek(sc) == ',' && sc->s++);
	if (!expect(sc, ']'))
		return FALSE;
	return peek(sc) == '\0' && sc->s == sc->end ? TRUE : fail(sc, "text after the closing ']'");
}

struct cdb *cdb_load(const char *path, GError **err)
{
	GError *why = NULL;
	GMappedFile *map = g_mapped_file_new(path, FALSE, &why);
	struct scanner sc = {.path = path, .line = 1, .err = err};
	struct cdb *db;
	gboolean ok;

	if (!map) {
		g_set_error(err, CDB_ERROR, CDB_ERROR_IO,
			    "%s: cannot be read (%s); make it with `drvcheck capture -C TREE -o %s`", path,
			    why->message, path);
		g_error_free(why);
		return NULL;
	}
	sc.s = g_mapped_file_get_contents(map);
	sc.end = sc.s ? sc.s + g_mapped_file_get_length(map) : NULL;
	sc.text = g_string_new(NULL);
	db = cdb_new();
	ok = records(&sc, db);
	g_string_free(sc.text, TRUE);
	g_mapped_file_unref(map);
	if (!ok) {
		cdb_free(db);
		return NULL;
	}
	cdb_finish(db);
	return db;
}

static void write_string(GString *out, const char *s)
{
	g_string_append_c(out, '"');
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			g_string_append_c(out, '\\');
		if ((unsigned char)*s < 0x20)
			g_string_append_printf(out, "\\u%04x", *s);
		else
			g_string_append_c(out, *s);
	}
	g_string_append_c(out, '"');
}

static void write_entry(GString *out, const struct cdb_entry *e)
{
	g_string_append(out, "  {\n    \"directory\": ");
	write_string(out, e->directory);
	g_string_append(out, ",\n    \"file\": ");
	write_string(out, e->file);
	g_string_append(out, ",\n    \"arguments\": [");
	for (guint i = 0; e->argv[i]; i++) {
		if (i)
			g_string_append(out, ", ");
		write_string(out, e->argv[i]);
	}
	g_string_append(out, "]\n  }");
}

gboolean cdb_write(const struct cdb *db, const char *path, GError **err)
{
	g_autoptr(GString) out = g_string_new("[\n");
	g_autoptr(GError) why = NULL;

	for (guint i = 0; i < db->entries->len; i++) {
		if (i)
			g_string_append(out, ",\n");
		write_entry(out, db->entries->pdata[i]);
	}
	g_string_append(out, "\n]\n");
	if (g_file_set_contents(path, out->str, (gssize)out->len, &why))
		return TRUE;
	g_set_error(err, CDB_ERROR, CDB_ERROR_IO, "%s: cannot be written: %s", path, why->message);
	return FALSE;
}
