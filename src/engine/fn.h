/*
 * Inside the engine: one unit's analysis (struct engine), one function's (struct fn), and the hooks that checks fill.
 */
#ifndef ENGINE_FN_H
#define ENGINE_FN_H

#include "engine/engine.h"
#include "engine/state.h"

#include <glib.h>

enum exit_class { EXIT_SUCCESS_CLASS, EXIT_ERROR, EXIT_VOID };

/* A state that leaves the function. */
struct fn_exit {
	struct state st;
	uint32_t ins; /* the RETURN */
	uint32_t ret; /* value, 0: void */
	enum exit_class class;
};

/* What a call does to a resource of the caller, in the callee's own values. */
struct sum_resource {
	uint32_t key;
	const struct family *family;
	const struct family *const *families; /* released: any of these; NULL: `family` only */
	unsigned int n_families;
	const struct api *rule;
	int delta;     /* > 0: taken so often; -1: released */
	bool looped;   /* taken in a loop */
	bool inner;    /* by another unit's function: taken for its own ends, released by following a member */
	bool spared;   /* taken, and perhaps released again */
	bool maybe;    /* released, on a condition that the caller cannot know */
	bool unlinked; /* released, and taken off a list before */
	bool dead;     /* taken and released in the callee, and still pointed to from the caller's memory */
	const char *released_by;
	struct origin released;
	uint32_t device;
	uint32_t action; /* a managed action: the function that runs with `with` */
	uint32_t with;	 /* armed: what the callback gets; 0: none known */
	const char *api; /* the call that does it in the end, and where it stands */
	struct origin at;
	const struct sum_case *left; /* as in struct resource */
	uint32_t left_in;
};

/* What the callee passes on to where ownership cannot be followed. */
struct sum_given {
	uint32_t key;
	int how;		     /* GIVEN_* */
	const struct family *family; /* GIVEN_FAMILY, GIVEN_LOOPED */
};

struct sum_write {
	uint32_t obj;
	int64_t offset;
	uint32_t value;
	bool maybe; /* on some paths only: what stands there may still do so */
};

struct sum_constraint {
	uint32_t sym;
	struct range range;
};

struct sleep;

struct sum_case {
	enum exit_class class;
	uint32_t ret; /* 0: void */
	struct range ret_range;
	VEC(struct sum_constraint) pre;
	VEC(struct sum_write) writes;
	VEC(struct sum_resource) resources;
	VEC(struct sum_given) given;
	VEC(struct sum_constraint) post; /* of values that come into being in the callee and get out */
	VEC(uint32_t) zeroed;		 /* objects that are fresh and zero */
	VEC(uint32_t) used;		 /* parameters whose memory is accessed: must not be dead */
	int atomic;			 /* as in struct state */
	bool asked;
	VEC(struct held) held; /* atomic sections that begin in it, oldest first */
	uint32_t exit_ins;     /* the RETURN */
	VEC(struct step) path; /* last branches before it, newest first */
};

struct summary {
	VEC(struct sum_case) cases;
	VEC(struct sleep *) sleeps; /* what may sleep, and when: engine/context.h */
	bool takes_or_releases;	    /* some case has resources */
	bool inexact;		    /* cases were left out, or paths not followed to their end */
	bool bound;		    /* of calls with certain functions as arguments: engine/bound.c */
};

/* A function analysed with parameters bound to functions. */
struct bound {
	uint32_t function;
	const uint32_t *to;	 /* by parameter: a function's index, or IR_NONE */
	struct summary *summary; /* NULL while it is being made */
};

/* A pair guessed from names: calls of `acquire` are undone by calls of `release`. */
struct mined_pair {
	uint32_t acquire, release; /* function indices */
	struct family family;
};

/* Some function of the unit arms what stands at this offset of some object. */
struct arming {
	int64_t offset;
	const char *member; /* its name */
	const struct family *family;
	const char *api;
	struct origin at;
};

/* A leak that is none if all callers of the function give back what it leaves behind when it fails. */
struct tentative {
	unsigned int finding; /* in engine.out */
	uint32_t function;
	const char *left; /* the key in engine.returned, but for the caller */
};

