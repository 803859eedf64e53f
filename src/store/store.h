/*
 * The SQLite store: runs, units, findings with history, events, summaries, triage. The only user of sqlite3.h.
 * Schema versioned through PRAGMA user_version with migrations; WAL; one writer at a time, others wait.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "finding/finding.h"
#include "finding/triage.h"

#include <glib.h>

struct store;

#define STORE_ERROR store_error_quark()
GQuark store_error_quark(void);
enum store_error {
	STORE_ERROR_OPEN,
	STORE_ERROR_NEWER,
	STORE_ERROR_CORRUPT,
	STORE_ERROR_FULL,
	STORE_ERROR_READONLY,
	STORE_ERROR_SQL,
	STORE_ERROR_NOT_FOUND,
	STORE_ERROR_BUSY,
};

struct store_unit_status {
	const char *file;
	const char *why; /* NULL: analysed; else why it failed */
};

struct store_run {
	int64_t id;
	const char *version;	  /* of drvcheck */
	const char *tree;	  /* absolute path */
	const char *tree_version; /* kernel release or "" */
	const char *config;	  /* hash of .config or "" */
	unsigned int units, analysed;
	double seconds;
	struct store_unit_status *failed; /* run.units - run.analysed of them */
	uint32_t n_failed;
};

/* Creates file and directories as needed. */
struct store *store_open(const char *path, GError **err);
struct store *store_open_readonly(const char *path, GError **err);
void store_close(struct store *s);

/*
 * Writes one run in one transaction: the run, its units, findings with their events; updates history (first seen, last
 * seen, gone: a finding of a file that this run analysed and no longer reports). Sets run->id and each finding's id
 * (stable per fingerprint within a database).
 */
gboolean store_save_run(struct store *s, struct store_run *run, struct finding_list *findings, char **scanned_files,
			GError **err);
/* The newest run when id is 0. Memory in `a`. */
gboolean store_load_run(struct store *s, struct arena *a, int64_t id, struct store_run *run,
			struct finding_list *findings, GError **err);

/* One finding by its id, as the last run that reported it told it. */
gboolean store_load_finding(struct store *s, struct arena *a, int64_t id, struct finding *out, GError **err);

/* Records a decision; earlier ones stay in the table, the newest counts. */
gboolean store_triage_set(struct store *s, const struct triage_mark *m, GError **err);
/* FALSE without *err set when nobody has decided. Memory in `a`. */
gboolean store_triage_lookup(struct store *s, struct arena *a, const char *fingerprint, struct triage_mark *out,
			     GError **err);
/* The newest mark of each fingerprint, sorted by fingerprint. */
gboolean store_triage_all(struct store *s, struct arena *a, struct triage_list *out, GError **err);

/* One row a run, oldest first: for pictures of how things went. */
struct store_history_row {
	int64_t run;
	const char *tree_version;
	unsigned int units;
	unsigned int counts[CONF_HIGH + 1];
};
struct store_history {
	VEC(struct store_history_row) all;
};
/* The newest `limit` runs. */
gboolean store_load_history(struct store *s, struct arena *a, unsigned int limit, struct store_history *out,
			    GError **err);

/* The id of the finding with this fingerprint, 0 when there is none. */
gboolean store_find_fingerprint(struct store *s, const char *fingerprint, int64_t *id, GError **err);

/* Runs any read-only SQL and prints rows as tab-separated text with a header line. */
gboolean store_query(struct store *s, const char *sql, FILE *out, GError **err);

/*
 * Index: blobs by key (function summaries, IR). `table_key` is "kind@version": putting replaces what any version has
 * stored for the kind and key, and a blob of another version reads as absent. Many puts are fast only inside one
 * store_begin() ... store_commit().
 */
gboolean store_blob_put(struct store *s, const char *table_key, const char *key, const void *blob, size_t size,
			GError **err);
void *store_blob_get(struct store *s, const char *table_key, const char *key,
		     size_t *size); /* g_free; NULL if absent */

/* Hands out the blobs of a kind, of whatever version, until there are no more or one cannot be read. */
void store_blob_each(struct store *s, const char *kind,
		     void (*take)(void *ctx, const char *key, const void *blob, size_t size), void *ctx);

/* One transaction around many writes. store_commit() keeps them all; closing without it keeps none. */
gboolean store_begin(struct store *s, GError **err);
gboolean store_commit(struct store *s, GError **err);

/* Lets the file grow to this many pages of 4 KiB; more is STORE_ERROR_FULL, as on a full disk. */
void store_limit_pages(struct store *s, unsigned int pages);

/* Findings of two runs, of one database or two, compared by fingerprint. */
struct store_diff {
	struct finding_list fresh, gone, same;
	struct finding_list
		unscanned; /* only in the first run, but the second did not scan the file: not known to be gone */
};
/* Run 0 is the newest; `a` and `b` may be the same store. The lists' memory is in `arena`. */
gboolean store_diff(struct store *a, int64_t run_a, struct store *b, int64_t run_b, struct arena *arena,
		    struct store_diff *out, GError **err);

/*
 * Several machines' parts of one scan: the newest runs of the `n` databases become one run of `to`, and their decisions
 * are taken over where they are newer. Runs of different kernels or different drvchecks are no such parts: an error.
 * `run` tells of the new run, its memory is in `a`.
 */
gboolean store_merge(struct store *to, struct store *const *from, guint n, struct arena *a, struct store_run *run,
		     GError **err);

#endif
