/*
 * IR as text: stable (indices, names and line numbers only), one instruction a line, for people and for golden files.
 *
 * `@12` is line 12 of the file that the function stands in; another file is named.
 */
#include "ir/ir.h"

#include <inttypes.h>
#include <string.h>

static void dump_loc(FILE *out, const struct ir_unit *u, uint32_t home, const struct ir_loc *loc)
{
	if (!loc->line)
		return;
	if (loc->file != home && loc->file < u->n_files)
		fprintf(out, "  @%s:%u", u->files[loc->file], loc->line);
	else
		fprintf(out, "  @%u", loc->line);
}

/* ir_type_text() formats into the unit's arena; dumping changes nothing else of the unit. */
static const char *type_text(const struct ir_unit *u, uint32_t type)
{
	return ir_type_text((struct ir_unit *)u, type);
}

static void dump_string(FILE *out, const char *s)
{
	putc('"', out);
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == '\n')
			fputs("\\n", out);
		else if (c == '"' || c == '\\')
			fprintf(out, "\\%c", c);
		else if (c < ' ' || c >= 127)
			fprintf(out, "\\x%02x", c);
		else
			putc(c, out);
	}
	putc('"', out);
}

static bool name_is_unique(const struct ir_function *f, uint32_t local)
{
	for (uint32_t i = 0; i < f->n_locals; i++)
		if (i != local && f->locals[i].name && strcmp(f->locals[i].name, f->locals[local].name) == 0)
			return false;
	return true;
}

/* "name", or "name.3" where the name is declared again, or ".3" for one made by lowering. */
static void dump_local(FILE *out, const struct ir_function *f, uint32_t local)
{
	const char *name = local < f->n_locals ? f->locals[local].name : NULL;

	if (name && name_is_unique(f, local))
		fputs(name, out);
	else
		fprintf(out, "%s.%u", name ? name : "", local);
}

static void dump_args(FILE *out, const struct ir_ins *in)
{
	for (uint32_t i = 0; i < in->n_args; i++)
		fprintf(out, "%s%%%u", i ? ", " : "", in->args[i]);
}

static void dump_call(FILE *out, const struct ir_unit *u, const struct ir_ins *in)
{
	if (in->sym != IR_NONE)
		fprintf(out, " %s(", u->functions[in->sym].name);
	else
		fprintf(out, " *%%%u(", in->a[0]);
	dump_args(out, in);
	putc(')', out);
	if (in->macro)
		fprintf(out, " in %s", in->macro);
}

static void dump_succ(FILE *out, const struct ir_block *b)
{
	for (uint32_t i = 0; i < b->n_succ; i++)
		fprintf(out, "%s b%u", i ? "," : "", b->succ[i]);
}

static void dump_switch(FILE *out, const struct ir_block *b)
{
	for (uint32_t i = 0; i < b->n_cases; i++) {
		fprintf(out, " %" PRId64, b->cases[i].lo);
		if (b->cases[i].hi != b->cases[i].lo)
			fprintf(out, "..%" PRId64, b->cases[i].hi);
		fprintf(out, ": b%u,", b->succ[b->case_succ[i]]);
	}
	fprintf(out, " else b%u", b->succ[b->n_succ - 1]);
}

static const struct ir_block *block_ended_by(const struct ir_function *f, uint32_t index)
{
	for (uint32_t b = 0; b < f->n_blocks; b++)
		if (f->blocks[b].first + f->blocks[b].n - 1 == index)
			return &f->blocks[b];
	return NULL;
}

static void dump_operands(FILE *out, const struct ir_ins *in)
{
	for (int i = 0; i < ir_ops[in->op].operands; i++)
		fprintf(out, "%s %%%u", i ? "," : "", in->a[i]);
}

static void dump_terminator(FILE *out, const struct ir_ins *in, const struct ir_block *b)
{
	dump_operands(out, in);
	if (in->op == IR_RETURN && in->n_args) {
		putc(' ', out);
		dump_args(out, in);
		if (in->macro)
			fprintf(out, " in %s", in->macro);
	}
	if (!b || !b->n_succ)
		return;
	if (ir_ops[in->op].operands > 0)
		fputs(" ->", out);
	if (in->op == IR_SWITCH)
		dump_switch(out, b);
	else
		dump_succ(out, b);
}

static void dump_body(FILE *out, const struct ir_unit *u, const struct ir_function *f, const struct ir_ins *in)
{
	switch (in->op) {
	case IR_CONST:
		fprintf(out, " %" PRId64, in->imm);
		break;
	case IR_STR:
		putc(' ', out);
		dump_string(out, in->str);
		break;
	case IR_FUNC:
		fprintf(out, " %s", u->functions[in->sym].name);
		break;
	case IR_GLOBAL:
		fprintf(out, " %s", u->globals[in->sym].name);
		break;
	case IR_LOCAL:
	case IR_BEGIN:
		putc(' ', out);
		dump_local(out, f, in->sym);
		break;
	case IR_FIELD:
		fprintf(out, " %%%u, %s +%" PRId64, in->a[0], in->str ? in->str : "?",
			in->imm & (((int64_t)1 << IR_BIT_SHIFT) - 1));
		if (in->imm >> IR_BIT_SHIFT)
			fprintf(out, ".%" PRId64, in->imm >> IR_BIT_SHIFT);
		break;
	case IR_INDEX:
	case IR_PTRDIFF:
	case IR_COPY:
		fprintf(out, " %%%u, %%%u, %" PRId64, in->a[0], in->a[1], in->imm);
		break;
	case IR_ZERO:
		fprintf(out, " %%%u, %" PRId64, in->a[0], in->imm);
		break;
	case IR_CALL:
		dump_call(out, u, in);
		break;
	case IR_ASM:
		putc('(', out);
		dump_args(out, in);
		putc(')', out);
		break;
	case IR_UNKNOWN:
		putc(' ', out);
		dump_string(out, in->str);
		putc('(', out);
		dump_args(out, in);
		putc(')', out);
		break;
	default:
		dump_operands(out, in);
	}
}

