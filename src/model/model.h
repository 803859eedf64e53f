/*
 * What APIs do, as data: rules/ *.yaml loaded into tables and looked up by callee name.
 *
 * A rule file holds `families` (kinds of resource), `functions` (effects of a call) and `pairs` (naming conventions by
 * which an unknown function's counterpart is recognised). Format: rules/README.md. A file with a mistake is refused
 * with file:line and reason. Names are matched after stripping the suffixes that rules/ lists as meaningless
 * ("_noprof").
 */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include "base/arena.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct model;

enum family_kind {
	FAMILY_OWNED,	   /* one owner, released once: memory, mappings, regions */
	FAMILY_REFERENCE,  /* counted, holders independent: of_node, device; a borrower takes its own */
	FAMILY_COUNT,	   /* enable counts: clk, regulator, runtime PM */
	FAMILY_REGISTERED, /* known to a subsystem until unregistered; the object belongs to the driver */
	FAMILY_ARMED,	   /* may call back until disarmed: irq, timer, work, urb */
};

struct family {
	const char *name;     /* "kmem" */
	const char *resource; /* what findings call it: "memory" */
	const char *noun;     /* for messages: "memory", "clock enable", "reference to a device node" */
	const char *release;  /* the usual release function, for messages */
	const char *record;   /* ARMED: what is armed is a `struct NAME`; NULL: not said */
	enum family_kind kind;
	bool report_success; /* owned and unreachable at a successful exit is a leak too (true for OWNED and REFERENCE
				by default) */
	bool dead_after_release; /* using the object after release is an error (default: OWNED) */
	bool leak_at_root; /* on a failing exit, owned and reachable only through parameters: still a leak when nobody
			      above releases it (default: all) */
	bool handed_on; /* such an object is passed from call to call: who gets one releases it or hands it on (default:
			   none) */
	bool plain;	/* OWNED: its release gives back nothing of what it points to (default: memory) */
	bool first;	/* REFERENCE: the one that comes with initialising the object; its put ends the object */
	bool counted;	/* guessed from names: what gives it back drops a count */
	bool brief;	/* ARMED: it runs at once, and once */
	bool bound;	/* goes with the binding: what takes it later, and fails, leaves it to who ends that */
	bool leaks;	/* whoever leaves it behind, or frees the memory around it, makes a mistake (default) */
	bool outlives;	/* REGISTERED: who has it open still uses it when its registration has ended */
	const char *through; /* `outlives`: if it is reached through a pointer in a `struct NAME`; NULL: in any case */
	const struct family *halves[2]; /* taken by one call, can be given back one after the other; NULL: not so */
	const char *const *serves; /* REGISTERED: while it is, functions in slots of these `struct NAME`s are called;
				      NULL-terminated; NULL: not said */
	const char *const *open; /* REGISTERED: who has a file open by the table in such a `struct NAME` goes on calling
				    its slots when the registration has ended; NULL-terminated; NULL: not said */
	const char *const *open_slots; /* only these; NULL: any but `open` */
	/* While the same object, or what it is taken `with`, holds that one, the device manages this, too; or NULL. */
	const struct family *managed_with;
	unsigned int index;
};

/* Is what was taken gone with its release, so that nobody may follow it any more? `f` may be NULL. */
static inline bool ends_with_release(const struct family *f)
{
	return f && f->kind == FAMILY_OWNED && f->dead_after_release;
}

/* Where in a call: the returned value, argument n, or what is stored at argument n + offset path. */
enum place_root {
	PLACE_NONE,
	PLACE_RETURN,
	PLACE_ARG,
	PLACE_ANY, /* release: whichever there are (destroying a queue ends all that is queued) */
};
struct place {
	enum place_root root;
	int arg;
	int deref;	   /* 0: the value itself; 1: *argN */
	const char *field; /* "arg0->field": member of what it points to (looked up by the type), or NULL */
};

enum effect_kind {
	EFFECT_ACQUIRE,
	EFFECT_RELEASE,
	EFFECT_KEEP,   /* the callee keeps the pointer: ownership leaves the caller */
	EFFECT_FILL,   /* writes an unknown value to *place */
	EFFECT_STORE,  /* *place = value */
	EFFECT_DEFER,  /* calls `value` with `with` when `device`'s managed resources are released */
	EFFECT_REVOKE, /* takes such a deferred call back */
	EFFECT_CALL,   /* calls `value` with `with` now or soon (callback runs before return) */
	EFFECT_OWN,    /* the end of the object will release what its member points to */
	EFFECT_ARM,    /* `value` may be called with `with` until the family's release of `at` */
	EFFECT_HALT,   /* keeps it from running again, and does not wait for one that runs */
	EFFECT_ASK,    /* tells whether such a resource is held */
};
enum { EFFECT_KINDS = EFFECT_ASK + 1 };
enum effect_when { WHEN_SUCCESS, WHEN_FAILURE, WHEN_ALWAYS };

