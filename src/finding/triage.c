/* Marks: verdicts, the text file, the filter. */
#include "finding/triage.h"

#include "finding/function.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

G_DEFINE_QUARK(drvcheck - triage - error, triage_error)

const char *const triage_verdicts[] = {"confirmed", "false-positive", "intentional", "fixed", NULL};

enum { FIELDS = 7 };

bool triage_verdict_known(const char *verdict)
{
	return g_strv_contains(triage_verdicts, verdict);
}

bool triage_silences(const struct triage_mark *m)
{
	return !strcmp(m->verdict, "false-positive") || !strcmp(m->verdict, "intentional");
}

static gboolean syntax_error(GError **err, const char *path, unsigned int line, const char *why)
{
	g_set_error(err, TRIAGE_ERROR, TRIAGE_ERROR_SYNTAX, "%s:%u: %s", path, line, why);
	return FALSE;
}

/* fingerprint, verdict, date, author, function hash, place, why: separated by tabs. */
static gboolean parse_line(struct triage_list *l, const char *path, unsigned int n, const char *line, GError **err)
{
	g_auto(GStrv) f = g_strsplit(line, "\t", FIELDS);
	struct triage_mark m;

	if (*line == '#' || !*line)
		return TRUE;
	if (g_str_has_prefix(line, "<<<<<<<") || g_str_has_prefix(line, "=======") || g_str_has_prefix(line, ">>>>>>>"))
		return syntax_error(err, path, n, "a merge conflict is not resolved; keep the lines of both sides");
	if (g_strv_length(f) != FIELDS)
		return syntax_error(err, path, n,
				    "expected 7 fields separated by tabs: fingerprint, verdict, date, author, function "
				    "hash, place, reason");
	if (strlen(f[0]) != 16 || strspn(f[0], "0123456789abcdef") != 16)
		return syntax_error(err, path, n, "the first field must be a fingerprint of 16 hexadecimal digits");
	if (!triage_verdict_known(f[1]))
		return syntax_error(err, path, n,
				    "the second field must be confirmed, false-positive, intentional or fixed");
	m = (struct triage_mark){
		.fingerprint = arena_strdup(l->arena, f[0]),
		.verdict = arena_strdup(l->arena, f[1]),
		.date = arena_strdup(l->arena, f[2]),
		.author = arena_strdup(l->arena, f[3]),
		.function_hash = arena_strdup(l->arena, strcmp(f[4], "-") ? f[4] : ""),
		.place = arena_strdup(l->arena, f[5]),
		.why = arena_strdup(l->arena, f[6]),
	};
	vec_push(l->arena, &l->all, m);
	return TRUE;
}

gboolean triage_read(struct triage_list *l, const char *path, GError **err)
{
	g_autoptr(GError) fault = NULL;
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	if (!g_file_get_contents(path, &text, NULL, &fault)) {
		if (g_error_matches(fault, G_FILE_ERROR, G_FILE_ERROR_NOENT))
			return TRUE;
		g_set_error(err, TRIAGE_ERROR, TRIAGE_ERROR_FILE, "%s", fault->message);
		return FALSE;
	}
	lines = g_strsplit(text, "\n", -1);
	for (unsigned int i = 0; lines[i]; i++)
		if (!parse_line(l, path, i + 1, g_strchomp(lines[i]), err))
			return FALSE;
	return TRUE;
}

/* As triage_lookup(), for every fingerprint at once. */
static GHashTable *index_marks(const struct triage_list *marks)
{
	GHashTable *t = g_hash_table_new(g_str_hash, g_str_equal);

	for (unsigned int i = 0; marks && i < marks->all.n; i++) {
		const struct triage_mark *m = &marks->all.v[i], *best = g_hash_table_lookup(t, m->fingerprint);

		if (!best || strcmp(m->date, best->date) >= 0)
			g_hash_table_insert(t, (gpointer)m->fingerprint, (gpointer)m);
	}
	return t;
}

static int compare_marks(const void *x, const void *y)
{
	const struct triage_mark *a = *(const struct triage_mark *const *)x, *b = *(const struct triage_mark *const *)y;

	return strcmp(a->fingerprint, b->fingerprint);
}

