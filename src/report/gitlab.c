/*
 * GitLab Code Quality: an array of issues with path, line, severity and a fingerprint by which GitLab tells old from
 * new. It shows only the first of equal fingerprints; ours are all different.
 */
#include "report/formats.h"
#include "report/json.h"

#include <string.h>

static const char *const severities[] = {[CONF_LOW] = "minor", [CONF_MEDIUM] = "major", [CONF_HIGH] = "critical"};

static json_t *lines_json(unsigned int line)
{
	return json_pack("{s:i}", "begin", (int)MAX(line, 1));
}

static json_t *location_json(const char *file, unsigned int line)
{
	json_t *o = json_object();

	json_put_text(o, "path", file);
	json_put(o, "lines", lines_json(line));
	return o;
}

/* The path told in Markdown, which GitLab shows with the issue. */
static char *body(const struct finding *f)
{
	GString *s = g_string_new(NULL);

	g_string_append_printf(s, "%s\n", report_rule_title(f->rule));
	for (uint32_t i = 0; i < f->n_events; i++)
		g_string_append_printf(s, "\n%u. `%s:%u` %s", i + 1, f->events[i].file, f->events[i].line,
				       f->events[i].message);
	return g_string_free(s, FALSE);
}

static json_t *issue_json(const struct finding *f)
{
	g_autofree char *text = body(f);
	json_t *o = json_object();

	json_put_text(o, "type", "issue");
	json_put_text(o, "check_name", f->rule);
	json_put_text(o, "description", f->message);
	json_put(o, "categories", json_pack("[s]", "Bug Risk"));
	json_put(o, "content", json_pack("{s:o}", "body", json_text(text)));
	json_put_text(o, "fingerprint", f->fingerprint);
	json_put_text(o, "severity", severities[f->confidence]);
	json_put(o, "location", location_json(f->file, f->line));
	return o;
}

void write_gitlab(FILE *out, const struct store_run *run, const struct finding_list *l,
		  const struct report_options *opt)
{
	fputs("[", out);
	for (unsigned int i = 0; i < l->all.n; i++) {
		fputs(i ? ",\n" : "\n", out);
		json_print(out, issue_json(&l->all.v[i]));
	}
	fputs(l->all.n ? "\n]\n" : "]\n", out);
}
