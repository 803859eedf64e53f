/* Running spatch on a batch. Private to smpl/. */
#ifndef SMPL_RUN_H
#define SMPL_RUN_H

#include "smpl/patch.h"

#include <gio/gio.h>
#include <signal.h>

struct smpl_job {
	const char *spatch;
	const char *dir;	  /* temporary directory; files of the run go there */
	unsigned int number;	  /* unique among jobs that run at once */
	int limit;		  /* seconds */
	GCancellable *stop;	  /* may be NULL */
	const GPtrArray *patches; /* of struct smpl_patch * */
	const GPtrArray *files;	  /* of char *: what spatch is to read */
};

/* One output line and the patch that printed it, or one file that a patch could not be run on (`line` NULL). */
struct smpl_output {
	const struct smpl_patch *patch;
	char *line;
	char *file;
	bool timeout;
};
void smpl_output_free(void *output);

/*
 * Runs all patches of the job over all its files in one process. Where that fails or takes too long it is tried again
 * file by file and patch by patch, so that only the culprit is lost.
 */
void smpl_job_run(const struct smpl_job *job, GPtrArray *outputs);
/*
 * Between these two SIGINT and SIGTERM wait: jobs that begin after one has come do nothing, so that the caller can tidy
 * up before the signal takes effect.
 */
void smpl_hold_interrupts(sigset_t *before);
void smpl_let_interrupts(const sigset_t *before);
/* Whether spatch accepts the job's patches at all; if not, `why` is what it says. */
bool smpl_job_probe(const struct smpl_job *job, char **why);

#endif
