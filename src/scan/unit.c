/*
 * The whole way of a unit: parse -> lower -> harnesses -> engine -> findings.
 *
 * A result is a struct unit_cost, four strings (files read, precompiled header, slots not covered, what is left out),
 * the summaries of
 * its functions (size_t bytes; each a name, "1" or "" for the use of offsets, size_t bytes, and the summary; or a name,
 * "after", size_t bytes, and the text of what is done when it fails), and the findings' own binary form.
 */
#define _GNU_SOURCE /* asprintf */
#include "scan/unit.h"

#include "ir/ir.h"
#include "lifecycle/lifecycle.h"
#include "lower/lower.h"
#include "parse/parse.h"

#include <stdlib.h>
#include <string.h>

#ifdef NDEBUG
enum { ALWAYS_VERIFY = 0 };
#else
enum { ALWAYS_VERIFY = 1 };
#endif

struct work {
	const struct scan_setup *setup;
	const struct scan_unit *unit;
	struct arena *arena;
	struct unit_cost cost;
	GString *deps;
	const char *pch;
	char *directory; /* of the file, as findings name it */
	GString *uncovered;
	GString *left_out;
	GByteArray *learned;
	bool refused; /* nobody wants its findings */
};

static void *pack(const struct work *w, const struct finding_list *l, size_t *size)
{
	GByteArray *out = g_byte_array_new();
	size_t n, learned = w->learned->len;
	char *findings = finding_list_write(l, &n), *blob;

	g_byte_array_append(out, (const guint8 *)&w->cost, sizeof(w->cost));
	g_byte_array_append(out, (const guint8 *)w->deps->str, (guint)w->deps->len + 1);
	g_byte_array_append(out, (const guint8 *)w->pch, (guint)strlen(w->pch) + 1);
	g_byte_array_append(out, (const guint8 *)w->uncovered->str, (guint)w->uncovered->len + 1);
	g_byte_array_append(out, (const guint8 *)w->left_out->str, (guint)w->left_out->len + 1);
	g_byte_array_append(out, (const guint8 *)&learned, sizeof(learned));
	g_byte_array_append(out, w->learned->data, (guint)learned);
	g_byte_array_append(out, (const guint8 *)findings, (guint)n);
	free(findings);
	*size = out->len;
	blob = malloc(out->len);
	if (!blob)
		g_error("out of memory");
	memcpy(blob, out->data, out->len);
	g_byte_array_unref(out);
	return blob;
}

static const char *take_string(const char **p, const char *end)
{
	const char *s = *p;
	size_t n = strnlen(s, (size_t)(end - s));

	if (n == (size_t)(end - s))
		return NULL;
	*p += n + 1;
	return s;
}

/* A size and as many bytes; NULL when there are fewer. */
static const void *take_bytes(const char **p, const char *end, size_t *size)
{
	const char *bytes = *p + sizeof(*size);

	if ((size_t)(end - *p) < sizeof(*size))
		return NULL;
	memcpy(size, *p, sizeof(*size));
	if ((size_t)(end - bytes) < *size)
		return NULL;
	*p = bytes + *size;
	return bytes;
}

gboolean unit_unpack(const void *blob, size_t size, struct unit_result *out)
{
	const char *p = blob, *end = p + size;

	if (size < sizeof(out->cost))
		return FALSE;
	memcpy(&out->cost, p, sizeof(out->cost));
	p += sizeof(out->cost);
	out->deps = take_string(&p, end);
	out->pch = out->deps ? take_string(&p, end) : NULL;
	out->uncovered = out->pch ? take_string(&p, end) : NULL;
	out->left_out = out->uncovered ? take_string(&p, end) : NULL;
	out->learned = out->left_out ? take_bytes(&p, end, &out->n_learned) : NULL;
	out->findings = p;
	out->size = (size_t)(end - p);
	return out->learned != NULL;
}

