/*
 * Inline assembly is opaque. libclang lists outputs, then inputs, without telling which is which: a place that is not
 * loaded is an output (or a memory operand), and its address is passed. Labels of `asm goto` are read from the source.
 */
#include "lower/internal.h"

#include <ctype.h>
#include <string.h>

static bool is_place(struct lower *lw, CXCursor c)
{
	CXCursor decl;

	switch (clang_getCursorKind(c)) {
	case CXCursor_MemberRefExpr:
	case CXCursor_ArraySubscriptExpr:
	case CXCursor_CompoundLiteralExpr:
		return true;
	case CXCursor_DeclRefExpr:
		decl = clang_getCursorReferenced(c);
		return decl.kind == CXCursor_VarDecl || decl.kind == CXCursor_ParmDecl;
	case CXCursor_UnaryOperator:
		return clang_getCursorUnaryOperatorKind(c) == CXUnaryOperator_Deref;
	case CXCursor_ParenExpr:
		return is_place(lw, cursor_chosen(lw, c));
	default:
		return false;
	}
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static const char *skip_string(const char *p, const char *end)
{
	for (p++; p < end && *p != '"'; p++)
		if (*p == '\\')
			p++;
	return p;
}

/* From the asm keyword (or the macro that stands for it) to behind its opening parenthesis; notes a `goto` on the way.
 */
static const char *enter_parens(const char *p, const char *end, bool *is_goto)
{
	for (; p < end && *p != '('; p++) {
		if (!is_word(*p) && !isspace((unsigned char)*p) && *p != '\\')
			return NULL;
		if (end - p > 4 && strncmp(p, "goto", 4) == 0)
			*is_goto = true;
	}
	return p < end ? p + 1 : NULL;
}

/* The names behind the fourth colon. */
static uint32_t read_labels(struct fn *f, const char *p, const char *end, const char **names, uint32_t room)
{
	uint32_t colons = 0, n = 0;
	int depth = 0;

	for (; p && p < end; p++) {
		if (*p == ')' && depth-- == 0)
			return n;
		depth += *p == '(';
		colons += *p == ':' && depth == 0;
		if (*p == '"')
			p = skip_string(p, end);
		if (colons == 4 && depth == 0 && is_word(*p)) {
			size_t len = 0;

			while (p + len < end && is_word(p[len]))
				len++;
			if (n < room)
				names[n++] = intern_str(f->lw->u->strings, arena_strndup(f->lw->fn_mem, p, len));
			p += len - 1;
		}
	}
	return 0;
}

enum { MAX_LABELS = 16 };

static bool goto_labels(struct fn *f, CXCursor c, struct pending_asm *p)
{
	const char *end = NULL, *text = text_spelled(f->lw, clang_getCursorLocation(c), &end);
	bool is_goto = false, ignored;

	p->names = ARENA_ARRAY(f->lw->fn_mem, const char *, MAX_LABELS);
	text = text ? enter_parens(text, end, &is_goto) : NULL;
	if (!is_goto)
		return false;
	p->n_names = read_labels(f, text, end, p->names, MAX_LABELS);
	if (p->n_names)
		return true;
	text = text_seen(f->lw, clang_getCursorLocation(c), &end);
	text = text ? enter_parens(text, end, &ignored) : NULL;
	p->n_names = read_labels(f, text, end, p->names, MAX_LABELS);
	return true;
}

void stmt_asm(struct fn *f, CXCursor c)
{
	struct pending_asm p = {.after = f->labels.n};
	uint32_t *args, next;
	struct kids k;

	kids_exprs(f->lw, c, &k);
	args = ARENA_ARRAY(f->lw->fn_mem, uint32_t, k.n);
	for (uint32_t i = 0; i < k.n; i++)
		args[i] = is_place(f->lw, k.v[i]) ? expr_address(f, k.v[i]) : expr_value(f, k.v[i]);
	at(f, c);
	emit_list(f, IR_ASM, f->lw->t_void, args, k.n, NULL);
	if (!goto_labels(f, c, &p))
		return;
	p.at = f->at;
	p.block = end_choose(f);
	vec_push(f->lw->fn_mem, &f->asms, p);
	next = block_new(f);
	block_succ(f, p.block, next);
	block_start(f, next);
}

/* A macro's local label may be declared many times under one name: the first one met after the asm is meant. */
static uint32_t find_label(const struct fn *f, const char *name, uint32_t after)
{
	for (uint32_t i = after; i < f->labels.n; i++)
		if (f->labels.v[i].name == name && f->labels.v[i].placed)
			return i;
	for (uint32_t i = after; i-- > 0;)
		if (f->labels.v[i].name == name && f->labels.v[i].placed)
			return i;
	return IR_NONE;
}

static bool add_label(struct fn *f, const struct pending_asm *p, const char *name)
{
	uint32_t label = find_label(f, name, p->after);

	if (label != IR_NONE)
		block_succ(f, p->block, f->labels.v[label].block);
	return label != IR_NONE;
}

/* The macro's text names its parameter; then the label is among the arguments of the macro's use. */
static void labels_among_arguments(struct fn *f, const struct pending_asm *p)
{
	const char *end = NULL, *text = text_seen(f->lw, p->at, &end);
	int depth = 0;

	for (; text && text < end; text++) {
		size_t len = 0;

		while (text + len < end && is_word(text[len]))
			len++;
		if (len && depth)
			add_label(f, p, intern_str(f->lw->u->strings, arena_strndup(f->lw->fn_mem, text, len)));
		text += len;
		depth += (*text == '(') - (*text == ')');
		if (depth <= 0 && (*text == ')' || *text == ';'))
			return;
	}
}

void asm_resolve(struct fn *f)
{
	for (uint32_t i = 0; i < f->asms.n; i++) {
		const struct pending_asm *p = &f->asms.v[i];
		bool found = false;

		for (uint32_t n = 0; n < p->n_names; n++)
			found |= add_label(f, p, p->names[n]);
		if (!found)
			labels_among_arguments(f, p);
	}
}
