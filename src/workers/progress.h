/* Progress on stderr: units done, rate, time left. Only when stderr is a terminal. */
#ifndef WORKERS_PROGRESS_H
#define WORKERS_PROGRESS_H

#include <glib.h>

struct progress {
	gboolean shown;
	guint total, known; /* known: done before the start, no measure of the rate */
	gint64 start, last; /* monotonic microseconds */
};

void progress_start(struct progress *p, guint total, guint known);
void progress_step(struct progress *p, guint done, guint failed, const char *file);
/* Wipes the line. */
void progress_end(struct progress *p);

#endif
