/*
 * Initialiser lists. libclang shows the list as written (designators, elided braces), so which member each value is for
 * is worked out here, once, for locals (which store) and globals (which list).
 */
#include "lower/internal.h"

#include <string.h>

enum { MAX_RANGE = 256, MAX_GLOBAL_INTS = 8192 };

struct list {
	struct lower *lw;
	struct fn *f;		 /* a local's: its function, else NULL */
	uint32_t target;	 /* the local or global */
	VEC(struct ir_init) out; /* a global's */
	uint32_t n_ints;
	bool gaps; /* something other than 0 stands where `out` has nothing */
};

/* A place within the initialised object. */
struct spot {
	CXType type;
	int64_t offset;
	const struct spot *outer; /* array that this is an element of, or record that this is a member of */
	const struct field *field;
	int64_t index;
	const char *record, *member;
};

static void list_walk(struct list *l, const struct spot *s, CXCursor c);

static bool is_scalar(CXType t)
{
	enum CXTypeKind kind = clang_getCanonicalType(t).kind;

	return kind != CXType_Record && kind != CXType_ConstantArray && kind != CXType_IncompleteArray &&
	       kind != CXType_VariableArray;
}

static bool is_record(CXType t)
{
	return clang_getCanonicalType(t).kind == CXType_Record;
}

static struct spot element_of(const struct spot *s, int64_t index)
{
	CXType type = clang_getArrayElementType(clang_getCanonicalType(s->type));
	long long size = clang_Type_getSizeOf(type);

	return (struct spot){.type = type,
			     .offset = s->offset + index * (size > 0 ? size : 0),
			     .outer = s,
			     .index = index,
			     .record = s->record,
			     .member = s->member};
}

static struct spot member_of(const struct lower *lw, const struct spot *s, uint32_t field)
{
	const struct field *m = &lw->fields.v[field];

	return (struct spot){.type = m->ctype,
			     .offset = s->offset + m->own_offset,
			     .outer = s,
			     .field = m,
			     .record = m->record,
			     .member = m->name ? m->name : s->member};
}

/* The address of a spot of a local. Anonymous members add nothing but their offset. */
static uint32_t spot_address(struct list *l, const struct spot *s)
{
	uint32_t base, type;

	if (!s->outer)
		return emit_local(l->f, l->target);
	if (s->field) {
		const struct spot *o = s->outer;

		if (s->field->anonymous)
			return spot_address(l, o);
		while (o->field && o->field->anonymous)
			o = o->outer;
		base = spot_address(l, o);
		return emit_field(l->f, base, s->field, s->offset - o->offset);
	}
	base = spot_address(l, s->outer);
	type = type_pointer_to(l->lw, type_of(l->lw, s->type));
	return emit_index(l->f, base, emit_const(l->f, l->lw->t_long, s->index), type_step(l->lw, type), type);
}

static void leaf_local_string(struct list *l, const struct spot *s, CXCursor literal)
{
	int64_t room = type_size(l->lw, type_of(l->lw, s->type));
	int64_t size = type_size(l->lw, type_of_cursor(l->lw, literal));
	uint32_t from = expr_address(l->f, literal);

	emit_copy(l->f, spot_address(l, s), from, size < room ? size : room);
}

static void leaf_local(struct list *l, const struct spot *s, CXCursor c)
{
	uint32_t type = type_of(l->lw, s->type), v;
	CXCursor inner;
	int64_t known;

	if (type_is_aggregate(l->lw, type)) {
		inner = cursor_strip(l->lw, c);
		if (inner.kind == CXCursor_StringLiteral)
			leaf_local_string(l, s, inner);
		else
			expr_into(l->f, c, spot_address(l, s));
		return;
	}
	v = expr_value(l->f, c);
	if (s->outer && value_const(l->f, v, &known) && known == 0)
		return; /* the whole object was zeroed */
	at(l->f, c);
	v = emit_cast(l->f, v, type);
	emit_store(l->f, spot_address(l, s), v);
}

