/* Reading rule files: which there are, their text, and libcyaml's log turned into one message with file and line. */
#include "model/yaml.h"

#include "model/model.h"

#include <stdlib.h>
#include <string.h>

static gint compare_paths(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *yaml_files(const char *directory, GError **err)
{
	GDir *dir = g_dir_open(directory, 0, err);
	GPtrArray *paths;
	const char *name;

	if (!dir) {
		g_prefix_error(err, "%s:0: ", directory);
		return NULL;
	}
	paths = g_ptr_array_new_with_free_func(g_free);
	while ((name = g_dir_read_name(dir))) {
		if (g_str_has_suffix(name, ".yaml") && name[0] != '.')
			g_ptr_array_add(paths, g_build_filename(directory, name, NULL));
	}
	g_dir_close(dir);
	g_ptr_array_sort(paths, compare_paths);
	if (!paths->len) {
		g_set_error(err, MODEL_ERROR, 0, "%s:0: no rule files (*.yaml) here", directory);
		g_ptr_array_unref(paths);
		return NULL;
	}
	return paths;
}

bool yaml_read(struct text *t, GError **err)
{
	GError *why = NULL;

	if (!g_file_get_contents(t->path, &t->data, &t->length, &why)) {
		g_set_error(err, MODEL_ERROR, 0, "%s:0: %s", t->path, why->message);
		g_error_free(why);
		return false;
	}
	if (strlen(t->data) != t->length) {
		g_set_error(err, MODEL_ERROR, 0, "%s:0: holds a nul byte", t->path);
		return false;
	}
	return true;
}

/* libcyaml says what is wrong in its first log line and where in the backtrace below it. */
static void collect_log(cyaml_log_t level, void *ctx, const char *fmt, va_list args)
{
	if (ctx)
		g_string_append_vprintf(ctx, fmt, args);
}

static cyaml_config_t loader_config(GString *log)
{
	return (cyaml_config_t){
		.log_fn = collect_log,
		.log_ctx = log,
		.mem_fn = cyaml_mem,
		.log_level = CYAML_LOG_ERROR,
		.flags = CYAML_CFG_NO_ALIAS,
	};
}

static char *log_reason(const char *log, cyaml_err_t code)
{
	static const char prefix[] = "Load: ";
	const char *end = strchr(log, '\n');

	if (code == CYAML_ERR_ALIAS)
		return g_strdup("a place that begins with * must be quoted");
	if (!g_str_has_prefix(log, prefix) || g_str_has_prefix(log, "Load: Backtrace") || !end)
		return g_strdup(cyaml_strerror(code));
	return g_strndup(log + strlen(prefix), (size_t)(end - log) - strlen(prefix));
}

/* The backtrace names the line where the value or its container begins; a word quoted by the reason stands at or below.
 */
static unsigned int log_line(const char *log, const char *reason, const struct text *t)
{
	const char *mark = strstr(log, "(line: "), *word = strrchr(reason, ' ');
	unsigned int line = mark ? (unsigned int)strtoul(mark + strlen("(line: "), NULL, 10) : 1;
	struct text_cursor at = text_line(t, line);

	if (word && strstr(reason, ": ") && text_find(t, &at, word + 1))
		return at.line;
	return line;
}

void *yaml_parse(const struct text *t, const cyaml_schema_value_t *schema, GError **err)
{
	GString *log = g_string_new(NULL);
	cyaml_config_t config = loader_config(log);
	cyaml_data_t *parsed = NULL;
	cyaml_err_t code = cyaml_load_data((const uint8_t *)t->data, t->length, &config, schema, &parsed, NULL);

	if (code != CYAML_OK) {
		char *reason = log_reason(log->str, code);

		g_set_error(err, MODEL_ERROR, 0, "%s:%u: %s", t->path, log_line(log->str, reason, t), reason);
		g_free(reason);
	} else if (!parsed) {
		g_set_error(err, MODEL_ERROR, 0, "%s:1: holds no rules", t->path);
	}
	g_string_free(log, TRUE);
	return parsed;
}

void yaml_release(const cyaml_schema_value_t *schema, void *parsed)
{
	cyaml_config_t config = loader_config(NULL);

	cyaml_free(&config, schema, parsed, 0);
}
