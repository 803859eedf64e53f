/* The table of formats, and what they share. */
#include "report/report.h"

#include "report/formats.h"

#include <string.h>

const struct report_format report_formats[] = {
	{"text", write_text},
	{"json", write_json},
	{NULL, NULL},
};

const struct report_format *report_format(const char *name)
{
	for (const struct report_format *f = report_formats; f->name; f++)
		if (!strcmp(f->name, name))
			return f;
	return NULL;
}