struct engine {
	struct arena *arena;
	const struct ir_unit *unit;
	const struct model *model;
	struct engine_options opt;
	struct pool *pool;
	struct finding_list *out;
	struct engine_stats *stats;
	const struct api **apis;     /* by function index; NULL: no rule */
	const struct api **contexts; /* the same for what is known of sleeping */
	struct summary **summaries;  /* by function index; NULL: not there (yet) */
	bool *visiting;
	uint8_t *pure;	      /* by function index: engine/pure.c */
	bool *asked;	      /* memory has been asked for the function */
	GHashTable *reported; /* of (rule, where taken, where told) */
	GHashTable *told;     /* of the places whose leak has been told: one finding, not one at every level */
	GHashTable *returned; /* of what some callee leaves behind when it fails, and of the caller who gives it back */
	VEC(struct tentative) tentative;
	VEC(uint32_t) tellers;	  /* by finding in `out`: the function that it was found in, harnesses included */
	bool *merged;		  /* by function index: it has merged states, or called one that has */
	struct first_look *first; /* second.c: what the first look has left; NULL: this is it */
	uint32_t *n_callers;	  /* call sites in this unit's own code */
	VEC(struct mined_pair *) mined;
	VEC(struct bound *) bound;
	VEC(struct arming) armings; /* filled when the first harness asks for them */
	bool armings_known;
	GHashTable *writers;	       /* name of a member -> bool by function: engine/fill.c; when first asked for */
	struct armed_members *armed;   /* engine/armed.h; when all functions are done */
	struct aftermaths *aftermaths; /* engine/aftermath.h; when first asked for */
};

/* One (block, state) to be executed, and what is known of values inside the block. */
struct cursor {
	struct state st;
	uint32_t block, ip;
	uint32_t *val; /* by instruction - block's first */
};

struct outcome {
	struct state st;
	uint32_t ret;
};
struct outcomes {
	VEC(struct outcome) all;
};

/* A branch that tests for NULL what a call returned. */
struct null_test {
	struct state st;
	uint32_t value, call, ins;
};

/* An allocation with flags for atomic context. */
struct strict_call {
	uint32_t ins;
	const char *name;
	bool needed; /* on some path the context is atomic, or not known */
};

struct fn {
	struct engine *e;
	struct world w;
	const struct ir_function *f;
	uint32_t index;
	VEC(struct fn_exit) exits;
	VEC(struct sleep *) sleeps;
	VEC(struct strict_call) strict;
	VEC(struct mined_pair *) pairs; /* those with both calls in this function */
	struct loop_info *loops;
	bool *used;			  /* by instruction: somebody looks at its value */
	struct pmap uses_told;		  /* release -> 1: a use of what it ended has been told */
	struct pmap unchecked_told;	  /* call -> 1: told that its result is used untested */
	struct pmap err_tested;		  /* call -> 1: its result is tested for an error pointer somewhere */
	VEC(struct null_test) null_tests; /* of results that fail with an error pointer */
	const struct harness *harness;	  /* NULL: an ordinary function */
	unsigned int steps;
	const uint32_t *bound; /* by parameter: the function that it is, or IR_NONE; NULL: nothing is known of them */
	bool out_of_steps;
};

/* engine.c */
void engine_prepare(struct engine *e, struct arena *a, const struct ir_unit *u, const struct model *m,
		    const struct engine_options *opt);
void engine_finish(struct engine *e);
/* The rule of what the instruction calls; NULL: it is no call, or of nothing that has a rule. */
const struct api *engine_api(const struct engine *e, const struct ir_ins *call);
/* NULL: the function is none that was made to call callbacks. */
const struct harness *engine_harness(const struct engine *e, uint32_t function);
/* NULL when nothing is known: neither a body here nor a summary from elsewhere. */
const struct summary *engine_summary(struct engine *e, uint32_t function);
static inline const struct ir_function *engine_function(const struct engine *e, uint32_t function)
{
	return &e->unit->functions[function];
}
/* With parameters bound to functions; nothing is told. */
struct summary *engine_analyse_bound(struct engine *e, uint32_t function, const uint32_t *to);

/* bound.c: what is known of a call that hands over functions which the callee calls; NULL: it is no such call. */
struct call;
const struct summary *bound_summary(struct fn *fn, const struct call *c);

/* explore.c: runs the function from its entry; fills fn->exits. */
void fn_explore(struct fn *fn);

