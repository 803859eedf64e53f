/*
 * Harnesses: functions in IR that call a driver's callbacks in the order in which the kernel does, one for each pair of
 * slots (probe/remove, open/release, ...) of each ops table that a protocol in rules/protocols/ describes. The engine
 * analyses them like any function; what a harness still owns when it returns has been left behind by the pair.
 */
#ifndef LIFECYCLE_LIFECYCLE_H
#define LIFECYCLE_LIFECYCLE_H

#include "engine/engine.h"
#include "lifecycle/protocol.h"

struct lifecycle {
	VEC(struct harness) harnesses;
	VEC(struct atomic_entry) entries;
	VEC(struct repeated_slot) repeated;
	bool built_in;		     /* the unit has an init, and is no module */
	bool without_exit;	     /* it has an init and no exit */
	VEC(const char *) uncovered; /* "file_operations.read": filled slots of ops types that no protocol describes */
};

/* Requires a unit as lower_unit() left it; appends the harnesses to its functions. Memory in the unit's arena. */
void lifecycle_build(struct ir_unit *u, const struct protocols *p, const struct model *m, struct lifecycle *out);
/* entries.c: the part of it that finds what runs in atomic context. */
void entries_find(struct ir_unit *u, const struct protocols *p, const struct model *m, struct lifecycle *out);
/* What was recognised, which function sits in which slot, and each harness as IR text. */
void lifecycle_dump(FILE *f, const struct ir_unit *u, const struct protocols *p, const struct lifecycle *l);

#endif
