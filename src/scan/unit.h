/* One unit in a worker: from compile command to findings, packed for the way to the parent. */
#ifndef SCAN_UNIT_H
#define SCAN_UNIT_H

#include "scan/scan.h"

struct unit_cost {
	unsigned long instructions, unknown;
	guint n_errors;
	gboolean used_pch;
	struct engine_stats engine;
};

struct unit_result {
	struct unit_cost cost;
	const char *deps;      /* files read, absolute, one a line */
	const char *pch;       /* precompiled header used, "" for none */
	const char *uncovered; /* slots that no protocol covers, "file_operations.read", one a line */
	const char *left_out;  /* what of the unit is not analysed, and why; "" for nothing */
	const void *learned;   /* of its functions, for unit_teach() */
	size_t n_learned;
	const void *findings; /* for finding_list_read() */
	size_t size;
};

/* The unit's result, malloc'd; NULL with *why (malloc'd) when it cannot be analysed. */
void *unit_analyse(const struct scan_setup *s, const struct scan_unit *unit, size_t *size, char **why);
/* Points into the blob. FALSE when it is damaged. */
gboolean unit_unpack(const void *blob, size_t size, struct unit_result *out);
/* Adds what the unit's functions do, as functions of `directory`. */
void unit_teach(const struct unit_result *r, struct memory *m, const char *directory);

#endif
