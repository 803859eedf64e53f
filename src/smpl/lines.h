/* What spatch prints, as findings: "FILE:LINE:COL-COLEND: message {key: value}...". Private to smpl/. */
#ifndef SMPL_LINES_H
#define SMPL_LINES_H

#include "smpl/patch.h"

/* One report line taken apart; strings are the line's own allocation. */
struct smpl_line {
	char *file;
	unsigned int line, column; /* from 1 */
	char *message;
	GHashTable *extras; /* char * -> char *; "note" is "LINE: text" */
};

/* NULL when the text is no report line. */
struct smpl_line *smpl_line_parse(const char *text);
void smpl_line_free(struct smpl_line *l);
/* The finding of `l` in the file `name`, `function` around it or NULL; appended to `out`. */
void smpl_line_add(const struct smpl_line *l, const struct smpl_patch *p, const char *name, const char *function,
		   struct finding_list *out);

#endif