struct effect {
	enum effect_kind kind;
	enum effect_when when;
	struct place at;
	const struct family *family;	/* ACQUIRE, OWN, ARM, ASK: one; RELEASE: see families */
	const struct family **families; /* RELEASE: any of these is right */
	unsigned int n_families;
	struct place device; /* ACQUIRE, DEFER: managed by this device; root PLACE_NONE: unmanaged */
	struct place value;
	struct place with; /* what the callback gets; ACQUIRE, RELEASE: an argument in which the two must agree */
	bool last; /* RELEASE of a reference: known to be the last one; of what is armed: it cannot be armed again */
	const char *member; /* OWN; ACQUIRE: what the source calls that which *argN begins with; or NULL */
	int bits_arg;	    /* only if the argument, where it is known, has one of these `bits`; none: in any case */
	int64_t bits;
	bool without_bits; /* only if it has none of them */
	const char *runs;  /* RELEASE of the last reference: calls what this member of the object points to; or NULL */
};

/* Does an effect that depends on bits of an argument come when that argument is known to be `value`? */
static inline bool effect_comes_with(const struct effect *e, int64_t value)
{
	return !(value & e->bits) == e->without_bits;
}

enum fails {
	FAILS_UNKNOWN, /* no convention known: any value may mean anything */
	FAILS_NEVER,
	FAILS_NULL,
	FAILS_ERRPTR,
	FAILS_NULL_OR_ERRPTR,
	FAILS_ERRNO,   /* negative: failure; 0 or positive: success */
	FAILS_NONZERO, /* anything but 0 is failure */
	FAILS_ZERO,    /* 0 or false is failure */
};

enum sleeps {
	SLEEPS_UNKNOWN,
	SLEEPS_NEVER,
	SLEEPS_ALWAYS,
	SLEEPS_GFP,
	SLEEPS_UNLESS_INTERRUPT, /* defers its work in interrupts and with softirqs off */
	SLEEPS_IRQS_OFF,	 /* need not be able to sleep, but interrupts must be on */
};

enum intrinsic {
	INTRINSIC_NONE,
	INTRINSIC_IS_ERR,
	INTRINSIC_IS_ERR_OR_NULL,
	INTRINSIC_PTR_ERR, /* the same value */
	INTRINSIC_ERR_PTR, /* also ERR_CAST: the same value, which is an error code */
	INTRINSIC_PTR_ERR_OR_ZERO,
	INTRINSIC_RETURNS_ARG,	 /* returns argument intrinsic_arg unchanged */
	INTRINSIC_RETURNS_CONST, /* returns intrinsic_value */
	INTRINSIC_NORETURN,
	INTRINSIC_COPY,	     /* memcpy-like: *arg0 = *arg1 */
	INTRINSIC_ZERO,	     /* memset-like with value arg1 */
	INTRINSIC_LOAD,	     /* returns *arg0 ... READ_ONCE helpers */
	INTRINSIC_BIT,	     /* returns bit arg0 of the words at arg1 */
	INTRINSIC_SET_BIT,   /* the same, then sets it */
	INTRINSIC_CLEAR_BIT, /* the same, then clears it */
	INTRINSIC_XCHG,	     /* returns *arg0, then *arg0 = arg1 */
	INTRINSIC_UNLINK,    /* takes *arg0 off the list it is on: what led to it leads elsewhere */
	INTRINSIC_PROBE,     /* tests: tells that it was reached, and what is known of arg0 */
};

/* What makes a context atomic; a set of bits. Each is counted by itself: locks are mixed freely with interrupts off. */
enum context_part {
	CONTEXT_LOCK = 1, /* a spinlock is held or preemption is off */
	CONTEXT_IRQ = 2,  /* interrupts are off */
	CONTEXT_BH = 4,	  /* softirqs are off, or an interrupt runs */
	CONTEXT_RCU = 8,  /* inside an RCU read-side section */
};

