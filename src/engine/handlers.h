/*
 * Functions of the unit that something calls back as long as it is registered: interrupt handlers, notifiers, what
 * stands in the slots of a registered class device. Found by the calls that register them, over all functions of the
 * unit.
 */
#ifndef ENGINE_HANDLERS_H
#define ENGINE_HANDLERS_H

#include "engine/armed.h"

struct handler {
	uint32_t function;
	const struct family *family;
	const char *api;
	struct origin at;
	bool managed;	    /* registered until the device's managed resources are released */
	bool in_slot;	    /* the family serves the slot that it stands in: users call it, not the device */
	const char *record; /* what its argument points to; NULL: not known */
};

struct handlers {
	VEC(struct handler) all;
};

void handlers_find(struct engine *e, struct handlers *out);

/* The places of pointers that the function, or one that it calls, follows; each by the record next to it. */
void places_followed(struct engine *e, uint32_t function, struct slots *out);
/* Is one of them the same member of the same record? */
bool slots_meet(const struct slots *x, const struct slots *y);

/* Does the function look at a place, other than what is armed, that one of the `writers` (by function) writes to? */
bool looks_at_flag(struct engine *e, uint32_t function, const bool *writers, const struct armed_member *m);

#endif