static void put(struct list *l, const struct spot *s, struct ir_init in)
{
	in.offset = s->offset;
	in.record = s->record;
	in.member = s->member;
	if (in.kind == IR_INIT_INT && in.value == 0)
		return;
	l->gaps |= (in.kind == IR_INIT_INT && l->n_ints >= MAX_GLOBAL_INTS) ||
		   (in.kind == IR_INIT_STR && !is_scalar(s->type));
	if (in.kind == IR_INIT_INT && l->n_ints++ > MAX_GLOBAL_INTS)
		return;
	vec_push(l->lw->unit_mem, &l->out, in);
}

static bool static_address(struct list *l, CXCursor c, struct ir_init *out);

static bool address_of_ref(struct list *l, CXCursor c, struct ir_init *out)
{
	CXCursor decl = clang_getCursorReferenced(c);

	if (decl.kind == CXCursor_FunctionDecl) {
		*out = (struct ir_init){.kind = IR_INIT_FUNC, .sym = function_of(l->lw, decl)};
		l->lw->functions.v[out->sym].address_taken = true;
		function_want(l->lw, out->sym, 1);
		return true;
	}
	if (decl.kind != CXCursor_VarDecl)
		return false;
	*out = (struct ir_init){.kind = IR_INIT_GLOBAL, .sym = global_of(l->lw, decl)};
	return true;
}

static int64_t member_offset(struct lower *lw, CXCursor decl)
{
	uint32_t id = field_of(lw, decl);

	return lw->fields.v[id].anonymous ? 0 : lw->fields.v[id].offset;
}

static bool address_of_part(struct list *l, CXCursor c, const struct kids *k, struct ir_init *out)
{
	CXCursor decl = clang_getCursorReferenced(c);
	int64_t index;

	if (!k->n || !static_address(l, k->v[0], out))
		return false;
	if (c.kind == CXCursor_ArraySubscriptExpr && k->n == 2 && cursor_eval(k->v[1], &index))
		out->value += index * type_size(l->lw, type_of_cursor(l->lw, c));
	else if (decl.kind == CXCursor_FieldDecl)
		out->value += member_offset(l->lw, decl);
	return true;
}

static bool address_of_binary(struct list *l, CXCursor c, const struct kids *k, struct ir_init *out)
{
	bool minus = clang_getCursorBinaryOperatorKind(c) == CXBinaryOperator_Sub;
	int64_t n;

	if (k->n != 2 || (!minus && clang_getCursorBinaryOperatorKind(c) != CXBinaryOperator_Add))
		return false;
	if (!static_address(l, k->v[0], out) || !cursor_eval(k->v[1], &n))
		return false;
	if (out->kind == IR_INIT_GLOBAL)
		out->value += (minus ? -n : n) * type_step(l->lw, type_of_cursor(l->lw, c));
	return true;
}

static bool address_of_choice(struct list *l, const struct kids *k, struct ir_init *out)
{
	int64_t which;

	return k->n == 3 && cursor_eval(k->v[0], &which) && static_address(l, k->v[which ? 1 : 2], out);
}

/* What a constant pointer points to: `*out` is filled when it is a function, a global or a string. */
static bool static_address(struct list *l, CXCursor c, struct ir_init *out)
{
	struct kids k;

	c = cursor_strip(l->lw, c);
	switch (clang_getCursorKind(c)) {
	case CXCursor_DeclRefExpr:
		return address_of_ref(l, c, out);
	case CXCursor_StringLiteral:
		*out = (struct ir_init){.kind = IR_INIT_STR, .str = expr_string(l->lw, c)};
		return true;
	case CXCursor_CompoundLiteralExpr:
		*out = (struct ir_init){.kind = IR_INIT_GLOBAL, .sym = global_anonymous(l->lw, c)};
		return true;
	default:
		break;
	}
	kids_exprs(l->lw, c, &k);
	switch (clang_getCursorKind(c)) {
	case CXCursor_UnaryOperator:
	case CXCursor_CStyleCastExpr:
		return k.n && static_address(l, k.v[k.n - 1], out);
	case CXCursor_MemberRefExpr:
	case CXCursor_ArraySubscriptExpr:
		return address_of_part(l, c, &k, out);
	case CXCursor_BinaryOperator:
		return address_of_binary(l, c, &k, out);
	case CXCursor_ConditionalOperator:
		return address_of_choice(l, &k, out);
	default:
		return false;
	}
}

