/* IR: the graph, the verifier, the dump and the blob, on a function built by hand. */
#include "ir/ir.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum { T_VOID, T_INT, T_PTR, T_RECORD, T_COUNT };

/*
 * int f(int x) { if (x) return 1; return 0; } with an unreachable block in the middle:
 * b0 -> b3, b2; b1 (dead); b2, b3 return.
 */
struct fixture {
	struct arena *a;
	struct ir_unit *u;
	struct ir_function *f;
};

static struct ir_ins ins(enum ir_op op, uint32_t type, uint32_t a0, int64_t imm)
{
	return (struct ir_ins){.op = op, .type = type, .loc = {0, 3, 1}, .a = {a0, IR_NONE}, .sym = 0, .imm = imm};
}

static uint32_t *one(struct arena *a, uint32_t v)
{
	uint32_t *p = ARENA_NEW(a, uint32_t);

	*p = v;
	return p;
}

static struct ir_ins ret(struct arena *a, uint32_t value)
{
	struct ir_ins in = ins(IR_RETURN, IR_NONE, IR_NONE, 0);

	in.args = one(a, value);
	in.n_args = 1;
	return in;
}

static void add_types(struct fixture *x)
{
	x->u->types = ARENA_ARRAY(x->a, struct ir_type, T_COUNT);
	x->u->n_types = T_COUNT;
	x->u->types[T_VOID] = (struct ir_type){.kind = IR_T_VOID, .target = IR_NONE};
	x->u->types[T_INT] =
		(struct ir_type){.kind = IR_T_INT, .is_signed = true, .size = 4, .name = "int", .target = IR_NONE};
	x->u->types[T_PTR] = (struct ir_type){.kind = IR_T_PTR, .size = 8, .target = T_RECORD};
	x->u->types[T_RECORD] = (struct ir_type){
		.kind = IR_T_RECORD, .is_const = true, .size = -1, .name = "struct s", .target = IR_NONE};
}

static void add_body(struct fixture *x)
{
	struct ir_function *f = x->f;

	f->ins = ARENA_ARRAY(x->a, struct ir_ins, 8);
	f->ins[0] = ins(IR_LOCAL, T_INT, IR_NONE, 0);
	f->ins[1] = ins(IR_LOAD, T_INT, 0, 0);
	f->ins[2] = ins(IR_BRANCH, IR_NONE, 1, 0);
	f->ins[3] = ins(IR_JUMP, IR_NONE, IR_NONE, 0);
	f->ins[4] = ins(IR_CONST, T_INT, IR_NONE, 0);
	f->ins[5] = ret(x->a, 4);
	f->ins[6] = ins(IR_CONST, T_INT, IR_NONE, -1);
	f->ins[7] = ret(x->a, 6);
	f->n_ins = 8;
	f->blocks = ARENA_ARRAY(x->a, struct ir_block, 4);
	f->n_blocks = 4;
	f->blocks[0] = (struct ir_block){.first = 0, .n = 3, .succ = ARENA_ARRAY(x->a, uint32_t, 2), .n_succ = 2};
	f->blocks[0].succ[0] = 3;
	f->blocks[0].succ[1] = 2;
	f->blocks[1] = (struct ir_block){.first = 3, .n = 1, .succ = one(x->a, 2), .n_succ = 1};
	f->blocks[2] = (struct ir_block){.first = 4, .n = 2};
	f->blocks[3] = (struct ir_block){.first = 6, .n = 2};
}

static int setup(void **state)
{
	struct fixture *x = calloc(1, sizeof(*x));

	x->a = arena_new();
	x->u = ARENA_NEW(x->a, struct ir_unit);
	x->u->arena = x->a;
	x->u->strings = intern_new(x->a);
	x->u->path = intern_str(x->u->strings, "f.c");
	x->u->files = ARENA_NEW(x->a, const char *);
	x->u->files[0] = x->u->path;
	x->u->n_files = 1;
	add_types(x);
	x->u->functions = x->f = ARENA_NEW(x->a, struct ir_function);
	x->u->n_functions = 1;
	x->f->name = x->f->key = intern_str(x->u->strings, "f");
	x->f->type = T_INT;
	x->f->loc = (struct ir_loc){0, 1, 5};
	x->f->has_body = x->f->in_main_file = true;
	x->f->n_params = x->f->n_locals = 1;
	x->f->param_types = one(x->a, T_INT);
	x->f->locals = ARENA_NEW(x->a, struct ir_local);
	x->f->locals[0] = (struct ir_local){.name = intern_str(x->u->strings, "x"), .type = T_INT, .is_param = true};
	add_body(x);
	ir_cfg(x->u, x->f);
	*state = x;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *x = *state;

	arena_free(x->a);
	free(x);
	return 0;
}

static char *dump(const struct ir_unit *u)
{
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);

	ir_dump(out, u, NULL, true);
	fclose(out);
	return text;
}

static void cfg_orders_and_drops(void **state)
{
	struct fixture *x = *state;

	assert_null(ir_verify(x->u));
	assert_int_equal(x->f->n_blocks, 3);
	/* the taken branch follows its block */
	assert_int_equal(x->f->blocks[1].first, 6);
	assert_int_equal(x->f->blocks[0].succ[0], 1);
	assert_int_equal(x->f->blocks[0].succ[1], 2);
	assert_int_equal(x->f->blocks[2].n_pred, 1);
	ir_cfg(x->u, x->f);
	assert_int_equal(x->f->n_blocks, 3);
	assert_null(ir_verify(x->u));
}

