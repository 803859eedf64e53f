/*
 * Translation units: with a precompiled header where one fits, and again without where that brings errors. A unit that
 * includes a header that is not there is parsed again, past that place.
 */
#include "parse/parse.h"
#include "parse/pch.h"

#include <string.h>

struct parser {
	CXIndex index;
	struct pch_cache *pch; /* NULL: not wanted */
	const struct parse_text *texts;
	guint n_texts;
	gboolean strict;
};

enum attempt {
	ATTEMPT_CLEAN,	 /* parsed without any error */
	ATTEMPT_ERRORS,	 /* parsed, with errors */
	ATTEMPT_FATAL,	 /* parsing ended early, or never began */
	ATTEMPT_MISSING, /* parsing ended early, for a header that is not there */
	ATTEMPT_REFUSED, /* clang would not have the precompiled header */
};

#define PARSE_ERROR g_quark_from_static_string("parse-error")
enum parse_error { PARSE_ERROR_READ, PARSE_ERROR_FATAL };

struct parser *parser_new(const struct parser_options *opt)
{
	struct parser *p = g_new0(struct parser, 1);
	g_autofree char *directory = NULL;

	/* 1: declarations of the precompiled header are not visited, which would deserialise all of them. */
	p->index = clang_createIndex(1, 0);
	p->strict = opt && opt->strict;
	if (opt && opt->no_pch)
		return p;
	if (opt && opt->cache_dir)
		directory = g_build_filename(opt->cache_dir, "pch", NULL);
	else
		directory = g_build_filename(g_get_user_cache_dir(), "drvcheck", "pch", NULL);
	p->pch = pch_cache_new(directory);
	return p;
}

void parser_free(struct parser *p)
{
	if (!p)
		return;
	if (p->pch)
		pch_cache_free(p->pch);
	clang_disposeIndex(p->index);
	g_free(p);
}

void parser_prepare(struct parser *p, GPtrArray *entries, guint min_units)
{
	if (p->pch)
		pch_cache_prepare(p->pch, entries, min_units);
}

void parser_replace(struct parser *p, const struct parse_text *texts, guint n)
{
	p->texts = texts;
	p->n_texts = n;
}

static void set_fatal(CXDiagnostic d, const struct cdb_entry *e, GError **err)
{
	CXString text = clang_getDiagnosticSpelling(d), name;
	CXFile file;
	unsigned int line;

	clang_getExpansionLocation(clang_getDiagnosticLocation(d), &file, &line, NULL, NULL);
	name = clang_getFileName(file);
	if (clang_getCString(name))
		g_set_error(err, PARSE_ERROR, PARSE_ERROR_FATAL,
			    "%s:%u: %s; are the tree's generated headers there (`make prepare`)?",
			    clang_getCString(name), line, clang_getCString(text));
	else
		g_set_error(err, PARSE_ERROR, PARSE_ERROR_FATAL, "%s: %s; is its compile command of this tree?",
			    e->file, clang_getCString(text));
	clang_disposeString(name);
	clang_disposeString(text);
}

static gboolean is_nowhere(CXDiagnostic d)
{
	CXFile file;

	clang_getExpansionLocation(clang_getDiagnosticLocation(d), &file, NULL, NULL, NULL);
	return file == NULL;
}

/* Of what is fatal, only this has a place and comes first, or is behind errors that do not end the unit. */
static gboolean is_missing_header(CXDiagnostic d)
{
	CXString text = clang_getDiagnosticSpelling(d);
	gboolean missing = !is_nowhere(d) && g_str_has_suffix(clang_getCString(text), "file not found");

	clang_disposeString(text);
	return missing;
}

/* Counts errors; the first fatal one goes to err. */
static enum attempt judge(const struct cdb_entry *e, struct parse_result *out, GError **err)
{
	enum attempt a = ATTEMPT_CLEAN;

