/*
 * The parent: hands out units, collects results, watches the clock, buries the dead. worker.c is the other side.
 */
#include "workers/jobs.h"

#include "workers/interrupt.h"
#include "workers/worker.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>

enum { NO_UNIT = -1, TICK_MS = 1000, STOP_TICK_MS = 100 };

struct slot {
	struct worker worker;
	gint64 unit; /* NO_UNIT: idle */
	bool fresh;  /* has not finished a unit yet */
	gint64 deadline;
};

struct jobs {
	const struct jobs_options *opt;
	const struct jobs_ops *ops;
	void *ctx;
	struct slot *slots;
	guint n_units, next, finished;
	GQueue *retry; /* units whose worker died, to be tried in a fresh one */
};

static void start_worker(struct jobs *j, struct slot *s)
{
	worker_start(&s->worker, j->opt, j->ops, j->ctx);
	s->unit = NO_UNIT;
	s->fresh = true;
}

static void replace_worker(struct jobs *j, struct slot *s)
{
	worker_close(&s->worker);
	start_worker(j, s);
}

static gint64 take_unit(struct jobs *j, struct slot *s)
{
	if (s->fresh && !g_queue_is_empty(j->retry))
		return GPOINTER_TO_UINT(g_queue_pop_head(j->retry));
	if (j->next < j->n_units)
		return j->next++;
	if (g_queue_is_empty(j->retry))
		return NO_UNIT;
	replace_worker(j, s);
	return GPOINTER_TO_UINT(g_queue_pop_head(j->retry));
}

/* A dead worker shows at its result pipe; a failing write needs no handling of its own. */
static void hand_out(struct jobs *j, struct slot *s)
{
	gint64 unit = take_unit(j, s);

	if (unit == NO_UNIT)
		return;
	s->unit = unit;
	s->deadline = j->opt->timeout ? g_get_monotonic_time() + (gint64)j->opt->timeout * G_USEC_PER_SEC : G_MAXINT64;
	worker_send(&s->worker, (guint32)unit);
}

static void finish(struct jobs *j, struct slot *s, const void *blob, size_t size, const char *why)
{
	j->ops->done(j->ctx, (guint)s->unit, blob, size, why);
	j->finished++;
	s->unit = NO_UNIT;
}

static void bury(struct jobs *j, struct slot *s)
{
	char *why = worker_cause_of_death(&s->worker, j->opt);

	if (s->unit != NO_UNIT && !s->fresh) {
		g_queue_push_tail(j->retry, GUINT_TO_POINTER((guint)s->unit));
		s->unit = NO_UNIT;
	} else if (s->unit != NO_UNIT) {
		finish(j, s, NULL, 0, why);
	}
	g_free(why);
	replace_worker(j, s);
}

static void receive(struct jobs *j, struct slot *s)
{
	struct worker_result r;

	if (!worker_receive(&s->worker, &r)) {
		bury(j, s);
		return;
	}
	finish(j, s, r.failed ? NULL : r.data, r.size, r.failed ? r.data : NULL);
	s->fresh = false;
	if (r.retires)
		replace_worker(j, s);
	g_free(r.data);
}

static void end_overdue(struct jobs *j, struct slot *s, gint64 now)
{
	char *why;

	if (s->unit == NO_UNIT || now < s->deadline)
		return;
	why = g_strdup_printf("took longer than %u s", j->opt->timeout);
	finish(j, s, NULL, 0, why);
	g_free(why);
	replace_worker(j, s);
}

static int time_to_wait(const struct jobs *j)
{
	gint64 first = G_MAXINT64, now = g_get_monotonic_time();

	for (guint i = 0; i < j->opt->workers; i++)
		if (j->slots[i].unit != NO_UNIT)
			first = MIN(first, j->slots[i].deadline);
	return first <= now ? 0 : (int)MIN((first - now) / 1000 + 1, j->opt->stop ? STOP_TICK_MS : TICK_MS);
}

static gboolean is_to_end(const struct jobs *j)
{
	return interrupt_seen() || g_cancellable_is_cancelled(j->opt->stop);
}

/* One round: wait for a result, a deadline or a signal. FALSE on a signal. */
static gboolean round_trip(struct jobs *j, struct pollfd *fds)
{
	guint n = j->opt->workers;
	gint64 now;

	if (is_to_end(j))
		return FALSE;
	for (guint i = 0; i < n; i++) {
		if (j->slots[i].unit == NO_UNIT)
			hand_out(j, &j->slots[i]);
		fds[i] = (struct pollfd){.fd = j->slots[i].worker.result, .events = POLLIN};
	}
	if (poll(fds, n, time_to_wait(j)) < 0 && errno != EINTR)
		g_error("poll: %s", g_strerror(errno));
	if (is_to_end(j))
		return FALSE;
	for (guint i = 0; i < n; i++)
		if (fds[i].revents)
			receive(j, &j->slots[i]);
	now = g_get_monotonic_time();
	for (guint i = 0; i < n; i++)
		end_overdue(j, &j->slots[i], now);
	if (j->ops->tick)
		j->ops->tick(j->ctx);
	return TRUE;
}

static gboolean run(struct jobs *j)
{
	struct pollfd *fds = g_new0(struct pollfd, j->opt->workers);
	gboolean completed = TRUE;

	for (guint i = 0; i < j->opt->workers; i++)
		start_worker(j, &j->slots[i]);
	while (completed && j->finished < j->n_units)
		completed = round_trip(j, fds);
	for (guint i = 0; i < j->opt->workers; i++)
		worker_close(&j->slots[i].worker);
	g_free(fds);
	return completed;
}

gboolean jobs_run(const struct jobs_options *opt, const struct jobs_ops *ops, void *ctx, guint n_units)
{
	struct jobs_options o = *opt;
	struct jobs j = {.opt = &o, .ops = ops, .ctx = ctx, .n_units = n_units, .retry = g_queue_new()};
	struct sigaction ignore = {.sa_handler = SIG_IGN}, on_pipe;
	struct interrupt interrupt;
	gboolean completed;

	o.workers = CLAMP(o.workers, 1, MAX(n_units, 1));
	j.slots = g_new0(struct slot, o.workers);
	interrupt_catch(&interrupt);
	sigaction(SIGPIPE, &ignore, &on_pipe); /* a worker may die while a unit is sent to it */
	completed = run(&j);
	sigaction(SIGPIPE, &on_pipe, NULL);
	interrupt_release(&interrupt);
	g_queue_free(j.retry);
	g_free(j.slots);
	return completed;
}
