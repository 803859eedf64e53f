#include "workers/progress.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { REDRAW_US = 100 * 1000, DEFAULT_COLUMNS = 80 };

void progress_start(struct progress *p, guint total, guint known)
{
	p->shown = isatty(STDERR_FILENO);
	p->total = total;
	p->known = known;
	p->start = g_get_monotonic_time();
	p->last = 0;
}

static int columns(void)
{
	struct winsize size;

	return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : DEFAULT_COLUMNS;
}

static void format_left(char *text, gsize size, double seconds)
{
	guint s = (guint)(seconds + 0.5);

	if (s >= 3600)
		g_snprintf(text, size, "%u:%02u:%02u", s / 3600, s / 60 % 60, s % 60);
	else
		g_snprintf(text, size, "%u:%02u", s / 60, s % 60);
}

void progress_step(struct progress *p, guint done, guint failed, const char *file)
{
	gint64 now = g_get_monotonic_time();
	double seconds = (double)(now - p->start) / G_USEC_PER_SEC, rate;
	char left[32] = "-", line[512];

	if (!p->shown || (now - p->last < REDRAW_US && done != p->total))
		return;
	p->last = now;
	rate = seconds > 0 ? (done - p->known) / seconds : 0;
	if (rate > 0)
		format_left(left, sizeof(left), (p->total - done) / rate);
	g_snprintf(line, sizeof(line), "%u/%u units, %u failed, %.1f/s, %s left  %s", done, p->total, failed, rate,
		   left, file ? file : "");
	fprintf(stderr, "\r\033[K%.*s", columns() - 1, line);
	fflush(stderr);
}

void progress_end(struct progress *p)
{
	if (p->shown)
		fputs("\r\033[K", stderr);
}