	out->n_errors = 0;
	for (unsigned int i = 0; i < clang_getNumDiagnostics(out->tu); i++) {
		CXDiagnostic d = clang_getDiagnostic(out->tu, i);
		enum CXDiagnosticSeverity severity = clang_getDiagnosticSeverity(d);

		/* Only the first counts: "too many errors emitted" is nowhere, too. */
		if (severity >= CXDiagnostic_Error && out->n_errors++ == 0)
			a = out->used_pch && is_nowhere(d) ? ATTEMPT_REFUSED : ATTEMPT_ERRORS;
		if (severity == CXDiagnostic_Fatal && a < ATTEMPT_FATAL) {
			a = is_missing_header(d) ? ATTEMPT_MISSING : ATTEMPT_FATAL;
			set_fatal(d, e, err);
		}
		clang_disposeDiagnostic(d);
	}
	return a;
}

static const char *error_name(enum CXErrorCode code)
{
	switch (code) {
	case CXError_Crashed:
		return "libclang crashed on it";
	case CXError_ASTReadError:
		return "libclang could not read its precompiled header";
	default:
		return "libclang could not make sense of its compile command";
	}
}

/* Behind the unit's own flags, which turn on warnings that nobody asked for here. */
static const char *const strict_flags[] = {"-Wno-everything",
					   "-Werror=incompatible-pointer-types",
					   "-Werror=int-conversion",
					   "-Werror=return-type",
					   "-Werror=uninitialized",
					   "-Werror=sometimes-uninitialized",
					   "-Werror=unused-label",
					   "-Werror=unused-variable",
					   "-Werror=implicit-function-declaration",
					   NULL};

static char **command_line(const struct parser *p, char *const *flags, const struct pch *pch, int *n)
{
	GPtrArray *args = g_ptr_array_new();

	if (!p->strict)
		g_ptr_array_add(args, (char *)"-w");
	/* With a precompiled header the first error already decides; without, all of the unit is wanted. */
	g_ptr_array_add(args, (char *)(pch ? "-ferror-limit=1" : "-ferror-limit=0"));
	if (pch) {
		g_ptr_array_add(args, (char *)"-include-pch");
		g_ptr_array_add(args, pch->file);
	}
	for (char *const *f = flags; *f; f++)
		g_ptr_array_add(args, *f);
	for (const char *const *f = strict_flags; p->strict && *f; f++)
		g_ptr_array_add(args, (char *)*f);
	*n = (int)args->len;
	return (char **)g_ptr_array_free(args, FALSE);
}

static void add_unsaved(GArray *files, const char *name, const char *text)
{
	struct CXUnsavedFile file = {.Filename = name, .Contents = text, .Length = strlen(text)};

	g_array_append_val(files, file);
}

/*
 * What is not on disk is found only under the very name that clang looks for: for `-Idir` that begins with dir, which
 * is mostly relative to the command's directory and may begin with "./". `names` takes the names made.
 */
static void add_missing(GArray *files, GPtrArray *names, const char *directory, const struct parse_text *t)
{
	size_t n = strlen(directory);

	if (strncmp(t->path, directory, n) != 0 || t->path[n] != '/' || g_file_test(t->path, G_FILE_TEST_EXISTS))
		return;
	g_ptr_array_add(names, g_strdup(t->path + n + 1));
	add_unsaved(files, names->pdata[names->len - 1], t->text);
	g_ptr_array_add(names, g_strconcat(".", t->path + n, NULL));
	add_unsaved(files, names->pdata[names->len - 1], t->text);
}

/* The unit's own text first. */
static GArray *unsaved_files(const struct parser *p, const struct cdb_entry *e, const char *source, GPtrArray *names)
{
	GArray *files = g_array_new(FALSE, FALSE, sizeof(struct CXUnsavedFile));

	add_unsaved(files, e->file, source);
	for (guint i = 0; i < p->n_texts; i++) {
		const struct parse_text *t = &p->texts[i];

		if (strcmp(t->path, e->file) == 0)
			continue;
		add_unsaved(files, t->path, t->text);
		add_missing(files, names, e->directory, t);
	}
	return files;
}

