/*
 * Repairs: from a finding and the text of its file to texts in which it may be gone. What is proposed here is only
 * likely: whoever asks must analyse each proposal, and take the first with which the finding is gone and nothing new
 * has come (cli/verify.c does).
 *
 * The idea is that of generate-and-validate program repair (Le Goues et al., GenProg, TSE 2012), with few and typed
 * candidates: what to release comes from the finding and the rules, where to do so from the jumps on its path.
 */
#ifndef FIX_FIX_H
#define FIX_FIX_H

#include "finding/finding.h"
#include "model/model.h"

struct fix_candidate {
	const char *text; /* of the whole file */
	const char *how;  /* half a sentence: "release it before the return" */
};

struct fix_request {
	const struct finding *finding;
	const struct finding_list *all; /* of the same scan: what leaves at the same place is repaired together */
	const char *text;		/* of the finding's file */
	const struct model *model;
	const char *patches;	 /* directory with semantic patches that repair; NULL: none */
	char *const *optional;	 /* "ops_type.slot" of callbacks that a driver need not have; NULL: none */
	char *const *no_managed; /* beginnings of paths where no managed resources are to be introduced; NULL: none */
};

struct fix_candidates {
	struct arena *arena;
	VEC(struct fix_candidate) all; /* best first, no text twice */
	const char *why;	       /* when there is none: why */
};

void fix_propose(const struct fix_request *r, struct fix_candidates *out);

/*
 * The change as `diff -up` tells it, for `patch -p1` at the tree's root; `name` is relative to that. NULL with err set
 * when diff cannot be run. g_free.
 */
char *fix_diff(const char *name, const char *before, const char *after, GError **err);
/* Does `patch -p1` make `after` out of `before`? FALSE with err set when not. */
gboolean fix_diff_applies(const char *diff, const char *name, const char *before, const char *after, GError **err);

#endif
