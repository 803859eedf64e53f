#include "scan/git.h"

#include <string.h>

/* What git prints, as bytes: sources and names may hold anything. `input` may be NULL. */
static GBytes *run(const struct git *g, char *const *arguments, GBytes *input, GError **err)
{
	GPtrArray *argv = g_ptr_array_new();
	GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE;
	GBytes *out = NULL, *complaint = NULL;
	GSubprocess *p;

	g_ptr_array_add(argv, (gpointer) "git");
	g_ptr_array_add(argv, (gpointer) "-C");
	g_ptr_array_add(argv, (gpointer)g->directory);
	for (; *arguments; arguments++)
		g_ptr_array_add(argv, *arguments);
	g_ptr_array_add(argv, NULL);
	if (input)
		flags |= G_SUBPROCESS_FLAGS_STDIN_PIPE;
	p = g_subprocess_newv((const char *const *)argv->pdata, flags, err);
	g_ptr_array_unref(argv);
	if (!p)
		return NULL;
	if (!g_subprocess_communicate(p, input, g->stop, &out, &complaint, err)) {
		g_subprocess_force_exit(p);
	} else if (!g_subprocess_get_successful(p)) {
		gsize n;
		const char *text = g_bytes_get_data(complaint, &n);
		g_autofree char *words = g_strchomp(g_strndup(text ? text : "", n));

		g_set_error(err, G_IO_ERROR, G_IO_ERROR_FAILED, "git: %s", words);
		g_clear_pointer(&out, g_bytes_unref);
	}
	g_clear_pointer(&complaint, g_bytes_unref);
	g_object_unref(p);
	return out;
}

/* g_strndup() of no bytes would be NULL. */
static char *text_of(GBytes *bytes)
{
	gsize n;
	const char *data = g_bytes_get_data(bytes, &n);

	return n ? g_strndup(data, n) : g_strdup("");
}

char *git_text(const struct git *g, char *const *arguments, GError **err)
{
	GBytes *out = run(g, arguments, NULL, err);
	char *text = out ? text_of(out) : NULL;

	g_clear_pointer(&out, g_bytes_unref);
	return text;
}

char *git_word(const struct git *g, GError **err, ...)
{
	g_autoptr(GPtrArray) arguments = g_ptr_array_new();
	va_list ap;
	char *text;

	va_start(ap, err);
	do
		g_ptr_array_add(arguments, va_arg(ap, char *));
	while (arguments->pdata[arguments->len - 1]);
	va_end(ap);
	text = git_text(g, (char *const *)arguments->pdata, err);
	return text ? g_strchomp(text) : NULL;
}

char **git_list(const struct git *g, char *const *arguments, GError **err)
{
	GBytes *out = run(g, arguments, NULL, err);
	GStrvBuilder *list;
	const char *data, *end;
	char **result;
	gsize n;

	if (!out)
		return NULL;
	list = g_strv_builder_new();
	data = g_bytes_get_data(out, &n);
	end = data + n;
	while (data < end) {
		size_t length = strnlen(data, (size_t)(end - data));
		g_autofree char *part = g_strndup(data, length);

		g_strv_builder_add(list, part);
		data += length + 1;
	}
	g_bytes_unref(out);
	result = g_strv_builder_end(list);
	g_strv_builder_unref(list);
	return result;
}

/* One answer of `cat-file --batch`: "ID blob SIZE\nTEXT\n", or one line that says why not. Moves *p behind it. */
static char *take_object(const char **p, const char *end)
{
	const char *eol = memchr(*p, '\n', (size_t)(end - *p)), *type;
	g_autofree char *head = eol ? g_strndup(*p, (gsize)(eol - *p)) : NULL;
	guint64 size;
	char *text;

	*p = eol ? eol + 1 : end;
	type = head ? strstr(head, " blob ") : NULL;
	if (!type || g_str_has_suffix(head, " missing"))
		return NULL;
	size = g_ascii_strtoull(type + strlen(" blob "), NULL, 10);
	if (size > (guint64)(end - *p))
		return NULL;
	text = size ? g_strndup(*p, size) : g_strdup("");
	*p += MIN(size + 1, (guint64)(end - *p));
	return text;
}

gboolean git_objects(const struct git *g, char *const *names, guint n, char **texts, GError **err)
{
	static char *const arguments[] = {"cat-file", "--batch", NULL};
	GString *wanted = g_string_new(NULL);
	GBytes *input, *out;
	const char *p;
	gsize size;

	/* A name that cannot be asked for is asked for as one that does not exist. */
	for (guint i = 0; i < n; i++)
		g_string_append_printf(wanted, "%s\n", strchr(names[i], '\n') ? "-" : names[i]);
	input = g_string_free_to_bytes(wanted);
	out = run(g, arguments, input, err);
	g_bytes_unref(input);
	if (!out)
		return FALSE;
	p = g_bytes_get_data(out, &size);
	for (guint i = 0; i < n; i++) {
		const char *end = (const char *)g_bytes_get_data(out, NULL) + size;

		texts[i] = p ? take_object(&p, end) : NULL;
	}
	g_bytes_unref(out);
	return TRUE;
}
