/* Statements but for loops and switches. Code that nothing reaches is skipped unless a label stands in it. */
#include "lower/internal.h"

static void compound(struct fn *f, CXCursor c)
{
	struct cleanup *outer = f->chain;
	struct kids k;

	kids_all(f->lw, c, &k);
	for (uint32_t i = 0; i < k.n; i++)
		stmt(f, k.v[i]);
	if (f->chain != outer && !block_dead(f))
		f->at = clang_getRangeEnd(clang_getCursorExtent(c));
	scope_leave(f, outer);
}

static void arm(struct fn *f, uint32_t block, CXCursor c, uint32_t join)
{
	block_start(f, block);
	stmt(f, c);
	end_jump(f, join);
}

static void branch(struct fn *f, CXCursor c)
{
	uint32_t yes = block_new(f), no = block_new(f), join;
	struct kids k;

	kids_all(f->lw, c, &k);
	if (k.n < 2)
		return;
	expr_cond(f, k.v[0], yes, no);
	join = k.n > 2 ? block_new(f) : no;
	arm(f, yes, k.v[1], join);
	if (k.n > 2)
		arm(f, no, k.v[2], join);
	block_start(f, join);
}

/* Computes the value, runs the cleanups of all scopes, returns. */
static void ret(struct fn *f, CXCursor c)
{
	uint32_t type = f->lw->functions.v[f->index].type, v = IR_NONE;
	struct kids k;

	kids_exprs(f->lw, c, &k);
	if (k.n && f->lw->types.v[type].kind == IR_T_VOID)
		expr_effect(f, k.v[0]);
	else if (k.n)
		v = emit_cast(f, expr_value(f, k.v[0]), type);
	at(f, c);
	cleanup_run(f, f->chain, NULL);
	if (f->cur == IR_NONE)
		return;
	end_return(f, v);
}

static uint32_t label_add(struct fn *f, CXCursor decl)
{
	uint32_t id = table_get(&f->label_ids, key_cursor(decl));
	struct label l = {.name = cursor_name(f->lw, decl)};

	if (id != IR_NONE)
		return id;
	l.block = block_new(f);
	vec_push(f->lw->fn_mem, &f->labels, l);
	table_set(f->lw->fn_mem, &f->label_ids, key_cursor(decl), f->labels.n - 1);
	return f->labels.n - 1;
}

uint32_t stmt_label_of(struct fn *f, CXCursor label_ref)
{
	return label_add(f, clang_getCursorReferenced(label_ref));
}

static void place_label(struct fn *f, CXCursor c)
{
	uint32_t id = label_add(f, c);

	f->labels.v[id].chain = f->chain;
	f->labels.v[id].placed = true;
	at(f, c);
	block_start_live(f, f->labels.v[id].block);
}

CXCursor stmt_behind_labels(struct fn *f, CXCursor c)
{
	struct kids k;

	while (clang_getCursorKind(c) == CXCursor_LabelStmt) {
		place_label(f, c);
		kids_all(f->lw, c, &k);
		if (!k.n)
			return clang_getNullCursor();
		c = k.v[k.n - 1];
	}
	return c;
}

static void label(struct fn *f, CXCursor c)
{
	c = stmt_behind_labels(f, c);
	if (!clang_Cursor_isNull(c))
		stmt(f, c);
}

/*
 * What a goto leaves is known when its label is: with cleanups pending it jumps to a block of its own that body.c fills
 * once all labels are placed.
 */
static void go_to(struct fn *f, CXCursor c)
{
	struct pending_goto p = {.chain = f->chain};
	struct kids k;

	kids_all(f->lw, c, &k);
	at(f, c);
	if (!k.n) {
		emit_unknown(f, f->lw->t_void, "goto");
		end_unreachable(f);
		return;
	}
	p.label = stmt_label_of(f, k.v[0]);
	p.at = f->at;
	p.block = f->chain ? block_new(f) : f->labels.v[p.label].block;
	if (f->chain)
		vec_push(f->lw->fn_mem, &f->gotos, p);
	end_jump(f, p.block);
}

static void go_to_computed(struct fn *f, CXCursor c)
{
	struct kids k;
	uint32_t b;

	kids_exprs(f->lw, c, &k);
	for (uint32_t i = 0; i < k.n; i++)
		expr_effect(f, k.v[i]);
	at(f, c);
	b = end_choose(f);
	vec_push(f->lw->fn_mem, &f->choosers, b);
}

static void jump_out(struct fn *f, CXCursor c, const struct jump *to)
{
	at(f, c);
	if (to->block == IR_NONE) {
		emit_unknown(f, f->lw->t_void, "jump");
		end_unreachable(f);
		return;
	}
	cleanup_run(f, f->chain, to->chain);
	end_jump(f, to->block);
}

