/*
 * HTML: one file that opens from disk and loads nothing. What the list needs is in columns over a table of strings,
 * about 100 bytes a finding; paths, source and mails come in compressed packets that the page opens when one of their
 * findings is shown.
 */
#include "report/html.h"

#include "report/formats.h"
#include "report/json.h"
#include "report/template.h"

#include <string.h>

enum { HISTORY = 60 };

/* Strings numbered in the order of their first use. */
struct strings {
	GHashTable *numbers;
	GPtrArray *all;
};

struct page {
	FILE *out;
	const struct store_run *run;
	const struct finding_list *findings;
	const struct report_options *opt;
	struct strings strings;
};

/* JSON inside a script element: no "<" may end it, and JSON holds "<" in strings only. */
static void write_script_json(FILE *out, json_t *value)
{
	g_autofree char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);

	for (const char *c = text; *c; c++) {
		if (*c == '<')
			fputs("\\u003c", out);
		else
			fputc(*c, out);
	}
	json_decref(value);
}

static void write_member(struct page *p, const char *name, json_t *value)
{
	fprintf(p->out, ",\n\"%s\":", name);
	write_script_json(p->out, value);
}

static unsigned int string_number(struct strings *t, const char *s)
{
	gpointer found;

	if (g_hash_table_lookup_extended(t->numbers, s, NULL, &found))
		return GPOINTER_TO_UINT(found);
	g_hash_table_insert(t->numbers, (gpointer)s, GUINT_TO_POINTER(t->all->len));
	g_ptr_array_add(t->all, (gpointer)s);
	return t->all->len - 1;
}

static json_t *rule_json(const struct finding_rule *r)
{
	json_t *o = json_object();

	json_put_text(o, "id", r->id);
	json_put_text(o, "title", r->title);
	json_put_text(o, "help", r->help);
	json_put_number(o, "cwe", r->cwe);
	return o;
}

/* An id that the table lacks (a rule of the user's own) stands for itself. */
static const struct finding_rule *rule_of(const struct finding *f, struct finding_rule *own)
{
	const struct finding_rule *r = finding_rule(f->rule);

	*own = (struct finding_rule){f->rule, f->rule, "", 0};
	return r ? r : own;
}

/* Numbers the rules that occur, and gives each finding its number. */
static void write_rules(struct page *p, json_t *column)
{
	GHashTable *numbers = g_hash_table_new(g_str_hash, g_str_equal);
	json_t *rules = json_array();

	for (unsigned int i = 0; i < p->findings->all.n; i++) {
		const struct finding *f = &p->findings->all.v[i];
		struct finding_rule own;
		gpointer found;

		if (!g_hash_table_lookup_extended(numbers, f->rule, NULL, &found)) {
			found = GUINT_TO_POINTER(json_array_size(rules));
			g_hash_table_insert(numbers, (gpointer)f->rule, found);
			json_array_append_new(rules, rule_json(rule_of(f, &own)));
		}
		json_array_append_new(column, json_integer(GPOINTER_TO_UINT(found)));
	}
	write_member(p, "rules", rules);
	g_hash_table_destroy(numbers);
}

static void add_string(struct page *p, json_t *columns, const char *name, const char *s)
{
	json_array_append_new(json_object_get(columns, name), json_integer(string_number(&p->strings, s)));
}

static void add_number(json_t *columns, const char *name, json_int_t n)
{
	json_array_append_new(json_object_get(columns, name), json_integer(n));
}

static void write_columns(struct page *p)
{
	static const char *const names[] = {"id", "fp",	  "conf",     "file",	 "line",    "column",
					    "fn", "rule", "resource", "acquire", "release", "message"};
	json_t *columns = json_object();

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		json_put(columns, names[i], json_array());
	for (unsigned int i = 0; i < p->findings->all.n; i++) {
		const struct finding *f = &p->findings->all.v[i];

		add_number(columns, "id", f->id);
		json_array_append_new(json_object_get(columns, "fp"), json_text(f->fingerprint));
		add_number(columns, "conf", f->confidence);
		add_string(p, columns, "file", f->file);
		add_number(columns, "line", f->line);
		add_number(columns, "column", f->column);
		add_string(p, columns, "fn", f->function);
		add_string(p, columns, "resource", f->resource);
		add_string(p, columns, "acquire", f->acquire);
		add_string(p, columns, "release", f->release);
		add_string(p, columns, "message", f->message);
	}
	write_rules(p, json_object_get(columns, "rule"));
	write_member(p, "cols", columns);
}

