#include "scan/users.h"

#include "scan/index.h"

#include <stdlib.h>
#include <string.h>

/* Headers that include headers: deeper than drivers go, and a bound for those that everything includes. */
enum { MAX_DEPTH = 4, MAX_HEADERS = 64 };

struct search {
	const struct change *change;
	char *top;	    /* git's, in the spelling of the change's paths */
	GHashTable *users;  /* absolute path of a *.c file -> itself */
	GHashTable *seen;   /* headers looked for, by name from the top */
	GPtrArray *pending; /* their names, to look for next; owned by `seen` */
};

static void look_for(struct search *s, const char *name)
{
	char *own;

	if (g_hash_table_contains(s->seen, name))
		return;
	own = g_strdup(name);
	g_hash_table_add(s->seen, own);
	g_ptr_array_add(s->pending, own);
}

/* --- what git finds --- */

/* What stands between the quotes or brackets of an #include line. */
static char *included_name(const char *line)
{
	const char *open, *close;

	line += strspn(line, " \t");
	if (*line != '#')
		return NULL;
	line++;
	line += strspn(line, " \t");
	if (!g_str_has_prefix(line, "include"))
		return NULL;
	open = line + strlen("include");
	open += strspn(open, " \t");
	if (*open != '"' && *open != '<')
		return NULL;
	close = strchr(open + 1, *open == '"' ? '"' : '>');
	return close ? g_strndup(open + 1, (gsize)(close - open - 1)) : NULL;
}

static gboolean ends_with_path(const char *path, const char *tail)
{
	size_t n = strlen(path), m = strlen(tail);

	return n >= m && strcmp(path + n - m, tail) == 0 && (n == m || path[n - m - 1] == '/');
}

/*
 * May `#include "name"` in `user` mean `header`? Yes when it leads there from the user's directory. When it leads to no
 * file there, some -I may lead to the header: then what is written has to be the end of its path.
 */
static gboolean may_mean(const struct search *s, const char *user, const char *name, const char *header)
{
	g_autofree char *directory = g_path_get_dirname(user), *from = NULL, *beside = NULL, *wanted = NULL;

	from = g_build_filename(s->top, directory, NULL);
	beside = g_canonicalize_filename(name, from);
	wanted = g_build_filename(s->top, header, NULL);
	if (strcmp(beside, wanted) == 0)
		return TRUE;
	while (g_str_has_prefix(name, "../") || g_str_has_prefix(name, "./"))
		name = strchr(name, '/') + 1;
	return ends_with_path(header, name) && !g_file_test(beside, G_FILE_TEST_EXISTS);
}

static void add_user(struct search *s, const char *name)
{
	char *path;

	if (!change_is_source(name)) {
		look_for(s, name);
		return;
	}
	path = g_build_filename(s->top, name, NULL);
	g_hash_table_add(s->users, path);
}

/* "PATH:TEXT" of a file in which one of the headers' names stands. */
static void take_line(struct search *s, char *line, const GPtrArray *headers)
{
	char *colon = strchr(line, ':');
	g_autofree char *name = colon ? included_name(colon + 1) : NULL;

	if (!name)
		return;
	*colon = '\0';
	for (guint i = 0; i < headers->len; i++) {
		if (may_mean(s, line, name, headers->pdata[i])) {
			add_user(s, line);
			return;
		}
	}
}

/* As words and in the work tree: a search in commits, or for patterns, takes ten times as long. */
static char *grep(const struct search *s, const GPtrArray *headers)
{
	GPtrArray *a = g_ptr_array_new_with_free_func(g_free);
	static const char *const head[] = {"-c", "core.quotePath=off", "grep", "--full-name", "-I", "-F", "-w"};
	char *text;

	for (guint i = 0; i < G_N_ELEMENTS(head); i++)
		g_ptr_array_add(a, g_strdup(head[i]));
	for (guint i = 0; i < headers->len; i++) {
		g_ptr_array_add(a, g_strdup("-e"));
		g_ptr_array_add(a, g_path_get_basename(headers->pdata[i]));
	}
	g_ptr_array_add(a, g_strdup("--"));
	g_ptr_array_add(a, g_strdup(":(top)*.[ch]"));
	g_ptr_array_add(a, NULL);
	text = git_text(&s->change->git, (char *const *)a->pdata, NULL);
	g_ptr_array_unref(a);
	return text;
}

static void search_level(struct search *s)
{
	g_autoptr(GPtrArray) headers = s->pending;
	g_autofree char *text = grep(s, headers);
	g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);

	s->pending = g_ptr_array_new();
	for (char **l = lines; *l; l++)
		take_line(s, *l, headers);
}

/* --- the nearest first --- */

/* How many directories lead from one file to the other. */
static guint distance(const char *a, const char *b)
{
	guint steps = 0;
	size_t common = 0;

	for (size_t i = 0; a[i] && a[i] == b[i]; i++)
		if (a[i] == '/')
			common = i;
	for (const char *p = a + common; *p; p++)
		steps += *p == '/';
	for (const char *p = b + common; *p; p++)
		steps += *p == '/';
	return steps;
}

struct user {
	const char *path;
	guint distance;
};

static int nearest_first(const void *x, const void *y)
{
	const struct user *a = x, *b = y;

	if (a->distance != b->distance)
		return a->distance < b->distance ? -1 : 1;
	return strcmp(a->path, b->path);
}

static GPtrArray *sorted(const struct search *s, const GPtrArray *files)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
	guint n = g_hash_table_size(s->users), k = 0;
	struct user *users = g_new0(struct user, n + 1);
	GHashTableIter it;
	gpointer path;

	g_hash_table_iter_init(&it, s->users);
	for (; g_hash_table_iter_next(&it, &path, NULL); k++) {
		users[k] = (struct user){path, G_MAXUINT};
		for (guint i = 0; i < files->len; i++) {
			const struct changed_file *f = files->pdata[i];

			users[k].distance = MIN(users[k].distance, distance(path, f->path));
		}
	}
	qsort(users, n, sizeof(*users), nearest_first);
	for (guint i = 0; i < n; i++)
		g_ptr_array_add(out, g_strdup(users[i].path));
	g_free(users);
	return out;
}

GPtrArray *users_find(const struct change *c, struct store *store, const GPtrArray *files)
{
	g_autofree char *up = git_word(&c->git, NULL, "rev-parse", "--show-cdup", NULL);
	struct search s = {
		.change = c,
		.top = g_canonicalize_filename(up && *up ? up : ".", c->git.directory),
		.users = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		.pending = g_ptr_array_new(),
	};
	g_autoptr(GPtrArray) paths = g_ptr_array_new();
	GPtrArray *out;

	for (guint i = 0; i < files->len; i++) {
		const struct changed_file *f = files->pdata[i];

		look_for(&s, f->name);
		g_ptr_array_add(paths, f->path);
	}
	g_ptr_array_add(paths, NULL);
	if (store)
		index_users(store, (char *const *)paths->pdata, s.users);
	for (guint depth = 0; depth < MAX_DEPTH && s.pending->len && s.pending->len <= MAX_HEADERS; depth++)
		search_level(&s);
	out = sorted(&s, files);
	g_hash_table_unref(s.users);
	g_hash_table_unref(s.seen);
	g_ptr_array_unref(s.pending);
	g_free(s.top);
	return out;
}
