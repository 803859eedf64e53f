/*
 * One compile command -> one libclang translation unit, sped up by precompiled headers that are built on first use,
 * cached below the user's cache directory, rebuilt when their inputs change, and given up silently for a unit that
 * does not parse with them.
 */
#ifndef PARSE_PARSE_H
#define PARSE_PARSE_H

#include "cdb/cdb.h"

#include <clang-c/Index.h>

struct parser;

struct parser_options {
	const char *cache_dir; /* NULL: $XDG_CACHE_HOME/drvcheck or ~/.cache/drvcheck */
	gboolean no_pch;
	gboolean strict; /* what a kernel build warns of and what is hardly ever right is an error */
};

struct parser *parser_new(const struct parser_options *opt);
void parser_free(struct parser *p);
/*
 * Builds the precompiled headers that at least `min_units` of these entries would share. Call once before forking
 * workers; a worker's parser only uses what exists. Failing to build one is not an error: its units parse without.
 */
void parser_prepare(struct parser *p, GPtrArray *entries, guint min_units);
/* Building one takes some seconds: it pays when this many units share it. */
enum { PARSER_WORTH_UNITS = 5 };

/* A text to read in the place of a file on disk. */
struct parse_text {
	const char *path; /* absolute */
	const char *text;
};
/* From now on every unit reads these in place of what is on disk. They stay the caller's; n = 0 ends it. */
void parser_replace(struct parser *p, const struct parse_text *texts, guint n);

struct parse_result {
	CXTranslationUnit tu; /* caller disposes */
	gboolean used_pch;
	const char *pch; /* which one, for parser_pch_is_fresh(); NULL: none; the parser's */
	guint n_errors;	 /* clang errors that remain: the unit is still usable */
	char *missing;	 /* a header that is not there, as an error would say it: the unit lacks what stands in it, and
			  * what   depends on that has errors; NULL: all are there; caller frees */
};
/* FALSE with err set when nothing could be parsed (missing file, fatal error in the main file). `unsaved` replaces the
 * main file's contents if not NULL. */
gboolean parser_parse(struct parser *p, const struct cdb_entry *e, const char *unsaved, struct parse_result *out,
		      GError **err);
/* Is what a precompiled header was made of still as it was? */
gboolean parser_pch_is_fresh(struct parser *p, const char *pch);

#endif
