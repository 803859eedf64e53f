/*
 * The schema, as the list of steps that lead to it. A released step is never edited: a change is a new step at the end,
 * and tests/unit/test_store.c upgrades a database of every version. PRAGMA user_version counts the steps done.
 *
 * docs/database.md says what the tables and columns mean.
 */
#include "store/db.h"

static const char *const steps[] = {
	/* 1 */
	"CREATE TABLE runs ("
	"	id INTEGER PRIMARY KEY AUTOINCREMENT,"
	"	time INTEGER NOT NULL," /* seconds since 1970, UTC */
	"	version TEXT NOT NULL,"
	"	tree TEXT NOT NULL,"
	"	tree_version TEXT NOT NULL,"
	"	config TEXT NOT NULL,"
	"	units INTEGER NOT NULL,"
	"	analysed INTEGER NOT NULL,"
	"	seconds REAL NOT NULL);"
	"CREATE TABLE files (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);"
	"CREATE TABLE run_files ("
	"	run_id INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,"
	"	file_id INTEGER NOT NULL REFERENCES files(id),"
	"	PRIMARY KEY (run_id, file_id)) WITHOUT ROWID;"
	"CREATE TABLE failed_units ("
	"	run_id INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,"
	"	file TEXT NOT NULL,"
	"	why TEXT NOT NULL);"
	"CREATE INDEX failed_units_run ON failed_units(run_id);"
	"CREATE TABLE findings ("
	"	id INTEGER PRIMARY KEY AUTOINCREMENT,"
	"	fingerprint TEXT NOT NULL UNIQUE,"
	"	rule TEXT NOT NULL,"
	"	file_id INTEGER NOT NULL REFERENCES files(id),"
	"	function TEXT NOT NULL,"
	"	resource TEXT NOT NULL,"
	"	acquire TEXT NOT NULL,"
	"	expression TEXT NOT NULL,"
	"	exit_kind TEXT NOT NULL,"
	"	first_run INTEGER NOT NULL REFERENCES runs(id),"
	"	last_run INTEGER NOT NULL REFERENCES runs(id),"
	"	gone_run INTEGER REFERENCES runs(id));"
	"CREATE INDEX findings_file ON findings(file_id);"
	"CREATE TABLE versions ("
	"	id INTEGER PRIMARY KEY,"
	"	finding_id INTEGER NOT NULL REFERENCES findings(id),"
	"	hash TEXT NOT NULL," /* of the rest of the row and the events */
	"	confidence TEXT NOT NULL,"
	"	line INTEGER NOT NULL,"
	"	column INTEGER NOT NULL,"
	"	release TEXT NOT NULL,"
	"	message TEXT NOT NULL,"
	"	UNIQUE (finding_id, hash));"
	"CREATE TABLE events ("
	"	version_id INTEGER NOT NULL REFERENCES versions(id),"
	"	step INTEGER NOT NULL," /* from 1 */
	"	kind TEXT NOT NULL,"
	"	file TEXT NOT NULL,"
	"	line INTEGER NOT NULL,"
	"	column INTEGER NOT NULL,"
	"	message TEXT NOT NULL,"
	"	PRIMARY KEY (version_id, step)) WITHOUT ROWID;"
	"CREATE TABLE run_findings ("
	"	run_id INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,"
	"	finding_id INTEGER NOT NULL REFERENCES findings(id),"
	"	version_id INTEGER NOT NULL REFERENCES versions(id),"
	"	PRIMARY KEY (run_id, finding_id)) WITHOUT ROWID;"
	"CREATE TABLE blobs ("
	"	kind TEXT NOT NULL,"
	"	key TEXT NOT NULL,"
	"	version TEXT NOT NULL,"
	"	size INTEGER NOT NULL," /* before compression */
	"	data BLOB NOT NULL,"
	"	PRIMARY KEY (kind, key));",
	/* 2 */
	"CREATE TABLE triage ("
	"	id INTEGER PRIMARY KEY AUTOINCREMENT,"
	"	fingerprint TEXT NOT NULL,"
	"	verdict TEXT NOT NULL CHECK (verdict IN ('confirmed', 'false-positive', 'intentional', 'fixed')),"
	"	author TEXT NOT NULL,"
	"	date TEXT NOT NULL," /* YYYY-MM-DD */
	"	why TEXT NOT NULL,"
	"	place TEXT NOT NULL,"	       /* file:function, for people */
	"	function_hash TEXT NOT NULL);" /* of the function when it was decided; a mark lapses when it changes */
	"CREATE INDEX triage_fingerprint ON triage(fingerprint, id);"
	"CREATE VIEW open_findings AS"
	"	SELECT f.id, f.fingerprint, f.rule, v.confidence, p.path AS file, v.line, v.column, f.function, "
	"f.resource,"
	"		f.acquire, v.release, v.message, f.first_run, f.last_run,"
	"		(SELECT t.verdict FROM triage t WHERE t.fingerprint = f.fingerprint ORDER BY t.id DESC LIMIT "
	"1) AS verdict"
	"	FROM findings f"
	"	JOIN files p ON p.id = f.file_id"
	"	JOIN run_findings r ON r.run_id = f.last_run AND r.finding_id = f.id"
	"	JOIN versions v ON v.id = r.version_id"
	"	WHERE f.gone_run IS NULL;",
	/* 3 */
	"ALTER TABLE run_findings ADD COLUMN part_of INTEGER REFERENCES findings(id);"
	"DROP VIEW open_findings;"
	"CREATE VIEW open_findings AS"
	"	SELECT f.id, f.fingerprint, f.rule, v.confidence, p.path AS file, v.line, v.column, f.function, "
	"f.resource,"
	"		f.acquire, v.release, v.message, f.first_run, f.last_run,"
	"		(SELECT t.verdict FROM triage t WHERE t.fingerprint = f.fingerprint ORDER BY t.id DESC LIMIT "
	"1) AS verdict"
	"	FROM findings f"
	"	JOIN files p ON p.id = f.file_id"
	"	JOIN run_findings r ON r.run_id = f.last_run AND r.finding_id = f.id"
	"	JOIN versions v ON v.id = r.version_id"
	"	WHERE f.gone_run IS NULL AND r.part_of IS NULL;",
};