static enum attempt attempt(struct parser *p, const struct cdb_entry *e, char *const *flags, const struct pch *pch,
			    unsigned int options, const char *source, struct parse_result *out, GError **err)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GArray) files = unsaved_files(p, e, source, names);
	int n;
	g_autofree char **args = command_line(p, flags, pch, &n);
	enum CXErrorCode code;
	enum attempt a;

	out->tu = NULL;
	out->used_pch = pch != NULL;
	out->pch = pch ? pch->meta : NULL;
	code = clang_parseTranslationUnit2(p->index, e->file, (const char *const *)args, n,
					   (struct CXUnsavedFile *)files->data, files->len, options, &out->tu);
	if (code != CXError_Success || !out->tu) {
		g_set_error(err, PARSE_ERROR, PARSE_ERROR_FATAL, "%s: %s", e->file, error_name(code));
		out->tu = NULL;
		return code == CXError_ASTReadError ? ATTEMPT_REFUSED : ATTEMPT_FATAL;
	}
	a = judge(e, out, err);
	if (a >= ATTEMPT_FATAL) {
		clang_disposeTranslationUnit(out->tu);
		out->tu = NULL;
	}
	return a;
}

/* TRUE when the unit parsed with `pch` as if there were none, as far as clang can tell. */
static gboolean parse_with(struct parser *p, const struct cdb_entry *e, char *const *flags, const struct pch *pch,
			   const char *source, struct parse_result *out)
{
	enum attempt a = attempt(p, e, flags, pch, CXTranslationUnit_None, source, out, NULL);

	if (a == ATTEMPT_CLEAN)
		return TRUE;
	if (a == ATTEMPT_REFUSED)
		pch_refused(p->pch, pch);
	else if (a != ATTEMPT_MISSING)
		pch_clashed(p->pch, pch, e->file);
	if (out->tu)
		clang_disposeTranslationUnit(out->tu);
	return FALSE;
}

/* What a precompiled header has read cannot be replaced. */
static gboolean is_replaced(const struct parser *p, const struct pch *pch)
{
	for (guint i = 0; i < p->n_texts; i++)
		if (pch_reads(pch, p->texts[i].path))
			return TRUE;
	return FALSE;
}

/* Without a precompiled header, since with one nobody could tell which errors are whose. */
static gboolean parse_plainly(struct parser *p, const struct cdb_entry *e, char *const *flags, const char *source,
			      struct parse_result *out, GError **err)
{
	GError *why = NULL;
	enum attempt a = attempt(p, e, flags, NULL, CXTranslationUnit_None, source, out, &why);

	if (a == ATTEMPT_MISSING) {
		char *missing = g_strdup(why->message);

		g_clear_error(&why);
		a = attempt(p, e, flags, NULL, CXTranslationUnit_KeepGoing, source, out, &why);
		if (a < ATTEMPT_FATAL)
			out->missing = missing;
		else
			g_free(missing);
	}
	if (why)
		g_propagate_error(err, why);
	return a < ATTEMPT_FATAL;
}

gboolean parser_parse(struct parser *p, const struct cdb_entry *e, const char *unsaved, struct parse_result *out,
		      GError **err)
{
	g_auto(GStrv) flags = cdb_clang_flags(e);
	g_autofree char *text = NULL;
	const char *source = unsaved;
	const struct pch *pch[PCH_N_WIDTHS];
	guint n;

	*out = (struct parse_result){0};
	if (!source) {
		g_autoptr(GError) why = NULL;

		if (!g_file_get_contents(e->file, &text, NULL, &why)) {
			g_set_error(err, PARSE_ERROR, PARSE_ERROR_READ,
				    "%s: %s; if it was moved or removed, capture the compile commands again", e->file,
				    why->message);
			return FALSE;
		}
		source = text;
	}
	n = p->pch ? pch_find(p->pch, e, flags, source, pch) : 0;
	for (guint i = 0; i < n; i++)
		if (!is_replaced(p, pch[i]) && parse_with(p, e, flags, pch[i], source, out))
			return TRUE;
	return parse_plainly(p, e, flags, source, out, err);
}

gboolean parser_pch_is_fresh(struct parser *p, const char *pch)
{
	return p->pch && pch_is_known_fresh(p->pch, pch);
}
