/* Types, members and record layouts; each is asked of libclang once per unit. */
#include "lower/internal.h"

#include <string.h>
#include <xxhash.h>

static const char *spelling(struct lower *lw, CXType t)
{
	CXString s = clang_getTypeSpelling(clang_getUnqualifiedType(t));
	const char *text = clang_getCString(s), *name = NULL;

	if (text && *text && !strchr(text, '('))
		name = intern_str(lw->u->strings, text);
	clang_disposeString(s);
	return name;
}

static bool is_signed(enum CXTypeKind kind)
{
	switch (kind) {
	case CXType_Char_S:
	case CXType_SChar:
	case CXType_Short:
	case CXType_Int:
	case CXType_Long:
	case CXType_LongLong:
	case CXType_Int128:
	case CXType_WChar:
		return true;
	default:
		return false;
	}
}

static enum ir_type_kind kind_of(enum CXTypeKind kind)
{
	switch (kind) {
	case CXType_Void:
		return IR_T_VOID;
	case CXType_Float:
	case CXType_Double:
	case CXType_LongDouble:
	case CXType_Float128:
	case CXType_Half:
	case CXType_Float16:
	case CXType_BFloat16:
		return IR_T_FLOAT;
	case CXType_Pointer:
	case CXType_BlockPointer:
		return IR_T_PTR;
	case CXType_ConstantArray:
	case CXType_IncompleteArray:
	case CXType_VariableArray:
		return IR_T_ARRAY;
	case CXType_Record:
		return IR_T_RECORD;
	case CXType_FunctionProto:
	case CXType_FunctionNoProto:
		return IR_T_FUNC;
	case CXType_Enum:
		return IR_T_INT;
	default:
		return kind >= CXType_Bool && kind <= CXType_Int128 ? IR_T_INT : IR_T_OTHER;
	}
}

/* Structurally equal types share one index, whatever typedefs and qualifiers they were reached through. */
static uint32_t type_intern(struct lower *lw, const struct ir_type *t)
{
	struct ir_type clean;
	struct key key;
	uint32_t id;

	memset(&clean, 0, sizeof(clean)); /* padding is hashed as well */
	clean.kind = t->kind;
	clean.is_signed = t->is_signed;
	clean.is_const = t->is_const;
	clean.is_union = t->is_union;
	clean.is_bool = t->is_bool;
	clean.size = t->size;
	clean.count = t->count;
	clean.target = t->target;
	clean.name = t->name;
	key = (struct key){(const void *)(uintptr_t)XXH3_64bits(&clean, sizeof(clean)), 1};
	id = table_get(&lw->same_types, key);
	if (id != IR_NONE)
		return id;
	vec_push(lw->unit_mem, &lw->types, clean);
	table_set(lw->unit_mem, &lw->same_types, key, lw->types.n - 1);
	return lw->types.n - 1;
}

static void fill_target(struct lower *lw, CXType t, struct ir_type *out)
{
	if (out->kind == IR_T_PTR) {
		out->target = type_of(lw, clang_getPointeeType(t));
	} else if (out->kind == IR_T_ARRAY) {
		out->target = type_of(lw, clang_getArrayElementType(t));
		out->count = t.kind == CXType_ConstantArray ? clang_getArraySize(t) : -1;
	} else if (out->kind == IR_T_FUNC) {
		out->target = type_of(lw, clang_getResultType(t));
		out->size = -1;
	}
}

static void fill_name(struct lower *lw, CXType t, struct ir_type *out)
{
	if (out->kind == IR_T_RECORD) {
		out->is_union = clang_getTypeDeclaration(t).kind == CXCursor_UnionDecl;
		out->name = spelling(lw, t);
		if (!out->name)
			out->name = intern_str(lw->u->strings, out->is_union ? "union ?" : "struct ?");
	} else if (out->kind == IR_T_INT || out->kind == IR_T_FLOAT || out->kind == IR_T_OTHER) {
		out->name = spelling(lw, t);
	}
}

static uint32_t type_make(struct lower *lw, CXType t)
{
	struct ir_type out = {.kind = kind_of(t.kind), .target = IR_NONE, .count = -1};
	long long size;

	size = out.kind == IR_T_VOID ? -1 : clang_Type_getSizeOf(t);
	out.size = size < 0 ? -1 : size;
	out.is_const = clang_isConstQualifiedType(t);
	out.is_bool = t.kind == CXType_Bool;
	out.is_signed = is_signed(t.kind == CXType_Enum ? clang_getEnumDeclIntegerType(clang_getTypeDeclaration(t)).kind
							: t.kind);
	fill_name(lw, t, &out);
	fill_target(lw, t, &out);
	return type_intern(lw, &out);
}

/* data[0] is clang's QualType, the identity of a type with its qualifiers (what clang_equalTypes() compares). */
static struct key key_type(CXType t)
{
	return (struct key){t.data[0], (uintptr_t)t.kind};
}