int schema_version(void)
{
	return G_N_ELEMENTS(steps);
}

/* A file with tables but without our mark is somebody else's database. */
static gboolean check_ours(struct store *s, int64_t version, GError **err)
{
	int64_t id, tables;

	if (!db_number(s, "PRAGMA application_id", 0, &id, err))
		return FALSE;
	if (!db_number(s, "SELECT count(*) FROM sqlite_master", 0, &tables, err))
		return FALSE;
	if (id == STORE_APPLICATION_ID || (id == 0 && version == 0 && tables == 0))
		return TRUE;
	g_set_error(err, STORE_ERROR, STORE_ERROR_CORRUPT,
		    "%s: this database was not made by drvcheck. Choose another place with --db", s->path);
	return FALSE;
}

static gboolean check(struct store *s, int64_t *version, GError **err)
{
	if (!db_number(s, "PRAGMA user_version", 0, version, err) || !check_ours(s, *version, err))
		return FALSE;
	if (*version <= schema_version())
		return TRUE;
	g_set_error(err, STORE_ERROR, STORE_ERROR_NEWER,
		    "%s: written by a newer drvcheck (schema %" G_GINT64_FORMAT
		    ", this program knows %d). Update drvcheck, or choose another place with --db",
		    s->path, *version, schema_version());
	return FALSE;
}

gboolean schema_check(struct store *s, int64_t *version, GError **err)
{
	/* Another process may be making the database just now: it is looked at as a whole, before or after. */
	if (!sqlite3_get_autocommit(s->db))
		return check(s, version, err);
	return db_exec(s, "BEGIN", err) && db_end(s, check(s, version, err), err);
}

static gboolean run_steps(struct store *s, int64_t from, GError **err)
{
	g_autofree char *mark = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d",
						STORE_APPLICATION_ID, schema_version());

	for (int i = from; i < schema_version(); i++)
		if (!db_exec(s, steps[i], err))
			return FALSE;
	return db_exec(s, mark, err);
}

gboolean schema_migrate(struct store *s, GError **err)
{
	int64_t version;
	gboolean ok;

	if (!schema_check(s, &version, err))
		return FALSE;
	if (version == schema_version())
		return TRUE;
	if (!db_begin(s, err))
		return FALSE;
	/* Another process may have migrated while this one waited. */
	ok = schema_check(s, &version, err) && (version == schema_version() || run_steps(s, version, err));
	return db_end(s, ok, err);
}
