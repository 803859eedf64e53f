/*
 * The verifier: is a unit what ir.h promises? Runs after every pass in debug builds and tests, and with --verify.
 *
 * Requires nothing; reads only. What it finds is a fault of ours (of lowering, of a pass, of serialisation), never the
 * user's.
 */
#include "ir/ir.h"

#include <stdarg.h>

struct verify {
	struct ir_unit *u;
	const struct ir_function *f;
	uint32_t block, ins;
	uint32_t *owner; /* per instruction: its block, IR_NONE for none */
	const char *error;
};

static void __attribute__((format(printf, 2, 3))) fail(struct verify *v, const char *fmt, ...)
{
	char text[256];
	va_list ap;

	if (v->error)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (!v->f)
		v->error = arena_printf(v->u->arena, "%s", text);
	else if (v->ins != IR_NONE)
		v->error = arena_printf(v->u->arena, "%s: block %u: instruction %u (%s): %s", v->f->name, v->block,
					v->ins, ir_ops[v->f->ins[v->ins].op].text, text);
	else if (v->block != IR_NONE)
		v->error = arena_printf(v->u->arena, "%s: block %u: %s", v->f->name, v->block, text);
	else
		v->error = arena_printf(v->u->arena, "%s: %s", v->f->name, text);
}

static void check_loc(struct verify *v, const struct ir_loc *loc)
{
	if (loc->line && loc->file >= v->u->n_files)
		fail(v, "location in file %u of %u", loc->file, v->u->n_files);
}

static void check_type(struct verify *v, uint32_t type)
{
	if (type >= v->u->n_types)
		fail(v, "type %u of %u", type, v->u->n_types);
}

static void check_operand(struct verify *v, uint32_t value)
{
	if (value >= v->f->n_ins)
		fail(v, "operand %%%u of %u", value, v->f->n_ins);
	else if (!ir_ops[v->f->ins[value].op].defines)
		fail(v, "operand %%%u is a %s, which defines nothing", value, ir_ops[v->f->ins[value].op].text);
	else if (v->owner[value] != v->block)
		fail(v, "operand %%%u is defined in another block", value);
	else if (value >= v->ins)
		fail(v, "operand %%%u is used before its definition", value);
}

static void check_sym(struct verify *v, const struct ir_ins *in, uint32_t n, const char *what)
{
	if (in->sym >= n)
		fail(v, "%s %u of %u", what, in->sym, n);
}

static void check_operands(struct verify *v, const struct ir_ins *in)
{
	const struct ir_op_info *op = &ir_ops[in->op];

	for (int i = 0; i < op->operands; i++)
		check_operand(v, in->a[i]);
	for (uint32_t i = 0; i < in->n_args; i++)
		check_operand(v, in->args[i]);
	if (op->operands >= 0 && op->operands <= 2 && in->n_args)
		fail(v, "takes no argument list");
	if (in->op == IR_RETURN && in->n_args > 1)
		fail(v, "returns %u values", in->n_args);
	if (in->op == IR_CALL && in->sym == IR_NONE)
		check_operand(v, in->a[0]);
}

static void check_symbols(struct verify *v, const struct ir_ins *in)
{
	switch (in->op) {
	case IR_FUNC:
		check_sym(v, in, v->u->n_functions, "function");
		break;
	case IR_CALL:
		if (in->sym != IR_NONE)
			check_sym(v, in, v->u->n_functions, "function");
		break;
	case IR_GLOBAL:
		check_sym(v, in, v->u->n_globals, "global");
		break;
	case IR_LOCAL:
	case IR_BEGIN:
		check_sym(v, in, v->f->n_locals, "local");
		break;
	case IR_STR:
	case IR_UNKNOWN:
		if (!in->str)
			fail(v, "has no text");
		break;
	case IR_COPY:
	case IR_ZERO:
		if (in->imm < 0)
			fail(v, "negative size");
		break;
	case IR_PTRDIFF:
		if (in->imm == 0)
			fail(v, "divides by an element size of 0");
		break;
	default:
		break;
	}
}

