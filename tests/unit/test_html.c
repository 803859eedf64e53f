/*
 * The HTML report in a browser: 20,000 findings opened, filtered, sorted, followed by keyboard. A script added to the
 * page does what a reader would and leaves what it saw in the document. Skipped where there is no chromium.
 */
#include "report/report.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FINDINGS = 20000, FILES = 500 };

static const char reader[] =
	"<script>(async () => {\n"
	"const seen = {}, wait = (ms) => new Promise((r) => setTimeout(r, ms));\n"
	"const press = async (key) => { document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
	" {key, bubbles: true, cancelable: true})); await wait(200); };\n"
	"const text = (id) => document.getElementById(id).textContent;\n"
	"seen.title = document.title;\n"
	"seen.cells = document.querySelectorAll('.treemap button').length;\n"
	/* Paper is white: what the dark theme sets is set for print, too, by a rule that is as strong and comes later.
	 */
	"const rules = [...document.styleSheets[0].cssRules], print = rules.find((r) => r.media?.mediaText === "
	"'print').cssRules[0];\n"
	"seen.print = print.selectorText + [...rules.find((r) => r.selectorText === "
	"':root[data-theme=\"dark\"]').style].filter((n) => !print.style.getPropertyValue(n)).join(' ');\n"
	"seen.trend = document.querySelectorAll('.trend rect.fill-high').length + ' columns: ' + "
	"document.querySelector('.trend').getAttribute('aria-label');\n"
	"document.querySelector('.treemap button').click(); await wait(100);\n"
	"seen.crumbs = document.querySelector('.crumbs').textContent;\n"
	"await press('l');\n"
	"seen.all = text('count');\n"
	"seen.rows = document.querySelectorAll('.tr').length;\n"
	"await press('/');\n"
	"seen.focus = document.activeElement.id;\n"
	"document.getElementById('q').value = 'DEV7.c fn_7_';\n"
	"document.getElementById('q').dispatchEvent(new Event('input')); await wait(100);\n"
	"seen.filtered = text('count');\n"
	"document.getElementById('conf-low').click(); document.getElementById('conf-medium').click(); await "
	"wait(100);\n"
	"seen.high = text('count');\n"
	"document.getElementById('by-message').click(); await wait(100);\n"
	"seen.sort = document.getElementById('by-message').getAttribute('aria-sort');\n"
	"document.getElementById('tbody').focus();\n"
	"await press('j'); await press('Enter');\n"
	"seen.heading = document.querySelector('#finding h1').textContent;\n"
	"seen.steps = document.querySelectorAll('.code .ev').length;\n"
	"seen.source = document.querySelector('.code .l.hit').textContent;\n"
	"seen.bold = document.querySelectorAll('#finding h1 b').length;\n"
	"await press(']');\n"
	"seen.step = document.querySelector('.ev.on').id;\n"
	"seen.verdict = document.querySelector('.meta .verdict').textContent;\n"
	"seen.mail = document.querySelector('.mail').textContent.split('\\n')[0];\n"
	"const first = location.hash; await press('n');\n"
	"seen.moved = location.hash !== first;\n"
	"await press('Escape');\n"
	"seen.back = text('count');\n"
	"await press('t'); await press('t');\n"
	"seen.theme = document.documentElement.dataset.theme;\n"
	"location.hash = '#/f/0000000000000000'; await wait(100);\n"
	"seen.none = document.getElementById('finding').textContent;\n"
	"document.body.replaceChildren(h('pre', {id: 'seen'}, JSON.stringify(seen)));\n"
	"})();</script></body>";

static void add(struct finding_list *l, unsigned int i)
{
	g_autofree char *file = g_strdup_printf("drivers/group%u/dev%u.c", i % FILES % 20, i % FILES);
	g_autofree char *function = g_strdup_printf("fn_%u_%u", i % FILES, i / FILES);
	g_autofree char *message = g_strdup_printf("<b>message</b> %u", i);
	struct finding_event events[] = {
		{"acquired", file, 2, 2, "acquired here"},
		{"branch", file, 3, 2, "this fails"},
		{"leaves", file, 5, 2, "leaves here"},
	};
	struct finding f = {
		.rule = i % 2 ? "leak/error-path" : "free/double",
		.confidence = i / FILES % 3,
		.file = file,
		.line = 5,
		.column = 2,
		.function = function,
		.resource = "memory",
		.acquire = "get_it",
		.release = "put_it",
		.message = message,
		.expression = "p",
		.exit_kind = "error",
		.events = events,
		.n_events = 3,
	};

	finding_list_add(l, &f);
}

static void write_sources(const char *dir)
{
	for (unsigned int i = 0; i < FILES; i++) {
		g_autofree char *group = g_strdup_printf("%s/drivers/group%u", dir, i % 20);
		g_autofree char *path = g_strdup_printf("%s/dev%u.c", group, i);

		g_mkdir_with_parents(group, 0755);
		assert_true(g_file_set_contents(path, "{\n\tp = get_it();\n\tif (x)\n\t\t/* open */\n\t\treturn;\n}\n",
						-1, NULL));
	}
}

/* Three earlier runs that found 3, 2 and 1 of them, and everything decided that the reader will come to. */
static void add_history(struct store *s, const struct store_run *run, const struct finding_list *l)
{
	for (unsigned int n = 3; n; n--) {
		struct finding_list few = {.arena = l->arena};
		struct store_run earlier = *run;

		for (unsigned int i = 0; i < n; i++)
			finding_list_add(&few, &l->all.v[i]);
		assert_true(store_save_run(s, &earlier, &few, NULL, NULL));
	}
	for (unsigned int i = 0; i < l->all.n; i++) {
		struct triage_mark mark = {.fingerprint = l->all.v[i].fingerprint,
					   .verdict = "confirmed",
					   .author = "A. Person",
					   .date = "2020-01-02",
					   .why = "seen",
					   .place = "",
					   .function_hash = ""};

		if (g_str_has_prefix(l->all.v[i].function, "fn_7_"))
			assert_true(store_triage_set(s, &mark, NULL));
	}
}

