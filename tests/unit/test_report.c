/* Formats: what their readers insist on. The same two findings in each, one with everything that needs escaping. */
#include "report/report.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
	char *dir, *source;
	struct finding_list list;
	struct store_run run;
	struct store_unit_status failed[1];
};

static const char source[] =
	"static int a_probe(void)\n{\n\tchar *p = alloc_it();\n\n\tif (start(p))\n\t\treturn -EIO;\n"
	"\tfree_it(p);\n\treturn 0;\n}\n";

static void add(struct finding_list *l, enum confidence confidence, unsigned int line, const char *message)
{
	struct finding_event events[] = {
		{"acquired", "drivers/a/b.c", 3, 12, "memory is acquired here by alloc_it()"},
		{"branch", "drivers/a/b.c", 5, 6, "start() fails: <error> & \"more\""},
		{"leaves", "drivers/a/b.c", line, 3, "leaves here, 100% sure"},
	};
	struct finding f = {
		.rule = "leak/error-path",
		.confidence = confidence,
		.file = "drivers/a/b.c",
		.line = line,
		.column = 3,
		.function = "a_probe",
		.resource = "memory",
		.acquire = "alloc_it",
		.release = "free_it",
		.message = message,
		.expression = "p",
		.exit_kind = "error",
		.events = events,
		.n_events = 3,
	};

	finding_list_add(l, &f);
}

static int set_up(void **state)
{
	struct fixture *x = g_new0(struct fixture, 1);
	g_autofree char *below = NULL;

	x->dir = g_dir_make_tmp("drvcheck-report-XXXXXX", NULL);
	below = g_build_filename(x->dir, "drivers", "a", NULL);
	g_mkdir_with_parents(below, 0755);
	x->source = g_build_filename(below, "b.c", NULL);
	g_file_set_contents(x->source, source, -1, NULL);
	x->list.arena = arena_new();
	add(&x->list, CONF_MEDIUM, 6, "memory is not released");
	add(&x->list, CONF_HIGH, 8, "<b>\"memory\" & more</b> </script> \xff");
	finding_list_finish(&x->list);
	x->failed[0] = (struct store_unit_status){"drivers/bad.c", "timed out"};
	x->run = (struct store_run){.version = "1.2",
				    .tree = x->dir,
				    .tree_version = "6.12.1",
				    .config = "",
				    .units = 4,
				    .analysed = 3,
				    .seconds = 1.5,
				    .failed = x->failed,
				    .n_failed = 1};
	*state = x;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *x = *state;
	const char *const argv[] = {"rm", "-rf", x->dir, NULL};

	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
	arena_free(x->list.arena);
	g_free(x->source);
	g_free(x->dir);
	g_free(x);
	return 0;
}

static char *render(struct fixture *x, const char *format, const struct finding_list *l, struct report_options opt)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	assert_non_null(report_format(format));
	report_format(format)->write(f, &x->run, l, &opt);
	fclose(f);
	return text;
}

static char *plain(struct fixture *x, const char *format)
{
	return render(x, format, &x->list, (struct report_options){.root = x->dir});
}

static json_t *parsed(struct fixture *x, const char *format)
{
	char *text = plain(x, format);
	json_error_t error;
	json_t *o = json_loads(text, 0, &error);

	if (!o)
		fail_msg("%s: line %d: %s", format, error.line, error.text);
	free(text);
	return o;
}

static void assert_holds(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("'%s' is not in:\n%s", part, text);
}

static void test_every_format_is_found_and_repeats_itself(void **state)
{
	struct fixture *x = *state;
	struct finding_list none = {.arena = x->list.arena};
	unsigned int n = 0;

	for (const struct report_format *f = report_formats; f->name; f++, n++) {
		char *one = plain(x, f->name), *two = plain(x, f->name);

		assert_ptr_equal(report_format(f->name), f);
		assert_string_equal(one, two);
		free(one);
		free(two);
		/* Nothing found, and no tree to read from. */
		free(render(x, f->name, &none, (struct report_options){0}));
	}
	assert_int_equal(n, 11);
	assert_null(report_format("xls"));
}