struct api {
	const char *name;
	enum fails fails;
	bool may_be_null;      /* besides `fails`: NULL is a legal success ("_optional" getters) */
	bool returns_positive; /* success may be > 0 (pm_runtime_get_sync, platform_get_irq) */
	bool returns_count;    /* how many there are: a success is at least 1 */
	bool must_check;       /* who ignores the result goes on without what the call is for */
	bool may_ignore;       /* the failure is seen otherwise, or does no harm */
	const struct effect *effects;
	unsigned int n_effects;
	uint32_t null_ok; /* bit n: argument n may be NULL (or, for release, ERR_PTR when err_ok has it) */
	uint32_t err_ok;
	uint32_t nonzero;	       /* bit n: success implies that argument n is not zero */
	int at_least_arg, at_most_arg; /* arguments between which the result of a success lies; -1 none */
	enum sleeps sleeps;
	int gfp_arg;		 /* SLEEPS_GFP, allocation flags; -1 none */
	int size_arg, count_arg; /* allocations: bytes, or bytes x count; -1 none */
	bool zeroed;		 /* fresh memory is zero */
	enum intrinsic intrinsic;
	int intrinsic_arg;
	int64_t intrinsic_value;
	unsigned int enter, leave;	 /* of enum context_part */
	bool fails_misused;		 /* only when it is misused (a queue without operations), never otherwise */
	bool sleeps_seldom;		 /* only for what few have: it is forbidden, and does no harm otherwise */
	bool tests_context;		 /* its caller asks whether it may sleep */
	bool tests_count;		 /* it drops a count and tells whether that was the last */
	bool waits;			 /* for others, who change meanwhile what it waits for */
	const char *sleeps_unless;	 /* not in a unit that calls this function */
	const char *const *sleeps_where; /* only in a unit that calls one of these; NULL-terminated; NULL: anywhere */
	uint32_t callbacks;		 /* bit n: argument n is called in atomic context */
	unsigned int callbacks_in;	 /* of enum context_part: what is sure of it */
	const char *file;		 /* where the rule stands */
	unsigned int line;
};

/* Conventions for functions that no rule names: "create" in one name, "destroy" in the other's same place. */
struct pair {
	const char *acquire, *release; /* words between underscores: "enable", "disable" */
};

#define MODEL_ERROR model_error_quark()
GQuark model_error_quark(void);

/* Loads every *.yaml of the directory, in name order. Error messages start with file:line:. */
struct model *model_load(const char *directory, GError **err);
void model_free(struct model *m);
/* NULL when no rule names the function. `name` may carry a suffix like _noprof. */
const struct api *model_api(const struct model *m, const char *name);
/* The same for what is said of sleeping and callbacks only, which a function may have without a rule. */
const struct api *model_context(const struct model *m, const char *name);
/* Bits of allocation flags that allow sleeping. */
int64_t model_gfp_sleeps(const struct model *m);
/* Bits of allocation flags that allow using up the reserve for atomic context. */
int64_t model_gfp_reserve(const struct model *m);
/* The bit of allocation flags with which an allocation cannot fail (include/linux/gfp_types.h); 0: not known. */
int64_t model_gfp_nofail(const struct model *m);
/* Name as users know it: without _noprof and the like. Interned in the model. */
const char *model_display_name(const struct model *m, const char *name);
const struct family *model_family(const struct model *m, const char *name);
unsigned int model_n_families(const struct model *m);
const struct family *model_family_at(const struct model *m, unsigned int index);
/* A function that only looks at what its arguments point to, by rule or by the name patterns in rules/ (of_property_*,
 * dev_*). */
bool model_borrows(const struct model *m, const char *name);
/* Is `release` by its name the counterpart of `acquire`? Same words but for one that a pair exchanges; "un", "de",
 * "dis" prefixes too. */
bool model_is_pair(const struct model *m, const char *acquire, const char *release);
/* Does any word of the name say that it releases (destroy, free, exit, ...)? */
bool model_sounds_like_release(const struct model *m, const char *name);
/* Does the function write to a device's registers? */
bool model_writes_device(const struct model *m, const char *name);
/* Does any word of the name say that whatever it gets comes to its end (destructor, deinit, cleanup, ...)? */
bool model_sounds_final(const struct model *m, const char *name);
/* Does a global of that name only lie between two names of one thing, so that what is added to its value, or the
 * element at it whose number is an address shifted right, is that thing? */
bool model_renames(const struct model *m, const char *global);
/* Does a member of that name lead from a device to the one above it? */
bool model_leads_to_parent(const struct model *m, const char *member);
/* Does any word of the name say that it is done as a whole or not at all, so that only what has succeeded is undone
 * (register)? */
bool model_sounds_whole(const struct model *m, const char *name);
/* Does any word of the name say that it may well take nothing (init)? */
bool model_sounds_weak(const struct model *m, const char *name);
/* Does the macro test for what cannot be (WARN_ON())? */
bool model_sounds_like_warning(const struct model *m, const char *macro);
/*
 * What takes the same as `plain` and lets a device manage it: the rule with the shortest name that ends with that one's
 * (what is longer does more), takes the same family and gets the device. NULL: there is none.
 */
const struct api *model_managed_twin(const struct model *m, const char *plain, const struct family *f);
/* What a call of it takes or arms; NULL: nothing. */
const struct effect *api_acquires(const struct api *api);
/* By what a call of it releases or stops one of the family; NULL: by nothing, or `api` is NULL. */
const struct effect *api_releases(const struct api *api, const struct family *f);
/* Every function with a rule, sorted by name. */
const struct api *const *model_apis(const struct model *m, unsigned int *n);

#endif
