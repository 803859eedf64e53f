/*
 * Source lines for reports. Findings come sorted by file, so a few files in memory are enough; a file that cannot be
 * read has no lines, which reports show as such: it may have been deleted since the scan.
 */
#ifndef REPORT_SOURCE_H
#define REPORT_SOURCE_H

#include "report/report.h"

struct source_cache;

/* `root` may be NULL: then every line is NULL. */
struct source_cache *source_cache_new(const char *root);
struct source_cache *source_cache_of(const struct report_options *opt);
void source_cache_free(struct source_cache *c);
/* Line `n` (from 1) without its newline, valid UTF-8; NULL beyond the end. Valid until a later call for another file.
 */
const char *source_line(struct source_cache *c, const char *file, unsigned int n);

#endif
