/* The tables behind struct model, and how they are filled. Private to model/. */
#ifndef MODEL_TABLES_H
#define MODEL_TABLES_H

#include "base/intern.h"
#include "model/model.h"
#include "model/raw.h"

enum { MAX_ARGS = 32 }; /* bits of api.null_ok */

/* "prefix*suffix" */
struct name_pattern {
	const char *prefix, *suffix;
	size_t prefix_length, suffix_length;
};

struct model {
	struct arena *arena;
	struct intern *strings;
	GPtrArray *families; /* struct family, in file order */
	GHashTable *family_by_name;
	GHashTable *api_by_name;
	GHashTable *context_by_name; /* struct api of what has no rule */
	int64_t gfp_sleeps, gfp_reserve, gfp_nofail;
	GPtrArray *apis;	    /* struct api, sorted by name once loaded */
	GHashTable *borrowers;	    /* exact names */
	GPtrArray *borrow_patterns; /* struct name_pattern */
	GPtrArray *strip_suffixes;
	GHashTable *pairs; /* "create destroy" */
	GHashTable *release_words, *final_words, *whole_words, *weak_words, *warning_words;
	GHashTable *parents;	   /* members that lead to the device above */
	GHashTable *device_writes; /* names */
	GHashTable *renaming;	   /* globals */
};

/* One file while it is loaded. */
struct rule_file {
	struct model *model;
	struct text text;
	struct raw_file *raw;
	GError *error;	       /* of reading it */
	struct text_cursor at; /* where the rule under work stands */
};

/* Sets "path:line: message" at the first `word` from the rule on, or at the rule itself when `word` is NULL. False. */
bool rule_error(struct rule_file *f, const char *word, GError **err, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* Families first, of all files: functions refer to them across files. */
bool build_families(struct rule_file *f, GError **err);
/* managed_with; after the families of all files. */
bool build_family_links(struct rule_file *f, GError **err);
bool build_functions(struct rule_file *f, GError **err);
bool build_contexts(struct rule_file *f, GError **err);
/* Borrowers, suffixes, pairs, release words; after the functions of all files. */
bool build_names(struct rule_file *f, GError **err);
/* "arg0->member" and the like; false when that is not a place. */
bool place_parse(struct model *m, const char *text, struct place *out);

#endif
