#ifndef LIFECYCLE_HARNESS_H
#define LIFECYCLE_HARNESS_H

#include "engine/engine.h"

/*
 * Appends the harness's function to the unit: begin, end, again and the words must be set; function, begin_ins and
 * end_ins are filled. FALSE when the unit has no int type to return.
 */
bool harness_build(struct ir_unit *u, struct harness *h);

#endif
