/* The unit: which declarations are lowered, and the tables of functions and globals. */
#include "lower/internal.h"

#include <string.h>

enum { MAX_DEPTH = 8, MAX_ON_DEMAND = 2000 };

static const char *key_in_file(struct lower *lw, const char *name, const struct ir_loc *loc)
{
	const char *file = loc->line ? lw->files.v[loc->file] : lw->u->path;

	return intern_str(lw->u->strings, arena_printf(lw->unit_mem, "%s:%s", file, name));
}

static bool name_starts(const char *name, const char *prefix)
{
	return strncmp(name, prefix, strlen(prefix)) == 0;
}

static enum builtin builtin_of(const char *name)
{
	if (!name_starts(name, "__builtin_"))
		return BUILTIN_NONE;
	name += strlen("__builtin_");
	if (name_starts(name, "expect"))
		return BUILTIN_EXPECT;
	if (strcmp(name, "constant_p") == 0)
		return BUILTIN_CONSTANT_P;
	if (strcmp(name, "object_size") == 0 || strcmp(name, "dynamic_object_size") == 0)
		return BUILTIN_OBJECT_SIZE;
	if (strcmp(name, "unreachable") == 0 || strcmp(name, "trap") == 0)
		return BUILTIN_UNREACHABLE;
	return BUILTIN_FOLDABLE;
}

/* The compiler's own name for a library function, as fortified headers use it, is that function. */
static const char *plain_name(struct lower *lw, const char *name)
{
	const char *rest = name + strlen("__builtin_");

	if (builtin_of(name) == BUILTIN_FOLDABLE && (name_starts(rest, "mem") || name_starts(rest, "str")))
		return intern_str(lw->u->strings, rest);
	return name;
}

static bool is_noreturn(CXType type)
{
	CXString s = clang_getTypeSpelling(type);
	bool found = clang_getCString(s) && strstr(clang_getCString(s), "noreturn");

	clang_disposeString(s);
	return found;
}

/*
 * Declared inside a function: what compiletime_assert() of <linux/compiler_types.h> calls where a condition is false
 * that only an optimising compiler can see to be true. It is never called in code that was built.
 */
static bool is_build_assertion(CXCursor decl)
{
	return clang_getCursorLexicalParent(decl).kind == CXCursor_FunctionDecl;
}

static void fill_params(struct lower *lw, CXType type, struct ir_function *f)
{
	int n = clang_getNumArgTypes(type);

	f->n_params = n > 0 ? (uint32_t)n : 0;
	f->param_types = ARENA_ARRAY(lw->a, uint32_t, f->n_params);
	for (uint32_t i = 0; i < f->n_params; i++)
		f->param_types[i] = type_of_parameter(lw, clang_getArgType(type, i));
	f->is_variadic = clang_isFunctionTypeVariadic(type);
}

uint32_t function_add(struct lower *lw, struct ir_function f, struct source s)
{
	vec_push(lw->unit_mem, &lw->functions, f);
	vec_push(lw->unit_mem, &lw->sources, s);
	table_set(lw->unit_mem, &lw->function_names, key_string(f.name), lw->functions.n - 1);
	return lw->functions.n - 1;
}

static CXFile file_of(CXCursor c)
{
	CXFile file;

	clang_getFileLocation(clang_getCursorLocation(c), &file, NULL, NULL, NULL);
	return file;
}

static uint32_t function_make(struct lower *lw, CXCursor decl, const char *name)
{
	struct ir_function f = {.name = name};
	struct source s = {.definition = clang_getCursorDefinition(decl), .builtin = builtin_of(name)};
	CXCursor seen;
	bool header;

	s.has_definition = !clang_Cursor_isNull(s.definition);
	seen = s.has_definition ? s.definition : decl;
	s.type = type_of_cursor(lw, decl);
	f.type = type_of(lw, clang_getCursorResultType(decl));
	f.loc = site_of_cursor(lw, seen).loc;
	f.is_static = clang_Cursor_getStorageClass(seen) == CX_SC_Static;
	f.is_inline = clang_Cursor_isFunctionInlined(seen);
	f.in_main_file = s.has_definition && file_is_own(lw, file_of(seen), &header);
	f.is_noreturn = lw->types.v[f.type].kind == IR_T_VOID && is_noreturn(clang_getCursorType(decl)) &&
			!is_build_assertion(decl);
	f.key = f.is_static ? key_in_file(lw, name, &f.loc) : name;
	s.on_demand = s.has_definition && f.is_inline && (!f.in_main_file || header);
	fill_params(lw, clang_getCursorType(decl), &f);
	return function_add(lw, f, s);
}

/* A function's name is unique in a unit of C, so its redeclarations meet here. */
uint32_t function_of(struct lower *lw, CXCursor decl)
{
	uint32_t id = table_get(&lw->function_ids, key_cursor(decl));
	const char *name;

	if (id != IR_NONE)
		return id;
	name = cursor_name(lw, decl);
	name = plain_name(lw, name ? name : intern_str(lw->u->strings, "?"));
	id = table_get(&lw->function_names, key_string(name));
	if (id == IR_NONE)
		id = function_make(lw, decl, name);
	table_set(lw->unit_mem, &lw->function_ids, key_cursor(decl), id);
	return id;
}

