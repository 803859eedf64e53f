/* Loops and switches. */
#include "lower/internal.h"

#include <string.h>

enum { INIT = 1, COND = 2, STEP = 4 };

static const char *skip_quoted(const char *p, const char *end)
{
	char quote = *p++;

	while (p < end && *p != quote)
		p += *p == '\\' ? 2 : 1;
	return p;
}

static const char *skip_comment(const char *p, const char *end)
{
	if (end - p > 1 && p[0] == '/' && p[1] == '*') {
		for (p += 2; end - p > 1 && (p[0] != '*' || p[1] != '/');)
			p++;
		return p + 1;
	}
	if (end - p > 1 && p[0] == '/' && p[1] == '/')
		while (p + 1 < end && p[1] != '\n')
			p++;
	return p;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\\';
}

/* Which of the three parts of `for (a; b; c)` are there, read from the source; 0 when it can't be read. */
static uint32_t parts_in_text(const char *p, const char *end)
{
	uint32_t found = 0, part = 0;
	int depth = 0;

	if (!p || end - p < 4 || strncmp(p, "for", 3) != 0)
		return 0;
	for (p += 3; p < end && is_blank(*p);)
		p++;
	if (p == end || *p != '(')
		return 0;
	for (p++; p < end; p++) {
		const char *comment = skip_comment(p, end);

		if (comment != p) {
			p = comment;
			continue;
		}
		if (*p == ')' && depth == 0)
			return part == 2 ? found | 8 : 0;
		if (*p == ';' && depth == 0) {
			part++;
			continue;
		}
		depth += (*p == '(' || *p == '{') - (*p == ')' || *p == '}');
		if (!is_blank(*p) && part < 3)
			found |= 1u << part;
		if (*p == '"' || *p == '\'')
			p = skip_quoted(p, end);
	}
	return 0;
}

static uint32_t count_parts(uint32_t parts)
{
	return !!(parts & INIT) + !!(parts & COND) + !!(parts & STEP);
}

static bool is_step(CXCursor c)
{
	enum CXUnaryOperatorKind op;

	if (c.kind == CXCursor_CompoundAssignOperator)
		return true;
	if (c.kind == CXCursor_UnaryOperator) {
		op = clang_getCursorUnaryOperatorKind(c);
		return op >= CXUnaryOperator_PostInc && op <= CXUnaryOperator_PreDec;
	}
	return false;
}

static bool is_assignment(CXCursor c)
{
	return c.kind == CXCursor_DeclStmt ||
	       (c.kind == CXCursor_BinaryOperator && clang_getCursorBinaryOperatorKind(c) == CXBinaryOperator_Assign);
}

/* Second best, when a macro's pasting hides the text. */
static uint32_t parts_by_kind(const struct kids *k)
{
	uint32_t n = k->n - 1, parts = 0;

	if (n == 2 && is_assignment(k->v[0]))
		return is_step(k->v[1]) || is_assignment(k->v[1]) ? INIT | STEP : INIT | COND;
	if (n == 2)
		return COND | STEP;
	if (n == 1)
		parts = is_step(k->v[0]) ? STEP : is_assignment(k->v[0]) ? INIT : COND;
	return parts;
}

/* libclang lists only the parts that exist, so with fewer than all four children it takes the text to tell them apart.
 */
static uint32_t for_parts(struct lower *lw, CXCursor c, const struct kids *k)
{
	const char *end = NULL, *text;
	uint32_t parts;

	if (k->n == 4)
		return INIT | COND | STEP;
	if (k->n < 2)
		return 0;
	text = text_spelled(lw, clang_getCursorLocation(c), &end);
	parts = parts_in_text(text, end);
	if (count_parts(parts) == k->n - 1)
		return parts & (INIT | COND | STEP);
	return parts_by_kind(k);
}

static void body(struct fn *f, CXCursor c, uint32_t brk, uint32_t cont)
{
	struct jump old_brk = f->brk, old_cont = f->cont;

	f->brk = (struct jump){brk, f->chain};
	f->cont = (struct jump){cont, f->chain};
	stmt(f, c);
	f->brk = old_brk;
	f->cont = old_cont;
}

