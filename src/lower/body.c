/* One function, from its cursor to its blocks. */
#include "lower/internal.h"

static enum CXChildVisitResult find_body(CXCursor c, CXCursor parent, CXClientData data)
{
	if (c.kind == CXCursor_CompoundStmt)
		*(CXCursor *)data = c;
	return CXChildVisit_Continue;
}

static void declare_params(struct fn *f, CXCursor decl)
{
	struct ir_function *out = &f->lw->functions.v[f->index];
	int n = clang_Cursor_getNumArguments(decl);

	for (int i = 0; i < n; i++) {
		CXCursor p = clang_Cursor_getArgument(decl, (unsigned int)i);
		uint32_t type = type_of_cursor(f->lw, p), local;

		at(f, p);
		local = local_new(f, cursor_name(f->lw, p), type, true);
		table_set(f->lw->fn_mem, &f->vars, key_cursor(p), local);
	}
	out->n_params = n > 0 ? (uint32_t)n : 0;
	out->param_types = ARENA_ARRAY(f->lw->a, uint32_t, out->n_params);
	for (uint32_t i = 0; i < out->n_params; i++)
		out->param_types[i] = f->locals.v[i].type;
}

/* Gotos that leave scopes with cleanups: run those that the label is outside of. */
static void fill_gotos(struct fn *f)
{
	for (uint32_t i = 0; i < f->gotos.n; i++) {
		const struct pending_goto *p = &f->gotos.v[i];
		const struct label *l = &f->labels.v[p->label];

		if (!f->blocks.v[p->block].refs)
			continue;
		f->at = p->at;
		block_start(f, p->block);
		cleanup_run(f, p->chain, cleanup_common(p->chain, l->chain));
		end_jump(f, l->block);
	}
}

static void fill_choosers(struct fn *f)
{
	for (uint32_t i = 0; i < f->choosers.n; i++)
		for (uint32_t l = 0; l < f->labels.n; l++)
			if (f->labels.v[l].address_taken)
				block_succ(f, f->choosers.v[i], f->labels.v[l].block);
}

/* An alias of another function is lowered as a call of it. */
static void alias_body(struct fn *f, const char *target)
{
	uint32_t n = f->lw->functions.v[f->index].n_params, type = f->lw->functions.v[f->index].type, call;
	uint32_t *args = ARENA_ARRAY(f->lw->fn_mem, uint32_t, n), callee = function_named(f->lw, target);

	for (uint32_t i = 0; i < n; i++)
		args[i] = emit_load(f, emit_local(f, i), f->locals.v[i].type);
	call = emit_list(f, IR_CALL, type, args, n, NULL);
	f->ins.v[call].sym = callee;
	end_return(f, f->lw->types.v[type].kind == IR_T_VOID ? IR_NONE : call);
}

static void code(struct fn *f, CXCursor decl)
{
	CXCursor body = clang_getNullCursor();

	clang_visitChildren(decl, find_body, &body);
	if (!clang_Cursor_isNull(body))
		stmt(f, body);
	if (f->cur != IR_NONE) {
		f->at = clang_getRangeEnd(clang_getCursorExtent(decl));
		end_return(f, IR_NONE);
	}
}

void body_lower(struct lower *lw, uint32_t function)
{
	struct fn f = {.lw = lw, .index = function, .cur = IR_NONE, .depth = lw->sources.v[function].depth};
	CXCursor decl = lw->sources.v[function].definition;

	f.brk.block = f.cont.block = IR_NONE;
	f.at = clang_getCursorLocation(decl);
	lw->functions.v[function].loc = site_of(lw, f.at).loc;
	lw->functions.v[function].end = site_of(lw, clang_getRangeEnd(clang_getCursorExtent(decl))).loc;
	if (lw->functions.v[function].end.column > 1)
		lw->functions.v[function].end.column--; /* libclang's ends are behind the last character */
	declare_params(&f, decl);
	block_start_live(&f, block_new(&f));
	if (lw->sources.v[function].alias)
		alias_body(&f, lw->sources.v[function].alias);
	else
		code(&f, decl);
	fill_gotos(&f);
	fill_choosers(&f);
	asm_resolve(&f);
	body_simplify(&f);
	body_finish(&f);
	arena_reset(lw->fn_mem);
}