static bool is_left_out(struct lower *lw, CXCursor definition, const char *name)
{
	if (!broken_definition(lw, definition))
		return false;
	vec_push(lw->unit_mem, &lw->left_out, name);
	return true;
}

/* Lowers the body of an inline function that is called from `depth` calls away. */
void function_want(struct lower *lw, uint32_t function, uint32_t depth)
{
	struct source *s = &lw->sources.v[function];
	const struct lower_options *opt = lw->opt;

	if (!s->on_demand || s->queued || depth > MAX_DEPTH || lw->queue.n > MAX_ON_DEMAND)
		return;
	if (opt && opt->wants_body && !opt->wants_body(opt->ctx, lw->functions.v[function].name))
		return;
	if (is_left_out(lw, s->definition, lw->functions.v[function].name)) {
		s->on_demand = false;
		return;
	}
	s->queued = true;
	s->depth = depth;
	vec_push(lw->unit_mem, &lw->queue, function);
}

static uint32_t global_add(struct lower *lw, struct ir_global g)
{
	vec_push(lw->unit_mem, &lw->globals, g);
	return lw->globals.n - 1;
}

static bool element_is_const(struct lower *lw, uint32_t type)
{
	while (lw->types.v[type].kind == IR_T_ARRAY && !lw->types.v[type].is_const)
		type = lw->types.v[type].target;
	return lw->types.v[type].is_const;
}

static struct ir_global global_make(struct lower *lw, CXCursor decl, const char *name)
{
	struct ir_global g = {.name = name, .type = type_of_cursor(lw, decl), .loc = site_of_cursor(lw, decl).loc};
	enum CX_StorageClass storage = clang_Cursor_getStorageClass(decl);

	g.is_static = storage == CX_SC_Static;
	g.is_extern = storage == CX_SC_Extern;
	g.is_const = element_is_const(lw, g.type);
	g.key = g.is_static ? key_in_file(lw, name, &g.loc) : name;
	return g;
}

uint32_t global_of(struct lower *lw, CXCursor decl)
{
	uint32_t id = table_get(&lw->global_ids, key_cursor(decl));
	const char *name;

	if (id != IR_NONE)
		return id;
	name = cursor_name(lw, decl);
	name = name ? name : intern_str(lw->u->strings, "?");
	id = table_get(&lw->global_names, key_string(name));
	if (id == IR_NONE) {
		id = global_add(lw, global_make(lw, decl, name));
		table_set(lw->unit_mem, &lw->global_names, key_string(name), id);
	}
	table_set(lw->unit_mem, &lw->global_ids, key_cursor(decl), id);
	return id;
}

uint32_t global_static_local(struct lower *lw, CXCursor decl, const char *function)
{
	const char *name = cursor_name(lw, decl);
	CXCursor init = clang_Cursor_getVarDeclInitializer(decl);
	uint32_t id = table_get(&lw->global_ids, key_cursor(decl));
	struct ir_global g;

	if (id != IR_NONE)
		return id;
	name = name ? name : intern_str(lw->u->strings, "?");
	g = global_make(lw, decl, name);
	g.key = key_in_file(lw, arena_printf(lw->unit_mem, "%s.%s", function, name), &g.loc);
	id = global_add(lw, g);
	table_set(lw->unit_mem, &lw->global_ids, key_cursor(decl), id);
	if (!clang_Cursor_isNull(init))
		init_global(lw, id, clang_getCursorType(decl), init);
	return id;
}

uint32_t global_anonymous(struct lower *lw, CXCursor literal)
{
	struct ir_loc loc = site_of_cursor(lw, literal).loc;
	const char *name = arena_printf(lw->unit_mem, "literal.%u.%u", loc.line, loc.column);
	struct ir_global g = {.name = intern_str(lw->u->strings, name), .loc = loc, .is_static = true};
	uint32_t id = table_get(&lw->global_ids, key_cursor(literal));
	struct kids k;

	if (id != IR_NONE)
		return id;
	g.type = type_of_cursor(lw, literal);
	g.is_const = element_is_const(lw, g.type);
	g.key = key_in_file(lw, g.name, &loc);
	id = global_add(lw, g);
	table_set(lw->unit_mem, &lw->global_ids, key_cursor(literal), id);
	kids_exprs(lw, literal, &k);
	if (k.n)
		init_global(lw, id, clang_getCursorType(literal), k.v[k.n - 1]);
	return id;
}

