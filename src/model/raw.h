/*
 * Rule files as they stand on disk: libcyaml turns one file into a struct raw_file, nothing is looked up or checked
 * yet. Private to model/.
 */
#ifndef MODEL_RAW_H
#define MODEL_RAW_H

#include "model/model.h"
#include "model/text.h"

enum raw_when { RAW_WHEN_DEFAULT, RAW_WHEN_SUCCESS, RAW_WHEN_FAILURE, RAW_WHEN_ALWAYS };
enum raw_bool { RAW_BOOL_DEFAULT, RAW_BOOL_FALSE, RAW_BOOL_TRUE };

struct raw_family {
	char *name, *resource, *noun, *release, *managed_with, *record, *through;
	char **serves, **open, **open_slots, **halves;
	unsigned int serves_count, open_count, open_slots_count, halves_count;
	enum family_kind kind;
	enum raw_bool report_success, dead_after_release, leak_at_root, handed_on, plain, outlives, first, leaks, brief,
		bound;
};

/* One shape for every kind of effect; which members a kind needs is the schema's business. */
struct raw_effect {
	char *family;
	char **families;
	unsigned int families_count;
	char *at, *device, *call, *with, *value, *runs, *member;
	enum raw_when when;
	enum raw_bool last;
	int *bits; /* argument and mask; NULL: not given */
	unsigned int bits_count;
	int *no_bits; /* as bits */
	unsigned int no_bits_count;
};

struct raw_function {
	char **names;
	unsigned int names_count;
	enum fails fails;
	enum raw_bool returns_count;
	enum raw_bool may_be_null, returns_positive, zeroed, must_check;
	struct raw_effect *effects[EFFECT_KINDS]; /* by kind */
	unsigned int effects_count[EFFECT_KINDS];
	int *null_ok, *err_ok, *nonzero, *returns_within;
	unsigned int null_ok_count, err_ok_count, nonzero_count, returns_within_count;
	enum sleeps sleeps;
	int *gfp, *size, *count; /* NULL: not given */
	enum intrinsic intrinsic;
	int *returns_arg;
	int *returns_const;
	unsigned int enter, leave, callbacks_in; /* of enum context_part */
	enum raw_bool tests_context;
	enum raw_bool sleeps_seldom;
	enum raw_bool fails_misused;
	enum raw_bool tests_count;
	enum raw_bool waits;
	int *callbacks;
	char *sleeps_unless;
	char **sleeps_where;
	unsigned int sleeps_where_count;
	unsigned int callbacks_count;
};

struct raw_file {
	int64_t gfp_sleeps, gfp_reserve, gfp_nofail;
	struct raw_family *families;
	unsigned int families_count;
	struct raw_function *functions;
	unsigned int functions_count;
	struct raw_function *contexts; /* of their fields only those about context */
	unsigned int contexts_count;
	char **borrowers;
	unsigned int borrowers_count;
	char **strip_suffixes;
	unsigned int strip_suffixes_count;
	char **pairs; /* "create/destroy" */
	unsigned int pairs_count;
	char **release_words;
	unsigned int release_words_count;
	char **device_writes;
	unsigned int device_writes_count;
	char **renaming;
	unsigned int renaming_count;
	char **parents;
	unsigned int parents_count;
	char **final_words;
	unsigned int final_words_count;
	char **whole_words;
	unsigned int whole_words_count;
	char **weak_words;
	unsigned int weak_words_count;
	char **warning_words;
	unsigned int warning_words_count;
};

/* The result is freed with raw_free(). */
struct raw_file *raw_load(const struct text *t, GError **err);
void raw_free(struct raw_file *f);

#endif