static void dump_is_readable(void **state)
{
	struct fixture *x = *state;
	char *text = dump(x->u);

	assert_string_equal(text, "unit f.c\n"
				  "\n"
				  "function int f(int x)  @1\n"
				  "b0:  <-\n"
				  "\t%0: int = local x  @3\n"
				  "\t%1: int = load %0  @3\n"
				  "\tbranch %1 -> b1, b2  @3\n"
				  "b1:  <- b0\n"
				  "\t%6: int = const -1  @3\n"
				  "\treturn %6  @3\n"
				  "b2:  <- b0\n"
				  "\t%4: int = const 0  @3\n"
				  "\treturn %4  @3\n");
	free(text);
}

static void types_as_text(void **state)
{
	struct fixture *x = *state;

	assert_string_equal(ir_type_text(x->u, T_PTR), "const struct s *");
	assert_string_equal(ir_type_text(x->u, T_VOID), "void");
	assert_string_equal(ir_type_text(x->u, 99), "?");
}

static void blob_round_trip(void **state)
{
	struct fixture *x = *state;
	struct arena *a = arena_new();
	size_t size, again_size;
	void *blob = ir_write(x->u, &size), *again;
	struct ir_unit *u = ir_read(a, blob, size);
	char *before = dump(x->u), *after;

	assert_non_null(u);
	assert_null(ir_verify(u));
	after = dump(u);
	assert_string_equal(before, after);
	again = ir_write(u, &again_size);
	assert_int_equal(size, again_size);
	assert_memory_equal(blob, again, size);
	free(before);
	free(after);
	free(blob);
	free(again);
	arena_free(a);
}

/* A bit that zstd does not use may change nothing; a different unit must never come out. */
static void expect_refused_or_same(const void *blob, size_t size, const char *text)
{
	struct arena *a = arena_new();
	struct ir_unit *u = ir_read(a, blob, size);

	if (u) {
		char *got = dump(u);

		assert_string_equal(got, text);
		free(got);
	}
	arena_free(a);
}

static void damaged_blobs_are_refused(void **state)
{
	struct fixture *x = *state;
	size_t size;
	unsigned char *blob = ir_write(x->u, &size);
	char *text = dump(x->u);

	for (size_t i = 0; i < size; i++) {
		struct arena *a = arena_new();

		assert_null(ir_read(a, blob, i));
		arena_free(a);
		blob[i] ^= 0x15;
		expect_refused_or_same(blob, size, text);
		blob[i] ^= 0x15;
	}
	blob[4] ^= 1; /* version */
	assert_null(ir_read(x->a, blob, size));
	free(text);
	free(blob);
}

static void expect_error(struct fixture *x, const char *part)
{
	const char *error = ir_verify(x->u);

	assert_non_null(error);
	if (!strstr(error, part))
		fail_msg("expected \"%s\" in \"%s\"", part, error);
}

static void verifier_refuses(void **state)
{
	struct fixture *x = *state;
	struct ir_block *b0 = &x->f->blocks[0];

	x->f->ins[1].a[0] = 1;
	expect_error(x, "f: block 0: instruction 1 (load): operand %1 is used before its definition");
	x->f->ins[1].a[0] = 4;
	expect_error(x, "operand %4 is defined in another block");
	x->f->ins[1].a[0] = 2;
	expect_error(x, "which defines nothing");
	x->f->ins[1].a[0] = 0;
	x->f->ins[0].sym = 1;
	expect_error(x, "local 1 of 1");
	x->f->ins[0].sym = 0;
	b0->succ[0] = 7;
	expect_error(x, "f: block 0: successor 7 of 3 blocks");
	b0->succ[0] = 2;
	expect_error(x, "predecessor 0 has no edge to it");
	b0->succ[0] = 1;
	b0->n_succ = 1;
	expect_error(x, "branch with 1 successors");
	b0->n_succ = 2;
	b0->n = 2;
	expect_error(x, "the block's last instruction is no terminator");
	b0->n = 3;
	x->f->ins[2].type = T_INT;
	expect_error(x, "has a type but defines nothing");
	x->f->ins[2].type = IR_NONE;
	x->u->n_unknown = 2;
	expect_error(x, "functions count 0 unknown instructions, the unit 2");
	x->u->n_unknown = 0;
	assert_null(ir_verify(x->u));
}

static void verifier_checks_cases(void **state)
{
	struct fixture *x = *state;
	struct ir_block *b0 = &x->f->blocks[0];
	struct ir_case range = {5, 4};

	x->f->ins[2].op = IR_SWITCH;
	b0->cases = &range;
	b0->case_succ = one(x->a, 2);
	b0->n_cases = 1;
	expect_error(x, "case 0 goes to successor 2 of 2");
	b0->case_succ[0] = 0;
	expect_error(x, "case 0 is an empty range");
	range.lo = 4;
	assert_null(ir_verify(x->u));
	x->f->ins[2].op = IR_BRANCH;
	expect_error(x, "cases on a branch");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(cfg_orders_and_drops, setup, teardown),
		cmocka_unit_test_setup_teardown(dump_is_readable, setup, teardown),
		cmocka_unit_test_setup_teardown(types_as_text, setup, teardown),
		cmocka_unit_test_setup_teardown(blob_round_trip, setup, teardown),
		cmocka_unit_test_setup_teardown(damaged_blobs_are_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(verifier_refuses, setup, teardown),
		cmocka_unit_test_setup_teardown(verifier_checks_cases, setup, teardown),
	};

	return cmocka_run_group_tests_name("ir", tests, NULL, NULL);
}
