/*
 * What the ways to repair share: the finding with its function as a tree, what would release its resource, and adding a
 * proposal. Private to fix/.
 */
#ifndef FIX_REPAIR_H
#define FIX_REPAIR_H

#include "fix/edit.h"
#include "fix/fix.h"
#include "fix/source.h"
#include "fix/tree.h"

struct repair {
	struct arena *arena;
	const struct fix_request *request;
	const struct finding *finding;
	struct source *source;
	const struct function *function; /* that holds the finding's line; NULL when it is not understood */
	struct fix_candidates *out;
};

/* The ways; each adds what it can. */
void repair_jumps(struct repair *r);	     /* jump.c: a path that leaves without releasing */
void repair_counterpart(struct repair *r);   /* counterpart.c: the callback that should release */
void repair_managed(struct repair *r);	     /* managed.c: the device gives it back */
void repair_wrong_release(struct repair *r); /* rename.c, both */
void repair_double(struct repair *r);
void repair_by_hand(struct repair *r);	 /* managed.c: what the device releases is released by hand, too */
void repair_use_after(struct repair *r); /* later.c: what is used when its object is gone */
void repair_running(struct repair *r);	 /* stop.c: what may still run then */
void repair_not_owned(struct repair *r); /* skip.c: a path that comes by a release which is not for it */
void repair_unchecked(struct repair *r); /* check.c: nobody asks whether it failed */
void repair_order(struct repair *r);	 /* order.c: a managed user outlives what is released by hand */
void repair_by_patch(struct repair *r);	 /* pattern.c: semantic patches */

/* Applies the edits and adds the result. */
void repair_propose(struct repair *r, const struct edits *e, const char *how);
void repair_propose_text(struct repair *r, const char *text, const char *how);
/* Why there is no proposal; the first reason stays. */
void repair_give_up(struct repair *r, const char *why);

/* Does a comment between the statement before and this one hold one of these words (NULL-terminated, in small letters)?
 */
bool repair_comment_says(const struct repair *r, const struct stmt *t, const char *const *words);

/* The token of an event in the finding's own file; source->n when it is elsewhere. */
unsigned int repair_event_token(const struct repair *r, const struct finding_event *e);
/* The call in the finding's function that took the resource, itself or inside; source->n when it is not there. */
unsigned int repair_acquire_token(const struct repair *r, const struct finding *f);

/* The call statement at an event, in whichever function of the file; NULL when it is no statement of its own. */
struct stmt *repair_call_at(const struct repair *r, const struct finding_event *e, unsigned int *token);
/* A call's first argument, when it is the only one. */
const char *repair_only_argument(const struct repair *r, const struct stmt *call);
bool repair_accepts_null(const struct repair *r, const struct stmt *call);
/* counterpart.c: what gives the resource back, in the terms of the finding's function; NULL when it cannot be said. */
const char *repair_counterpart_call(struct repair *r);

/* What gives the resource back, as source text. */
struct release {
	const char *call;      /* "kfree(p);" */
	const char *guard;     /* condition that another path releases it under; NULL: none */
	struct stmt *at;       /* that other path's release; NULL: from the rules */
	unsigned int acquired; /* token, for the order of releases */
};
/* False when nobody can say. */
bool release_find(const struct repair *r, const struct finding *f, struct release *out);
/* By the name's counterpart, where nothing shows what is right: of the callee that took it, or with all its arguments.
 */
bool release_find_another(const struct repair *r, const struct finding *f, const struct release *but,
			  struct release *out);
/* The expression that holds the resource in the acquiring function's terms; NULL. */
const char *release_expression(const struct repair *r, const struct finding *f);
/* The same in terms of another function, that which takes it. */
const char *release_expression_in(const struct repair *r, const struct function *f);
/* Argument n of the call whose name is at this token; NULL. */
const char *release_argument(const struct source *s, unsigned int call, int n);

/* Statements as lines, indented to where they come; a call that is too long is broken at its commas. */
const char *layout_line(struct arena *a, const char *indent, const char *text);
/* NULL-terminated lines as one text, all but the first indented. */
const char *layout_lines(const struct repair *r, const char *indent, const char *const *lines);
/* Puts the lines (NULL-terminated) in place of the statement, with braces where it stood alone and they are several. */
void layout_replace(const struct repair *r, struct edits *e, struct stmt *s, const char *const *lines);
/* The same, leaving the statement as it is written. */
void layout_before(const struct repair *r, struct edits *e, struct stmt *s, const char *const *lines);
void layout_behind(const struct repair *r, struct edits *e, struct stmt *s, const char *const *lines);
/* Takes the statement out with its line, and the braces that one short statement needs no more. */
void layout_drop(const struct repair *r, struct edits *e, const struct stmt *s);
/* The braces stay: something else comes into the block. */
void layout_take_out(const struct repair *r, struct edits *e, const struct stmt *s);
/* The statement as it is written, line breaks included. */
const char *layout_raw(const struct repair *r, const struct stmt *s);

#endif
