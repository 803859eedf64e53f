#include "check/checks.h"

const struct check *const engine_checks[] = {&check_leak,     &check_release,	&check_use,
					     &check_result,   &check_lifecycle, &check_armed,
					     &check_atomic,   &check_strict,	&check_ignored,
					     &check_dangling, &check_borrowed,	&check_consumed,
					     &check_teardown, &check_order,	&check_outlives,
					     &check_open,     &check_another,	&check_piles,
					     &check_manage,   &check_kept,	NULL};
