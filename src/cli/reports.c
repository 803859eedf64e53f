#include "cli/reports.h"

#include "cli/commands.h"
#include "cli/output.h"

#include <string.h>

static const struct report_format *format_of(const char *wanted)
{
	const char *equals = strchr(wanted, '=');
	g_autofree char *name = equals ? g_strndup(wanted, (gsize)(equals - wanted)) : NULL;

	if (name && equals[1])
		return output_format(name);
	say("--report takes FORMAT=FILE, not '%s'", wanted);
	return NULL;
}

gboolean reports_check(char *const *wanted)
{
	for (; wanted && *wanted; wanted++)
		if (!format_of(*wanted))
			return FALSE;
	return TRUE;
}

gboolean reports_write(char *const *wanted, const struct store_run *run, const struct finding_list *l,
		       const struct report_options *opt)
{
	gboolean ok = TRUE;

	for (; wanted && *wanted; wanted++) {
		const char *path = strchr(*wanted, '=') + 1;
		struct report_options own = *opt;
		FILE *out = output_open(path);

		own.color = false;
		own.terse = false;
		if (out)
			format_of(*wanted)->write(out, run, l, &own);
		ok = out && output_close(out, path) && ok;
	}
	return ok;
}
