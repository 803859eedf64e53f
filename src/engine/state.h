/*
 * The state of one path: memory, constraints on values, resources, and the trace that tells how it came here.
 * A state is a small struct of persistent maps: copying it is an assignment, and nothing it points to is edited.
 */
#ifndef ENGINE_STATE_H
#define ENGINE_STATE_H

#include "base/pmap.h"
#include "engine/sym.h"
#include "model/model.h"

enum resource_state {
	RES_OWNED,    /* must be released by somebody */
	RES_RELEASED, /* was released on this path */
	RES_ESCAPED,  /* ownership is out of sight: not this path's business any more */
};

/*
 * What is known of one resource on one path; immutable and hash-consed, so equal facts are equal pointers.
 * A resource is named by a value (the pointer that was returned, the clock that was enabled) and its family.
 */
struct origin {
	uint32_t function,
		ins; /* the instruction of the call that takes or releases in the end; ins IR_NONE: not known */
};

struct resource {
	uint32_t key;
	const struct family *family;
	const struct family *const
		*families; /* released, never seen taken: what the release is right for; NULL: `family` only */
	unsigned int n_families;
	const struct api *rule; /* released: by this rule */
	enum resource_state state;
	int count;	      /* OWNED: times taken; starts at 1 */
	uint32_t acquire_ins; /* IR_NONE: not taken in this function (released or owned at entry) */
	uint32_t release_ins; /* RELEASED: where; OWNED: IR_NONE; ESCAPED: the call that ends all of its family, or
				 IR_NONE */
	uint32_t doubt; /* result of the call that may have kept it; 0: none. A later release by hand says that it did
			   not */
	uint32_t lost_ins; /* where the last variable that held it was overwritten, IR_NONE: never */
	uint32_t rank;	   /* among what the call at acquire_ins or release_ins does: its place in that order */
	struct origin taken, released; /* the same, followed into callees */
	uint32_t device;	       /* managed by this device value; 0: unmanaged */
	uint32_t order;		       /* managed: position on the stack of what the device releases, from 1 */
	uint32_t action;	       /* a managed action: the function that runs; `with` is its argument */
	uint32_t with; /* armed: value that the callback gets; argument that its release must be given, too; 0: none
			  known */
	const char *acquire; /* API name as users know it */
	const char *release; /* RELEASED: the API that did it; OWNED: the release that fits, by rule or by sibling */
	const struct sum_case
		*left;	  /* the innermost callee that failed and left it to its caller: how it ended; NULL: none */
	uint32_t left_in; /* that callee */
	bool deep;	  /* doubt: that call got an object that it hangs in, not the thing itself */
	bool mined;	  /* the pair is guessed from names, no rule or body says so */
	bool looped;	  /* taken inside a loop of a callee */
	bool inner;	  /* released: by another unit's function, which may have cleared the pointer as well */
	bool spared;	  /* a callee may have released it, on a condition that is not known here */
	bool again;	  /* the same call has been made again since */
	bool torn;	  /* a callee failed and left it, and on another of its failures releases it */
	bool counted; /* released: by who has dropped a count on this path; a caller cannot know whether it was the last
		       */
	bool maybe;   /* released: by a callee that does so on a condition that is not known here */
};

/* How a value was given away: memory it points to only, or every kind of resource reachable from it. */
enum {
	GIVEN_MEMORY = 1,
	GIVEN_ALL = 2,
	GIVEN_FAMILY = 3,  /* the key is a family's index: whichever there are have ended */
	GIVEN_LOOPED = 4,  /* the same, but only those that were taken in a loop, and not for certain */
	GIVEN_COUNTED = 5, /* a count in it has been dropped: who holds another has the memory, if that was allocated */
	GIVEN_CONTENTS = 6, /* a callee that does not know what it holds has copied it to where others find it */
	GIVEN_CERTAIN = 8   /* a flag: on every path, to somebody of whom it is known that he keeps it */
};

/* One step of a path, newest first. */
enum step_kind { STEP_BRANCH, STEP_SWITCH, STEP_CALL };
struct step {
	const struct step *before;
	enum step_kind kind;
	uint32_t ins;
	uint32_t cond; /* BRANCH: the value tested */
	uint32_t way;  /* BRANCH: 0 condition true, 1 false; SWITCH: successor; CALL: case of the summary */
};

struct held;

struct state {
	struct pmap mem;   /* place (object, offset) -> value */
	struct pmap cons;  /* value -> struct range * */
	struct pmap res;   /* (value, family) -> struct resource * */
	struct pmap dead;  /* value -> struct resource *: released, what it points to may not be touched */
	struct pmap objs;  /* object -> epoch of its untouched contents, 1: zero */
	struct pmap loops; /* loop header -> visits */
	struct pmap given; /* caller's value -> GIVEN_*: passed to where ownership cannot be followed */
	struct pmap used;  /* parameter value -> 1: memory behind it was accessed */
	struct pmap
		blurred; /* acquiring instruction + 1 -> 1: paths were merged since, less is known than was decided */
	const struct step *trace;
	uint32_t epoch;	    /* loop iterations taken: tells results of one call instruction apart */
	uint32_t n_managed; /* managed resources taken so far */
	int atomic;	    /* counts of what forbids sleeping: engine/context.h */
	bool asked;	    /* the code has asked whether it may sleep */
	bool counted; /* a count has been dropped: what is released from now on was the last holder's, if it was */
	const struct held *held;
};

