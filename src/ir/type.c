/* Types as C text. */
#include "ir/ir.h"

#include <inttypes.h>
#include <string.h>

enum { MAX_DEPTH = 16 }; /* records are printed by name, so only a malformed unit nests deeper */

static const char *int_text(struct ir_unit *u, const struct ir_type *t)
{
	if (t->name)
		return t->name;
	if (t->is_bool)
		return "_Bool";
	return arena_printf(u->arena, "%c%" PRId64, t->is_signed ? 's' : 'u', t->size * 8);
}

static const char *text(struct ir_unit *u, uint32_t type, int depth)
{
	const struct ir_type *t;
	const char *base;

	if (type >= u->n_types || depth > MAX_DEPTH)
		return "?";
	t = &u->types[type];
	switch (t->kind) {
	case IR_T_VOID:
		base = "void";
		break;
	case IR_T_INT:
		base = int_text(u, t);
		break;
	case IR_T_FLOAT:
		base = t->name ? t->name : "float";
		break;
	case IR_T_RECORD:
		base = t->name ? t->name : t->is_union ? "union ?" : "struct ?";
		break;
	case IR_T_PTR:
		base = text(u, t->target, depth + 1);
		base = arena_printf(u->arena, "%s%s", base, base[0] && base[strlen(base) - 1] == '*' ? "*" : " *");
		return t->is_const ? arena_printf(u->arena, "%s const", base) : base;
	case IR_T_ARRAY:
		base = text(u, t->target, depth + 1);
		return t->count < 0 ? arena_printf(u->arena, "%s[]", base)
				    : arena_printf(u->arena, "%s[%" PRId64 "]", base, t->count);
	case IR_T_FUNC:
		return arena_printf(u->arena, "%s ()", text(u, t->target, depth + 1));
	case IR_T_OTHER:
	default:
		base = t->name ? t->name : "?";
		break;
	}
	if (t->is_const && strncmp(base, "const ", 6) != 0)
		return arena_printf(u->arena, "const %s", base);
	return base;
}

const char *ir_type_text(struct ir_unit *u, uint32_t type)
{
	return text(u, type, 0);
}
