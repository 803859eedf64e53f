#include "workers/interrupt.h"

#include <string.h>

static volatile sig_atomic_t seen;

static void note(int number)
{
	(void)number;
	seen = 1;
}

static void catch_one(int number, struct sigaction *before)
{
	struct sigaction action = {.sa_handler = note};

	sigemptyset(&action.sa_mask);
	sigaction(number, NULL, before);
	if (before->sa_handler != SIG_IGN)
		sigaction(number, &action, NULL);
}

void interrupt_catch(struct interrupt *i)
{
	catch_one(SIGTERM, &i->on_term);
	if (i->on_term.sa_handler != note)
		seen = 0;
	catch_one(SIGINT, &i->on_int);
}

void interrupt_release(const struct interrupt *i)
{
	sigaction(SIGINT, &i->on_int, NULL);
	sigaction(SIGTERM, &i->on_term, NULL);
}

bool interrupt_seen(void)
{
	return seen;
}