static void own_function(struct lower *lw, CXCursor c)
{
	uint32_t id;
	const char *alias = NULL;

	if (!clang_isCursorDefinition(c)) {
		if (!clang_Cursor_hasAttrs(c))
			return;
		alias = cleanup_attribute(lw, c, "__attribute__((alias(");
		if (!alias)
			return;
	}
	id = function_of(lw, c);
	if (lw->sources.v[id].queued || lw->sources.v[id].on_demand || is_left_out(lw, c, lw->functions.v[id].name))
		return;
	if (alias) {
		lw->sources.v[id].alias = alias;
		lw->sources.v[id].definition = c;
		lw->functions.v[id].in_main_file = true;
	}
	lw->sources.v[id].queued = true;
	vec_push(lw->unit_mem, &lw->queue, id);
}

static void own_global(struct lower *lw, CXCursor c)
{
	CXCursor init = clang_Cursor_getVarDeclInitializer(c);
	uint32_t id;

	if ((clang_Cursor_getStorageClass(c) == CX_SC_Extern && clang_Cursor_isNull(init)) || named_is_table(lw, c))
		return;
	id = global_of(lw, c);
	if (is_left_out(lw, c, lw->globals.v[id].name)) {
		lw->globals.v[id].is_extern = true;
		return;
	}
	lw->globals.v[id].is_extern = false;
	if (clang_Cursor_isNull(init) || lw->globals.v[id].n_inits)
		return;
	lw->globals.v[id].loc = site_of_cursor(lw, c).loc;
	init_global(lw, id, clang_getCursorType(c), init);
	arena_reset(lw->fn_mem);
}

static enum CXChildVisitResult top_level(CXCursor c, CXCursor parent, CXClientData data)
{
	struct lower *lw = data;
	bool header;

	if (c.kind != CXCursor_FunctionDecl && c.kind != CXCursor_VarDecl)
		return CXChildVisit_Continue;
	if (!file_is_own(lw, file_of(c), &header))
		return CXChildVisit_Continue;
	if (c.kind == CXCursor_FunctionDecl)
		own_function(lw, c);
	else
		own_global(lw, c);
	return CXChildVisit_Continue;
}

static const char *dir_of(struct lower *lw, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_strndup(lw->unit_mem, path, (size_t)(slash - path) + 1) : "";
}

static void set_main_file(struct lower *lw, const char *main_file)
{
	CXFile file = clang_getFile(lw->tu, main_file);
	uint32_t id;

	if (file) {
		id = file_id(lw, file);
	} else {
		vec_push(lw->unit_mem, &lw->files, intern_str(lw->u->strings, main_file));
		id = lw->files.n - 1;
	}
	lw->main_file = id;
	lw->u->path = lw->files.v[id];
	lw->own_dir = dir_of(lw, lw->u->path);
}

static void *hand_over(struct lower *lw, const void *from, size_t size)
{
	void *to = arena_alloc(lw->a, size);

	return size ? memcpy(to, from, size) : to;
}

static void publish(struct lower *lw)
{
	struct ir_unit *u = lw->u;

	u->n_files = lw->files.n;
	u->files = hand_over(lw, lw->files.v, sizeof(*lw->files.v) * lw->files.n);
	u->n_types = lw->types.n;
	u->types = hand_over(lw, lw->types.v, sizeof(*lw->types.v) * lw->types.n);
	u->n_globals = lw->globals.n;
	u->globals = hand_over(lw, lw->globals.v, sizeof(*lw->globals.v) * lw->globals.n);
	u->n_functions = lw->functions.n;
	u->functions = hand_over(lw, lw->functions.v, sizeof(*lw->functions.v) * lw->functions.n);
	u->n_left_out = lw->left_out.n;
	u->left_out = hand_over(lw, lw->left_out.v, sizeof(*lw->left_out.v) * lw->left_out.n);
	for (uint32_t i = 0; i < u->n_functions; i++)
		ir_cfg(u, &u->functions[i]);
}

static struct ir_unit *lower_once(struct lower *lw, const char *main_file)
{
	lw->unit_mem = arena_new();
	lw->fn_mem = arena_new();
	lw->u = ARENA_NEW(lw->a, struct ir_unit);
	lw->u->arena = lw->a;
	lw->u->strings = intern_new(lw->a);
	types_init(lw);
	set_main_file(lw, main_file);
	broken_find(lw);
	clang_visitChildren(clang_getTranslationUnitCursor(lw->tu), top_level, lw);
	for (uint32_t i = 0; i < lw->queue.n; i++)
		body_lower(lw, lw->queue.v[i]);
	publish(lw);
	return lw->u;
}

static void lower_done(struct lower *lw)
{
	arena_free(lw->fn_mem);
	arena_free(lw->unit_mem);
}

struct ir_unit *lower_unit(struct arena *a, CXTranslationUnit tu, const char *main_file,
			   const struct lower_options *opt)
{
	struct lower lw = {.a = a, .tu = tu, .opt = opt}, again = lw;
	struct ir_unit *u = lower_once(&lw, main_file);

	if (lw.missing.n && named_reparse(&lw, clang_getFile(tu, main_file))) {
		u = lower_once(&again, main_file);
		lower_done(&again);
	}
	lower_done(&lw);
	return u;
}
