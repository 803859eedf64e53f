/*
 * What people decided about findings. A mark belongs to a fingerprint. Marks live in the store and, for teams, in a
 * text file kept in git beside the source: one line a finding, sorted, so that two branches' marks merge like any other
 * text.
 *
 * A mark that silences (false-positive, intentional) was given to the code as it was: it carries a hash of the
 * function's tokens, and lapses when they change. Comments, white space and line breaks are no tokens.
 */
#ifndef FINDING_TRIAGE_H
#define FINDING_TRIAGE_H

#include "finding/finding.h"

#include <glib.h>

struct triage_mark {
	const char *fingerprint;
	const char *verdict;	   /* one of triage_verdicts[] */
	const char *author, *date; /* date: YYYY-MM-DD */
	const char *why;
	const char *place;	   /* "file:function", for people */
	const char *function_hash; /* 16 hex digits, "" when the function was not found */
};

struct triage_list {
	struct arena *arena;
	VEC(struct triage_mark) all;
};

extern const char *const triage_verdicts[]; /* NULL-terminated */
bool triage_verdict_known(const char *verdict);
/* False-positive and intentional findings are not reported again; confirmed and fixed ones are. */
bool triage_silences(const struct triage_mark *m);

#define TRIAGE_ERROR triage_error_quark()
GQuark triage_error_quark(void);
enum triage_error { TRIAGE_ERROR_FILE, TRIAGE_ERROR_SYNTAX };

/* Appends the file's marks; a file that does not exist holds none. Errors name file and line. */
gboolean triage_read(struct triage_list *l, const char *path, GError **err);
/* Replaces the file (atomically) by the list, sorted by fingerprint; of several marks for one only that which counts.
 */
gboolean triage_write(const struct triage_list *l, const char *path, GError **err);
/* The mark of the fingerprint that counts: the one of the latest date, of several the last in the list. Or NULL. */
const struct triage_mark *triage_lookup(const struct triage_list *l, const char *fingerprint);

/* Hash of the tokens of the function that holds the finding; "" when the source or the function is not there. */
char *triage_function_hash(struct arena *a, const char *root, const struct finding *f);
/* What a filter took away. */
struct triage_effect {
	unsigned int silenced;
	struct finding_list lapsed; /* reported although marked: their functions have changed since */
	struct finding_list back;   /* reported although marked fixed */
};
/* Removes from `l` what is marked false-positive or intentional, in `marks` (may be NULL) or by a comment in the
 * source. */
void triage_filter(struct finding_list *l, const struct triage_list *marks, const char *root,
		   struct triage_effect *out);
/*
 * Is there a comment "drvcheck: ignore" or "drvcheck: ignore RULE" on the line of the finding or of its acquisition, or
 * on the line above either?
 */
bool triage_ignored_by_comment(const char *root, const struct finding *f);

#endif
