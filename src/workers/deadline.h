/* A time limit for everything that a command does: whatever waits for something gives up when it is over. */
#ifndef WORKERS_DEADLINE_H
#define WORKERS_DEADLINE_H

#include <gio/gio.h>

struct deadline;

/* NULL for 0 seconds: no limit. */
struct deadline *deadline_new(guint seconds);
void deadline_free(struct deadline *d);
/* Is cancelled when the time is over; NULL when there is no limit. Lives as long as the deadline. */
GCancellable *deadline_stop(const struct deadline *d);
gboolean deadline_is_over(const struct deadline *d);

#endif