/* merge.c */
/* Do the two contradict each other in something that both know? */
bool states_contradict(const struct state *x, const struct state *y);
/* Do the two agree on all resources and rounds of loops, or, `loosely`, on the resources that are still owned? */
bool states_mergeable(const struct state *x, const struct state *y, bool loosely);
/* How much is forgotten when the two are merged, counted no further than `enough`. */
unsigned int states_distance(struct fn *fn, const struct state *x, const struct state *y, unsigned int enough);
/* Do the same places outside hold the same resources? */
bool states_hold_alike(struct fn *fn, const struct state *x, const struct state *y);
/* At the head of `block`. */
struct state state_merge(struct fn *fn, const struct state *x, const struct state *y, uint32_t block);

struct reach;

/* loop.c */
void fn_find_loops(struct fn *fn);
/* Does the instruction stand in the body of a loop? */
bool fn_in_loop(const struct fn *fn, uint32_t ins);
/* Along an edge back to a loop's header. FALSE: visited often enough. */
bool loop_go_round(struct fn *fn, struct state *st, uint32_t header);
/* May a path in that round of the loop take the edge out of its header, which (`known`) follows from values? */
bool loop_may_go(const struct fn *fn, const struct state *st, uint32_t from, uint32_t to, bool known);
/*
 * Forgets the rounds of loops that the block is not in, and numbers what is left: calls in different rounds of the
 * loops around them have results of different names, and whatever follows a loop is named alike however often it ran.
 */
void loop_settle(struct fn *fn, struct state *st, uint32_t block);
/* On an edge that leaves loops because of a condition that nobody can know: whatever they release may be released. */
void loop_leave(struct fn *fn, struct state *st, uint32_t from, uint32_t to);
/* On an edge out of a loop that is not run at all: what it counts up to is 0 and not below. */
void loop_not_run(struct fn *fn, struct state *st, uint32_t from, uint32_t to, uint32_t cond);
/* What has been taken in a loop may have been released, as many times as nobody can tell. */
void release_looped(struct fn *fn, struct state *st, const struct family *f, const struct reach *reach, uint32_t ins);

/* unlink.c: whatever leads to the object leads to another one from now on; the call at `ins` took it off a list. */
void unlink_object(struct fn *fn, struct state *st, uint32_t object, uint32_t ins);
/* The same of the object around `node`, a link of whichever kind, whose neighbours become each other's. */
void unlink_element(struct fn *fn, struct state *st, uint32_t node, uint32_t ins);
/* Has the path taken it off a list, as far as its own pointers tell? */
bool is_unlinked(struct fn *fn, const struct state *st, uint32_t object);

/* exec.c: executes a cursor up to its terminator. New cursors (calls with several outcomes) are pushed to `more`. */
struct cursor_stack {
	VEC(struct cursor) all;
};
/* FALSE: the path ends here (noreturn call, infeasible). */
bool exec_to_terminator(struct fn *fn, struct cursor *c, struct cursor_stack *more);
struct range fn_type_range(const struct fn *fn, uint32_t type);
uint32_t fn_fresh(struct fn *fn, const struct state *st, uint32_t ins, uint32_t sub, struct range r);
/* The epoch of contents that an instruction leaves in memory, named by it and the round of the loops around it. */
uint32_t fn_epoch(const struct state *st, uint32_t ins);
/* Is it what a local holds to which nobody has stored since it began? */
bool fn_is_not_set(const struct fn *fn, uint32_t v);

/* call.c */
struct call {
	uint32_t ins;
	uint32_t callee; /* function index or IR_NONE */
	const struct api *api;
	const uint32_t *args;
	uint32_t n_args;
	struct range ret_range;
	bool ret_void;
	bool ret_ignored; /* nobody looks at what it returns: taken to succeed */
};
void call_execute(struct fn *fn, const struct state *st, const struct call *c, struct outcomes *out);
/* A callee of which nothing is known but its declaration: arguments may escape, locals whose address is passed change.
 */
void call_unknown(struct fn *fn, struct state *st, const struct call *c);
const char *call_name(const struct fn *fn, uint32_t callee);

/* handed.c: tells what has been released and is among what a callee without a body here follows. */
void check_handed(struct fn *fn, struct state *st, const struct call *c);

/* fill.c */
/* What the parameter points to; NULL: it is not declared, or no pointer. */
const struct ir_type *parameter_target(const struct fn *fn, uint32_t callee, uint32_t arg);
/* Of a callee of which nothing else is known. A variable whose address is passed may be written; so may the zeroed
 * memory that a driver hands out for filling. */