/* The function being executed: arena and tables that live as long as its analysis. */
struct world {
	struct arena *arena;
	struct pool *pool;
	uint32_t function;
	struct {
		const void **slots;
		uint32_t size, used;
	} ranges, resources;
};

void world_init(struct world *w, struct arena *a, struct pool *p, uint32_t function);

bool state_same(const struct state *x, const struct state *y);

/* Memory. What was never written reads as its contents at entry (INIT), or zero if the object is known to be zeroed. */
uint32_t state_load(struct world *w, struct state *s, uint32_t addr, struct range type);
/* The value if something was stored there, else 0. */
uint32_t state_peek(struct world *w, const struct state *s, uint32_t addr);
void state_store(struct world *w, struct state *s, uint32_t addr, uint32_t value);
/* Contents become unknown and different from before; zero if `zeroed`. Values stored in members are forgotten. */
/* The same for an object that is one scalar, without a search for members. */
void state_reset_scalar(struct world *w, struct state *s, uint32_t obj, uint32_t epoch);
void state_reset_object(struct world *w, struct state *s, uint32_t obj, uint32_t epoch);
enum { EPOCH_ENTRY = 0, EPOCH_ZERO = 1 }; /* other epochs: any number above */
void state_copy(struct world *w, struct state *s, uint32_t to, uint32_t from, int64_t bytes);

static inline uint64_t mem_key(uint32_t obj, int64_t offset)
{
	return (uint64_t)obj << 32 | (uint32_t)(int32_t)offset;
}
static inline uint32_t mem_obj(uint64_t key)
{
	return (uint32_t)(key >> 32);
}
static inline int64_t mem_offset(uint64_t key)
{
	return (int32_t)(uint32_t)key;
}

/* Part of an object, as whoever finds it there knows it. */
struct member {
	int64_t offset;
	const char *name; /* NULL: not known */
};
/* The member that a value was read from or is the address of; FALSE: it is neither. */
bool last_member(struct pool *p, uint32_t sym, struct member *m);
/* The member at a place in memory. */
struct member member_at(struct pool *p, uint64_t where);
/* A function that finds the object by another of its members counts from there: then the name must do. */
bool same_member(const struct member *x, const struct member *y);

/* Constraints. */
struct range state_range(struct world *w, const struct state *s, uint32_t sym);
/* Narrows a value; false when nothing is left (the path is infeasible). */
bool state_narrow(struct world *w, struct state *s, uint32_t sym, struct range r);
/* What the path has allocated and this points to; NULL: it has not. */
const struct resource *state_allocated(const struct state *s, uint32_t value);
/* Takes the condition as true or false; false when that is infeasible. */
bool state_assume(struct world *w, struct state *s, uint32_t cond, bool truth);
/* 1: certainly non-zero, 0: certainly zero, -1: either. */
int state_truth(struct world *w, const struct state *s, uint32_t cond);
bool range_intersect(struct range *r, struct range with);
struct range range_join(struct range x, struct range y);
static inline bool range_is_error(struct range r)
{
	return r.lo >= -4095 && r.hi < 0;
}
static inline bool range_is_null(struct range r)
{
	return r.lo == 0 && r.hi == 0;
}
const struct range *world_range(struct world *w, struct range r);

/* Resources. */
static inline uint64_t res_key(uint32_t sym, const struct family *f)
{
	return (uint64_t)sym << 16 | (f->index + 1);
}
const struct resource *state_resource(const struct state *s, uint32_t key, const struct family *f);
void state_set_resource(struct world *w, struct state *s, struct resource r);
/* Does the value name a resource that is owned here, or point into one? */
bool state_is_key(struct world *w, const struct state *s, uint32_t sym);
void state_drop_resource(struct world *w, struct state *s, uint32_t key, const struct family *f);
/* The release that made what the value points to go away on this path; NULL: none. `r` NULL: it is there again. */
const struct resource *state_dead(const struct state *s, uint32_t value);
void state_set_dead(struct world *w, struct state *s, uint32_t value, const struct resource *r);
/* Is the resource really there on this path: a pointer that is known to be NULL or an error owns nothing. */
bool state_resource_live(struct world *w, const struct state *s, const struct resource *r);

/* Forgets what is owned under a name that has turned out to be NULL or an error: such states must not be merged with
 * those in which it is there. */
void state_prune(struct world *w, struct state *s);

void state_step(struct world *w, struct state *s, enum step_kind kind, uint32_t ins, uint32_t way, uint32_t cond);

#endif
