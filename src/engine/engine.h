/*
 * The engine: path-sensitive symbolic execution, bottom-up over the call graph, one summary per function.
 */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "finding/finding.h"
#include "ir/ir.h"
#include "model/model.h"

/* A function of the unit that lifecycle/ has made: callbacks called in the kernel's order, nothing owned at the end. */
struct harness {
	uint32_t function;
	uint32_t begin, end;	     /* functions in the slots; IR_NONE: the slot is empty */
	uint32_t begin_ins, end_ins; /* their calls in the harness */
	bool repeats;		     /* between them a slot is called that runs again and again: */
	uint32_t again;
	bool detach;	  /* ends with the release of managed resources */
	bool ends_anyway; /* `end` follows a failed `begin` as well */
	bool module;	  /* globals end with it */
	bool stays;	  /* there is no way for the driver to go: it is built in for good, and `end` does not run */
	const char *const *without_end; /* there is no `end`: the kernel releases these families; NULL-terminated */
	const char *rule;		/* of what is left over after `end` */
	const char *what;		/* "platform driver" */
	const char *begin_slot, *end_slot;
	const char *ends; /* "at detach" */
};

/* A function that the kernel calls where it may not sleep. */
struct atomic_entry {
	uint32_t function;
	unsigned int parts; /* of enum context_part: what is known to forbid it */
	const char *who;    /* "request_irq()", "ndo_start_xmit of the network device" */
	struct ir_loc loc;  /* where it is made known */
};

/* A function in a slot that the kernel calls again and again while the device stays bound. */
struct repeated_slot {
	uint32_t function;
	const char *slot, *what; /* "store", "device attribute" */
};

/* What is known of other units: summaries of their functions, in the form of engine/portable.h, and what they do after
 * a function has failed, engine/aftermath.h. Any hook may be NULL. */
struct engine_memory {
	void *ctx;
	/* Of a function that the unit only declares; NULL: nothing is known. The bytes live as long as the run. */
	const void *(*recall)(void *ctx, const struct ir_unit *u, const char *function, size_t *size);
	/* Told of every external function of the unit. `offsets`: good for the same layout of structures only. */
	void (*learn)(void *ctx, const char *function, bool offsets, const void *bytes, size_t size);
	/* NULL: nobody is known to call it. The text lives as long as the run. */
	const char *(*aftermath)(void *ctx, const char *name);
	void (*learn_aftermath)(void *ctx, const char *name, const char *text);
};

struct engine_options {
	struct engine_memory memory;
	const struct atomic_entry *entries;
	unsigned int n_entries;
	const struct repeated_slot *repeated;
	unsigned int n_repeated;
	const struct harness *harnesses;
	unsigned int n_harnesses;
	bool no_managed;	    /* the unit's maintainers want no managed resources introduced */
	unsigned int max_disjuncts; /* states kept per program point; 0: default */
	unsigned int max_steps;	    /* block visits per function; 0: default */
};

struct engine_stats {
	unsigned long functions, states, merged, dropped, widened, out_of_steps, recursion_cut;
	unsigned long calls_known, calls_unknown;
};

void engine_stats_add(struct engine_stats *to, const struct engine_stats *part);

/* Analyses every function of the unit and appends what it finds. `u` must satisfy ir_verify(). */
void engine_run(struct arena *a, const struct ir_unit *u, const struct model *m, const struct engine_options *opt,
		struct finding_list *out, struct engine_stats *stats);
/* `dump --stage summary`: one function's summary, or all when `function` is NULL. */
void engine_dump_summaries(FILE *out, const struct ir_unit *u, const struct model *m, const char *function);
/* The same of a summary from elsewhere; false when it cannot be read. */
bool engine_dump_remembered(FILE *out, const struct model *m, const char *function, const void *bytes, size_t size);

#endif