static void test_text(void **state)
{
	struct fixture *x = *state;
	struct finding_list one = {.arena = x->list.arena};
	char *text;

	finding_list_add(&one, &x->list.all.v[0]);
	text = render(x, "text", &one, (struct report_options){.root = x->dir});
	assert_string_equal(text, "drivers/a/b.c:6:3: warning: memory is not released [leak/error-path]\n"
				  "     6 | \t\treturn -EIO;\n"
				  "       | \t\t^\n"
				  "drivers/a/b.c:3:12: note: memory is acquired here by alloc_it()\n"
				  "     3 | \tchar *p = alloc_it();\n"
				  "       | \t          ^\n"
				  "drivers/a/b.c:5:6: note: start() fails: <error> & \"more\"\n"
				  "     5 | \tif (start(p))\n"
				  "       | \t    ^\n"
				  "drivers/a/b.c:6:3: note: leaves here, 100% sure\n"
				  "     6 | \t\treturn -EIO;\n"
				  "       | \t\t^\n");
	free(text);
}

static void test_text_terse_and_coloured(void **state)
{
	struct fixture *x = *state;
	char *text = render(x, "text", &x->list, (struct report_options){.root = x->dir, .terse = true});
	unsigned int lines = 0;

	for (const char *c = text; *c; c++)
		lines += *c == '\n';
	assert_int_equal(lines, 2);
	assert_null(strchr(text, '\033'));
	free(text);
	text = render(x, "text", &x->list, (struct report_options){.color = true});
	assert_holds(text, "\033[1mdrivers/a/b.c:6:3:\033[0m \033[1;35mwarning:\033[0m memory is not released "
			   "[leak/error-path]\n");
	assert_null(strstr(text, " | "));
	free(text);
}

/* The interface, to the letter. */
static void test_json(void **state)
{
	struct fixture *x = *state;
	struct finding_list one = {.arena = x->list.arena};
	g_autofree char *expected = NULL;
	char *text;

	finding_list_add(&one, &x->list.all.v[0]);
	one.all.v[0].n_events = 1;
	text = render(x, "json", &one, (struct report_options){0});
	expected = g_strdup_printf("{\"tool\":\"drvcheck\",\"version\":\"1.2\",\"run\":{\"units\":4,\"analysed\":3,"
				   "\"failed\":[{\"file\":\"drivers/bad.c\","
				   "\"why\":\"timed "
				   "out\"}],\"seconds\":1.5},\"findings\":[\n{\"id\":0,\"fingerprint\":\"%s\",\"rule\":"
				   "\"leak/error-path\","
				   "\"confidence\":\"medium\",\"file\":\"drivers/a/"
				   "b.c\",\"line\":6,\"column\":3,\"function\":\"a_probe\",\"resource\":\"memory\","
				   "\"acquire\":\"alloc_it\",\"release\":\"free_it\",\"message\":\"memory is not "
				   "released\",\"events\":[{\"kind\":\"acquired\","
				   "\"file\":\"drivers/a/b.c\",\"line\":3,\"column\":12,\"message\":\"memory is "
				   "acquired here by alloc_it()\"}]}\n]}\n",
				   x->list.all.v[0].fingerprint);
	assert_string_equal(text, expected);
	free(text);
	json_decref(parsed(x, "json"));
}

static const char *text_at(json_t *o, const char *format, ...)
{
	json_t *found = o;
	va_list ap;

	va_start(ap, format);
	for (; *format && found; format++)
		found = *format == 's' ? json_object_get(found, va_arg(ap, const char *))
				       : json_array_get(found, va_arg(ap, int));
	va_end(ap);
	return json_is_string(found) ? json_string_value(found) : "(none)";
}

