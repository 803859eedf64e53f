/*
 * SARIF 2.1.0 (OASIS standard), in the part that GitHub code scanning reads: rules with help, results with
 * fingerprints, regions and code flows. GitHub refuses more than 25,000 results a run and files of more than 10 MB
 * after gzip, so the surest findings come first and the rest is left out; a notification in the file says how many.
 */
#include "report/formats.h"
#include "report/json.h"
#include "report/source.h"

#include <gio/gio.h>
#include <string.h>

enum { MAX_RESULTS = 25000, MAX_GZIPPED = 9500 * 1000, MAX_STEPS = 1000 };

static const char *const levels[] = {[CONF_LOW] = "note", [CONF_MEDIUM] = "warning", [CONF_HIGH] = "error"};

/* How much the results take after gzip, measured while they are written. */
struct gauge {
	GConverter *gzip;
	size_t size;
};

struct sarif {
	FILE *out;
	struct source_cache *sources;
	struct gauge gauge;
};

static void gauge_add(struct gauge *g, const char *text, size_t n)
{
	char scratch[16384];

	while (n) {
		gsize read = 0, written = 0;
		GConverterResult r = g_converter_convert(g->gzip, text, n, scratch, sizeof(scratch),
							 G_CONVERTER_NO_FLAGS, &read, &written, NULL);

		if (r == G_CONVERTER_ERROR)
			return;
		g->size += written;
		text += read;
		n -= read;
	}
}

static json_t *message_json(const char *text)
{
	json_t *o = json_object();

	json_put_text(o, "text", text);
	return o;
}

/* Columns are told in bytes; SARIF wants characters (columnKind). */
static unsigned int characters_before(const char *text, unsigned int column)
{
	unsigned int bytes = MAX(column, 1) - 1;

	return text && bytes <= strlen(text) ? g_utf8_strlen(text, bytes) : bytes;
}

static json_t *region_json(struct sarif *w, const char *file, unsigned int line, unsigned int column)
{
	const char *text = source_line(w->sources, file, line);
	unsigned int start = characters_before(text, column) + 1;
	unsigned int end = text ? g_utf8_strlen(text, -1) + 1 : 0;
	json_t *o = json_object();

	json_put_number(o, "startLine", MAX(line, 1));
	json_put_number(o, "startColumn", start);
	json_put_number(o, "endLine", MAX(line, 1));
	json_put_number(o, "endColumn", MAX(end, start + 1));
	return o;
}

static json_t *physical_json(struct sarif *w, const char *file, unsigned int line, unsigned int column)
{
	g_autofree char *uri = g_uri_escape_string(file, "/+,", FALSE);
	json_t *o = json_object(), *artifact = json_object();

	json_put_text(artifact, "uri", uri);
	json_put_text(artifact, "uriBaseId", "%SRCROOT%");
	json_put(o, "artifactLocation", artifact);
	json_put(o, "region", region_json(w, file, line, column));
	return o;
}

static json_t *step_json(struct sarif *w, const struct finding_event *e)
{
	json_t *o = json_object(), *location = json_object();

	json_put(location, "physicalLocation", physical_json(w, e->file, e->line, e->column));
	json_put(location, "message", message_json(e->message));
	json_put(o, "location", location);
	return o;
}

static json_t *code_flows_json(struct sarif *w, const struct finding *f)
{
	json_t *steps = json_array(), *flow = json_object(), *code = json_object();

	for (uint32_t i = 0; i < f->n_events && i < MAX_STEPS; i++)
		json_array_append_new(steps, step_json(w, &f->events[i]));
	json_put(flow, "locations", steps);
	json_put(code, "threadFlows", json_pack("[o]", flow));
	return json_pack("[o]", code);
}

static json_t *location_json(struct sarif *w, const struct finding *f)
{
	json_t *o = json_object(), *function = json_object();

	json_put(o, "physicalLocation", physical_json(w, f->file, f->line, f->column));
	if (*f->function) {
		json_put_text(function, "name", f->function);
		json_put_text(function, "kind", "function");
		json_put(o, "logicalLocations", json_pack("[o]", function));
	} else {
		json_decref(function);
	}
	return o;
}

static json_t *properties_json(const struct finding *f)
{
	json_t *o = json_object();

	json_put_text(o, "confidence", confidence_name(f->confidence));
	json_put_text(o, "resource", f->resource);
	json_put_text(o, "acquire", f->acquire);
	json_put_text(o, "release", f->release);
	return o;
}

static int rule_index(const char *id)
{
	const struct finding_rule *r = finding_rule(id);

	return r ? r - finding_rules : -1;
}