static void loop_while(struct fn *f, CXCursor cond, CXCursor inside)
{
	uint32_t head = block_new(f), enter = block_new(f), leave = block_new(f);

	block_start(f, head);
	expr_cond(f, cond, enter, leave);
	block_start(f, enter);
	body(f, inside, leave, head);
	end_jump(f, head);
	block_start(f, leave);
}

static void loop_do(struct fn *f, CXCursor cond, CXCursor inside)
{
	uint32_t enter = block_new(f), check = block_new(f), leave = block_new(f);

	block_start(f, enter);
	body(f, inside, leave, check);
	block_start(f, check);
	if (!block_dead(f))
		expr_cond(f, cond, enter, leave);
	else
		end_unreachable(f);
	block_start(f, leave);
}

static void loop_for(struct fn *f, CXCursor c, const struct kids *k)
{
	uint32_t head = block_new(f), enter = block_new(f), step = block_new(f), leave = block_new(f), i = 0;
	uint32_t parts = for_parts(f->lw, c, k);
	struct cleanup *outer = f->chain;
	CXCursor cond = clang_getNullCursor();

	if (parts & INIT)
		stmt(f, k->v[i++]);
	if (parts & COND)
		cond = k->v[i++];
	block_start(f, head);
	if (clang_Cursor_isNull(cond))
		end_jump(f, enter);
	else
		expr_cond(f, cond, enter, leave);
	block_start(f, enter);
	body(f, k->v[k->n - 1], leave, step);
	block_start(f, step);
	if ((parts & STEP) && !block_dead(f))
		expr_effect(f, k->v[i]);
	end_jump(f, head);
	block_start(f, leave);
	scope_leave(f, outer);
}

void stmt_loop(struct fn *f, CXCursor c)
{
	struct kids k;

	kids_all(f->lw, c, &k);
	if (c.kind == CXCursor_WhileStmt && k.n >= 2)
		loop_while(f, k.v[0], k.v[1]);
	else if (c.kind == CXCursor_DoStmt && k.n >= 2)
		loop_do(f, k.v[1], k.v[0]);
	else if (c.kind == CXCursor_ForStmt && k.n >= 1)
		loop_for(f, c, &k);
}

static bool case_range(CXCursor c, struct kids *k, struct lower *lw, struct ir_case *range)
{
	kids_all(lw, c, k);
	if (k->n < 2 || !cursor_eval(k->v[0], &range->lo))
		return false;
	range->hi = range->lo;
	return k->n < 3 || cursor_eval(k->v[1], &range->hi);
}

struct range_search {
	struct lower *lw;
	int64_t value;
	bool found;
};

static bool in_range(const struct ir_case *range, int64_t value)
{
	return value >= range->lo && value <= range->hi;
}

static enum CXChildVisitResult find_case(CXCursor c, CXCursor parent, CXClientData data)
{
	struct range_search *s = data;
	struct ir_case range;
	struct kids k;

	if (c.kind == CXCursor_SwitchStmt || clang_isExpression(c.kind))
		return CXChildVisit_Continue;
	if (c.kind == CXCursor_CaseStmt && case_range(c, &k, s->lw, &range) && in_range(&range, s->value))
		s->found = true;
	return s->found ? CXChildVisit_Break : CXChildVisit_Recurse;
}

static uint32_t succ_index(struct fn *f, uint32_t from, uint32_t to)
{
	struct block *b = &f->blocks.v[from];

	for (uint32_t i = 0; i < b->n_succ; i++)
		if (b->succ[i] == to)
			return i;
	block_succ(f, from, to);
	return f->blocks.v[from].n_succ - 1;
}

/* The cases are known only now that the body is lowered. The default comes last among the successors. */
static void fill_switch(struct fn *f, uint32_t b, const struct switch_scope *sw, uint32_t otherwise)
{
	struct ir_case *cases = ARENA_ARRAY(f->lw->a, struct ir_case, sw->cases.n);
	uint32_t *to = ARENA_ARRAY(f->lw->a, uint32_t, sw->cases.n), last;

	for (uint32_t i = 0; i < sw->cases.n; i++) {
		cases[i] = sw->cases.v[i].range;
		to[i] = sw->cases.v[i].block == otherwise ? IR_NONE : succ_index(f, b, sw->cases.v[i].block);
	}
	last = succ_index(f, b, otherwise);
	for (uint32_t i = 0; i < sw->cases.n; i++)
		if (to[i] == IR_NONE)
			to[i] = last;
	f->blocks.v[b].cases = cases;
	f->blocks.v[b].case_succ = to;
	f->blocks.v[b].n_cases = sw->cases.n;
}

