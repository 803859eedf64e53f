/*
 * Conditions as the source says them, as far as the instructions still tell: for paths on which no single value is
 * known that decided. Casts are left out; what lowering has made up is not told at all.
 */
#include "engine/phrase.h"

#include <glib.h>
#include <string.h>

enum { MAX_LENGTH = 70, MAX_DEPTH = 8 };

struct phrase {
	const struct ir_unit *unit;
	const struct ir_function *f;
	GString *out;
	int depth;
	bool bad; /* something cannot be said */
};

static void say_value(struct phrase *p, uint32_t v);

static void add(struct phrase *p, const char *text)
{
	p->bad |= !text || p->out->len > MAX_LENGTH;
	if (!p->bad)
		g_string_append(p->out, text);
}

static const struct ir_ins *ins_at(const struct phrase *p, uint32_t v)
{
	return &p->f->ins[v];
}

static bool is_place(enum ir_op op)
{
	return op == IR_LOCAL || op == IR_GLOBAL || op == IR_FIELD || op == IR_INDEX;
}

/* ---- what is at an address ---- */

static void say_place(struct phrase *p, uint32_t v);

static void say_member(struct phrase *p, const struct ir_ins *in)
{
	bool inside = is_place(ins_at(p, in->a[0])->op);

	if (inside)
		say_place(p, in->a[0]);
	else
		say_value(p, in->a[0]);
	/* An unnamed struct or union has no place in the source. */
	if (!in->str || !*in->str)
		return;
	add(p, inside ? "." : "->");
	add(p, in->str);
}

static void say_element(struct phrase *p, const struct ir_ins *in)
{
	p->bad |= in->imm < 0;
	if (is_place(ins_at(p, in->a[0])->op))
		say_place(p, in->a[0]);
	else
		say_value(p, in->a[0]);
	add(p, "[");
	say_value(p, in->a[1]);
	add(p, "]");
}

static void say_place(struct phrase *p, uint32_t v)
{
	const struct ir_ins *in = ins_at(p, v);

	if (p->bad || ++p->depth > MAX_DEPTH) {
		p->bad = true;
		return;
	}
	switch (in->op) {
	case IR_LOCAL:
		/* Macros' own variables are not what the source says. */
		if (p->f->locals[in->sym].name && p->f->locals[in->sym].name[0] == '_')
			p->bad = true;
		else
			add(p, p->f->locals[in->sym].name);
		break;
	case IR_GLOBAL:
		add(p, p->unit->globals[in->sym].name);
		break;
	case IR_FIELD:
		say_member(p, in);
		break;
	case IR_INDEX:
		say_element(p, in);
		break;
	default:
		add(p, "*");
		say_value(p, v);
	}
	p->depth--;
}

/* ---- values ---- */

static const char *sign_of(enum ir_op op)
{
	static const char *const signs[IR_OP_COUNT] = {
		[IR_ADD] = " + ",  [IR_SUB] = " - ", [IR_PTRDIFF] = " - ", [IR_MUL] = " * ", [IR_DIV] = " / ",
		[IR_REM] = " % ",  [IR_AND] = " & ", [IR_OR] = " | ",	   [IR_XOR] = " ^ ", [IR_SHL] = " << ",
		[IR_SHR] = " >> ", [IR_EQ] = " == ", [IR_NE] = " != ",	   [IR_LT] = " < ",  [IR_LE] = " <= ",
		[IR_GT] = " > ",   [IR_GE] = " >= "};

	return signs[op];
}

/* Casts are not said. */
static uint32_t bare(const struct phrase *p, uint32_t v)
{
	while (ins_at(p, v)->op == IR_CAST)
		v = ins_at(p, v)->a[0];
	return v;
}

static void say_operand(struct phrase *p, uint32_t v)
{
	bool inner = sign_of(ins_at(p, bare(p, v))->op) != NULL;

	add(p, inner ? "(" : "");
	say_value(p, v);
	add(p, inner ? ")" : "");
}

static void say_call(struct phrase *p, const struct ir_ins *in)
{
	if (in->sym == IR_NONE) {
		p->bad = true;
		return;
	}
	add(p, p->unit->functions[in->sym].name);
	add(p, "(");
	for (uint32_t i = 0; i < in->n_args; i++) {
		add(p, i ? ", " : "");
		say_value(p, in->args[i]);
	}
	add(p, ")");
}