/* A field on one line: what would end it becomes a blank. */
static void append_field(GString *s, const char *text, char end)
{
	for (; text && *text; text++)
		g_string_append_c(s, strchr("\t\r\n", *text) ? ' ' : *text);
	g_string_append_c(s, end);
}

static void append_mark(GString *s, const struct triage_mark *m)
{
	append_field(s, m->fingerprint, '\t');
	append_field(s, m->verdict, '\t');
	append_field(s, m->date, '\t');
	append_field(s, m->author, '\t');
	append_field(s, m->function_hash && *m->function_hash ? m->function_hash : "-", '\t');
	append_field(s, m->place, '\t');
	append_field(s, m->why, '\n');
}

gboolean triage_write(const struct triage_list *l, const char *path, GError **err)
{
	g_autoptr(GString) s =
		g_string_new("# drvcheck triage: fingerprint, verdict, date, author, function hash, place, reason\n");
	g_autofree const struct triage_mark **sorted = g_new(const struct triage_mark *, l->all.n + 1);
	GHashTable *t = index_marks(l);
	g_autoptr(GError) fault = NULL;
	unsigned int n = 0;

	for (unsigned int i = 0; i < l->all.n; i++)
		if (g_hash_table_lookup(t, l->all.v[i].fingerprint) == &l->all.v[i])
			sorted[n++] = &l->all.v[i];
	g_hash_table_destroy(t);
	qsort(sorted, n, sizeof(*sorted), compare_marks);
	for (unsigned int i = 0; i < n; i++)
		append_mark(s, sorted[i]);
	if (g_file_set_contents(path, s->str, s->len, &fault))
		return TRUE;
	g_set_error(err, TRIAGE_ERROR, TRIAGE_ERROR_FILE, "%s", fault->message);
	return FALSE;
}

const struct triage_mark *triage_lookup(const struct triage_list *l, const char *fingerprint)
{
	const struct triage_mark *best = NULL;

	for (unsigned int i = 0; i < l->all.n; i++) {
		const struct triage_mark *m = &l->all.v[i];

		if (!strcmp(m->fingerprint, fingerprint) && (!best || strcmp(m->date, best->date) >= 0))
			best = m;
	}
	return best;
}

char *triage_function_hash(struct arena *a, const char *root, const struct finding *f)
{
	struct function_source s = {0};
	char *hash = function_hash(&s, a, root, f);

	function_source_clear(&s);
	return hash;
}

bool triage_ignored_by_comment(const char *root, const struct finding *f)
{
	struct function_source s = {0};
	bool ignored = function_ignored(&s, root, f);

	function_source_clear(&s);
	return ignored;
}

/* Does the mark still speak of this code? Yes when it carries no hash, or the source cannot be read. */
static bool mark_holds(const struct triage_mark *m, struct function_source *s, struct arena *a, const char *root,
		       const struct finding *f)
{
	const char *now;

	if (!m->function_hash || !*m->function_hash)
		return true;
	now = function_hash(s, a, root, f);
	return !*now || !strcmp(now, m->function_hash);
}

void triage_filter(struct finding_list *l, const struct triage_list *marks, const char *root, struct triage_effect *out)
{
	GHashTable *t = index_marks(marks);
	struct function_source source = {0};
	unsigned int kept = 0;

	*out = (struct triage_effect){.lapsed.arena = l->arena, .back.arena = l->arena};
	for (unsigned int i = 0; i < l->all.n; i++) {
		const struct finding *f = &l->all.v[i];
		const struct triage_mark *m = g_hash_table_lookup(t, f->fingerprint);
		bool marked = m && triage_silences(m), holds = marked && mark_holds(m, &source, l->arena, root, f);

		if (holds || function_ignored(&source, root, f)) {
			out->silenced++;
			continue;
		}
		if (marked)
			vec_push(l->arena, &out->lapsed.all, *f);
		if (m && !strcmp(m->verdict, "fixed"))
			vec_push(l->arena, &out->back.all, *f);
		l->all.v[kept++] = *f;
	}
	l->all.n = kept;
	function_source_clear(&source);
	g_hash_table_destroy(t);
}