void unit_teach(const struct unit_result *r, struct memory *m, const char *directory)
{
	const char *p = r->learned, *end = p + r->n_learned, *name, *mark, *bytes;
	size_t size;

	while (p < end && (name = take_string(&p, end)) && (mark = take_string(&p, end)) &&
	       (bytes = take_bytes(&p, end, &size)))
		if (strcmp(mark, "after") == 0)
			memory_add_aftermath(m, name, bytes);
		else
			memory_add(m, directory, name, *mark, bytes, size);
}

static void note_learned(struct work *w, const char *function, const char *mark, const void *bytes, size_t size)
{
	g_byte_array_append(w->learned, (const guint8 *)function, (guint)strlen(function) + 1);
	g_byte_array_append(w->learned, (const guint8 *)mark, (guint)strlen(mark) + 1);
	g_byte_array_append(w->learned, (const guint8 *)&size, sizeof(size));
	g_byte_array_append(w->learned, bytes, (guint)size);
}

static void learn(void *ctx, const char *function, bool offsets, const void *bytes, size_t size)
{
	note_learned(ctx, function, offsets ? "1" : "", bytes, size);
}

static void learn_aftermath(void *ctx, const char *name, const char *text)
{
	note_learned(ctx, name, "after", text, strlen(text) + 1);
}

static const void *recall(void *ctx, const struct ir_unit *u, const char *function, size_t *size)
{
	const struct work *w = ctx;

	(void)u;
	return memory_recall(w->setup->knowledge->memory, w->directory, function, size);
}

static const char *aftermath(void *ctx, const char *name)
{
	const struct work *w = ctx;

	return memory_aftermath(w->setup->knowledge->memory, name);
}

static void add_file(CXFile file, CXSourceLocation *stack, unsigned int depth, CXClientData data)
{
	struct work *w = data;
	CXString real = clang_File_tryGetRealPathName(file), name = clang_getFileName(file);
	const char *path = clang_getCString(real);

	(void)stack;
	(void)depth;
	if (path && *path) {
		g_string_append_printf(w->deps, "%s\n", path);
	} else if ((path = clang_getCString(name))) {
		char *full = g_canonicalize_filename(path, w->unit->entry->directory);

		g_string_append_printf(w->deps, "%s\n", full);
		g_free(full);
	}
	clang_disposeString(real);
	clang_disposeString(name);
}

/* After each pass, when asked to or in a debug build: what is wrong with the unit's IR, malloc'd, NULL if nothing. */
static char *malformed(const struct scan_setup *s, struct ir_unit *u)
{
	const char *fault = ALWAYS_VERIFY || s->verify ? ir_verify(u) : NULL;
	char *text = NULL;

	if (fault && asprintf(&text, "malformed IR: %s", fault) < 0)
		g_error("out of memory");
	return text;
}

static bool has_own_body(const struct ir_unit *u)
{
	for (uint32_t i = 0; i < u->n_functions; i++)
		if (u->functions[i].has_body && u->functions[i].in_main_file)
			return true;
	return false;
}

/* What of a unit is not analysed, and why. */
static void describe_left_out(const struct ir_unit *u, const char *missing, GString *out)
{
	enum { NAMED = 8 };

	for (uint32_t i = 0; i < u->n_left_out && i < NAMED; i++)
		g_string_append_printf(out, "%s%s", i ? ", " : "without ", u->left_out[i]);
	if (u->n_left_out > NAMED)
		g_string_append_printf(out, " and %u more", u->n_left_out - NAMED);
	g_string_append_printf(out, "%s: %s", u->n_left_out ? "" : "but for what depends on it", missing);
}

/* Lowers what a parsed unit holds; NULL with *why set when that is nothing, for lack of a header. */
static struct ir_unit *lower(struct work *w, const struct parse_result *parsed, char **why)
{
	const struct scan_setup *s = w->setup;
	const struct lower_options opt = {s->names_root, knowledge_wants_body, s->knowledge, parsed->missing != NULL};
	struct ir_unit *u = lower_unit(w->arena, parsed->tu, w->unit->entry->file, &opt);

