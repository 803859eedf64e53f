#include "lower/internal.h"

#include <ctype.h>
#include <string.h>

/* Relative to the root where it lies below it, without "./" and "dir/../". */
static const char *clean_path(struct lower *lw, const char *path)
{
	const char *root = lw->opt ? lw->opt->root : NULL;
	size_t n = root ? strlen(root) : 0;
	char *copy, *dots;

	while (n && root[n - 1] == '/')
		n--;
	if (n && strncmp(path, root, n) == 0 && path[n] == '/')
		path += n + 1;
	while (path[0] == '.' && path[1] == '/')
		path += 2;
	copy = arena_strdup(lw->unit_mem, path);
	while ((dots = strstr(copy + 1, "/../"))) {
		char *start = dots;

		while (start > copy && start[-1] != '/')
			start--;
		if (start == dots || strncmp(start, "..", 2) == 0)
			break;
		memmove(start, dots + 4, strlen(dots + 4) + 1);
	}
	return intern_str(lw->u->strings, copy);
}

static uint32_t file_add(struct lower *lw, const char *name)
{
	for (uint32_t i = 0; i < lw->files.n; i++)
		if (lw->files.v[i] == name)
			return i;
	vec_push(lw->unit_mem, &lw->files, name);
	return lw->files.n - 1;
}

uint32_t file_id(struct lower *lw, CXFile file)
{
	struct key key = {file, 0};
	CXString name;

	if (file == lw->last_file && lw->files.n)
		return lw->last_file_id;
	lw->last_file = file;
	lw->last_file_id = table_get(&lw->file_ids, key);
	if (lw->last_file_id != IR_NONE)
		return lw->last_file_id;
	name = file ? clang_getFileName(file) : (CXString){0};
	lw->last_file_id = file_add(lw, clean_path(lw, file && clang_getCString(name) ? clang_getCString(name) : ""));
	if (file)
		clang_disposeString(name);
	table_set(lw->unit_mem, &lw->file_ids, key, lw->last_file_id);
	return lw->last_file_id;
}

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

enum { FOREIGN, OWN_SOURCE, OWN_HEADER };

static uint32_t classify(struct lower *lw, const char *name)
{
	if (name == lw->u->path || (ends_with(name, ".c") && *name))
		return OWN_SOURCE;
	if (*lw->own_dir && strncmp(name, lw->own_dir, strlen(lw->own_dir)) == 0)
		return OWN_HEADER;
	return FOREIGN;
}

bool file_is_own(struct lower *lw, CXFile file, bool *is_header)
{
	struct key key = {file, 0};
	uint32_t class = table_get(&lw->own_files, key);

	if (class == IR_NONE) {
		uint32_t id = file_id(lw, file); /* may move lw->files */

		class = classify(lw, lw->files.v[id]);
		table_set(lw->unit_mem, &lw->own_files, key, class);
	}
	*is_header = class == OWN_HEADER;
	return class != FOREIGN;
}

/*
 * "Seen" is clang's file location: the macro's name where it is used, or, for a token of a macro's argument, that token
 * itself. It is what a reader looks for, also when the expansion spans many lines.
 */
static struct site resolve(struct lower *lw, CXSourceLocation l)
{
	struct site s = {0};
	CXFile file;
	unsigned int line, column;

	clang_getFileLocation(l, &file, &line, &column, NULL);
	if (!file)
		return s;
	s.loc = (struct ir_loc){file_id(lw, file), line, column};
	s.spelling = s.loc;
	if (!(l.int_data >> 31)) /* clang's mark of a location inside a macro's expansion */
		return s;
	clang_getSpellingLocation(l, &file, &line, &column, NULL);
	if (file)
		s.spelling = (struct ir_loc){file_id(lw, file), line, column};
	return s;
}

struct site site_of(struct lower *lw, CXSourceLocation l)
{
	struct key key = {NULL, l.int_data};
	uint32_t id = table_get(&lw->site_ids, key);
	struct site s;

	if (id != IR_NONE)
		return lw->sites.v[id];
	s = resolve(lw, l);
	vec_push(lw->unit_mem, &lw->sites, s);
	table_set(lw->unit_mem, &lw->site_ids, key, lw->sites.n - 1);
	return s;
}

struct site site_of_cursor(struct lower *lw, CXCursor c)
{
	return site_of(lw, clang_getCursorLocation(c));
}

static struct text read_file(struct lower *lw, const char *path)
{
	FILE *in = *path ? fopen(path, "rb") : NULL;
	struct text t = {0};
	long size = in && fseek(in, 0, SEEK_END) == 0 ? ftell(in) : -1;
	char *buffer = size > 0 ? arena_alloc(lw->unit_mem, (size_t)size) : NULL;

	if (buffer && fseek(in, 0, SEEK_SET) == 0)
		t.size = fread(buffer, 1, (size_t)size, in);
	t.text = buffer;
	if (in)
		fclose(in);
	return t;
}

/*
 * libclang has the main file's contents at hand (and only it knows them when they are not those on disk); for any other
 * it searches all that a precompiled header ever included, which takes longer than reading the file.
 */
static struct text load(struct lower *lw, CXFile file)
{
	struct text t = {0};
	CXString path;

	if (file_id(lw, file) != lw->main_file) {
		path = clang_File_tryGetRealPathName(file);
		t = read_file(lw, clang_getCString(path) ? clang_getCString(path) : "");
		clang_disposeString(path);
	}
	if (!t.text)
		t.text = clang_getFileContents(lw->tu, file, &t.size);
	return t;
}

static struct text contents(struct lower *lw, CXFile file)
{
	struct key key = {file, 0};
	uint32_t id = table_get(&lw->text_ids, key);
	struct text t = {0};

	if (id != IR_NONE)
		return lw->texts.v[id];
	t = load(lw, file);
	vec_push(lw->unit_mem, &lw->texts, t);
	table_set(lw->unit_mem, &lw->text_ids, key, lw->texts.n - 1);
	return t;
}

static const char *text_at(struct lower *lw, CXFile file, unsigned int offset, const char **end)
{
	struct text t = file ? contents(lw, file) : (struct text){0};

	if (!t.text || offset >= t.size)
		return NULL;
	*end = t.text + t.size;
	return t.text + offset;
}

const char *text_spelled(struct lower *lw, CXSourceLocation l, const char **end)
{
	CXFile file;
	unsigned int offset;

	clang_getSpellingLocation(l, &file, NULL, NULL, &offset);
	return text_at(lw, file, offset, end);
}

const char *text_seen(struct lower *lw, CXSourceLocation l, const char **end)
{
	CXFile file;
	unsigned int offset;

	clang_getFileLocation(l, &file, NULL, NULL, &offset);
	return text_at(lw, file, offset, end);
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static bool same_loc(const struct ir_loc *a, const struct ir_loc *b)
{
	return a->file == b->file && a->line == b->line && a->column == b->column;
}

const char *macro_at(struct lower *lw, CXSourceLocation l, const struct site *s)
{
	const char *text, *end;
	size_t n = 0;

	if (same_loc(&s->loc, &s->spelling)) /* no macro, or a macro's argument, written out here */
		return NULL;
	text = text_seen(lw, l, &end);
	while (text && text + n < end && is_word(text[n]))
		n++;
	return n ? intern_str(lw->u->strings, arena_strndup(lw->fn_mem, text, n)) : NULL;
}
