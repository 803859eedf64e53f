/*
 * SIGINT and SIGTERM while there is something to save: they set a flag instead of ending the program.
 *
 * The flag is the one variable that functions here share: a handler gets no context, and a signalfd would see only what
 * no thread of a library takes first.
 */
#ifndef WORKERS_INTERRUPT_H
#define WORKERS_INTERRUPT_H

#include <signal.h>
#include <stdbool.h>

struct interrupt {
	struct sigaction on_int, on_term; /* what was there before */
};

/* Pairs of catch and release may be nested. A signal that is ignored stays so: whoever started us that way meant it. */
void interrupt_catch(struct interrupt *i);
void interrupt_release(const struct interrupt *i);
/* Since the outermost catch. */
bool interrupt_seen(void);

#endif