static enum CXChildVisitResult take_label(CXCursor c, CXCursor parent, CXClientData data)
{
	struct fn *f = data;

	if (c.kind == CXCursor_LabelRef) {
		uint32_t label = stmt_label_of(f, c);

		f->labels.v[label].address_taken = true;
	}
	return CXChildVisit_Recurse;
}

/* A table of pointers may hold addresses of labels. */
static void static_variable(struct fn *f, CXCursor c)
{
	uint32_t type = type_of_cursor(f->lw, c);

	while (f->lw->types.v[type].kind == IR_T_ARRAY)
		type = f->lw->types.v[type].target;
	if (f->lw->types.v[type].kind == IR_T_PTR && f->lw->types.v[f->lw->types.v[type].target].kind == IR_T_VOID)
		clang_visitChildren(c, take_label, f);
	global_static_local(f->lw, c, f->lw->functions.v[f->index].name);
}

static void variable(struct fn *f, CXCursor c)
{
	CXType type = clang_getCursorType(c);
	CXCursor init = clang_Cursor_getVarDeclInitializer(c);
	uint32_t local;

	at(f, c);
	local = local_new(f, cursor_name(f->lw, c), type_of(f->lw, type), false);
	table_set(f->lw->fn_mem, &f->vars, key_cursor(c), local);
	emit_begin(f, local);
	if (!clang_Cursor_isNull(init))
		init_local(f, local, type, init);
	cleanup_declare(f, c, local);
}

void stmt_decl(struct fn *f, CXCursor c)
{
	struct kids k;

	kids_all(f->lw, c, &k);
	for (uint32_t i = 0; i < k.n; i++) {
		if (k.v[i].kind != CXCursor_VarDecl)
			continue;
		switch (clang_Cursor_getStorageClass(k.v[i])) {
		case CX_SC_Extern:
			break; /* a global when it is used */
		case CX_SC_Static:
			static_variable(f, k.v[i]);
			break;
		default:
			variable(f, k.v[i]);
		}
	}
}

static void attributed(struct fn *f, CXCursor c)
{
	struct kids k;

	kids_all(f->lw, c, &k);
	if (k.n)
		stmt(f, k.v[k.n - 1]);
}

static void dispatch(struct fn *f, CXCursor c)
{
	switch (clang_getCursorKind(c)) {
	case CXCursor_CompoundStmt:
		compound(f, c);
		break;
	case CXCursor_DeclStmt:
		stmt_decl(f, c);
		break;
	case CXCursor_IfStmt:
		branch(f, c);
		break;
	case CXCursor_WhileStmt:
	case CXCursor_DoStmt:
	case CXCursor_ForStmt:
		stmt_loop(f, c);
		break;
	case CXCursor_SwitchStmt:
		stmt_switch(f, c);
		break;
	case CXCursor_CaseStmt:
	case CXCursor_DefaultStmt:
		stmt_case(f, c);
		break;
	case CXCursor_LabelStmt:
		label(f, c);
		break;
	case CXCursor_GotoStmt:
		go_to(f, c);
		break;
	case CXCursor_IndirectGotoStmt:
		go_to_computed(f, c);
		break;
	case CXCursor_BreakStmt:
		jump_out(f, c, &f->brk);
		break;
	case CXCursor_ContinueStmt:
		jump_out(f, c, &f->cont);
		break;
	case CXCursor_ReturnStmt:
		ret(f, c);
		break;
	case CXCursor_GCCAsmStmt:
		stmt_asm(f, c);
		break;
	case CXCursor_NullStmt:
		break;
	case CXCursor_UnexposedStmt:
		attributed(f, c);
		break;
	default:
		if (clang_isExpression(c.kind)) {
			expr_effect(f, c);
			break;
		}
		at(f, c);
		emit_unknown(f, f->lw->t_void, "statement");
	}
}

static bool is_control(enum CXCursorKind kind)
{
	return kind == CXCursor_IfStmt || kind == CXCursor_WhileStmt || kind == CXCursor_DoStmt ||
	       kind == CXCursor_ForStmt || kind == CXCursor_SwitchStmt;
}

void stmt_reachable(struct fn *f, CXCursor c)
{
	dispatch(f, c);
}

void stmt(struct fn *f, CXCursor c)
{
	if (block_dead(f)) {
		if (!cursor_contains_label(c))
			return;
		if (is_control(c.kind)) /* a label inside may be its only way in */
			block_start_live(f, block_new(f));
	}
	dispatch(f, c);
}