void may_write(struct fn *fn, struct state *st, const struct call *c, uint32_t arg, bool borrows);
/* What `value` points to has got where others may write it: what was zero is not known any more. */
void fill_zeros(struct fn *fn, struct state *st, uint32_t value, uint32_t ins);
/* Of any callee: buffers that it gets, by themselves or named in a message on the stack, are no longer zero. */
void fill_buffers(struct fn *fn, struct state *st, const struct call *c);
/* The call waits for others: numbers that the path has written, or others do, are no longer known. */
void others_run(struct fn *fn, struct state *st, uint32_t ins);

/* rule.c */
void rule_apply(struct fn *fn, const struct state *st, const struct call *c, struct outcomes *out);

/* resource.c */
enum { ARG_IN_CALLEE = -1 };
/* One taking or giving back. `ins` is the call in this function, `at` the call that does it in the end. */
struct deed {
	uint32_t key;
	uint32_t ins;
	struct origin at;
	const char *api;
	uint32_t device; /* taken: managed by this device value, 0: unmanaged */
	uint32_t with;	 /* armed: what the callback gets; what taking and releasing must agree in */
	uint32_t action; /* a managed action: what runs with `with` when the device goes; released: what the last put
			    calls */
	bool mined;
	const struct sum_case *left; /* as in struct resource */
	uint32_t left_in;
	bool looped;		/* inside a loop of the callee */
	bool inner;		/* released: as in struct resource */
	bool spared;		/* and perhaps released there again */
	bool maybe;		/* released: as in struct resource */
	uint32_t rank;		/* its place among the deeds of the call */
	bool by_core;		/* released by the driver core, not by hand */
	const struct api *rule; /* released: by this rule */
	bool last;		/* released: however often it was taken */
	int arg;		/* at this argument; ARG_IN_CALLEE: of a call inside the callee */
};
/* The call runs again: what it took before, it has not taken last. */
void resource_again(struct fn *fn, struct state *st, uint32_t ins);
void resource_acquire(struct fn *fn, struct state *st, const struct family *f, const struct deed *d);
/* Whatever there is of the family ends, nobody can tell which ones. */
void release_family(struct fn *fn, struct state *st, const struct family *f, uint32_t ins);
/* A pointer that the caller can see points to what has been taken (`d`) and released again (`by`, at `at`). */
void resource_dangles(struct fn *fn, struct state *st, const struct family *f, const struct deed *d, const char *by,
		      struct origin at);
void resource_release(struct fn *fn, struct state *st, const struct family *const *families, unsigned int n,
		      const struct deed *d);

/* call.c */
/* Runs `callee` with one argument on the state (devm actions, callbacks); only its effects on resources are kept. */
void call_action(struct fn *fn, struct state *st, uint32_t callee_value, uint32_t arg, uint32_t ins, bool defer);

/* last.c */
/* What dropping the last reference calls, and with what; `callee` 0: nothing, or it is not the last. */
struct last_put {
	uint32_t callee, with;
};
struct last_put last_put_of(struct fn *fn, const struct state *st, const struct family *const *families, unsigned int n,
			    const struct deed *d);
/*
 * What has been stored in the member of that name of the object at `key`, or of a record inside it: the nearest. 0:
 * nothing.
 */
uint32_t stored_member(struct fn *fn, const struct state *st, uint32_t key, const char *member, uint32_t *where);
/* The function that the unit stores in members of that name, at that offset of their record; IR_NONE: none, several. */
uint32_t only_function_in(const struct fn *fn, const char *member, int64_t offset);

/* detach.c: what the driver core does when a device goes: its managed resources are released, last taken first. */
void detach(struct fn *fn, struct state *st, uint32_t ins);
/* devm_add_action() and the like: `action`(`with`) runs when the device's managed resources are released. */
void defer_action(struct fn *fn, struct state *st, uint32_t device, uint32_t action, uint32_t with,
		  const struct call *c);

/* The family of such an action itself, which no rule knows. */
bool is_managed_action(const struct family *f);
/* devm_remove_action() and the like: it will not run. Who says so, in whatever callee, has to do its work. */
void revoke_action(struct fn *fn, struct state *st, uint32_t action, uint32_t with, const struct call *c);
void revoked_action(struct fn *fn, struct state *st, const struct resource *action);