uint32_t type_of(struct lower *lw, CXType t)
{
	CXType canonical;
	uint32_t id = table_get(&lw->type_ids, key_type(t));

	if (id != IR_NONE)
		return id;
	canonical = clang_getCanonicalType(t);
	id = table_get(&lw->type_ids, key_type(canonical));
	if (id == IR_NONE) {
		id = type_make(lw, canonical);
		table_set(lw->unit_mem, &lw->type_ids, key_type(canonical), id);
	}
	table_set(lw->unit_mem, &lw->type_ids, key_type(t), id);
	return id;
}

uint32_t type_of_parameter(struct lower *lw, CXType t)
{
	CXType canonical = clang_getCanonicalType(t);

	if (kind_of(canonical.kind) == IR_T_ARRAY)
		return type_pointer_to(lw, type_of(lw, clang_getArrayElementType(canonical)));
	return type_of(lw, t);
}

/* A parameter, or what is computed from one: no operator but `*` makes an array. */
static bool is_parameter(struct lower *lw, CXCursor c)
{
	enum CXUnaryOperatorKind unary;

	c = cursor_strip(lw, c);
	switch (c.kind) {
	case CXCursor_ParmDecl:
	case CXCursor_CompoundAssignOperator:
		return true;
	case CXCursor_DeclRefExpr:
		return clang_getCursorReferenced(c).kind == CXCursor_ParmDecl;
	case CXCursor_UnaryOperator:
		unary = clang_getCursorUnaryOperatorKind(c);
		return unary >= CXUnaryOperator_PostInc && unary <= CXUnaryOperator_PreDec;
	case CXCursor_BinaryOperator:
		return clang_getCursorBinaryOperatorKind(c) != CXBinaryOperator_Comma;
	default:
		return false;
	}
}

uint32_t type_of_cursor(struct lower *lw, CXCursor c)
{
	CXType t = clang_getCursorType(c);

	if (kind_of(clang_getCanonicalType(t).kind) == IR_T_ARRAY && is_parameter(lw, c))
		return type_of_parameter(lw, t);
	return type_of(lw, t);
}

uint32_t type_pointer_to(struct lower *lw, uint32_t target)
{
	struct ir_type t = {.kind = IR_T_PTR, .size = 8, .count = -1, .target = target};

	t.size = lw->types.v[lw->t_pointer].size;
	return type_intern(lw, &t);
}

uint32_t type_function(struct lower *lw, uint32_t result)
{
	struct ir_type t = {.kind = IR_T_FUNC, .size = -1, .count = -1, .target = result};

	return type_intern(lw, &t);
}

bool type_equal(const struct lower *lw, uint32_t a, uint32_t b)
{
	while (a != b) {
		const struct ir_type *x = &lw->types.v[a], *y = &lw->types.v[b];

		if (x->kind != y->kind || x->size != y->size || x->count != y->count || x->is_signed != y->is_signed ||
		    x->name != y->name || x->target == IR_NONE || y->target == IR_NONE)
			return x->kind == y->kind && x->size == y->size && x->is_signed == y->is_signed &&
			       x->name == y->name && x->target == y->target;
		a = x->target;
		b = y->target;
	}
	return true;
}

bool type_is_aggregate(const struct lower *lw, uint32_t t)
{
	return lw->types.v[t].kind == IR_T_RECORD || lw->types.v[t].kind == IR_T_ARRAY;
}

int64_t type_size(const struct lower *lw, uint32_t t)
{
	int64_t size = lw->types.v[t].size;

	return size < 0 ? 0 : size;
}

/* Bytes that adding 1 to this pointer adds; 1 for void and functions, as in GNU C. */
int64_t type_step(const struct lower *lw, uint32_t pointer)
{
	const struct ir_type *t = &lw->types.v[pointer];
	int64_t size = t->target == IR_NONE ? 1 : lw->types.v[t->target].size;

	return size > 0 ? size : 1;
}

int64_t type_wrap(const struct lower *lw, uint32_t t, int64_t value)
{
	const struct ir_type *type = &lw->types.v[t];
	unsigned int unused;

	if (type->is_bool)
		return value != 0;
	if (type->kind != IR_T_INT || type->size <= 0 || type->size >= 8)
		return value;
	unused = 64 - (unsigned int)type->size * 8;
	if (type->is_signed)
		return (int64_t)((uint64_t)value << unused) >> unused;
	return (int64_t)(((uint64_t)value << unused) >> unused);
}

static uint32_t basic(struct lower *lw, enum ir_type_kind kind, int64_t size, bool sign, const char *name)
{
	struct ir_type t = {.kind = kind, .size = size, .is_signed = sign, .count = -1, .target = IR_NONE};

	t.name = intern_str(lw->u->strings, name);
	t.is_bool = kind == IR_T_INT && name && strcmp(name, "_Bool") == 0;
	return type_intern(lw, &t);
}

