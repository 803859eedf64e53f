/* Our own JSON: the whole of a run for programs. One line a finding, so that line tools work on it too. */
#include "report/json.h"
#include "report/formats.h"

static json_t *event_json(const struct finding_event *e)
{
	json_t *o = json_object();

	json_put_text(o, "kind", e->kind);
	json_put_text(o, "file", e->file);
	json_put_number(o, "line", e->line);
	json_put_number(o, "column", e->column);
	json_put_text(o, "message", e->message);
	return o;
}

static json_t *finding_json(const struct finding *f)
{
	json_t *o = json_object(), *events = json_array();

	json_put_number(o, "id", f->id);
	json_put_text(o, "fingerprint", f->fingerprint);
	json_put_text(o, "rule", f->rule);
	json_put_text(o, "confidence", confidence_name(f->confidence));
	json_put_text(o, "file", f->file);
	json_put_number(o, "line", f->line);
	json_put_number(o, "column", f->column);
	json_put_text(o, "function", f->function);
	json_put_text(o, "resource", f->resource);
	json_put_text(o, "acquire", f->acquire);
	json_put_text(o, "release", f->release);
	json_put_text(o, "message", f->message);
	for (uint32_t i = 0; i < f->n_events; i++)
		json_array_append_new(events, event_json(&f->events[i]));
	json_put(o, "events", events);
	return o;
}

static json_t *run_json(const struct store_run *run)
{
	json_t *o = json_object(), *failed = json_array();

	json_put_number(o, "units", run->units);
	json_put_number(o, "analysed", run->analysed);
	for (uint32_t i = 0; i < run->n_failed; i++) {
		json_t *unit = json_object();

		json_put_text(unit, "file", run->failed[i].file);
		json_put_text(unit, "why", run->failed[i].why);
		json_array_append_new(failed, unit);
	}
	json_put(o, "failed", failed);
	json_put(o, "seconds", json_real(run->seconds));
	return o;
}

void write_json(FILE *out, const struct store_run *run, const struct finding_list *l, const struct report_options *opt)
{
	fputs("{\"tool\":\"drvcheck\",\"version\":", out);
	json_print(out, json_text(run->version));
	fputs(",\"run\":", out);
	json_print(out, run_json(run));
	fputs(",\"findings\":[", out);
	for (unsigned int i = 0; i < l->all.n; i++) {
		fputs(i ? ",\n" : "\n", out);
		json_print(out, finding_json(&l->all.v[i]));
	}
	fputs(l->all.n ? "\n]}\n" : "]}\n", out);
}