/* run.c: timers, work and the like that some function of the unit arms, and that live in an object held here, may be
 * armed. */
void run_callbacks(struct fn *fn, struct state *st, uint32_t ins);

/* summary.c */
struct summary *summary_build(struct fn *fn);
/* Does it release a resource of this family that the caller has (kvfree() what came from kmalloc() or vmalloc())? */
bool releases_one_of(const struct sum_resource *r, const struct family *f);
/* Does some case? */
bool summary_gives_back(const struct summary *s, const struct family *f);
/* That it still holds this when it is left so is doubtful: for callers, too. */
void summary_doubt(struct summary *s, const struct fn_exit *e, const struct resource *r);
/* Who says by NULL that it failed does not return NULL when it has taken something. */
void summary_settle_null(struct summary *s);
/* An empty function: there is nothing to undo. */
bool summary_does_nothing(const struct summary *s);
/* Does it no more than fill what it gets with pointers to itself (empty lists)? */
bool summary_initialises(struct pool *p, const struct summary *s);
/* apply.c: each case that can hold becomes an outcome. */
void summary_apply(struct fn *fn, const struct state *st, const struct call *c, const struct summary *sum,
		   struct outcomes *out);
/* Can all of these hold at a call of the function that says so? `then` is the caller's state in which they do. */
bool summary_allows(struct fn *fn, const struct state *st, const struct call *c, const struct sum_constraint *pre,
		    unsigned int n, struct state *then);
/* A value of the callee's entry as the caller knows it. */
uint32_t summary_value(struct fn *fn, const struct state *st, const struct call *c, uint32_t sym);

/* pure.c: what a call that only looks answers, the same as long as nothing it looks at has changed; 0: it does more. */
uint32_t pure_answer(struct fn *fn, const struct state *st, const struct call *c, const struct summary *sum);
/* Does it do nothing but look? */
bool looks_only(struct engine *e, uint32_t function);

/* mine.c */
void mine_pairs(struct fn *fn);
void mine_call(struct fn *fn, const struct call *c, struct outcomes *out, bool callee_known);

/* reach.c */
/*
 * Which values are reachable from outside the function at this exit: from parameters, globals and the returned value.
 * `failed`: what is managed by a device ends soon, and with it the way to what it holds.
 */
struct reach *reach_compute(struct fn *fn, const struct state *st, uint32_t ret, bool failed);
/* The same, but only what globals hold on to. */
struct reach *reach_from_globals(struct fn *fn, const struct state *st);
/* What the callee can get at: what is reachable from outside and from its arguments. */
struct reach *reach_of_call(struct fn *fn, const struct state *st, const struct call *c);
bool reach_has(const struct reach *r, uint32_t sym);
/* Is the pointer to it known to stand in memory that is gone? Where none is known, it may have been forgotten. */
bool reach_lost(const struct reach *r, uint32_t sym);
/* Does the value come from the caller (parameters, globals, what they point to)? */
bool sym_from_caller(struct pool *p, uint32_t sym);
/* Does a global lead to it? */
bool sym_from_global(struct pool *p, uint32_t sym);
/* Is `sym` computed from `base` (a member's contents, an address inside)? */
bool sym_derives(struct pool *p, uint32_t sym, uint32_t base);
/* The call of this function whose result the value is; IR_NONE: of none. */
uint32_t fn_call_of(const struct fn *fn, uint32_t value);
/*
 * `sym` is handed to a call: every resource that it names or that is reachable in memory from it goes with it.
 * `all_kinds`: references and counts too. `doubt` is the value that the call returns: whether the callee keeps what it
 * is given is not known, and the sibling paths decide; 0: ownership is gone for certain.
 */
void escape(struct fn *fn, struct state *st, uint32_t sym, bool all_kinds, uint32_t doubt);
/* A count in the object at that address has been dropped, and may not have been the last. */
void count_dropped(struct fn *fn, struct state *st, uint32_t at);
/* The same, but only of what was allocated on this path; FALSE: it was not, and nothing has changed. */
bool allocation_dropped(struct fn *fn, struct state *st, uint32_t at);
/* `bytes` at `from` now stand at `to` as well. */
void copy_object(struct fn *fn, struct state *st, uint32_t to, uint32_t from, int64_t bytes);
/* A callee has copied them to where others find them, without knowing what the object holds. */
void contents_copied(struct fn *fn, struct state *st, uint32_t from);