static void write_strings(struct page *p)
{
	json_t *all = json_array();

	for (unsigned int i = 0; i < p->strings.all->len; i++)
		json_array_append_new(all, json_text(p->strings.all->pdata[i]));
	write_member(p, "strings", all);
}

static void write_failed(struct page *p)
{
	json_t *all = json_array();

	for (uint32_t i = 0; i < p->run->n_failed; i++) {
		json_t *unit = json_array();

		json_array_append_new(unit, json_text(p->run->failed[i].file));
		json_array_append_new(unit, json_text(p->run->failed[i].why));
		json_array_append_new(all, unit);
	}
	write_member(p, "failed", all);
}

/* {fingerprint: [verdict, author, date, why]} */
static void write_verdicts(struct page *p)
{
	struct arena *a = arena_new();
	json_t *all = json_object();
	struct triage_list marks = {.arena = a};

	if (p->opt->store)
		store_triage_all(p->opt->store, a, &marks, NULL);
	for (unsigned int i = 0; i < marks.all.n; i++) {
		const struct triage_mark *m = &marks.all.v[i];
		json_t *mark = json_array();

		json_array_append_new(mark, json_text(m->verdict));
		json_array_append_new(mark, json_text(m->author));
		json_array_append_new(mark, json_text(m->date));
		json_array_append_new(mark, json_text(m->why));
		json_put(all, m->fingerprint, mark);
	}
	write_member(p, "verdicts", all);
	arena_free(a);
}

static void write_history(struct page *p)
{
	struct arena *a = arena_new();
	json_t *all = json_array();
	struct store_history h = {0};

	if (p->opt->store)
		store_load_history(p->opt->store, a, HISTORY, &h, NULL);
	for (unsigned int i = 0; i < h.all.n; i++) {
		const struct store_history_row *r = &h.all.v[i];
		json_t *row = json_array();

		json_array_append_new(row, json_integer(r->run));
		json_array_append_new(row, json_text(r->tree_version));
		for (int c = CONF_LOW; c <= CONF_HIGH; c++)
			json_array_append_new(row, json_integer(c < (int)p->opt->least ? 0 : r->counts[c]));
		json_array_append_new(row, json_integer(r->units));
		json_array_append_new(all, row);
	}
	write_member(p, "history", all);
	arena_free(a);
}

static void write_data(struct page *p)
{
	p->strings.numbers = g_hash_table_new(g_str_hash, g_str_equal);
	p->strings.all = g_ptr_array_new();
	fputs("{\"tool\":\"drvcheck\"", p->out);
	write_member(p, "version", json_text(p->run->version));
	write_member(p, "release", json_text(p->run->tree_version));
	write_member(p, "units", json_integer(p->run->units));
	write_member(p, "analysed", json_integer(p->run->analysed));
	write_member(p, "packet", json_integer(HTML_PACKET));
	write_member(p, "least", json_integer(p->opt->least));
	write_failed(p);
	write_columns(p);
	write_strings(p);
	write_verdicts(p);
	write_history(p);
	fputs("}\n", p->out);
	g_hash_table_destroy(p->strings.numbers);
	g_ptr_array_free(p->strings.all, TRUE);
}

static void write_part(struct page *p, const char *name)
{
	if (!strcmp(name, "STYLE"))
		fputs(template_style_css, p->out);
	else if (!strcmp(name, "DATA"))
		write_data(p);
	else if (!strcmp(name, "DETAILS"))
		html_write_packets(p->out, p->run, p->findings, p->opt);
	else if (!strcmp(name, "SCRIPT"))
		fprintf(p->out, "%s%s%s%s%s%s", template_base_js, template_chart_js, template_overview_js,
			template_table_js, template_finding_js, template_main_js);
}

void write_html(FILE *out, const struct store_run *run, const struct finding_list *l, const struct report_options *opt)
{
	struct page p = {.out = out, .run = run, .findings = l, .opt = opt};
	g_auto(GStrv) parts = g_strsplit(template_page_html, "@@", -1);

	/* Text and names of parts take turns. */
	for (unsigned int i = 0; parts[i]; i++) {
		if (i % 2)
			write_part(&p, parts[i]);
		else
			fputs(parts[i], out);
	}
}
