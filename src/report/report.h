/* Report formats: a run and its findings to a stream. One file per format; adding one is adding a row to the table. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "finding/finding.h"
#include "store/store.h"

#include <stdbool.h>

struct report_options {
	const char *root; /* tree root, for reading source lines; may be NULL */
	const char
		*sources; /* where source lines are read in place of the root: the text is not what is there; or NULL */
	const char *fixes;     /* directory that `drvcheck scan --fix-dir` has written, for the HTML; or NULL */
	enum confidence least; /* findings that are less sure have been left out */
	bool color;
	bool terse;
	struct store *store; /* for history and decisions in the HTML; may be NULL */
};

struct report_format {
	const char *name;
	void (*write)(FILE *out, const struct store_run *run, const struct finding_list *l,
		      const struct report_options *opt);
};
extern const struct report_format report_formats[]; /* ends with a NULL name */
const struct report_format *report_format(const char *name);

#endif
