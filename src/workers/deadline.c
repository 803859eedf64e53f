#include "workers/deadline.h"

#include <signal.h>

/* A thread of its own: what is to be stopped mostly waits in a call for somebody else's process. */
struct deadline {
	GCancellable *stop;
	GThread *thread;
	GMutex lock;
	GCond ended;
	gboolean done;
	gint64 at; /* monotonic */
};

static gpointer watch(gpointer data)
{
	struct deadline *d = data;
	gboolean over = FALSE;

	g_mutex_lock(&d->lock);
	while (!d->done && !over)
		over = !g_cond_wait_until(&d->ended, &d->lock, d->at);
	g_mutex_unlock(&d->lock);
	if (over)
		g_cancellable_cancel(d->stop);
	return NULL;
}

struct deadline *deadline_new(guint seconds)
{
	struct deadline *d;
	sigset_t all, before;

	if (!seconds)
		return NULL;
	d = g_new0(struct deadline, 1);
	g_mutex_init(&d->lock);
	g_cond_init(&d->ended);
	d->stop = g_cancellable_new();
	d->at = g_get_monotonic_time() + (gint64)seconds * G_USEC_PER_SEC;
	/* Signals are for the thread that works. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	d->thread = g_thread_new("deadline", watch, d);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return d;
}

void deadline_free(struct deadline *d)
{
	if (!d)
		return;
	g_mutex_lock(&d->lock);
	d->done = TRUE;
	g_cond_signal(&d->ended);
	g_mutex_unlock(&d->lock);
	g_thread_join(d->thread);
	g_mutex_clear(&d->lock);
	g_cond_clear(&d->ended);
	g_object_unref(d->stop);
	g_free(d);
}

GCancellable *deadline_stop(const struct deadline *d)
{
	return d ? d->stop : NULL;
}

gboolean deadline_is_over(const struct deadline *d)
{
	return d && g_cancellable_is_cancelled(d->stop);
}
