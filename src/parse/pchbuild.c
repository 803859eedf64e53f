/*
 * Building precompiled headers: those that the group's sources include most, less what does not compile here. kbuild's
 * macros about the unit get placeholders that end with the header, so that each unit's own definitions on its command
 * line come after and do not contradict.
 */
#include "parse/pch.h"
#include "parse/words.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Measured on 6.12 (160 units of all drivers, CPU time, 0.75 s each without): the wide one takes 0.08 s with one unit
 * in seven clashing, 160 headers 0.07 s with one in six; the narrow one 0.2 s with none clashing, 40 headers 0.17 s
 * with one in twenty.
 */
static const struct {
	const char *name, *prefix;
	guint n_headers;
} widths[PCH_N_WIDTHS] = {
	[PCH_WIDE] = {"wide", "", 115},
	[PCH_NARROW] = {"narrow", "linux/", 25},
};
/* So many sources tell what is common; reading all 18,000 of a kernel would take as long as building. */
#define MAX_SAMPLE 1500
#define MAX_ROUNDS 12

static const char *const unit_macros[] = {"KBUILD_MODNAME \"pch\"", "KBUILD_BASENAME \"pch\"", "KBUILD_MODFILE \"pch\"",
					  "__KBUILD_MODNAME kmod_pch"};

struct header {
	const char *name; /* "linux/slab.h" */
	guint count;
};

struct build {
	const struct pch_group *group;
	enum pch_width width;
	GPtrArray *headers; /* of char *: what is left of the choice */
	char *stem;	    /* path of the result without its suffix */
	CXIndex index;
	CXTranslationUnit tu;
};

/* Trace headers define what they are asked to each time; asm/ ones mostly come with their linux/ ones. */
static gboolean is_wanted(const char *name, gsize n)
{
	return !(n > 6 && strncmp(name, "trace/", 6) == 0) && !(n > 4 && strncmp(name, "asm/", 4) == 0);
}

static void count_include(gpointer ctx, const char *name, gsize n)
{
	GHashTable *counts = ctx;
	char *key;

	if (!is_wanted(name, n))
		return;
	key = g_strndup(name, n);
	g_hash_table_insert(counts, key, GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(counts, key)) + 1));
}

static int more_often_first(gconstpointer a, gconstpointer b)
{
	const struct header *x = a, *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return strcmp(x->name, y->name);
}

/* Does every unit of the group find it? Some are found only by those with include paths of their own. */
static gboolean is_found(const struct pch_group *g, const char *name)
{
	for (guint i = 0; i < g->signature.includes->len; i++) {
		const char *flag = g->signature.includes->pdata[i];
		g_autofree char *path = g_build_filename(flag + strlen("-I"), name, NULL);

		if (g_file_test(path, G_FILE_TEST_EXISTS))
			return TRUE;
	}
	return FALSE;
}

static GPtrArray *most_included(const struct pch_group *g, GHashTable *counts, enum pch_width width)
{
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct header));
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
	GHashTableIter it;
	gpointer name, count;

	g_hash_table_iter_init(&it, counts);
	while (g_hash_table_iter_next(&it, &name, &count)) {
		struct header h = {name, GPOINTER_TO_UINT(count)};

		if (g_str_has_prefix(name, widths[width].prefix))
			g_array_append_val(all, h);
	}
	g_array_sort(all, more_often_first);
	for (guint i = 0; i < all->len && out->len < widths[width].n_headers; i++) {
		const char *header = g_array_index(all, struct header, i).name;

		if (is_found(g, header))
			g_ptr_array_add(out, g_strdup(header));
	}
	return out;
}

static GHashTable *count_includes(const GPtrArray *files)
{
	GHashTable *counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	struct words_visitor v = {.include = count_include, .ctx = counts};
	guint step = files->len / MAX_SAMPLE + 1;

	for (guint i = 0; i < files->len; i += step) {
		g_autofree char *text = NULL;
		gsize n;

		if (g_file_get_contents(files->pdata[i], &text, &n, NULL))
			words_visit(text, n, &v);
	}
	return counts;
}

/* Line 1 + G_N_ELEMENTS(unit_macros) + i includes headers[i]: header_at_line() relies on it. */
static char *header_text(const GPtrArray *headers)
{
	GString *s = g_string_new(NULL);

	for (guint i = 0; i < G_N_ELEMENTS(unit_macros); i++)
		g_string_append_printf(s, "#define %s\n", unit_macros[i]);
	for (guint i = 0; i < headers->len; i++)
		g_string_append_printf(s, "#include <%s>\n", (char *)headers->pdata[i]);
	for (guint i = 0; i < G_N_ELEMENTS(unit_macros); i++) {
		const char *name = unit_macros[i];

		g_string_append_printf(s, "#undef %.*s\n", (int)strcspn(name, " "), name);
	}
	return g_string_free(s, FALSE);
}