/* The case of the callee's summary that this path took at the call; NULL when the trace does not say. */
const struct sum_case *case_taken(struct fn *fn, const struct state *st, uint32_t call_ins);

/* report.c: a finding with the path told from the state's trace. */
struct report {
	const char *rule;
	enum confidence confidence;
	const struct state *st;
	const struct resource *res;
	uint32_t ins; /* where */
	const char *message;
	const char *exit_kind;
	bool elsewhere; /* the finding stands at `at`, not at `ins` of this function */
	struct origin at;
	const struct sum_case *in_case; /* the path inside at.function, to be told too; may be NULL */
	uint32_t sibling_ins;		/* a release on a sibling path, IR_NONE: none */
	const char *at_text;		/* message of the last event */
	/* Without `res`: the finding's own words, and what is to be told besides. */
	const char *resource, *acquire, *release, *expression;
	uint32_t since; /* branches are told from this call on; IR_NONE: all */
	const struct finding_event *before, *after;
	uint32_t n_before, n_after;
	const char *group; /* see struct finding; NULL: alone */
	uint32_t rank;
	bool more_exits; /* the message speaks of other exits that forget the same */
	bool in_reach;	 /* the function fails, and its callers can still give `res` back */
};
void fn_report(struct fn *fn, const struct report *given);
/* Nothing has been told yet: new tables of what has, which reports_end() frees. */
void reports_begin(struct engine *e);
void reports_end(struct engine *e);
/* A callee has failed and left it behind, and on this path of its caller it has been given back. */
void report_returned(struct fn *fn, const struct resource *r);
/* second.c: tells with low confidence what a finer look does not find again. Before reports_settle(). */
void second_look(struct engine *e);
/* The second look at the function could not be finished: what the first one knows of it; NULL: this is the first. */
struct summary *second_look_broken_off(struct engine *e, uint32_t function);
/* Takes back the findings that callers have proved wrong: whoever mended them would give back twice. */
void reports_settle(struct engine *e);
/* The branch in words. */
const char *step_text(struct fn *fn, uint32_t function, const struct step *s);
/* Tells what a probe sees: that it is reached, and the range of a value (0: none). */
void report_probe(struct fn *fn, const struct state *st, uint32_t ins, uint32_t value);
/* Has a leak of what this was taken by been told already? */
bool leak_told(struct fn *fn, const struct resource *r);
/* An event of a finding that stands in any function of the unit; `message` is not copied. */
struct finding_event event_at(const struct engine *e, const char *kind, struct origin at, const char *message);
const char *resource_text(struct fn *fn, const struct resource *r);

/* Checks: one small file each in check/, called through this table. A NULL hook is skipped. */
struct check {
	const char *name;
	/* All functions of the unit have been analysed. */
	void (*unit)(struct engine *e);
	/* All paths have ended. */
	void (*exits)(struct fn *fn);
	/* `res`, known on this path (any state; NULL when nothing is), is about to be released as one of `families`. */
	void (*release)(struct fn *fn, const struct state *st, const struct resource *res,
			const struct family *const *families, unsigned int n, const struct deed *d);
	/* Memory at `addr` is read or written; `dead` was released on this path. */
	void (*use)(struct fn *fn, const struct state *st, const struct resource *dead, uint32_t ins);
	/* Memory behind `base` is read or written, and base may be NULL or an error as far as this path knows. */
	void (*deref)(struct fn *fn, const struct state *st, uint32_t base, uint32_t ins);
	/* `s` is about to happen where it must not. */
	void (*sleep)(struct fn *fn, const struct state *st, const struct sleep *s);
	/* The kernel calls the function in a context where `s` must not happen. */
	void (*entry)(struct fn *fn, const struct atomic_entry *entry, const struct sleep *s);
	/* The object's end will drop a reference to `value`, which stands at `where`: it must have one of its own. */
	void (*own)(struct fn *fn, const struct state *st, const struct family *f, uint32_t value, uint32_t where,
		    uint32_t ins);
	/* A branch tests `cond`. */
	void (*branch)(struct fn *fn, const struct state *st, uint32_t cond, uint32_t ins);
};
extern const struct check *const engine_checks[]; /* NULL-terminated; defined in check/ */

#endif
