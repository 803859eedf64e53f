/* The schema of rule files for libcyaml. */
#include "model/raw.h"

#include "model/yaml.h"

enum { OPTIONAL = CYAML_FLAG_OPTIONAL, OPTIONAL_PTR = CYAML_FLAG_OPTIONAL | CYAML_FLAG_POINTER };

static const cyaml_strval_t kind_names[] = {
	{"owned", FAMILY_OWNED},	   {"reference", FAMILY_REFERENCE}, {"count", FAMILY_COUNT},
	{"registered", FAMILY_REGISTERED}, {"armed", FAMILY_ARMED},
};
static const cyaml_strval_t bool_names[] = {{"false", RAW_BOOL_FALSE}, {"true", RAW_BOOL_TRUE}};
static const cyaml_strval_t when_names[] = {
	{"success", RAW_WHEN_SUCCESS},
	{"failure", RAW_WHEN_FAILURE},
	{"always", RAW_WHEN_ALWAYS},
};
static const cyaml_strval_t fails_names[] = {
	{"never", FAILS_NEVER},	  {"null", FAILS_NULL},
	{"errptr", FAILS_ERRPTR}, {"null-or-errptr", FAILS_NULL_OR_ERRPTR},
	{"errno", FAILS_ERRNO},	  {"nonzero", FAILS_NONZERO},
	{"zero", FAILS_ZERO},
};
static const cyaml_strval_t sleeps_names[] = {
	{"never", SLEEPS_NEVER},       {"always", SLEEPS_ALWAYS},
	{"gfp", SLEEPS_GFP},	       {"unless-interrupt", SLEEPS_UNLESS_INTERRUPT},
	{"irqs-off", SLEEPS_IRQS_OFF},
};
static const cyaml_strval_t intrinsic_names[] = {
	{"is_err", INTRINSIC_IS_ERR},
	{"is_err_or_null", INTRINSIC_IS_ERR_OR_NULL},
	{"ptr_err", INTRINSIC_PTR_ERR},
	{"err_ptr", INTRINSIC_ERR_PTR},
	{"ptr_err_or_zero", INTRINSIC_PTR_ERR_OR_ZERO},
	{"noreturn", INTRINSIC_NORETURN},
	{"copy", INTRINSIC_COPY},
	{"zero", INTRINSIC_ZERO},
	{"load", INTRINSIC_LOAD},
	{"bit", INTRINSIC_BIT},
	{"set_bit", INTRINSIC_SET_BIT},
	{"clear_bit", INTRINSIC_CLEAR_BIT},
	{"xchg", INTRINSIC_XCHG},
	{"unlink", INTRINSIC_UNLINK},
	{"probe", INTRINSIC_PROBE},
};
static const cyaml_strval_t context_names[] = {
	{"lock", CONTEXT_LOCK},
	{"irq", CONTEXT_IRQ},
	{"bh", CONTEXT_BH},
	{"rcu", CONTEXT_RCU},
};

#define ENUM_FIELD(key, flags, type, member, names) \
	CYAML_FIELD_ENUM(key, CYAML_FLAG_STRICT | (flags), type, member, names, CYAML_ARRAY_LEN(names))
#define TEXT(key, flags, type, member) CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | (flags), type, member, 1, 200)

static const cyaml_schema_value_t word_schema = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 1, 200)};
static const cyaml_schema_value_t number_schema = {CYAML_VALUE_INT(CYAML_FLAG_DEFAULT, int)};

