/*
 * Worker processes: units are handed out one by one over pipes, results come back as blobs.
 *
 * A worker that crashes, hangs or outgrows its memory costs the unit that it was on, never the run. A unit that took
 * its worker down is tried once more in a fresh one before it counts as failed: so what fails does not depend on which
 * units a worker happened to see before, and results are the same for any number of workers.
 */
#ifndef WORKERS_JOBS_H
#define WORKERS_JOBS_H

#include <gio/gio.h>
#include <stdbool.h>
#include <stddef.h>

struct jobs_options {
	guint workers;	    /* at least 1 */
	guint timeout;	    /* seconds a unit may take; 0: no limit */
	size_t memory;	    /* bytes of address space a worker may have; 0: no limit */
	bool verbose;	    /* pass on what a dying worker wrote to stderr */
	GCancellable *stop; /* ends it all; may be NULL */
};

struct jobs_ops {
	/* In a worker: the unit's result, malloc'd; or NULL and *why (malloc'd) when it cannot be analysed. */
	void *(*work)(void *ctx, guint unit, size_t *size, char **why);
	/* In the parent, in order of arrival: a result, or why there is none. */
	void (*done)(void *ctx, guint unit, const void *blob, size_t size, const char *why);
	/* In the parent, every second or more often, whatever the workers do; may be NULL. */
	void (*tick)(void *ctx);
};

/* FALSE when interrupted (SIGINT, SIGTERM) or stopped: the units not heard of were not done. */
gboolean jobs_run(const struct jobs_options *opt, const struct jobs_ops *ops, void *ctx, guint n_units);

#endif