static void test_sarif(void **state)
{
	struct fixture *x = *state;
	json_t *o = parsed(x, "sarif"), *run = json_array_get(json_object_get(o, "runs"), 0);
	json_t *first = json_array_get(json_object_get(run, "results"), 0), *region;

	assert_string_equal(text_at(o, "s", "version"), "2.1.0");
	assert_string_equal(text_at(run, "sss", "tool", "driver", "name"), "drvcheck");
	assert_string_equal(text_at(run, "sssiss", "tool", "driver", "rules", 0, "help", "text"),
			    finding_rules[0].help);
	/* The surest first. */
	assert_string_equal(text_at(first, "s", "level"), "error");
	assert_string_equal(text_at(first, "siss", "locations", 0, "physicalLocation", "artifactLocation"), "(none)");
	assert_string_equal(text_at(first, "sisss", "locations", 0, "physicalLocation", "artifactLocation", "uri"),
			    "drivers/a/b.c");
	assert_int_equal(strlen(text_at(first, "ss", "partialFingerprints", "primaryLocationLineHash")), 18);
	region = json_object_get(
		json_object_get(json_array_get(json_object_get(first, "locations"), 0), "physicalLocation"), "region");
	assert_int_equal(json_integer_value(json_object_get(region, "startLine")), 8);
	assert_int_equal(json_integer_value(json_object_get(region, "startColumn")), 3);
	assert_int_equal(json_integer_value(json_object_get(region, "endColumn")), strlen("\treturn 0;") + 1);
	assert_string_equal(text_at(first, "sisisisss", "codeFlows", 0, "threadFlows", 0, "locations", 2, "location",
				    "message", "text"),
			    "leaves here, 100% sure");
	assert_string_equal(
		text_at(run, "sisiss", "invocations", 0, "toolExecutionNotifications", 0, "message", "text"),
		"drivers/bad.c: not analysed: timed out");
	json_decref(o);
}

/* GitHub takes 25,000 results: the low ones go first, and the file says how many. */
static void test_sarif_limit(void **state)
{
	struct fixture *x = *state;
	struct finding_list many = {.arena = x->list.arena};
	unsigned int counts[3] = {0};
	json_error_t error;
	json_t *o, *results, *result;
	size_t i;
	char *text;

	for (unsigned int n = 0; n < 25010; n++)
		add(&many, n % 100 ? CONF_HIGH : CONF_LOW, 10 + n, "m");
	finding_list_finish(&many);
	text = render(x, "sarif", &many, (struct report_options){0});
	o = json_loads(text, 0, &error);
	assert_non_null(o);
	results = json_object_get(json_array_get(json_object_get(o, "runs"), 0), "results");
	assert_int_equal(json_array_size(results), 25000);
	json_array_foreach(results, i, result) counts[!strcmp(text_at(result, "s", "level"), "error")]++;
	assert_int_equal(counts[1], 25010 - 251);
	assert_holds(text, "10 findings of the least confidence are left out");
	free(text);
	json_decref(o);
}

/* ... and files of 10 MB after gzip: words that do not compress fill them with far fewer. */
static void test_sarif_size(void **state)
{
	enum { WORDS = 30000, FINDINGS = 1000 };
	struct fixture *x = *state;
	struct finding_list many = {.arena = x->list.arena};
	g_autoptr(GRand) random = g_rand_new_with_seed(1);
	g_autoptr(GConverter) gzip = G_CONVERTER(g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6));
	g_autofree char *message = g_malloc0(WORDS + 1), *packed = g_malloc(40 * 1000 * 1000);
	gsize read, written;
	char *text;

	for (unsigned int n = 0; n < FINDINGS; n++) {
		for (unsigned int i = 0; i < WORDS; i++)
			message[i] = (char)g_rand_int_range(random, 'A', 'z' + 1);
		add(&many, n % 2 ? CONF_HIGH : CONF_LOW, 10 + n, message);
	}
	finding_list_finish(&many);
	text = render(x, "sarif", &many, (struct report_options){0});
	assert_int_equal(g_converter_convert(gzip, text, strlen(text), packed, 40 * 1000 * 1000,
					     G_CONVERTER_INPUT_AT_END, &read, &written, NULL),
			 G_CONVERTER_FINISHED);
	assert_in_range(written, 7 * 1000 * 1000, 10 * 1000 * 1000);
	assert_holds(text, " findings of the least confidence are left out");
	assert_null(strstr(text, "\"level\":\"note\""));
	free(text);
}

