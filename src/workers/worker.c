#define _GNU_SOURCE /* memfd_create */
#include "workers/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* AddressSanitizer reserves terabytes of address space. */
#if defined(__SANITIZE_ADDRESS__)
#define ADDRESS_SPACE_IS_REAL 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ADDRESS_SPACE_IS_REAL 0
#endif
#endif
#ifndef ADDRESS_SPACE_IS_REAL
#define ADDRESS_SPACE_IS_REAL 1
#endif

/* What is said of a unit that needs too much, wherever that shows. */
#define OUT_OF_BUDGET "needs more memory than the budget of %zu MB"

struct message {
	guint32 failed, retires;
	guint64 size;
};

static gboolean read_all(int fd, void *data, size_t size)
{
	for (char *p = data; size;) {
		ssize_t n = read(fd, p, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return FALSE;
		p += n;
		size -= (size_t)n;
	}
	return TRUE;
}

static gboolean write_all(int fd, const void *data, size_t size)
{
	for (const char *p = data; size;) {
		ssize_t n = write(fd, p, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return FALSE;
		p += n;
		size -= (size_t)n;
	}
	return TRUE;
}

/* --- in the worker --- */

static void limit_memory(size_t bytes)
{
	struct rlimit limit = {bytes, bytes};
	struct rlimit no_core = {0, 0};

	setrlimit(RLIMIT_CORE, &no_core);
	if (bytes && ADDRESS_SPACE_IS_REAL)
		setrlimit(RLIMIT_AS, &limit);
}

/* A line of /proc/self/status ("VmPeak:"), in bytes; 0 when there is none or no budget that it could reach. */
static size_t memory_status(const char *key, size_t budget)
{
	FILE *f = ADDRESS_SPACE_IS_REAL && budget ? fopen("/proc/self/status", "r") : NULL;
	char line[128];
	size_t bytes = 0;

	while (f && !bytes && fgets(line, sizeof(line), f))
		if (strncmp(line, key, strlen(key)) == 0)
			bytes = strtoul(line + strlen(key), NULL, 10) << 10;
	if (f)
		fclose(f);
	return bytes;
}

/*
 * libclang survives running out of memory and only says that it crashed. Was it that? What earlier units left behind
 * must not count: then this process ends, and the unit is tried again in a fresh one.
 */
static char *explain_failure(char *why, size_t budget, bool first_unit)
{
	char *better;

	if (memory_status("VmPeak:", budget) < budget / 10 * 9 || !budget)
		return why;
	if (!first_unit)
		_exit(1);
	if (asprintf(&better, OUT_OF_BUDGET, budget >> 20) < 0)
		return why;
	free(why);
	return better;
}

static void serve(int command, int result, const struct jobs_options *opt, const struct jobs_ops *ops, void *ctx)
{
	bool first = true;
	guint32 unit;

	/* libclang keeps some memory of every unit; past half the budget a fresh process is the cheaper way on. */
	for (; read_all(command, &unit, sizeof(unit)); first = false) {
		char *why = NULL;
		size_t size = 0;
		void *blob = ops->work(ctx, unit, &size, &why);
		const void *data = blob ? blob : (why = explain_failure(why, opt->memory, first));
		struct message m = {.failed = !blob};

		m.retires = !blob || memory_status("VmSize:", opt->memory) > opt->memory / 2;
		m.size = blob ? size : strlen(why) + 1;
		if (!write_all(result, &m, sizeof(m)) || !write_all(result, data, m.size))
			break;
		free(blob);
		free(why);
		if (ftruncate(STDERR_FILENO, 0) == 0)
			lseek(STDERR_FILENO, 0, SEEK_SET);
	}
}

/*
 * What one unit has used the next one will use again: given back to the kernel it would only have to be cleared anew
 * (a twentieth of a scan's time). All of it goes when the worker retires.
 */
static void keep_memory(void)
{
	mallopt(M_MMAP_THRESHOLD, 256 << 20);
	mallopt(M_TRIM_THRESHOLD, INT_MAX);
	mallopt(M_TOP_PAD, 64 << 20);
}

/* --- in the parent --- */

static void die(const char *what)
{
	fprintf(stderr, "drvcheck: %s: %s\n", what, g_strerror(errno));
	exit(2);
}

void worker_start(struct worker *w, const struct jobs_options *opt, const struct jobs_ops *ops, void *ctx)
{
	int command[2], result[2], errors = memfd_create("stderr", MFD_CLOEXEC);
	pid_t parent = getpid();

	/* O_CLOEXEC is for programs that a unit may start; workers drop the parent's ends by being killed. */
	if (errors < 0 || pipe2(command, O_CLOEXEC) < 0 || pipe2(result, O_CLOEXEC) < 0)
		die("cannot make a pipe");
	fflush(NULL);
	w->pid = fork();
	if (w->pid < 0)
		die("cannot start a worker");
	if (w->pid == 0) {
		close(command[1]);
		close(result[0]);
		dup2(errors, STDERR_FILENO);
		/* Ctrl-C reaches us too; the parent decides what becomes of us. */
		signal(SIGINT, SIG_IGN);
		signal(SIGTERM, SIG_IGN);
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(0);
		limit_memory(opt->memory);
		keep_memory();
		serve(command[0], result[1], opt, ops, ctx);
		_exit(0);
	}
	close(command[0]);
	close(result[1]);
	w->command = command[1];
	w->result = result[0];
	w->errors = errors;
}

void worker_send(struct worker *w, guint32 unit)
{
	write_all(w->command, &unit, sizeof(unit));
}

gboolean worker_receive(struct worker *w, struct worker_result *r)
{
	struct message m;

	if (!read_all(w->result, &m, sizeof(m)))
		return FALSE;
	*r = (struct worker_result){.failed = m.failed, .retires = m.retires, .size = m.size};
	r->data = g_malloc(m.size + 1);
	if (read_all(w->result, r->data, m.size))
		return TRUE;
	g_free(r->data);
	return FALSE;
}

/* SIGKILL to a process that is already dying changes nothing about the status it dies with. */
static void reap(struct worker *w)
{
	if (!w->pid)
		return;
	kill(w->pid, SIGKILL);
	while (waitpid(w->pid, &w->status, 0) < 0 && errno == EINTR)
		;
	w->pid = 0;
}

void worker_close(struct worker *w)
{
	reap(w);
	close(w->command);
	close(w->result);
	close(w->errors);
}

static char *last_words(const struct worker *w)
{
	enum { MOST = 1 << 20 };
	char *text = g_malloc(MOST + 1);
	ssize_t n = pread(w->errors, text, MOST, 0);

	text[n < 0 ? 0 : n] = '\0';
	return text;
}

/* The line that says what went wrong, without what changes from run to run (process ids, addresses). */
static char *telling_line(const char *words)
{
	static const char *const signs[] = {"Assertion", "runtime error", "AddressSanitizer: ", "ERROR", "drvcheck: "};
	char **lines = g_strsplit(words, "\n", 0);
	char *found = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(signs) && !found; i++)
		for (char **l = lines; *l && !found; l++)
			if (strstr(*l, signs[i]))
				found = g_strdup(strncmp(*l, "==", 2) == 0 ? strstr(*l, signs[i]) : *l);
	if (found && strstr(found, " 0x"))
		*strstr(found, " 0x") = '\0';
	g_strfreev(lines);
	return found;
}

static gboolean says_out_of_memory(const char *words)
{
	return strstr(words, "out of memory") || strstr(words, "bad_alloc") || strstr(words, "failed to allocate");
}

char *worker_cause_of_death(struct worker *w, const struct jobs_options *opt)
{
	char *words = last_words(w), *line = telling_line(words), *why;

	reap(w);
	if (opt->verbose)
		fputs(words, stderr);
	if (says_out_of_memory(words))
		why = g_strdup_printf(OUT_OF_BUDGET, opt->memory >> 20);
	else if (WIFSIGNALED(w->status))
		why = g_strdup_printf("the analyser crashed (%s)%s%s", strsignal(WTERMSIG(w->status)), line ? ": " : "",
				      line ? line : "");
	else
		why = g_strdup_printf("the analyser gave up (exit %d)%s%s", WEXITSTATUS(w->status), line ? ": " : "",
				      line ? line : "");
	g_free(line);
	g_free(words);
	return why;
}