static const cyaml_schema_field_t family_fields[] = {
	TEXT("name", 0, struct raw_family, name),
	TEXT("resource", 0, struct raw_family, resource),
	TEXT("noun", 0, struct raw_family, noun),
	TEXT("release", OPTIONAL, struct raw_family, release),
	TEXT("managed_with", OPTIONAL, struct raw_family, managed_with),
	TEXT("record", OPTIONAL, struct raw_family, record),
	ENUM_FIELD("leaks", OPTIONAL, struct raw_family, leaks, bool_names),
	ENUM_FIELD("brief", OPTIONAL, struct raw_family, brief, bool_names),
	ENUM_FIELD("bound", OPTIONAL, struct raw_family, bound, bool_names),
	ENUM_FIELD("first", OPTIONAL, struct raw_family, first, bool_names),
	ENUM_FIELD("outlives", OPTIONAL, struct raw_family, outlives, bool_names),
	TEXT("through", OPTIONAL, struct raw_family, through),
	CYAML_FIELD_SEQUENCE("serves", OPTIONAL_PTR, struct raw_family, serves, &word_schema, 1, CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("open", OPTIONAL_PTR, struct raw_family, open, &word_schema, 1, CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("open_slots", OPTIONAL_PTR, struct raw_family, open_slots, &word_schema, 1,
			     CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("halves", OPTIONAL_PTR, struct raw_family, halves, &word_schema, 2, 2),
	ENUM_FIELD("kind", 0, struct raw_family, kind, kind_names),
	ENUM_FIELD("report_success", OPTIONAL, struct raw_family, report_success, bool_names),
	ENUM_FIELD("dead_after_release", OPTIONAL, struct raw_family, dead_after_release, bool_names),
	ENUM_FIELD("leak_at_root", OPTIONAL, struct raw_family, leak_at_root, bool_names),
	ENUM_FIELD("handed_on", OPTIONAL, struct raw_family, handed_on, bool_names),
	ENUM_FIELD("plain", OPTIONAL, struct raw_family, plain, bool_names),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t family_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_family, family_fields),
};

#define EFFECT_TEXT(key, flags) TEXT(#key, flags, struct raw_effect, key)
#define EFFECT_WHEN ENUM_FIELD("when", OPTIONAL, struct raw_effect, when, when_names)
#define EFFECT_BITS                                                                                \
	CYAML_FIELD_SEQUENCE("bits", OPTIONAL_PTR, struct raw_effect, bits, &number_schema, 2, 2), \
		CYAML_FIELD_SEQUENCE("no_bits", OPTIONAL_PTR, struct raw_effect, no_bits, &number_schema, 2, 2)
#define EFFECT_SCHEMA(name)                                 \
	static const cyaml_schema_value_t name##_schema = { \
		CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_effect, name##_fields)}

static const cyaml_schema_field_t acquire_fields[] = {
	EFFECT_TEXT(family, 0),
	EFFECT_TEXT(at, 0),
	EFFECT_TEXT(device, OPTIONAL),
	EFFECT_TEXT(with, OPTIONAL),
	EFFECT_TEXT(member, OPTIONAL),
	EFFECT_WHEN,
	EFFECT_BITS,
	CYAML_FIELD_END,
};
EFFECT_SCHEMA(acquire);
static const cyaml_schema_field_t release_fields[] = {
	CYAML_FIELD_SEQUENCE("families", CYAML_FLAG_POINTER, struct raw_effect, families, &word_schema, 1,
			     CYAML_UNLIMITED),
	EFFECT_TEXT(at, 0),
	EFFECT_TEXT(device, OPTIONAL),
	EFFECT_TEXT(with, OPTIONAL),
	EFFECT_WHEN,
	EFFECT_BITS,
	EFFECT_TEXT(runs, OPTIONAL),
	EFFECT_TEXT(call, OPTIONAL),
	ENUM_FIELD("last", OPTIONAL, struct raw_effect, last, bool_names),
	CYAML_FIELD_END,
};
EFFECT_SCHEMA(release);
static const cyaml_schema_field_t own_fields[] = {
	EFFECT_TEXT(family, 0), EFFECT_TEXT(at, 0), EFFECT_TEXT(member, 0), EFFECT_WHEN, CYAML_FIELD_END,
};
EFFECT_SCHEMA(own);
static const cyaml_schema_field_t keep_fields[] = {
	EFFECT_TEXT(at, 0),
	EFFECT_TEXT(with, OPTIONAL),
	EFFECT_WHEN,
	CYAML_FIELD_END,
};
EFFECT_SCHEMA(keep);
static const cyaml_schema_field_t fill_fields[] = {EFFECT_TEXT(at, 0), EFFECT_WHEN, CYAML_FIELD_END};
EFFECT_SCHEMA(fill);
static const cyaml_schema_field_t store_fields[] = {
	EFFECT_TEXT(at, 0),
	EFFECT_TEXT(value, 0),
	EFFECT_WHEN,
	CYAML_FIELD_END,
};
EFFECT_SCHEMA(store);
static const cyaml_schema_field_t defer_fields[] = {
	EFFECT_TEXT(call, 0), EFFECT_TEXT(with, OPTIONAL), EFFECT_TEXT(device, 0), EFFECT_WHEN, CYAML_FIELD_END,
};
EFFECT_SCHEMA(defer);
static const cyaml_schema_field_t revoke_fields[] = {
	EFFECT_TEXT(call, 0),
	EFFECT_TEXT(with, OPTIONAL),
	EFFECT_WHEN,
	CYAML_FIELD_END,
};
EFFECT_SCHEMA(revoke);
static const cyaml_schema_field_t call_fields[] = {
	EFFECT_TEXT(call, 0),
	EFFECT_TEXT(with, OPTIONAL),
	EFFECT_WHEN,
	CYAML_FIELD_END,
};
EFFECT_SCHEMA(call);
static const cyaml_schema_field_t arm_fields[] = {
	EFFECT_TEXT(family, 0),
	EFFECT_TEXT(at, 0),
	EFFECT_TEXT(call, OPTIONAL),
	EFFECT_TEXT(with, OPTIONAL),
	EFFECT_TEXT(device, OPTIONAL),
	EFFECT_WHEN,
	EFFECT_BITS,
	CYAML_FIELD_END,
};
EFFECT_SCHEMA(arm);
static const cyaml_schema_field_t halt_fields[] = {
	CYAML_FIELD_SEQUENCE("families", CYAML_FLAG_POINTER, struct raw_effect, families, &word_schema, 1,
			     CYAML_UNLIMITED),
	EFFECT_TEXT(at, 0),
	CYAML_FIELD_END,
};
EFFECT_SCHEMA(halt);
static const cyaml_schema_field_t ask_fields[] = {EFFECT_TEXT(family, 0), EFFECT_TEXT(at, 0), CYAML_FIELD_END};
EFFECT_SCHEMA(ask);

#define EFFECTS(key, kind, schema)                                                                             \
	CYAML_FIELD_SEQUENCE_COUNT(key, OPTIONAL_PTR, struct raw_function, effects[kind], effects_count[kind], \
				   &schema, 1, CYAML_UNLIMITED)
#define WORDS(key, flags, type, member) \
	CYAML_FIELD_SEQUENCE(key, CYAML_FLAG_POINTER | (flags), type, member, &word_schema, 1, CYAML_UNLIMITED)
#define NUMBERS(key, member) \
	CYAML_FIELD_SEQUENCE(key, OPTIONAL_PTR, struct raw_function, member, &number_schema, 1, CYAML_UNLIMITED)

#define CONTEXT(member)                                                                                      \
	CYAML_FIELD_FLAGS(#member, CYAML_FLAG_STRICT | OPTIONAL, struct raw_function, member, context_names, \
			  CYAML_ARRAY_LEN(context_names))
#define CONTEXT_FIELDS                                                                                                 \
	WORDS("names", 0, struct raw_function, names),                                                                 \
		ENUM_FIELD("sleeps", OPTIONAL, struct raw_function, sleeps, sleeps_names),                             \
		CYAML_FIELD_INT_PTR("gfp", OPTIONAL, struct raw_function, gfp), CONTEXT(enter), CONTEXT(leave),        \
		CONTEXT(callbacks_in),                                                                                 \
		ENUM_FIELD("tests_context", OPTIONAL, struct raw_function, tests_context, bool_names),                 \
		ENUM_FIELD("sleeps_seldom", OPTIONAL, struct raw_function, sleeps_seldom, bool_names),                 \
		ENUM_FIELD("fails_misused", OPTIONAL, struct raw_function, fails_misused, bool_names),                 \
		ENUM_FIELD("tests_count", OPTIONAL, struct raw_function, tests_count, bool_names),                     \
		ENUM_FIELD("waits", OPTIONAL, struct raw_function, waits, bool_names),                                 \
		TEXT("sleeps_unless", OPTIONAL, struct raw_function, sleeps_unless),                                   \
		CYAML_FIELD_SEQUENCE("sleeps_where", OPTIONAL_PTR, struct raw_function, sleeps_where, &word_schema, 1, \
				     CYAML_UNLIMITED),                                                                 \
		NUMBERS("callbacks", callbacks)

static const cyaml_schema_field_t context_fields[] = {CONTEXT_FIELDS, CYAML_FIELD_END};
static const cyaml_schema_value_t context_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_function, context_fields),
};
static const cyaml_schema_field_t function_fields[] = {
	CONTEXT_FIELDS,
	ENUM_FIELD("fails", OPTIONAL, struct raw_function, fails, fails_names),
	ENUM_FIELD("may_be_null", OPTIONAL, struct raw_function, may_be_null, bool_names),
	ENUM_FIELD("returns_positive", OPTIONAL, struct raw_function, returns_positive, bool_names),
	ENUM_FIELD("returns_count", OPTIONAL, struct raw_function, returns_count, bool_names),
	ENUM_FIELD("zeroed", OPTIONAL, struct raw_function, zeroed, bool_names),
	ENUM_FIELD("must_check", OPTIONAL, struct raw_function, must_check, bool_names),
	EFFECTS("acquire", EFFECT_ACQUIRE, acquire_schema),
	EFFECTS("release", EFFECT_RELEASE, release_schema),
	EFFECTS("keep", EFFECT_KEEP, keep_schema),
	EFFECTS("fill", EFFECT_FILL, fill_schema),
	EFFECTS("store", EFFECT_STORE, store_schema),
	EFFECTS("defer", EFFECT_DEFER, defer_schema),
	EFFECTS("revoke", EFFECT_REVOKE, revoke_schema),
	EFFECTS("call", EFFECT_CALL, call_schema),
	EFFECTS("own", EFFECT_OWN, own_schema),
	EFFECTS("arm", EFFECT_ARM, arm_schema),
	EFFECTS("halt", EFFECT_HALT, halt_schema),
	EFFECTS("ask", EFFECT_ASK, ask_schema),
	NUMBERS("null_ok", null_ok),
	NUMBERS("err_ok", err_ok),
	NUMBERS("nonzero", nonzero),
	CYAML_FIELD_SEQUENCE("returns_within", OPTIONAL_PTR, struct raw_function, returns_within, &number_schema, 2, 2),
	CYAML_FIELD_INT_PTR("size", OPTIONAL, struct raw_function, size),
	CYAML_FIELD_INT_PTR("count", OPTIONAL, struct raw_function, count),
	ENUM_FIELD("intrinsic", OPTIONAL, struct raw_function, intrinsic, intrinsic_names),
	CYAML_FIELD_INT_PTR("returns_arg", OPTIONAL, struct raw_function, returns_arg),
	CYAML_FIELD_INT_PTR("returns_const", OPTIONAL, struct raw_function, returns_const),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t function_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_function, function_fields),
};
static const cyaml_schema_field_t file_fields[] = {
	CYAML_FIELD_SEQUENCE("families", OPTIONAL_PTR, struct raw_file, families, &family_schema, 1, CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("functions", OPTIONAL_PTR, struct raw_file, functions, &function_schema, 1,
			     CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("contexts", OPTIONAL_PTR, struct raw_file, contexts, &context_schema, 1, CYAML_UNLIMITED),
	CYAML_FIELD_INT("gfp_sleeps", OPTIONAL, struct raw_file, gfp_sleeps),
	CYAML_FIELD_INT("gfp_reserve", OPTIONAL, struct raw_file, gfp_reserve),
	CYAML_FIELD_INT("gfp_nofail", OPTIONAL, struct raw_file, gfp_nofail),
	WORDS("borrowers", OPTIONAL, struct raw_file, borrowers),
	WORDS("strip_suffixes", OPTIONAL, struct raw_file, strip_suffixes),
	WORDS("pairs", OPTIONAL, struct raw_file, pairs),
	WORDS("release_words", OPTIONAL, struct raw_file, release_words),
	WORDS("device_writes", OPTIONAL, struct raw_file, device_writes),
	WORDS("renaming", OPTIONAL, struct raw_file, renaming),
	WORDS("parents", OPTIONAL, struct raw_file, parents),
	WORDS("final_words", OPTIONAL, struct raw_file, final_words),
	WORDS("whole_words", OPTIONAL, struct raw_file, whole_words),
	WORDS("weak_words", OPTIONAL, struct raw_file, weak_words),
	WORDS("warning_words", OPTIONAL, struct raw_file, warning_words),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t file_schema = {CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct raw_file, file_fields)};

struct raw_file *raw_load(const struct text *t, GError **err)
{
	return yaml_parse(t, &file_schema, err);
}

void raw_free(struct raw_file *f)
{
	yaml_release(&file_schema, f);
}