static void test_gitlab(void **state)
{
	struct fixture *x = *state;
	json_t *o = parsed(x, "gitlab");

	assert_int_equal(json_array_size(o), 2);
	assert_string_equal(text_at(o, "is", 0, "check_name"), "leak/error-path");
	assert_string_equal(text_at(o, "is", 0, "severity"), "major");
	assert_string_equal(text_at(o, "is", 1, "severity"), "critical");
	assert_string_equal(text_at(o, "is", 0, "fingerprint"), x->list.all.v[0].fingerprint);
	assert_string_equal(text_at(o, "iss", 0, "location", "path"), "drivers/a/b.c");
	json_decref(o);
}

struct counts {
	unsigned int elements, depth, errors;
};

static void on_start(GMarkupParseContext *c, const char *name, const char **k, const char **v, gpointer data,
		     GError **err)
{
	((struct counts *)data)->elements++;
}

static unsigned int count_elements(const char *xml)
{
	const GMarkupParser parser = {.start_element = on_start};
	struct counts n = {0};
	GMarkupParseContext *c = g_markup_parse_context_new(&parser, 0, &n, NULL);
	g_autoptr(GError) err = NULL;

	if (!g_markup_parse_context_parse(c, xml, -1, &err) || !g_markup_parse_context_end_parse(c, &err))
		fail_msg("%s in:\n%s", err->message, xml);
	g_markup_parse_context_free(c);
	return n.elements;
}

static void test_xml(void **state)
{
	struct fixture *x = *state;
	char *text = plain(x, "checkstyle");

	assert_int_equal(count_elements(text), 4);
	assert_holds(text, "<error line=\"6\" column=\"3\" severity=\"warning\" message=\"memory is not released\" "
			   "source=\"drvcheck.leak/error-path\"/>");
	free(text);
	text = plain(x, "junit");
	assert_int_equal(count_elements(text), 2 + 1 + 2 + 4);
	assert_holds(text, "tests=\"4\" failures=\"2\" errors=\"1\"");
	free(text);
}

static void test_github(void **state)
{
	struct fixture *x = *state;
	struct finding_list many = {.arena = x->list.arena};
	char *text = plain(x, "github");
	unsigned int commands = 0;

	assert_true(g_str_has_prefix(text, "::error file=drivers/a/b.c,line=8,col=3,title=leak/error-path::<b>"));
	assert_holds(text,
		     "\n::warning file=drivers/a/b.c,line=6,col=3,title=leak/error-path::memory is not released%0A1. ");
	assert_holds(text, "100%25 sure\n");
	free(text);
	for (unsigned int i = 0; i < 15; i++)
		add(&many, CONF_MEDIUM, 10 + i, "m");
	text = render(x, "github", &many, (struct report_options){0});
	for (const char *c = text; (c = strstr(c, "::warning ")); c++)
		commands++;
	assert_int_equal(commands, 10);
	assert_holds(text, "\ndrivers/a/b.c:24:3: m [leak/error-path]\n");
	free(text);
}

static void test_markdown(void **state)
{
	struct fixture *x = *state;
	struct finding_list many = {.arena = x->list.arena};
	char *text = plain(x, "markdown");

	assert_holds(text, "### drvcheck: 2 findings (1 high, 1 medium, 0 low)\n");
	assert_holds(text, "Analysed 3 of 4 units; 1 could not be analysed.\n");
	assert_holds(text, "| `leak/error-path` resource not released on an error path | 1 | 1 | 0 |\n");
	assert_holds(text, "&lt;b&gt;");
	free(text);
	for (unsigned int i = 0; i < 1000; i++)
		add(&many, CONF_MEDIUM, 10 + i, "m");
	text = render(x, "markdown", &many, (struct report_options){0});
	assert_true(strlen(text) < 65536);
	assert_holds(text, " more are not listed here.\n");
	free(text);
}

static void run_in(const char *dir, const char *command)
{
	const char *argv[] = {"sh", "-c", command, NULL};
	int status = -1;

	g_spawn_sync(dir, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL);
	assert_int_equal(status, 0);
}