static void leaf_global(struct list *l, const struct spot *s, CXCursor c)
{
	struct ir_init in = {.kind = IR_INIT_INT};
	CXCursor inner = cursor_strip(l->lw, c);
	struct kids k;

	if (!is_scalar(s->type) && inner.kind == CXCursor_CompoundLiteralExpr) {
		kids_exprs(l->lw, inner, &k);
		if (k.n)
			list_walk(l, s, k.v[k.n - 1]);
		return;
	}
	if (inner.kind == CXCursor_IntegerLiteral && cursor_eval(inner, &in.value)) {
		put(l, s, in);
		return;
	}
	if (static_address(l, c, &in) || cursor_eval(c, &in.value))
		put(l, s, in);
	else
		l->gaps = true;
}

static void leaf(struct list *l, const struct spot *s, CXCursor c)
{
	if (l->f)
		leaf_local(l, s, c);
	else
		leaf_global(l, s, c);
}

/* Does this expression initialise the whole of `s`, or, braces being elided, its first scalar? */
static bool fits_whole(struct list *l, const struct spot *s, CXCursor c)
{
	if (is_scalar(s->type) || c.kind == CXCursor_InitListExpr)
		return true;
	if (is_record(s->type))
		return type_equal(l->lw, type_of_cursor(l->lw, c), type_of(l->lw, s->type));
	return cursor_strip(l->lw, c).kind == CXCursor_StringLiteral &&
	       is_scalar(clang_getArrayElementType(clang_getCanonicalType(s->type))) &&
	       clang_getCanonicalType(clang_getArrayElementType(clang_getCanonicalType(s->type))).kind !=
		       CXType_Pointer;
}

static void assign(struct list *l, const struct spot *s, const struct kids *k, uint32_t *i);

/* The spot of the position'th part of `s`; FALSE behind the last. */
static bool part(struct list *l, const struct spot *s, int64_t position, struct spot *out)
{
	CXType t = clang_getCanonicalType(s->type);
	const struct record *r;

	if (is_record(s->type)) {
		r = record_of(l->lw, s->type);
		if (position >= (r->is_union ? 1 : r->n) || !r->n)
			return false;
		*out = member_of(l->lw, s, r->fields[position]);
		return true;
	}
	if (t.kind == CXType_ConstantArray && position >= clang_getArraySize(t))
		return false;
	*out = element_of(s, position);
	return true;
}

/* Braces are elided: takes as many values as `s` has parts. */
static void assign_parts(struct list *l, const struct spot *s, const struct kids *k, uint32_t *i)
{
	struct spot sub;

	for (int64_t position = 0; *i < k->n && !cursor_is_designated(k->v[*i]); position++) {
		if (!part(l, s, position, &sub))
			return;
		assign(l, &sub, k, i);
	}
}

static void assign(struct list *l, const struct spot *s, const struct kids *k, uint32_t *i)
{
	CXCursor c = k->v[*i];
	uint32_t before = *i;

	if (c.kind == CXCursor_InitListExpr) {
		++*i;
		list_walk(l, s, c);
	} else if (fits_whole(l, s, c)) {
		++*i;
		leaf(l, s, c);
	} else {
		assign_parts(l, s, k, i);
		if (*i == before) /* nothing could take it */
			++*i;
	}
}

static bool has_dots(struct lower *lw, CXCursor low)
{
	const char *end = NULL, *text = text_spelled(lw, clang_getCursorLocation(low), &end);

	for (; text && end - text > 3 && *text != ']' && *text != '='; text++)
		if (strncmp(text, "...", 3) == 0)
			return true;
	return false;
}

/* `[lo ... hi] =` and `[a][b] =` look alike: a range needs no array below, else the dots tell. */
static bool is_range(struct list *l, const struct spot *s, const struct kids *k, uint32_t d)
{
	CXType element = clang_getArrayElementType(clang_getCanonicalType(s->type));

	if (d + 2 >= k->n || !clang_isExpression(k->v[d + 1].kind))
		return false;
	return clang_getCanonicalType(element).kind != CXType_ConstantArray || has_dots(l->lw, k->v[d]);
}