	if (!parsed->missing)
		return u;
	if (!has_own_body(u)) {
		*why = strdup(parsed->missing);
		return NULL;
	}
	describe_left_out(u, parsed->missing, w->left_out);
	return u;
}

/* Parses and lowers; clang's tree is gone when this returns. NULL with *why set when the unit cannot be analysed. */
static struct ir_unit *read_unit(struct work *w, char **why)
{
	const struct scan_setup *s = w->setup;
	struct parse_result parsed = {0};
	GError *err = NULL;
	struct ir_unit *u;

	if (!parser_parse(s->parser, w->unit->entry, w->unit->contents, &parsed, &err)) {
		*why = strdup(err->message);
		g_error_free(err);
		return NULL;
	}
	w->cost.used_pch = parsed.used_pch;
	w->cost.n_errors = parsed.n_errors;
	w->pch = parsed.pch ? parsed.pch : "";
	w->refused = w->unit->when == SCAN_NEVER ||
		     (w->unit->when == SCAN_UNLESS_WORSE && parsed.n_errors > w->unit->errors_allowed);
	clang_getInclusions(parsed.tu, add_file, w);
	u = w->refused ? NULL : lower(w, &parsed, why);
	clang_disposeTranslationUnit(parsed.tu);
	g_free(parsed.missing);
	if (u)
		*why = malformed(s, u);
	return *why ? NULL : u;
}

static void *analyse(struct work *w, size_t *size, char **why)
{
	const struct scan_setup *s = w->setup;
	struct engine_options engine = s->engine;
	struct lifecycle lifecycle = {0};
	struct finding_list findings = {.arena = w->arena};
	struct ir_unit *u = read_unit(w, why);

	if (!u)
		return w->refused ? pack(w, &findings, size) : NULL;
	for (guint i = 0; i < u->n_functions; i++)
		w->cost.instructions += u->functions[i].n_ins;
	w->cost.unknown = u->n_unknown;
	if (s->knowledge->protocols)
		lifecycle_build(u, s->knowledge->protocols, s->knowledge->model, &lifecycle);
	for (unsigned int i = 0; i < lifecycle.uncovered.n; i++)
		g_string_append_printf(w->uncovered, "%s\n", lifecycle.uncovered.v[i]);
	*why = malformed(s, u);
	if (*why)
		return NULL;
	engine.repeated = lifecycle.repeated.v;
	engine.n_repeated = lifecycle.repeated.n;
	engine.harnesses = lifecycle.harnesses.v;
	engine.entries = lifecycle.entries.v;
	engine.n_entries = lifecycle.entries.n;
	engine.n_harnesses = lifecycle.harnesses.n;
	engine.no_managed = knowledge_wants_no_managed(s->knowledge, scan_name(s, w->unit->entry->file));
	engine.memory =
		(struct engine_memory){w, s->knowledge->memory ? recall : NULL, s->learned ? learn : NULL,
				       s->knowledge->memory ? aftermath : NULL, s->learned ? learn_aftermath : NULL};
	engine_run(w->arena, u, s->knowledge->model, &engine, &findings, &w->cost.engine);
	return pack(w, &findings, size);
}

void *unit_analyse(const struct scan_setup *s, const struct scan_unit *unit, size_t *size, char **why)
{
	struct work w = {.setup = s,
			 .unit = unit,
			 .arena = arena_new(),
			 .deps = g_string_new(NULL),
			 .pch = "",
			 .directory = g_path_get_dirname(scan_name(s, unit->entry->file)),
			 .uncovered = g_string_new(NULL),
			 .left_out = g_string_new(NULL),
			 .learned = g_byte_array_new()};
	void *blob = analyse(&w, size, why);

	g_byte_array_unref(w.learned);
	g_string_free(w.uncovered, TRUE);
	g_string_free(w.left_out, TRUE);
	g_free(w.directory);
	g_string_free(w.deps, TRUE);
	arena_free(w.arena);
	return blob;
}