static void test_mail(void **state)
{
	struct fixture *x = *state;
	struct finding_list one = {.arena = x->list.arena};
	g_auto(GStrv) lines = NULL;
	char *text;

	finding_list_add(&one, &x->list.all.v[0]);
	run_in(x->dir,
	       "git init -q . && git add . && git -c user.name=T -c user.email=t@example.org commit -q -m 'a: first'"
	       " && mkdir scripts && printf 'print \"A <a\\@example.org>\\\\nlist\\@example.org\\\\n\";' > "
	       "scripts/get_maintainer.pl");
	text = render(x, "mail", &one, (struct report_options){.root = x->dir});
	assert_holds(text, "\nTo: A <a@example.org>\nCc: list@example.org\nSubject: [BUG] a: b: a_probe(): resource "
			   "not released on an error path\n");
	assert_holds(text, "Linux 6.12.1 by drvcheck 1.2");
	assert_holds(text, "\nNot build-tested, not run-tested: ");
	assert_holds(text, "  1. line 3: memory is acquired here by alloc_it()\n         char *p = alloc_it();\n");
	assert_holds(text, " (\"a: first\")\n");
	assert_int_equal(strspn(strstr(text, "Fixes: ") + strlen("Fixes: "), "0123456789abcdef"), 12);
	assert_null(strstr(text, "Signed-off-by"));
	assert_holds(text, "leaves here, 100% sure\n         return -EIO;\n\nWhat it means:\n\n");
	lines = g_strsplit(text, "\n", -1);
	for (char **l = lines; *l; l++)
		assert_true(strlen(*l) <= 76 || g_str_has_prefix(*l, "Subject: "));
	free(text);
}

static char *between(const char *text, const char *start, const char *end)
{
	const char *from = strstr(text, start), *to;

	assert_non_null(from);
	from += strlen(start);
	to = strstr(from, end);
	assert_non_null(to);
	return g_strndup(from, to - from);
}

static json_t *open_packet(const char *html)
{
	g_autofree char *base64 = between(html, "id=\"packet0\">", "<");
	g_autoptr(GConverter) c = G_CONVERTER(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP));
	g_autofree guchar *bytes = NULL;
	char text[65536];
	gsize n, read, written;
	json_error_t error;

	bytes = g_base64_decode(base64, &n);
	assert_int_equal(
		g_converter_convert(c, bytes, n, text, sizeof(text), G_CONVERTER_INPUT_AT_END, &read, &written, NULL),
		G_CONVERTER_FINISHED);
	return json_loadb(text, written, 0, &error);
}

/* One file, nothing from the network, nothing in the findings that could end the script. */
static void test_html(void **state)
{
	struct fixture *x = *state;
	char *text = plain(x, "html");
	g_autofree char *data = between(text, "id=\"data\">", "</script>");
	json_error_t error;
	json_t *o = json_loads(data, 0, &error), *packet = open_packet(text);

	assert_non_null(o);
	assert_null(strchr(data, '<'));
	assert_null(strstr(text, "http://e"));
	assert_null(strstr(text, "https://"));
	assert_null(strstr(text, x->dir));
	assert_null(strstr(text, "@@"));
	assert_int_equal(json_array_size(json_object_get(json_object_get(o, "cols"), "line")), 2);
	assert_string_equal(text_at(o, "sis", "rules", 0, "id"), "leak/error-path");
	assert_int_equal(json_array_size(packet), 2);
	assert_string_equal(text_at(packet, "iiii", 0, 0, 2, 4), "leaves here, 100% sure");
	assert_string_equal(text_at(packet, "iiiii", 0, 1, 0, 2, 5), "\t\treturn -EIO;");
	json_decref(packet);
	json_decref(o);
	free(text);
}

#define WITH_DIR(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_DIR(test_every_format_is_found_and_repeats_itself),
		WITH_DIR(test_text),
		WITH_DIR(test_text_terse_and_coloured),
		WITH_DIR(test_json),
		WITH_DIR(test_sarif),
		WITH_DIR(test_sarif_limit),
		WITH_DIR(test_sarif_size),
		WITH_DIR(test_gitlab),
		WITH_DIR(test_xml),
		WITH_DIR(test_github),
		WITH_DIR(test_markdown),
		WITH_DIR(test_mail),
		WITH_DIR(test_html),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
