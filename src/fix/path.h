/*
 * The path of a leak: where it can be told to release, with what, and what is known there. Private to fix/, shared by
 * the ways to repair a leak (jump.c, tail.c).
 */
#ifndef FIX_PATH_H
#define FIX_PATH_H

#include "fix/repair.h"

struct path {
	struct repair *r;
	struct release release;	      /* of the finding's resource */
	VEC(struct release) together; /* it and what else is lost at the same place, latest taken first */
	VEC(struct stmt *) jumps;     /* the best to change first */
	struct stmt *end;	      /* where the finding says that it leaves */
	bool all; /* none of `together` goes alone: what was done to the same object later is undone first */
};

/* Fill in `together` and `jumps`, `end`; the release must be there. */
void path_find_releases(struct path *p);
void path_find_jumps(struct path *p);

/* The `if` or loop whose condition holds the token; NULL. */
struct stmt *path_tested_at(const struct path *p, unsigned int token);
bool path_is_nested(const struct path *p, const struct stmt *t);
/* The statement that takes the resource; NULL: it is not in this function. */
struct stmt *path_taken_by(const struct path *p);
/* Jumps behind this token have the resource. */
unsigned int path_held_from(const struct path *p);
bool path_is_named_at(const struct path *p, const struct stmt *t);
/* Do paths come by the statement that have jumped past the acquisition, and on from a label that is no ladder's? */
bool path_is_joined(const struct path *p, const struct stmt *t);
bool path_value_is_simple(const struct path *p, const struct stmt *jump);
bool path_value_uses_it(const struct path *p, const struct stmt *jump);
/* Does a goto other than `jump` lead to the label? */
bool path_others_go_to(const struct repair *r, const struct stmt *label, const struct stmt *jump);
/* The label by which its release is come by, and that by which all that are lost together are; NULL. */
struct stmt *path_own_label(const struct path *p);
struct stmt *path_first_label(const struct path *p);
const char *path_status_variable(const struct path *p);
/* One that this statement does not name. */
const char *path_status_besides(const struct path *p, const struct stmt *but);
/* A variable for the status where there is none; NULL when its name is used already. */
const char *path_declare_status(const struct path *p, struct edits *e);
bool path_returns_int(const struct path *p);
/* Room for lines, all NULL: for what releases all of `together`, and a few around it. */
const char **path_lines(const struct path *p);
/*
 * Statements that release the resource, or all that are lost together and taken before `where` (NULL: all): appended to
 * path_lines(); returns how many.
 */
unsigned int path_release_lines(struct path *p, bool together, const struct stmt *where, const char **lines);

/* `return VALUE;` becomes a test of the value, with the release or the way into the ladder behind it. */
void tail_release_if_failed(struct path *p, struct stmt *end, bool through_ladder, bool together);
/* Proposals for the function's last return or its end. */
void tail_release(struct path *p);
/* Proposals for the end of an unwind ladder that only paths come by which hold it. */
void tail_end_ladder(struct path *p);
void jump_release_before(struct path *p, struct stmt *jump, bool together);

#endif