static bool is_array(const struct phrase *p, const struct ir_ins *in)
{
	const struct ir_type *t = in->type == IR_NONE ? NULL : &p->unit->types[in->type];

	return t && t->kind == IR_T_PTR && t->target != IR_NONE && p->unit->types[t->target].kind == IR_T_ARRAY;
}

static void say_number(struct phrase *p, const struct ir_ins *in)
{
	g_autofree char *text = g_strdup_printf("%lld", (long long)in->imm);

	add(p, p->unit->types[in->type].kind == IR_T_PTR && in->imm == 0 ? "NULL" : text);
}

static void say_operation(struct phrase *p, const struct ir_ins *in)
{
	const char *sign = sign_of(in->op);

	if (sign) {
		say_operand(p, in->a[0]);
		add(p, sign);
		say_operand(p, in->a[1]);
		return;
	}
	add(p, in->op == IR_LNOT ? "!" : in->op == IR_NEG ? "-" : in->op == IR_NOT ? "~" : NULL);
	if (!p->bad)
		say_operand(p, in->a[0]);
}

static void say_value(struct phrase *p, uint32_t v)
{
	const struct ir_ins *in = ins_at(p, bare(p, v));

	if (p->bad || ++p->depth > MAX_DEPTH) {
		p->bad = true;
		return;
	}
	if (in->op == IR_CONST)
		say_number(p, in);
	else if (in->op == IR_LOAD)
		say_place(p, in->a[0]);
	else if (in->op == IR_CALL)
		say_call(p, in);
	else if (in->op == IR_FUNC)
		add(p, p->unit->functions[in->sym].name);
	else if (is_place(in->op)) {
		add(p, is_array(p, in) ? "" : "&");
		say_place(p, bare(p, v));
	} else {
		say_operation(p, in);
	}
	p->depth--;
}

char *phrase_value(const struct ir_unit *u, const struct ir_function *f, uint32_t v)
{
	struct phrase p = {.unit = u, .f = f, .out = g_string_new(NULL)};

	say_value(&p, v);
	return g_string_free(p.out, p.bad || p.out->len > MAX_LENGTH);
}

/* ---- ways ---- */

/* "a" of "!a", with the other way. */
static uint32_t without_not(const struct ir_function *f, uint32_t v, bool *truth)
{
	while (f->ins[v].op == IR_CAST || f->ins[v].op == IR_LNOT) {
		*truth ^= f->ins[v].op == IR_LNOT;
		v = f->ins[v].a[0];
	}
	return v;
}

const char *phrase_branch(struct arena *a, const struct ir_unit *u, const struct ir_function *f, uint32_t branch,
			  bool truth)
{
	uint32_t v = without_not(f, f->ins[branch].a[0], &truth);
	g_autofree char *text = phrase_value(u, f, v);

	if (!text)
		return truth ? "here the condition is true" : "here the condition is false";
	return arena_printf(a, "here '%s' is %s", text, truth ? "true" : "false");
}

static const struct ir_block *block_of(const struct ir_function *f, uint32_t ins)
{
	for (uint32_t i = 0; i < f->n_blocks; i++)
		if (ins >= f->blocks[i].first && ins < f->blocks[i].first + f->blocks[i].n)
			return &f->blocks[i];
	return NULL;
}

const char *phrase_case(struct arena *a, const struct ir_unit *u, const struct ir_function *f, uint32_t ins,
			uint32_t way)
{
	const struct ir_block *b = block_of(f, ins);
	g_autofree char *text = phrase_value(u, f, f->ins[ins].a[0]);

	if (!text || !b)
		return "this case is taken";
	for (uint32_t i = 0; i < b->n_cases; i++)
		if (b->case_succ[i] == way && b->cases[i].lo == b->cases[i].hi)
			return arena_printf(a, "here '%s' is %lld", text, (long long)b->cases[i].lo);
	return way + 1 == b->n_succ ? arena_printf(a, "here '%s' is in none of the cases", text)
				    : arena_printf(a, "this case of '%s' is taken", text);
}