static char *path_of(const struct build *b, const char *suffix)
{
	return g_strconcat(b->stem, suffix, NULL);
}

static gboolean parse_header(struct build *b)
{
	g_autoptr(GPtrArray) args = signature_shared_flags(b->group->flags);
	g_autofree char *path = path_of(b, ".h"), *text = header_text(b->headers);

	if (!g_file_set_contents(path, text, -1, NULL))
		return FALSE;
	g_ptr_array_add(args, (char *)"-w");
	g_ptr_array_add(args, (char *)"-ferror-limit=0");
	g_ptr_array_add(args, (char *)"-xc-header");
	return clang_parseTranslationUnit2(b->index, path, (const char *const *)args->pdata, (int)args->len, NULL, 0,
					   CXTranslationUnit_Incomplete | CXTranslationUnit_ForSerialization |
						   CXTranslationUnit_KeepGoing, /* to know all at fault at once */
					   &b->tu) == CXError_Success;
}

/* Which line of the header itself leads to each file: file name -> line. */
struct include_map {
	GHashTable *lines;
};

static void map_inclusion(CXFile file, CXSourceLocation *stack, unsigned int depth, CXClientData data)
{
	struct include_map *m = data;
	CXString name = clang_getFileName(file);
	unsigned int line = 0;

	if (depth > 0)
		clang_getExpansionLocation(stack[depth - 1], NULL, &line, NULL, NULL);
	g_hash_table_insert(m->lines, g_strdup(clang_getCString(name)), GUINT_TO_POINTER(line));
	clang_disposeString(name);
}

static char *header_at_line(const struct build *b, guint line)
{
	guint first = G_N_ELEMENTS(unit_macros) + 1;

	if (line < first || line - first >= b->headers->len)
		return NULL;
	return b->headers->pdata[line - first];
}

/* The header to blame for an error, NULL when it is none of ours. */
static char *culprit(const struct build *b, const struct include_map *m, CXDiagnostic d)
{
	g_autofree char *own = path_of(b, ".h");
	CXFile file;
	unsigned int line;
	CXString name;
	char *header = NULL;

	clang_getExpansionLocation(clang_getDiagnosticLocation(d), &file, &line, NULL, NULL);
	if (!file)
		return NULL;
	name = clang_getFileName(file);
	if (strcmp(clang_getCString(name), own) != 0)
		line = GPOINTER_TO_UINT(g_hash_table_lookup(m->lines, clang_getCString(name)));
	header = header_at_line(b, line);
	clang_disposeString(name);
	return header;
}

static GHashTable *culprits(const struct build *b, gboolean *errors)
{
	GHashTable *bad = g_hash_table_new(g_direct_hash, g_direct_equal);
	struct include_map m = {g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};

	*errors = FALSE;
	clang_getInclusions(b->tu, map_inclusion, &m);
	for (unsigned int i = 0; i < clang_getNumDiagnostics(b->tu); i++) {
		CXDiagnostic d = clang_getDiagnostic(b->tu, i);

		if (clang_getDiagnosticSeverity(d) >= CXDiagnostic_Error) {
			char *header = culprit(b, &m, d);

			*errors = TRUE;
			if (header)
				g_hash_table_add(bad, header);
		}
		clang_disposeDiagnostic(d);
	}
	g_hash_table_destroy(m.lines);
	return bad;
}

/* TRUE when the header compiles; otherwise the headers at fault are taken out, FALSE if none is to blame. */
static gboolean compile_round(struct build *b, gboolean *done)
{
	g_autoptr(GHashTable) bad = NULL;
	gboolean errors;
	guint before = b->headers->len;

	*done = FALSE;
	if (!parse_header(b))
		return FALSE;
	bad = culprits(b, &errors);
	if (!errors) {
		*done = TRUE;
		return TRUE;
	}
	clang_disposeTranslationUnit(b->tu);
	b->tu = NULL;
	for (guint i = b->headers->len; i-- > 0;)
		if (g_hash_table_contains(bad, b->headers->pdata[i]))
			g_ptr_array_remove_index(b->headers, i);
	return b->headers->len > 0 && b->headers->len < before;
}

static gboolean compile(struct build *b)
{
	gboolean done = FALSE;

	for (int round = 0; round < MAX_ROUNDS && !done; round++)
		if (!compile_round(b, &done))
			return FALSE;
	return done;
}

struct input_list {
	GString *text;
	GHashTable *seen, *words;
	gboolean ok;
};

static void add_input(CXFile file, CXSourceLocation *stack, unsigned int depth, CXClientData data)
{
	struct input_list *l = data;
	CXString name = clang_getFileName(file);
	const char *path = clang_getCString(name);
	g_autofree char *text = NULL;
	gsize n;
	GStatBuf st;

	if (g_hash_table_add(l->seen, g_strdup(path))) {
		if (g_stat(path, &st) == 0 && g_file_get_contents(path, &text, &n, NULL) && !strchr(path, '\n')) {
			g_string_append_printf(l->text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s\n",
					       (gint64)st.st_size,
					       (gint64)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec, path);
			words_collect(l->words, text, n);
		} else {
			l->ok = FALSE;
		}
	}
	clang_disposeString(name);
}