static void check_ins(struct verify *v, uint32_t index)
{
	const struct ir_ins *in = &v->f->ins[index];
	bool last = index == v->f->blocks[v->block].first + v->f->blocks[v->block].n - 1;

	v->ins = index;
	if (ir_ops[in->op].terminator != last)
		fail(v, last ? "the block's last instruction is no terminator" : "terminator inside a block");
	if (ir_ops[in->op].defines)
		check_type(v, in->type);
	else if (in->type != IR_NONE)
		fail(v, "has a type but defines nothing");
	check_loc(v, &in->loc);
	check_loc(v, &in->spelling);
	check_symbols(v, in);
	check_operands(v, in);
	v->ins = IR_NONE;
}

static void check_succ_count(struct verify *v, enum ir_op op, uint32_t n)
{
	switch (op) {
	case IR_JUMP:
		if (n != 1)
			fail(v, "jump with %u successors", n);
		break;
	case IR_BRANCH:
		if (n != 2)
			fail(v, "branch with %u successors", n);
		break;
	case IR_SWITCH:
	case IR_CHOOSE:
		if (n == 0)
			fail(v, "%s without successor", ir_ops[op].text);
		break;
	default:
		if (n != 0)
			fail(v, "%s with %u successors", ir_ops[op].text, n);
	}
}

static void check_cases(struct verify *v, const struct ir_block *b, enum ir_op op)
{
	if (op != IR_SWITCH && b->n_cases)
		fail(v, "cases on a %s", ir_ops[op].text);
	for (uint32_t i = 0; i < b->n_cases; i++) {
		if (b->case_succ[i] >= b->n_succ)
			fail(v, "case %u goes to successor %u of %u", i, b->case_succ[i], b->n_succ);
		/* An unsigned range may cross the sign bit. */
		if (b->cases[i].lo > b->cases[i].hi && (uint64_t)b->cases[i].lo > (uint64_t)b->cases[i].hi)
			fail(v, "case %u is an empty range", i);
	}
}

static bool has_succ(const struct ir_block *b, uint32_t to)
{
	for (uint32_t i = 0; i < b->n_succ; i++)
		if (b->succ[i] == to)
			return true;
	return false;
}

static bool has_pred(const struct ir_block *b, uint32_t from)
{
	for (uint32_t i = 0; i < b->n_pred; i++)
		if (b->pred[i] == from)
			return true;
	return false;
}

/* Edges are listed at both ends. */
static void check_edges(struct verify *v, const struct ir_block *b)
{
	for (uint32_t i = 0; i < b->n_succ; i++) {
		if (b->succ[i] >= v->f->n_blocks)
			fail(v, "successor %u of %u blocks", b->succ[i], v->f->n_blocks);
		else if (!has_pred(&v->f->blocks[b->succ[i]], v->block))
			fail(v, "its successor %u does not list it as predecessor", b->succ[i]);
	}
	for (uint32_t i = 0; i < b->n_pred; i++)
		if (b->pred[i] >= v->f->n_blocks || !has_succ(&v->f->blocks[b->pred[i]], v->block))
			fail(v, "predecessor %u has no edge to it", b->pred[i]);
}

static void check_block(struct verify *v, uint32_t index)
{
	const struct ir_block *b = &v->f->blocks[index];
	enum ir_op op;

	v->block = index;
	for (uint32_t i = 0; i < b->n && !v->error; i++)
		check_ins(v, b->first + i);
	if (v->error)
		return;
	op = v->f->ins[b->first + b->n - 1].op;
	check_succ_count(v, op, b->n_succ);
	check_edges(v, b);
	check_cases(v, b, op);
	v->block = IR_NONE;
}

/* Blocks are disjoint, non-empty ranges of instructions with known opcodes. Fills owner. */
static void check_ranges(struct verify *v)
{
	const struct ir_function *f = v->f;

	v->owner = ARENA_ARRAY(v->u->arena, uint32_t, f->n_ins);
	for (uint32_t i = 0; i < f->n_ins; i++) {
		v->owner[i] = IR_NONE;
		if ((unsigned int)f->ins[i].op >= IR_OP_COUNT)
			fail(v, "opcode %u", (unsigned int)f->ins[i].op);
	}
	for (uint32_t b = 0; b < f->n_blocks && !v->error; b++) {
		const struct ir_block *block = &f->blocks[b];

		v->block = b;
		if (!block->n || block->first > f->n_ins || block->n > f->n_ins - block->first) {
			fail(v, "instructions %u+%u of %u", block->first, block->n, f->n_ins);
			break;
		}
		for (uint32_t i = block->first; i < block->first + block->n; i++) {
			if (v->owner[i] != IR_NONE)
				fail(v, "shares instruction %u with block %u", i, v->owner[i]);
			v->owner[i] = b;
		}
	}
	v->block = IR_NONE;
}

