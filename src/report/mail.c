/*
 * One mail a finding, in mbox form so that mail programs open it as drafts. It adds what other programs know: a
 * candidate for the Fixes: tag from git blame, and the recipients from the tree's get_maintainer.pl. It never signs
 * off, and never sends.
 */
#include "report/mail.h"

#include "report/formats.h"
#include "report/patches.h"

#include <gio/gio.h>
#include <string.h>

/* What the command prints, NULL when it fails or is not there. g_free(). */
static char *output_of(const char *directory, const char *const *argv)
{
	g_autoptr(GSubprocessLauncher) launcher =
		g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
	g_autoptr(GSubprocess) child = NULL;
	char *text = NULL;

	g_subprocess_launcher_set_cwd(launcher, directory);
	child = g_subprocess_launcher_spawnv(launcher, argv, NULL);
	if (!child || !g_subprocess_communicate_utf8(child, NULL, NULL, &text, NULL, NULL))
		return NULL;
	if (g_subprocess_get_successful(child))
		return text;
	g_free(text);
	return NULL;
}

/* The commit that last touched the line, as a Fixes: tag wants it; NULL without git history. */
static char *fixes_candidate(const char *root, const char *file, unsigned int line)
{
	g_autofree char *range = g_strdup_printf("%u,%u", line, line);
	const char *blame[] = {"git", "blame", "--porcelain", "-L", range, "--", file, NULL};
	g_autofree char *said = output_of(root, blame), *commit = NULL;
	const char *show[] = {"git", "show", "-s", "--abbrev=12", "--format=Fixes: %h (\"%s\")", NULL, NULL};
	char *tag;

	if (!said || strspn(said, "0123456789abcdef") < 40 || strspn(said, "0") >= 40)
		return NULL;
	commit = g_strndup(said, 40);
	show[5] = commit;
	tag = output_of(root, show);
	return tag ? g_strstrip(tag) : NULL;
}

/* The line that brought the problem in is most likely the acquisition. */
static char *fixes_of(const char *root, const struct finding *f)
{
	const struct finding_event *e = finding_event_of_kind(f, "acquired");

	if (!root || !f->line)
		return NULL;
	return e && e->line ? fixes_candidate(root, e->file, e->line) : fixes_candidate(root, f->file, f->line);
}

static char *maintainers_of(const char *root, const char *file)
{
	const char *argv[] = {
		"perl", "scripts/get_maintainer.pl", "--no-git", "--no-git-fallback", "--no-rolestats", "-f", file,
		NULL};
	g_autofree char *script = root ? g_build_filename(root, argv[1], NULL) : NULL;

	return script && g_file_test(script, G_FILE_TEST_EXISTS) ? output_of(root, argv) : NULL;
}

static void write_recipients(FILE *out, const char *said)
{
	g_auto(GStrv) lines = g_strsplit(said, "\n", -1);

	for (char **line = lines; *line; line++)
		if (*g_strstrip(*line))
			fprintf(out, "%s: %s\n", line == lines ? "To" : "Cc", *line);
}

/* In an mbox a body line that starts with "From " would start another mail. */
static void write_body(FILE *out, const char *body)
{
	g_auto(GStrv) lines = g_strsplit(body, "\n", -1);

	for (char **line = lines; *line && (line[1] || **line); line++)
		fprintf(out, "%s%s\n", g_str_has_prefix(*line, "From ") ? ">" : "", *line);
}

static void write_one(FILE *out, const struct finding *f, const struct store_run *run, const struct report_options *opt,
		      struct source_cache *sources, const char *maintainers, const char *patch)
{
	g_autofree char *subject = mail_subject(f), *body = mail_body(f, run, sources);
	g_autofree char *fixes = fixes_of(opt->root, f);
	GString *change = g_string_new(NULL);

	/* The date that git format-patch writes: mbox wants one, and the clock has no place here. */
	fputs("From drvcheck Mon Sep 17 00:00:00 2001\n", out);
	if (maintainers)
		write_recipients(out, maintainers);
	fprintf(out, "Subject: [BUG] %s\n", subject);
	fputs("MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n", out);
	write_body(out, body);
	if (fixes)
		fprintf(out, "\nCandidate from git blame of the acquiring line, to be checked:\n\n%s\n", fixes);
	if (patch)
		mail_append_patch(change, patch);
	write_body(out, change->str);
	g_string_free(change, TRUE);
	fputc('\n', out);
}

void write_mail(FILE *out, const struct store_run *run, const struct finding_list *l, const struct report_options *opt)
{
	struct source_cache *sources = source_cache_of(opt);
	g_autoptr(GHashTable) patches = report_patches(opt->fixes);
	g_autofree char *maintainers = NULL;

	/* get_maintainer.pl takes half a second; findings come sorted by file. */
	for (unsigned int i = 0; i < l->all.n; i++) {
		const struct finding *f = &l->all.v[i];

		if (!i || strcmp(f->file, l->all.v[i - 1].file)) {
			g_free(maintainers);
			maintainers = maintainers_of(opt->root, f->file);
		}
		write_one(out, f, run, opt, sources, maintainers, g_hash_table_lookup(patches, f->fingerprint));
	}
	source_cache_free(sources);
}