void ir_dump_ins(FILE *out, const struct ir_unit *u, const struct ir_function *f, uint32_t index)
{
	const struct ir_ins *in = &f->ins[index];
	const struct ir_op_info *op = &ir_ops[in->op];

	if (op->defines)
		fprintf(out, "%%%u: %s = ", index, type_text(u, in->type));
	fputs(op->text, out);
	if (op->terminator)
		dump_terminator(out, in, block_ended_by(f, index));
	else
		dump_body(out, u, f, in);
	dump_loc(out, u, f->loc.file, &in->loc);
}

static void dump_block(FILE *out, const struct ir_unit *u, const struct ir_function *f, uint32_t index, bool with_cfg)
{
	const struct ir_block *b = &f->blocks[index];

	fprintf(out, "b%u:", index);
	if (with_cfg) {
		fputs("  <-", out);
		for (uint32_t i = 0; i < b->n_pred; i++)
			fprintf(out, "%s b%u", i ? "," : "", b->pred[i]);
	}
	putc('\n', out);
	for (uint32_t i = b->first; i < b->first + b->n; i++) {
		putc('\t', out);
		ir_dump_ins(out, u, f, i);
		putc('\n', out);
	}
}

static void dump_params(FILE *out, const struct ir_unit *u, const struct ir_function *f)
{
	for (uint32_t i = 0; i < f->n_params; i++) {
		fprintf(out, "%s%s", i ? ", " : "", type_text(u, f->param_types[i]));
		if (f->has_body) {
			putc(' ', out);
			dump_local(out, f, i);
		}
	}
	if (f->is_variadic)
		fputs(f->n_params ? ", ..." : "...", out);
}

static void dump_function(FILE *out, const struct ir_unit *u, const struct ir_function *f, bool with_cfg)
{
	uint32_t main_file = u->n_files ? f->loc.file : 0;

	fprintf(out, "%s%s%s%s %s(", f->has_body ? "function " : "declare ", f->is_static ? "static " : "",
		f->is_inline ? "inline " : "", type_text(u, f->type), f->name);
	dump_params(out, u, f);
	fprintf(out, ")%s", f->is_noreturn ? " noreturn" : "");
	/* Declarations are left without a place: where a header declares something says nothing about the unit. */
	if (f->has_body && f->in_main_file)
		dump_loc(out, u, main_file, &f->loc);
	else if (f->has_body)
		dump_loc(out, u, IR_NONE, &f->loc);
	putc('\n', out);
	for (uint32_t i = f->n_params; f->has_body && i < f->n_locals; i++) {
		fputs("\tvar ", out);
		dump_local(out, f, i);
		fprintf(out, ": %s\n", type_text(u, f->locals[i].type));
	}
	for (uint32_t b = 0; b < f->n_blocks; b++)
		dump_block(out, u, f, b, with_cfg);
}

static void dump_init(FILE *out, const struct ir_unit *u, const struct ir_init *in)
{
	fprintf(out, "\t+%" PRId64 " ", in->offset);
	if (in->record)
		fprintf(out, "%s.", in->record);
	fprintf(out, "%s = ", in->member ? in->member : "[]");
	switch (in->kind) {
	case IR_INIT_INT:
		fprintf(out, "%" PRId64, in->value);
		break;
	case IR_INIT_FUNC:
		fprintf(out, "func %s", u->functions[in->sym].name);
		break;
	case IR_INIT_GLOBAL:
		fprintf(out, "global %s", u->globals[in->sym].name);
		break;
	case IR_INIT_STR:
		dump_string(out, in->str);
		break;
	}
	putc('\n', out);
}

static void dump_global(FILE *out, const struct ir_unit *u, const struct ir_global *g)
{
	fprintf(out, "global %s%s%s %s", g->is_static ? "static " : "", g->is_extern ? "extern " : "",
		type_text(u, g->type), g->name);
	if (!g->is_extern)
		dump_loc(out, u, g->loc.file, &g->loc);
	putc('\n', out);
	for (uint32_t i = 0; i < g->n_inits; i++)
		dump_init(out, u, &g->inits[i]);
}

void ir_dump(FILE *out, const struct ir_unit *u, const struct ir_function *f, bool with_cfg)
{
	if (f) {
		dump_function(out, u, f, with_cfg);
		return;
	}
	fprintf(out, "unit %s", u->path);
	fprintf(out, u->n_unknown ? "  %u unknown\n" : "\n", u->n_unknown);
	for (uint32_t i = 0; i < u->n_left_out; i++)
		fprintf(out, "left out: %s\n", u->left_out[i]);
	for (uint32_t i = 0; i < u->n_globals; i++)
		dump_global(out, u, &u->globals[i]);
	for (uint32_t i = 0; i < u->n_functions; i++) {
		putc('\n', out);
		dump_function(out, u, &u->functions[i], with_cfg);
	}
}