static int compare_hash(gconstpointer a, gconstpointer b)
{
	guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;

	return x < y ? -1 : x > y;
}

static gboolean write_words(const struct build *b, GHashTable *words)
{
	g_autofree char *path = path_of(b, ".words");
	g_autoptr(GArray) sorted = g_array_new(FALSE, FALSE, sizeof(guint64));
	GHashTableIter it;
	gpointer key;

	g_hash_table_iter_init(&it, words);
	while (g_hash_table_iter_next(&it, &key, NULL))
		g_array_append_vals(sorted, key, 1);
	g_array_sort(sorted, compare_hash);
	return g_file_set_contents(path, sorted->data, (gssize)(sorted->len * sizeof(guint64)), NULL);
}

static char *meta_text(const struct build *b, const char *inputs)
{
	const struct signature *s = &b->group->signature;
	g_autofree char *name = g_path_get_basename(b->stem);
	GString *text = g_string_new("drvcheck-pch 1\n");

	g_string_append_printf(text, "width %s\nname %s\nunits %u\n", widths[b->width].name, name,
			       b->group->files->len);
	for (guint i = 0; i < s->macros->len; i++)
		g_string_append_printf(text, "macro %s\n", (char *)s->macros->pdata[i]);
	for (guint i = 0; i < s->includes->len; i++)
		g_string_append_printf(text, "include %s\n", (char *)s->includes->pdata[i]);
	g_string_append_printf(text, "inputs of the headers\n%s", inputs);
	return g_string_free(text, FALSE);
}

/* The headers as they are now; clang compares them once more with what it read when it loads the file. */
static gboolean save(struct build *b, const char *meta)
{
	struct input_list l = {.ok = TRUE};
	g_autofree char *file = path_of(b, ".pch"), *text = NULL;

	l.text = g_string_new(NULL);
	l.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	l.words = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	clang_getInclusions(b->tu, add_input, &l);
	text = meta_text(b, l.text->str);
	l.ok = l.ok && write_words(b, l.words) &&
	       clang_saveTranslationUnit(b->tu, file, clang_defaultSaveOptions(b->tu)) == CXSaveError_None &&
	       g_file_set_contents(meta, text, -1, NULL);
	g_string_free(l.text, TRUE);
	g_hash_table_destroy(l.seen);
	g_hash_table_destroy(l.words);
	return l.ok;
}

static void remove_files(const char *directory, const char *name)
{
	static const char *const suffixes[] = {".h", ".pch", ".words", ".clashes"};

	for (guint i = 0; i < G_N_ELEMENTS(suffixes); i++) {
		g_autofree char *path = g_strdup_printf("%s/%s%s", directory, name, suffixes[i]);

		g_unlink(path);
	}
}

static void remove_replaced(const char *directory, const struct pch *old)
{
	g_autofree char *base = g_path_get_basename(old->file);

	base[strlen(base) - strlen(".pch")] = '\0';
	remove_files(directory, base);
}

static gboolean build_one(const char *directory, const struct pch_group *g, GHashTable *counts, enum pch_width width)
{
	struct build b = {.group = g, .width = width};
	g_autofree char *name = g_strdup_printf("%016" G_GINT64_MODIFIER "x-%08x", g->id, g_random_int());
	g_autofree char *meta =
		g_strdup_printf("%s/%016" G_GINT64_MODIFIER "x-%s.meta", directory, g->id, widths[width].name);
	struct pch *old = pch_read(meta);
	gboolean ok;

	b.stem = g_build_filename(directory, name, NULL);
	b.headers = most_included(g, counts, width);
	b.index = clang_createIndex(1, 0);
	ok = b.headers->len > 0 && compile(&b) && save(&b, meta);
	if (b.tu)
		clang_disposeTranslationUnit(b.tu);
	clang_disposeIndex(b.index);
	if (!ok)
		remove_files(directory, name);
	else if (old)
		remove_replaced(directory, old);
	if (old)
		pch_free(old);
	g_ptr_array_free(b.headers, TRUE);
	g_free(b.stem);
	return ok;
}

gboolean pch_build(const char *directory, const struct pch_group *g)
{
	g_autoptr(GHashTable) counts = NULL;
	gboolean ok;

	if (g_mkdir_with_parents(directory, 0777) != 0)
		return FALSE;
	counts = count_includes(g->files);
	ok = build_one(directory, g, counts, PCH_WIDE);
	if (g->files->len >= PCH_NARROW_MIN)
		ok = build_one(directory, g, counts, PCH_NARROW) || ok;
	return ok;
}