static void switch_body(struct fn *f, CXCursor inside, struct switch_scope *sw, uint32_t leave)
{
	struct jump old = f->brk;

	sw->outer = f->sw;
	f->sw = sw;
	f->brk = (struct jump){leave, f->chain};
	if (sw->dead)
		stmt(f, inside);
	else
		stmt_reachable(f, inside);
	f->brk = old;
	f->sw = sw->outer;
}

/* A known controlling value, as in `switch (sizeof(x))`, leaves one way. */
static void switch_known(struct fn *f, CXCursor inside, struct switch_scope *sw, uint32_t leave)
{
	struct range_search s = {.lw = f->lw, .value = sw->value};

	clang_visitChildren(inside, find_case, &s);
	sw->folded = true;
	sw->value_listed = s.found;
	sw->taken = block_new(f);
	end_jump(f, sw->taken);
	switch_body(f, inside, sw, leave);
	if (!f->blocks.v[sw->taken].placed) {
		end_jump(f, leave);
		block_start(f, sw->taken);
	}
}

void stmt_switch(struct fn *f, CXCursor c)
{
	struct switch_scope sw = {.default_block = IR_NONE};
	uint32_t value, b, leave = block_new(f);
	struct kids k;

	kids_all(f->lw, c, &k);
	if (k.n < 2)
		return;
	value = expr_value(f, k.v[0]);
	at(f, c);
	sw.dead = block_dead(f);
	sw.type = value_type(f, value);
	if (value_const(f, value, &sw.value)) {
		switch_known(f, k.v[k.n - 1], &sw, leave);
		block_start(f, leave);
		return;
	}
	emit(f, (struct ir_ins){.op = IR_SWITCH, .type = IR_NONE, .a = {value, IR_NONE}, .sym = IR_NONE});
	b = f->cur;
	f->blocks.v[b].closed = true;
	f->cur = IR_NONE;
	switch_body(f, k.v[k.n - 1], &sw, leave);
	fill_switch(f, b, &sw, sw.default_block == IR_NONE ? leave : sw.default_block);
	block_start(f, leave);
}

/* The block for a label of the open switch: labels in a row share one. */
static uint32_t case_block(struct fn *f)
{
	uint32_t b;

	if (f->cur != IR_NONE && f->blocks.v[f->cur].is_case && !f->blocks.v[f->cur].n)
		return f->cur;
	b = block_new(f);
	if (f->sw->dead)
		block_start(f, b);
	else
		block_start_live(f, b);
	f->blocks.v[b].is_case = true;
	return b;
}

static void case_known(struct fn *f, CXCursor c, const struct ir_case *range)
{
	struct switch_scope *sw = f->sw;
	bool match = range ? in_range(range, sw->value) : c.kind == CXCursor_DefaultStmt && !sw->value_listed;

	if (match && !f->blocks.v[sw->taken].placed)
		block_start(f, sw->taken);
}

void stmt_case(struct fn *f, CXCursor c)
{
	struct switch_case entry;
	bool listed = false;
	struct kids k;

	kids_all(f->lw, c, &k);
	if (!f->sw || !k.n)
		return;
	at(f, c);
	if (c.kind == CXCursor_CaseStmt)
		listed = case_range(c, &k, f->lw, &entry.range);
	if (f->sw->folded) {
		case_known(f, c, listed ? &entry.range : NULL);
	} else if (listed) {
		entry.block = case_block(f);
		entry.range.lo = type_wrap(f->lw, f->sw->type, entry.range.lo);
		entry.range.hi = type_wrap(f->lw, f->sw->type, entry.range.hi);
		vec_push(f->lw->fn_mem, &f->sw->cases, entry);
	} else {
		f->sw->default_block = case_block(f);
	}
	stmt(f, k.v[k.n - 1]);
}