static int64_t position_of(struct lower *lw, const struct spot *s, CXCursor field)
{
	const struct record *r = record_of(lw, s->type);

	for (uint32_t i = 0; i < r->n; i++)
		if (clang_equalCursors(lw->fields.v[r->fields[i]].cursor, field))
			return i;
	return -1;
}

static void designated_value(struct list *l, const struct spot *s, CXCursor c)
{
	struct kids one = {.v = &c, .n = 1};
	uint32_t i = 0;

	assign(l, s, &one, &i);
}

/* Follows the designators from `d` on, down to the value; returns the position that the first of them names. */
static int64_t designate(struct list *l, const struct spot *s, const struct kids *k, uint32_t d)
{
	int64_t position, last, index;
	struct spot sub;

	if (d + 1 >= k->n) {
		designated_value(l, s, k->v[k->n - 1]);
		return 0;
	}
	if (k->v[d].kind == CXCursor_MemberRef) {
		if (!is_record(s->type))
			return 0;
		position = position_of(l->lw, s, clang_getCursorReferenced(k->v[d]));
		if (position < 0)
			return 0;
		sub = member_of(l->lw, s, record_of(l->lw, s->type)->fields[position]);
		designate(l, &sub, k, d + 1);
		return position;
	}
	if (is_scalar(s->type) || is_record(s->type) || !cursor_eval(k->v[d], &position))
		return 0;
	last = position;
	if (is_range(l, s, k, d) && cursor_eval(k->v[++d], &last) && last - position > MAX_RANGE) {
		last = position + MAX_RANGE;
		l->gaps = true;
	}
	for (index = position; index <= last; index++) {
		sub = element_of(s, index);
		designate(l, &sub, k, d + 1);
	}
	return last;
}

/* Requires that a local's object is zeroed. */
static void list_walk(struct list *l, const struct spot *s, CXCursor c)
{
	int64_t position = 0;
	struct kids k, d;
	struct spot sub;

	kids_exprs(l->lw, c, &k);
	if (c.kind != CXCursor_InitListExpr) {
		leaf(l, s, c);
		return;
	}
	if (k.n == 1 && (is_scalar(s->type) ||
			 (!is_record(s->type) && fits_whole(l, s, k.v[0]) && k.v[0].kind != CXCursor_InitListExpr))) {
		leaf(l, s, k.v[0]);
		return;
	}
	for (uint32_t i = 0; i < k.n && !is_scalar(s->type); position++) {
		if (cursor_is_designated(k.v[i])) {
			kids_all(l->lw, k.v[i++], &d);
			position = designate(l, s, &d, 0);
		} else if (part(l, s, position, &sub)) {
			assign(l, &sub, &k, &i);
		} else {
			return;
		}
	}
}

static CXCursor unwrap(struct lower *lw, CXCursor init, CXType type)
{
	CXCursor inner = is_scalar(type) ? init : cursor_strip(lw, init);

	return inner.kind == CXCursor_InitListExpr || inner.kind == CXCursor_StringLiteral ? inner : init;
}

void init_local(struct fn *f, uint32_t local, CXType type, CXCursor init)
{
	struct list l = {.lw = f->lw, .f = f, .target = local};
	struct spot whole = {.type = type};

	init = unwrap(f->lw, init, type);
	if (!is_scalar(type) && (init.kind == CXCursor_InitListExpr || init.kind == CXCursor_StringLiteral))
		emit_zero(f, emit_local(f, local), type_size(f->lw, f->locals.v[local].type));
	list_walk(&l, &whole, init);
}

void init_global(struct lower *lw, uint32_t global, CXType type, CXCursor init)
{
	struct list l = {.lw = lw, .target = global};
	struct spot whole = {.type = type};
	struct ir_global *g;

	list_walk(&l, &whole, unwrap(lw, init, type));
	g = &lw->globals.v[global];
	g->whole = !l.gaps;
	g->n_inits = l.out.n;
	g->inits = ARENA_ARRAY(lw->a, struct ir_init, l.out.n);
	if (l.out.n)
		memcpy(g->inits, l.out.v, sizeof(*l.out.v) * l.out.n);
}