static json_t *result_json(struct sarif *w, const struct finding *f, const char *known_by)
{
	g_autofree char *hash = g_strconcat(known_by, ":1", NULL);
	json_t *o = json_object(), *prints = json_object();

	json_put_text(o, "ruleId", f->rule);
	if (rule_index(f->rule) >= 0)
		json_put_number(o, "ruleIndex", rule_index(f->rule));
	json_put_text(o, "level", levels[f->confidence]);
	json_put(o, "message", message_json(f->message));
	json_put(o, "locations", json_pack("[o]", location_json(w, f)));
	json_put_text(prints, "primaryLocationLineHash", hash);
	json_put_text(prints, "drvcheck/v1", f->fingerprint);
	json_put(o, "partialFingerprints", prints);
	if (f->n_events)
		json_put(o, "codeFlows", code_flows_json(w, f));
	json_put(o, "properties", properties_json(f));
	return o;
}

static json_t *tags_json(const struct finding_rule *r)
{
	g_autofree char *family = g_strndup(r->id, strcspn(r->id, "/")),
			*cwe = g_strdup_printf("external/cwe/cwe-%u", r->cwe);
	json_t *tags = json_array();

	json_array_append_new(tags, json_text("correctness"));
	json_array_append_new(tags, json_text(family));
	if (r->cwe)
		json_array_append_new(tags, json_text(cwe));
	return tags;
}

static json_t *rule_json(const struct finding_rule *r)
{
	json_t *o = json_object(), *properties = json_object(), *help = message_json(r->help);
	g_autofree char *markdown = g_strdup_printf("**%s**\n\n%s", r->title, r->help);

	json_put_text(o, "id", r->id);
	json_put_text(o, "name", r->id);
	json_put(o, "shortDescription", message_json(r->title));
	json_put(o, "fullDescription", message_json(r->help));
	json_put_text(help, "markdown", markdown);
	json_put(o, "help", help);
	json_put(o, "defaultConfiguration", json_pack("{s:s}", "level", "warning"));
	json_put(properties, "tags", tags_json(r));
	json_put(o, "properties", properties);
	return o;
}

static void write_tool(struct sarif *w, const struct store_run *run)
{
	json_t *driver = json_object(), *rules = json_array();

	for (const struct finding_rule *r = finding_rules; r->id; r++)
		json_array_append_new(rules, rule_json(r));
	json_put_text(driver, "name", "drvcheck");
	json_put_text(driver, "version", run->version);
	json_put(driver, "rules", rules);
	fputs("\"tool\":", w->out);
	json_print(w->out, json_pack("{s:o}", "driver", driver));
}

/* The number of results written. */
static unsigned int write_results(struct sarif *w, const struct finding_list *l)
{
	const struct finding **sorted = report_worst_first(l);
	const char **prints = finding_list_group_fingerprints(l);
	unsigned int n;

	fputs("\"results\":[", w->out);
	for (n = 0; n < l->all.n && n < MAX_RESULTS; n++) {
		json_t *result = result_json(w, sorted[n], prints[sorted[n] - l->all.v]);
		char *text = json_dumps(result, JSON_COMPACT);

		json_decref(result);
		gauge_add(&w->gauge, text, strlen(text));
		if (w->gauge.size <= MAX_GZIPPED)
			fprintf(w->out, "%s%s", n ? ",\n" : "\n", text);
		free(text);
		if (w->gauge.size > MAX_GZIPPED)
			break;
	}
	fputs("]", w->out);
	g_free(sorted);
	return n;
}

static json_t *notification_json(const char *level, const char *text)
{
	json_t *o = json_object();

	json_put_text(o, "level", level);
	json_put(o, "message", message_json(text));
	return o;
}

static void write_invocation(struct sarif *w, const struct store_run *run, unsigned int left_out)
{
	json_t *o = json_object(), *notes = json_array();

	for (uint32_t i = 0; i < run->n_failed; i++) {
		g_autofree char *text =
			g_strdup_printf("%s: not analysed: %s", run->failed[i].file, run->failed[i].why);

		json_array_append_new(notes, notification_json("warning", text));
	}
	if (left_out) {
		g_autofree char *text =
			g_strdup_printf("%u findings of the least confidence are left out: GitHub accepts no more "
					"in one file",
					left_out);

		json_array_append_new(notes, notification_json("warning", text));
	}
	json_put(o, "executionSuccessful", json_true());
	json_put(o, "toolExecutionNotifications", notes);
	fputs("\"invocations\":", w->out);
	json_print(w->out, json_pack("[o]", o));
}

void write_sarif(FILE *out, const struct store_run *run, const struct finding_list *l, const struct report_options *opt)
{
	struct sarif w = {
		.out = out,
		.sources = source_cache_of(opt),
		.gauge.gzip = G_CONVERTER(g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6)),
	};
	unsigned int written;

	fputs("{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
	      "sarif-schema-2.1.0.json\","
	      "\"version\":\"2.1.0\",\"runs\":[{",
	      out);
	write_tool(&w, run);
	fputs(",\"columnKind\":\"unicodeCodePoints\",", out);
	written = write_results(&w, l);
	fputs(",", out);
	write_invocation(&w, run, l->all.n - written);
	fputs("}]}\n", out);
	g_object_unref(w.gauge.gzip);
	source_cache_free(w.sources);
}