static void check_locals(struct verify *v)
{
	const struct ir_function *f = v->f;

	for (uint32_t i = 0; i < f->n_params; i++)
		check_type(v, f->param_types[i]);
	if (f->has_body && f->n_params > f->n_locals)
		fail(v, "%u parameters but %u locals", f->n_params, f->n_locals);
	for (uint32_t i = 0; i < f->n_locals; i++) {
		check_type(v, f->locals[i].type);
		check_loc(v, &f->locals[i].loc);
		if (f->locals[i].is_param != (i < f->n_params))
			fail(v, "local %u %s a parameter", i, i < f->n_params ? "is not" : "is");
	}
}

static void check_unknowns(struct verify *v)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < v->f->n_ins; i++)
		n += v->f->ins[i].op == IR_UNKNOWN;
	if (n != v->f->n_unknown)
		fail(v, "has %u unknown instructions but counts %u", n, v->f->n_unknown);
}

static void check_function(struct verify *v, const struct ir_function *f)
{
	if (!f->name || !f->key) {
		fail(v, "a function has no name");
		return;
	}
	v->f = f;
	v->block = v->ins = IR_NONE;
	check_type(v, f->type);
	check_loc(v, &f->loc);
	check_loc(v, &f->end);
	check_locals(v);
	if (f->has_body != (f->n_blocks > 0))
		fail(v, f->has_body ? "has a body but no block" : "has blocks but no body");
	check_ranges(v);
	for (uint32_t b = 0; b < f->n_blocks && !v->error; b++)
		check_block(v, b);
	if (!v->error)
		check_unknowns(v);
	v->f = NULL;
}

static void check_init(struct verify *v, const struct ir_global *g, const struct ir_init *in)
{
	if (in->offset < 0)
		fail(v, "global %s: initialiser at offset %lld", g->name, (long long)in->offset);
	if (in->kind == IR_INIT_FUNC && in->sym >= v->u->n_functions)
		fail(v, "global %s: function %u of %u", g->name, in->sym, v->u->n_functions);
	if (in->kind == IR_INIT_GLOBAL && in->sym >= v->u->n_globals)
		fail(v, "global %s: global %u of %u", g->name, in->sym, v->u->n_globals);
	if (in->kind == IR_INIT_STR && !in->str)
		fail(v, "global %s: string without text", g->name);
}

static void check_global(struct verify *v, const struct ir_global *g)
{
	if (!g->name || !g->key) {
		fail(v, "a global has no name");
		return;
	}
	if (g->type >= v->u->n_types)
		fail(v, "global %s: type %u of %u", g->name, g->type, v->u->n_types);
	check_loc(v, &g->loc);
	for (uint32_t i = 0; i < g->n_inits; i++)
		check_init(v, g, &g->inits[i]);
}

static void check_types(struct verify *v)
{
	for (uint32_t i = 0; i < v->u->n_types; i++) {
		const struct ir_type *t = &v->u->types[i];
		bool wants = t->kind == IR_T_PTR || t->kind == IR_T_ARRAY || t->kind == IR_T_FUNC;

		if (wants && t->target >= v->u->n_types)
			fail(v, "type %u: target %u of %u", i, t->target, v->u->n_types);
		if (!wants && t->target != IR_NONE)
			fail(v, "type %u has a target but is neither pointer, array nor function", i);
		if (t->kind == IR_T_RECORD && !t->name)
			fail(v, "type %u: record without a tag", i);
	}
}

const char *ir_verify(struct ir_unit *u)
{
	struct verify v = {.u = u, .block = IR_NONE, .ins = IR_NONE};
	uint32_t unknown = 0;

	if (!u->path)
		fail(&v, "the unit has no path");
	check_types(&v);
	for (uint32_t i = 0; i < u->n_globals && !v.error; i++)
		check_global(&v, &u->globals[i]);
	for (uint32_t i = 0; i < u->n_functions && !v.error; i++) {
		check_function(&v, &u->functions[i]);
		unknown += u->functions[i].n_unknown;
	}
	if (unknown != u->n_unknown)
		fail(&v, "functions count %u unknown instructions, the unit %u", unknown, u->n_unknown);
	return v.error;
}
