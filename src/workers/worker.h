/* One worker process: starting it, talking to it, and finding out why it died. Used by jobs.c alone. */
#ifndef WORKERS_WORKER_H
#define WORKERS_WORKER_H

#include "workers/jobs.h"

#include <sys/types.h>

struct worker {
	pid_t pid;   /* 0: none */
	int command; /* we write unit numbers */
	int result;  /* we read results */
	int errors;  /* what it writes to stderr */
	int status;  /* from waitpid() */
};

struct worker_result {
	bool failed;  /* data is the reason, as text */
	bool retires; /* the worker has grown and wants to be replaced */
	void *data;   /* g_free */
	size_t size;
};

/* Never fails: ends the program when there is no process to be had. */
void worker_start(struct worker *w, const struct jobs_options *opt, const struct jobs_ops *ops, void *ctx);
void worker_send(struct worker *w, guint32 unit);
/* FALSE when the worker died before its result was complete. */
gboolean worker_receive(struct worker *w, struct worker_result *r);
/* Of a worker that died by itself: a sentence, the same on every run. g_free. */
char *worker_cause_of_death(struct worker *w, const struct jobs_options *opt);
/* Ends the worker if it still lives and lets go of everything. */
void worker_close(struct worker *w);

#endif
