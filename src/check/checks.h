/* The checks, one per file; checks.c lists them for the engine. */
#ifndef CHECK_CHECKS_H
#define CHECK_CHECKS_H

#include "engine/fn.h"

extern const struct check check_leak, check_release, check_use, check_result, check_lifecycle, check_armed,
	check_atomic, check_strict;

#endif