void types_init(struct lower *lw)
{
	CXTargetInfo target = clang_getTranslationUnitTargetInfo(lw->tu);
	int width = target ? clang_TargetInfo_getPointerWidth(target) : 64;
	struct ir_type pointer = {.kind = IR_T_PTR, .size = width > 0 ? width / 8 : 8, .count = -1};

	if (target)
		clang_TargetInfo_dispose(target);
	lw->t_void = basic(lw, IR_T_VOID, -1, false, NULL);
	lw->t_bool = basic(lw, IR_T_INT, 1, false, "_Bool");
	lw->t_char = basic(lw, IR_T_INT, 1, true, "char");
	lw->t_int = basic(lw, IR_T_INT, 4, true, "int");
	lw->t_long = basic(lw, IR_T_INT, pointer.size, true, "long");
	lw->t_ulong = basic(lw, IR_T_INT, pointer.size, false, "unsigned long");
	pointer.target = lw->t_void;
	lw->t_pointer = type_intern(lw, &pointer);
	lw->t_string = type_pointer_to(lw, lw->t_char);
}

struct find_member {
	CXCursor record;
	int64_t bits;
};

static enum CXVisitorResult match_member(CXCursor field, CXClientData data)
{
	struct find_member *f = data;

	if (!clang_equalCursors(clang_getTypeDeclaration(clang_getCursorType(field)), f->record))
		return CXVisit_Continue;
	f->bits = clang_Cursor_getOffsetOfField(field);
	return CXVisit_Break;
}

/* Adds up the offsets of the anonymous members around a member. */
static CXCursor outermost(CXCursor record, int64_t *bits)
{
	while (clang_Cursor_isAnonymousRecordDecl(record)) {
		CXCursor outer = clang_getCursorSemanticParent(record);
		struct find_member find = {.record = record};

		if (outer.kind != CXCursor_StructDecl && outer.kind != CXCursor_UnionDecl)
			break;
		clang_Type_visitFields(clang_getCursorType(outer), match_member, &find);
		*bits += find.bits > 0 ? find.bits : 0;
		record = outer;
	}
	return record;
}

static const char *record_tag(struct lower *lw, CXCursor record)
{
	const char *name = NULL;

	while (!name && (record.kind == CXCursor_StructDecl || record.kind == CXCursor_UnionDecl)) {
		name = spelling(lw, clang_getCanonicalType(clang_getCursorType(record)));
		record = clang_getCursorSemanticParent(record);
	}
	return name;
}

static struct field field_make(struct lower *lw, CXCursor c)
{
	struct field f = {.cursor = c};
	CXCursor record = clang_getCursorSemanticParent(c);
	int64_t bits = clang_Cursor_getOffsetOfField(c);

	if (bits < 0)
		bits = 0;
	f.own_offset = bits / 8;
	f.ctype = clang_getCursorType(c);
	f.type = type_of(lw, f.ctype);
	f.anonymous = clang_Cursor_isAnonymousRecordDecl(clang_getTypeDeclaration(f.ctype));
	record = outermost(record, &bits);
	f.offset = bits / 8;
	f.record = record_tag(lw, record);
	f.name = cursor_name(lw, c);
	if (clang_Cursor_isBitField(c)) {
		f.first_bit = (uint32_t)(bits % 8);
		f.unnamed_bits = !f.name;
	}
	return f;
}

uint32_t field_of(struct lower *lw, CXCursor field)
{
	uint32_t id = table_get(&lw->field_ids, key_cursor(field));
	struct field f;

	if (id != IR_NONE)
		return id;
	f = field_make(lw, field);
	vec_push(lw->unit_mem, &lw->fields, f);
	table_set(lw->unit_mem, &lw->field_ids, key_cursor(field), lw->fields.n - 1);
	return lw->fields.n - 1;
}

struct collect_fields {
	struct lower *lw;
	VEC(uint32_t) fields;
};

static enum CXVisitorResult add_field(CXCursor field, CXClientData data)
{
	struct collect_fields *c = data;
	uint32_t id = field_of(c->lw, field);

	if (!c->lw->fields.v[id].unnamed_bits)
		vec_push(c->lw->unit_mem, &c->fields, id);
	return CXVisit_Continue;
}

const struct record *record_of(struct lower *lw, CXType t)
{
	CXCursor decl = clang_getTypeDeclaration(clang_getCanonicalType(t));
	uint32_t id = table_get(&lw->record_ids, key_cursor(decl));
	struct collect_fields c = {.lw = lw};
	struct record r;

	if (id != IR_NONE)
		return &lw->records.v[id];
	clang_Type_visitFields(clang_getCanonicalType(t), add_field, &c);
	r = (struct record){c.fields.v, c.fields.n, decl.kind == CXCursor_UnionDecl};
	vec_push(lw->unit_mem, &lw->records, r);
	table_set(lw->unit_mem, &lw->record_ids, key_cursor(decl), lw->records.n - 1);
	return &lw->records.v[lw->records.n - 1];
}
