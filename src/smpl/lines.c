/* Report lines of semantic patches, ours and the kernel's. */
#include "smpl/lines.h"

#include <stdlib.h>
#include <string.h>

void smpl_line_free(struct smpl_line *l)
{
	g_free(l->file);
	g_free(l->message);
	g_hash_table_unref(l->extras);
	g_free(l);
}

/* Cuts trailing "{key: value}" groups off the message, last first; a key given twice keeps the first. */
static void extras_take(struct smpl_line *l)
{
	size_t n;

	g_strstrip(l->message);
	while ((n = strlen(l->message)) > 2 && l->message[n - 1] == '}') {
		char *open = strrchr(l->message, '{'), *colon = open ? strchr(open, ':') : NULL;

		if (!colon)
			return;
		l->message[n - 1] = '\0';
		g_hash_table_replace(l->extras, g_strndup(open + 1, colon - open - 1), g_strstrip(g_strdup(colon + 1)));
		*open = '\0';
		g_strchomp(l->message);
	}
}

/* What is left of a message of the kernel's scripts without "WARNING: " and the like: that is the confidence's job. */
static const char *message_plain(const char *message)
{
	static const char *const heads[] = {"WARNING: ", "WARNING ", "ERROR: ", "ERROR "};

	for (size_t i = 0; i < G_N_ELEMENTS(heads); i++)
		if (g_str_has_prefix(message, heads[i]))
			return message + strlen(heads[i]);
	return message;
}

/* "host -> ring" reads as "host->ring" in a message. */
static char *message_tidy(char *message)
{
	GString *s = g_string_new(message_plain(message));

	g_string_replace(s, " -> ", "->", 0);
	g_string_replace(s, " . ", ".", 0);
	g_string_replace(s, " [ ", "[", 0);
	g_string_replace(s, " ]", "]", 0);
	g_free(message);
	return g_string_free(s, FALSE);
}

struct smpl_line *smpl_line_parse(const char *text)
{
	static const char shape[] = "^(.+?):([0-9]+):([0-9]+)(?:-[0-9]+)?: *(.+)$";
	g_autoptr(GRegex) r = g_regex_new(shape, 0, 0, NULL);
	g_autoptr(GMatchInfo) m = NULL;
	g_autofree char *line = NULL, *column = NULL;
	struct smpl_line *l;

	if (!g_regex_match(r, text, 0, &m))
		return NULL;
	line = g_match_info_fetch(m, 2);
	column = g_match_info_fetch(m, 3);
	l = g_new0(struct smpl_line, 1);
	l->file = g_match_info_fetch(m, 1);
	l->line = strtoul(line, NULL, 10);
	l->column = strtoul(column, NULL, 10) + 1; /* Coccinelle counts columns from 0 */
	l->message = g_match_info_fetch(m, 4);
	l->extras = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	extras_take(l);
	l->message = message_tidy(l->message);
	return l;
}

/* Coccinelle prints expressions with blanks between all tokens: "priv -> buf [ i ]" becomes "priv->buf[i]". */
static char *tighten(const char *expression)
{
	GString *s = g_string_new(NULL);

	for (const char *p = expression; *p; p++) {
		bool left = s->len && (g_ascii_isalnum(s->str[s->len - 1]) || s->str[s->len - 1] == '_');

		if (*p != ' ' || (left && (g_ascii_isalnum(p[1]) || p[1] == '_')))
			g_string_append_c(s, *p);
	}
	return g_string_free(s, FALSE);
}

static const char *extra(const struct smpl_line *l, const char *key, const char *otherwise)
{
	const char *v = g_hash_table_lookup(l->extras, key);

	return v ? v : otherwise ? otherwise : "";
}

/* The second place of a finding, from "{note: LINE: text}". */
static bool note_parse(const struct smpl_line *l, const char *name, struct finding_event *e)
{
	const char *text = extra(l, "note", NULL);
	char *rest;

	e->kind = "note";
	e->file = name;
	e->line = strtoul(text, &rest, 10);
	e->column = 1;
	e->message = *rest ? rest + strspn(rest, ": ") : "";
	return e->line && *e->message;
}

void smpl_line_add(const struct smpl_line *l, const struct smpl_patch *p, const char *name, const char *function,
		   struct finding_list *out)
{
	g_autofree char *expression = tighten(extra(l, "expr", NULL));
	struct finding_event note;
	struct finding f = {
		.rule = extra(l, "rule", p->rule),
		.confidence = p->confidence,
		.file = name,
		.line = l->line,
		.column = l->column,
		.function = function ? function : "",
		.resource = extra(l, "resource", p->resource),
		.acquire = extra(l, "acquire", p->acquire),
		.release = extra(l, "release", p->release),
		.message = l->message,
		.expression = expression,
		.exit_kind = p->name,
		.events = &note,
	};

	f.n_events = note_parse(l, name, &note);
	confidence_parse(extra(l, "confidence", NULL), &f.confidence);
	finding_list_add(out, &f);
}