static char *make_page(const char *dir)
{
	struct finding_list l = {.arena = arena_new()};
	struct store_run run = {
		.version = "1.0", .tree = dir, .tree_version = "6.12", .config = "", .units = FILES, .analysed = FILES};
	g_autofree char *db = g_build_filename(dir, "s.db", NULL);
	struct report_options opt = {.root = dir, .store = store_open(db, NULL)};
	g_auto(GStrv) parts = NULL;
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	for (unsigned int i = 0; i < FINDINGS; i++)
		add(&l, i);
	finding_list_finish(&l);
	assert_non_null(opt.store);
	add_history(opt.store, &run, &l);
	report_format("html")->write(f, &run, &l, &opt);
	store_close(opt.store);
	fclose(f);
	arena_free(l.arena);
	parts = g_strsplit(text, "</body>", 2);
	free(text);
	return g_strconcat(parts[0], reader, parts[1], NULL);
}

/* What the browser holds in the end. */
static char *browse(const char *browser, const char *dir, const char *page)
{
	g_autofree char *profile = g_strdup_printf("--user-data-dir=%s/profile", dir),
			*url = g_strconcat("file://", page, NULL);
	const char *argv[] = {browser,
			      "--headless",
			      "--no-sandbox",
			      "--disable-gpu",
			      "--disable-quic",
			      "--no-first-run",
			      "--disable-background-networking",
			      "--disable-component-update",
			      "--disable-sync",
			      "--window-size=1400,900",
			      "--virtual-time-budget=20000",
			      "--dump-dom",
			      profile,
			      url,
			      NULL};
	char *out = NULL;
	int status;

	assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
				 NULL, &out, NULL, &status, NULL));
	assert_int_equal(status, 0);
	return g_steal_pointer(&out);
}

static json_t *what_was_seen(const char *dom)
{
	static const char start[] = "<pre id=\"seen\">";
	const char *at = strstr(dom, start);
	g_autofree char *text = NULL;
	g_auto(GStrv) parts = NULL;
	json_error_t error;

	if (!at)
		fail_msg("the reader did not get to the end");
	text = g_strndup(at + strlen(start), strcspn(at + strlen(start), "\n"));
	*strstr(text, "</pre>") = '\0';
	/* The dump escapes these three and no more. */
	for (int i = 0; i < 3; i++) {
		const char *const from[] = {"&lt;", "&gt;", "&amp;"}, *const to[] = {"<", ">", "&"};
		g_auto(GStrv) pieces = g_strsplit(text, from[i], -1);

		g_free(text);
		text = g_strjoinv(to[i], pieces);
	}
	return json_loads(text, 0, &error);
}

static void assert_seen(json_t *seen, const char *what, const char *expected)
{
	const char *got = json_string_value(json_object_get(seen, what));

	if (!got || strcmp(got, expected))
		fail_msg("%s: saw '%s', not '%s'", what, got ? got : "(nothing)", expected);
}

static void check(json_t *seen)
{
	assert_non_null(seen);
	assert_seen(seen, "title", "drvcheck: 20,000 findings in Linux 6.12");
	assert_int_equal(json_integer_value(json_object_get(seen, "cells")), 20);
	assert_seen(seen, "print", ":root:root");
	assert_seen(seen, "trend", "3 columns: findings by run: run 1: 3, run 2: 2, run 3: 1");
	assert_true(g_str_has_prefix(json_string_value(json_object_get(seen, "crumbs")), "all / drivers / group"));
	assert_seen(seen, "all", "20,000 findings");
	assert_true(json_integer_value(json_object_get(seen, "rows")) < 100);
	assert_seen(seen, "focus", "q");
	assert_seen(seen, "filtered", "40 of 20,000 findings");
	assert_seen(seen, "high", "13 of 20,000 findings");
	assert_seen(seen, "sort", "ascending");
	/* In the order of text: 10007, 1007, 11507, ... Markup in it is text. */
	assert_seen(seen, "heading", "<b>message</b> 1007");
	assert_int_equal(json_integer_value(json_object_get(seen, "bold")), 0);
	assert_int_equal(json_integer_value(json_object_get(seen, "steps")), 3);
	assert_seen(seen, "source", "2\tp = get_it();");
	assert_seen(seen, "step", "step1");
	assert_seen(seen, "verdict", "confirmed");
	assert_seen(seen, "mail", "Subject: [BUG] group7: dev7: fn_7_2(): resource not released on an error path");
	assert_true(json_is_true(json_object_get(seen, "moved")));
	assert_seen(seen, "back", "13 of 20,000 findings");
	assert_seen(seen, "theme", "dark");
	assert_seen(seen, "none", "There is no such finding in this report. List");
	json_decref(seen);
}

static void test_reading_20000_findings(void **state)
{
	g_autofree char *browser = g_find_program_in_path("chromium"), *dir = NULL, *page = NULL, *html = NULL,
			*dom = NULL;
	const char *argv[] = {"rm", "-rf", NULL, NULL};

	if (!browser)
		skip();
	dir = g_dir_make_tmp("drvcheck-html-XXXXXX", NULL);
	page = g_build_filename(dir, "report.html", NULL);
	write_sources(dir);
	html = make_page(dir);
	assert_true(g_file_set_contents(page, html, -1, NULL));
	dom = browse(browser, dir, page);
	argv[2] = dir;
	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
	check(what_was_seen(dom));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reading_20000_findings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
